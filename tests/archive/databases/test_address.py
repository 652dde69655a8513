from pathlib import Path

import pytest

from stemma.archive import folder_of, is_there, shown, title_of
from stemma.archive.store.databases.address import Address, is_address
from stemma.errors import BadValue

WHOLE = "postgresql://ada:secret@db.example:5433/news?sslmode=require&folder=/srv/stemma&schema=lamps"


def test_our_parameters_are_ours_and_the_rest_is_the_servers():
    address = Address.of(WHOLE)
    assert address == ("postgresql://ada:secret@db.example:5433/news?sslmode=require", Path("/srv/stemma"), "lamps")
    assert Address.of(address.written) == address
    assert Address.of("postgres:///news") == ("postgres:///news", None, "stemma")


@pytest.mark.parametrize(
    "written",
    [
        WHOLE,
        "postgresql://ada@db/news?password=secret",
        "postgresql://ada:secret@[::1]/news",
        "postgresql://:secret@/n",
    ],
)
def test_no_password_is_shown(written):
    assert "secret" not in str(Address.of(written))
    assert "secret" not in shown(written)


@pytest.mark.parametrize(
    "written",
    [
        "postgresql://db/news?schema=a;b", "postgresql://db/news?schema=", "postgresql://db/news?schema=pg_own",
        "postgresql://db/news?folder=here", "postgresql://db:port/news", f"postgresql://db/news?schema={'a' * 64}",
        'postgresql://db/news?schema=a"b', "postgresql://db/news?schema=\u00e4",
    ],
)  # fmt: skip
def test_what_is_no_address_is_told(written):
    with pytest.raises(BadValue):
        Address.of(written)


def test_what_is_an_address():
    assert is_address("postgresql://db/news")
    assert is_address("postgres://db/news")
    for path in ("archive.stemma", "/srv/postgresql", "https://db/news", "postgresql", Path("postgresql://db/news")):
        assert not is_address(path)


def test_places(postgres, tmp_path):
    address = postgres.address(tmp_path / "folder")
    assert folder_of(address) == tmp_path / "folder"
    assert not is_there(address)
    assert not is_there(tmp_path)
    assert title_of(address).startswith("t")
    assert title_of("postgresql://db/news") == "news"
    assert title_of(tmp_path / "news.stemma") == "news"
