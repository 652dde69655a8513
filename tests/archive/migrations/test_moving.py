"""Archives of earlier versions."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.migrations import migrate, moving
from stemma.archive.views import Query
from stemma.errors import NewerArchive, NoArchive, OlderArchive
from stemma.records import Stated

#: Four captures (two of the same bytes, one with an address and a time) as Stemma 0.1.0 kept them.
EARLIER = Path(__file__).with_name("schema2.zip")


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def folder(tmp_path):
    zipfile.ZipFile(EARLIER).extractall(tmp_path)
    return tmp_path / "schema2.stemma"


def nothing(*_):
    return ()


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def said(folder):
    """The records of pages, which a migration must not change."""
    with Archive.open(folder) as archive:
        assert list(archive.check()) == []
        lines = archive.export(bodies=True)
        return [line for line in lines if not line.startswith((b'{"record":"variant"', b'{"record":"judgement"'))]


@pytest.fixture
def whole(tmp_path_factory):
    """What an undisturbed migration gives."""
    folder = tmp_path_factory.mktemp("whole")
    zipfile.ZipFile(EARLIER).extractall(folder)
    migrate(folder / "schema2.stemma", nothing)
    return said(folder / "schema2.stemma")


def test_earlier_archive_names_the_way_out(folder):
    with pytest.raises(OlderArchive, match=r"schema 2.*stemma upgrade --archive"):
        Archive.open(folder)


def test_everything_is_carried_over(folder):
    told = []
    assert migrate(folder, nothing, lambda done, total: told.append((done, total))) == 4
    assert told == [(4, 4)]
    assert [name for name in files(folder) if "gz" in name and "warc" not in name] == []
    with Archive.open(folder) as archive:
        assert archive.totals().pages == 4
        assert archive.totals().statements == 28
        captures = {line.snapshot.id: line.snapshot for line in archive.find(Query(limit=None))}
        assert any(each.url == "https://courier.example/port-pact#x" for each in captures.values())
        assert all(archive.payload(each) for each in captures)
        assert archive.count_pending() == 0
        assert list(archive.check()) == []
        assert archive.tails() == []
    assert migrate(folder, nothing) == 0


def test_upgraded_archive_equals_one_of_today(folder, tmp_path):
    pages = Path(__file__).parents[3] / "examples" / "pages"
    again = tmp_path / "twice.txt"
    again.write_bytes((pages / "velta-denial.txt").read_bytes())
    address = Stated(url="https://courier.example/port-pact#x", fetched="2031-04-05T10:00:00+02:00", outlet="Courier")
    flow.add(tmp_path / "new", [str(pages / "velta-denial.txt"), str(pages / "garam-correction.html"), str(again)])
    flow.add(tmp_path / "new", [str(pages / "courier-port-pact.html")], address)
    flow.upgrade(folder)
    with Archive.open(folder) as archive, Archive.open(tmp_path / "new") as new:
        assert list(archive.export(bodies=True)) == list(new.export(bodies=True))
        assert list(flow.check(archive)) == []


def test_what_pages_offer_is_asked_again(folder):
    asked = []

    def offered(capture, page, records):
        asked.append((page.document.snapshot == capture.snapshot.id, len(capture.payload), len(records)))
        return ()

    migrate(folder, offered)
    assert len(asked) == 4
    assert all(same and size and count for same, size, count in asked)


@pytest.mark.parametrize("at", range(14))
def test_killed_anywhere(folder, whole, monkeypatch, at):
    """After any change to the folder; then the migration goes on, and nothing is missing."""
    left = [at]

    def dies(function):
        def counted(*values, **named):
            if not left[0]:
                raise Killed
            left[0] -= 1
            return function(*values, **named)

        return counted

    with monkeypatch.context() as patched:
        patched.setattr(moving, "_BATCH", 1)
        for name in ("rename", "replace", "unlink", "rmdir"):
            patched.setattr(Path, name, dies(getattr(Path, name)))
        patched.setattr(moving.shutil, "rmtree", dies(moving.shutil.rmtree))
        patched.setattr(moving, "_carry_page", dies(moving._carry_page))
        patched.setattr(moving.Earlier, "give_up", dies(moving.Earlier.give_up))
        try:
            migrate(folder, nothing)
        except Killed:
            assert not left[0]
    migrate(folder, nothing)
    assert said(folder) == whole
    assert [name for name in files(folder) if not name.startswith("captures/stemma-")] == ["archive.sqlite"]


def test_damaged_bytes_stay_where_they_are_and_are_told(folder):
    (path,) = [each for each in (folder / "captures").rglob("*.gz") if each.stat().st_size == 603]
    path.write_bytes(path.read_bytes()[:-3])
    assert migrate(folder, nothing) == 4
    assert [name for name in files(folder) if name.endswith(".gz") and "warc" not in name] == [
        str(path.relative_to(folder))
    ]
    with Archive.open(folder) as archive:
        assert archive.totals().pages == 4
        assert len(list(archive.check())) >= 1


def test_time_of_adding_is_that_of_the_file(folder, tmp_path):
    from warcio.archiveiterator import ArchiveIterator

    for path in (folder / "captures").rglob("*.gz"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    migrate(folder, nothing)
    (segment,) = (folder / "captures").iterdir()
    with segment.open("rb") as file:
        dates = {each.rec_headers.get_header("WARC-Date") for each in ArchiveIterator(file)}
    assert dates == {"2001-09-09T01:46:40Z", "2031-04-05T08:00:00Z"}


def test_archive_in_use_is_left_alone(folder):
    before = files(folder)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM snapshot").fetchall()
        with pytest.raises(sqlite3.OperationalError):
            migrate(folder, nothing)
        other.execute("COMMIT")
        assert set(before) <= set(files(folder))
    assert migrate(folder, nothing) == 4


@pytest.mark.parametrize(("version", "error"), [(1, OlderArchive), (9, NewerArchive)])
def test_versions_that_cannot_be_moved(folder, version, error):
    with closing(sqlite3.connect(folder / "archive.sqlite")) as db:
        db.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(error):
        migrate(folder, nothing)


@pytest.mark.parametrize("content", [None, b"", b"no database at all"])
def test_no_archive(tmp_path, content):
    if content is not None:
        (tmp_path / "archive.sqlite").write_bytes(content)
    with pytest.raises(NoArchive):
        migrate(tmp_path, nothing)
