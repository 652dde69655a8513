"""Words of an index on a server that are not what the records make."""

from __future__ import annotations

import pytest

from stemma.archive import Archive


@pytest.fixture
def served(postgres, kit, tmp_path):
    with Archive.open(postgres.address(tmp_path / "served"), create=True) as opened:
        kit.fill(opened, kit.pages[:2])
        yield opened


def told(archive):
    return [(each.about, each.message) for each in archive.check()]


@pytest.mark.parametrize(
    ("index", "change"),
    [
        ("search", "UPDATE search SET words = replace(words, 'snow', 'rain') WHERE words LIKE '% kept %' OR words LIKE '% port %'"),
        ("search", "DELETE FROM search WHERE rowid = (SELECT min(rowid) FROM search)"),
        ("search", "INSERT INTO search VALUES (1, ' one | too many ')"),
        ("names", "UPDATE names SET words = ' nobody ' WHERE words = ' tamsin orle '"),
    ],
)  # fmt: skip
def test_rows_that_do_not_agree_are_counted(served, index, change):
    assert told(served) == []
    served._store.db.script(change)
    wrong = {about: message for about, message in told(served) if "full-text" in about}
    title = "the full-text index of names" if index == "names" else "the full-text index of statements"
    assert list(wrong) == [title]
    assert "of its rows do not agree with the records" in wrong[title]
