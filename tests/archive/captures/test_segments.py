"""Files of records: one writer, nothing lost, nothing half."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from stemma.archive import Archive
from stemma.archive.captures import segments
from stemma.archive.captures.tails import Tail


def recorded(folder):
    with closing(sqlite3.connect(folder / "archive.sqlite")) as db:
        return db.execute("SELECT name, size FROM segment ORDER BY row").fetchall()


def on_disk(warc, folder):
    return [(path.name, path.stat().st_size) for path in warc.segments_of(folder)]


@pytest.fixture
def one(warc, tmp_path):
    """An archive with one page."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        archive.keep(warc.capture(), warc.AT)
    return tmp_path / "a"


def add(folder, warc, *payloads):
    with Archive.open(folder) as archive, archive.batch():
        for payload in payloads:
            archive.keep(warc.capture(payload), warc.AT)


def begin(archive, warc, *payloads, seen):
    """Keep pages in a transaction that fails when all of them are written."""
    with archive.batch():
        for payload in payloads:
            archive.keep(warc.capture(payload), warc.AT)
        assert seen()
        raise RuntimeError


def test_first_segment(one, warc):
    (path,) = warc.segments_of(one)
    assert path.name == "stemma-20310601080000-00001.warc.gz"
    assert recorded(one) == on_disk(warc, one)
    head, page = warc.seen(path)
    assert (head.kind, head.fields["WARC-Filename"]) == ("warcinfo", path.name)
    assert (page.kind, page.payload) == ("resource", b"Lamps stay lit.")


def test_archive_without_pages_has_no_segment(warc, tmp_path):
    with Archive.open(tmp_path, create=True):
        pass
    assert warc.segments_of(tmp_path) == []


def test_later_pages_go_to_the_same_segment(one, warc):
    add(one, warc, b"two", b"three")
    add(one, warc, b"four")
    (path,) = warc.segments_of(one)
    assert [each.payload for each in warc.seen(path)][1:] == [b"Lamps stay lit.", b"two", b"three", b"four"]
    assert recorded(one) == on_disk(warc, one)


def test_full_segment(one, warc, monkeypatch):
    monkeypatch.setattr(segments, "FULL", 700)
    add(one, warc, b"two", b"three", b"four")
    names = [path.name for path in warc.segments_of(one)]
    assert len(names) > 2
    assert recorded(one) == on_disk(warc, one)
    assert all(next(iter(warc.seen(path))).kind == "warcinfo" for path in warc.segments_of(one))
    with Archive.open(one) as archive:
        assert sorted(each.payload for each in archive.pending_snapshots()) == [
            b"Lamps stay lit.",
            b"four",
            b"three",
            b"two",
        ]


def test_tail_of_a_killed_writer(one, warc):
    (path,) = warc.segments_of(one)
    before = path.read_bytes()
    path.write_bytes(before + b"half a rec")
    stray = path.with_name("stemma-20310601080000-00007.warc.gz")
    stray.write_bytes(b"")
    with Archive.open(one) as archive:
        assert archive.tails() == [Tail(path.name, len(before), len(before) + 10), Tail(stray.name, 0, 0)]
    add(one, warc, b"two")
    add(one, warc, b"three")
    assert path.read_bytes() == before + b"half a rec"
    assert [path.name[-13:] for path in warc.segments_of(one)] == ["00001.warc.gz", "00007.warc.gz", "00008.warc.gz"]
    assert [each.payload for each in warc.seen(warc.segments_of(one)[2])][1:] == [b"two", b"three"]
    with Archive.open(one) as archive:
        assert len(archive.tails()) == 2
        assert list(archive.check()) == []


@pytest.mark.parametrize("damage", ["short", "missing"])
def test_nothing_is_written_to_a_damaged_segment(one, warc, damage):
    (path,) = warc.segments_of(one)
    if damage == "short":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.unlink()
    with Archive.open(one) as archive:
        assert any(path.name in each.about + each.message for each in archive.check())
    add(one, warc, b"two")
    assert len(recorded(one)) == 2
    add(one, warc, b"Lamps stay lit.")  # the page again puts its bytes back
    with Archive.open(one) as archive:
        assert sorted(each.payload for each in archive.pending_snapshots()) == [b"Lamps stay lit.", b"two"]
        assert list(archive.check()) == []
        assert [tail.known for tail in archive.tails()] == [0] * (damage == "short")


@pytest.mark.parametrize("new", [True, False])
def test_rollback_leaves_no_trace(one, warc, tmp_path, new):
    folder = tmp_path / "b" if new else one
    with Archive.open(folder, create=True) as archive:
        before = on_disk(warc, folder)
        with pytest.raises(RuntimeError):
            begin(archive, warc, b"two", seen=lambda: on_disk(warc, folder) != before)
        assert on_disk(warc, folder) == before
        archive.keep(warc.capture(b"three"), warc.AT)
        assert archive.tails() == []
        assert recorded(folder) == on_disk(warc, folder)


def test_rollback_over_several_segments(one, warc, monkeypatch):
    monkeypatch.setattr(segments, "FULL", 700)
    before = on_disk(warc, one)
    with Archive.open(one) as archive, pytest.raises(RuntimeError):
        begin(archive, warc, b"two", b"three", b"four", b"five", seen=lambda: len(on_disk(warc, one)) > 2)
    assert on_disk(warc, one) == before


@pytest.mark.parametrize("after", range(6))
def test_disk_that_is_full(one, warc, monkeypatch, after):
    """Writing fails after some bytes, or bringing them to the disk does."""
    write, room = os.write, [after * 130]

    def write_some(file, piece):
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        size = min(len(piece), room[0])
        room[0] -= size
        return write(file, bytes(piece)[:size])

    before = on_disk(warc, one)
    with monkeypatch.context() as patched:
        patched.setattr("os.write", write_some)
        with pytest.raises(OSError, match="No space"):
            add(one, warc, b"two " * 300, bytes(range(256)) * 8)
    assert on_disk(warc, one) == before
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
        with pytest.raises(OSError, match="Input/output"):
            add(one, warc, b"two")
    assert on_disk(warc, one) == before
    add(one, warc, b"two")
    assert recorded(one) == on_disk(warc, one)


class Interrupted:
    """A connection whose transactions end as told, before or instead of what was asked."""

    def __init__(self, db, *, commits):
        self._db, self._commits = db, commits

    def __getattr__(self, name):
        return getattr(self._db, name)

    def end(self):
        (self._db.end if self._commits else self._db.undo)()
        raise KeyboardInterrupt if self._commits else sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize("commits", [True, False])
def test_what_the_database_knows_decides_after_a_commit_that_went_wrong(one, warc, commits):
    """SQLite undoes a transaction itself where the disk is full; an interrupt may come just after a commit."""
    before = on_disk(warc, one)
    with Archive.open(one) as archive:
        db, archive._store.db = archive._store.db, Interrupted(archive._store.db, commits=commits)
        with pytest.raises(KeyboardInterrupt if commits else sqlite3.OperationalError):
            archive.keep(warc.capture(b"two"), warc.AT)
        archive._store.db = db
        assert (on_disk(warc, one) == before) is not commits
        assert recorded(one) == on_disk(warc, one)
        assert not db.in_transaction
        archive.keep(warc.capture(b"three"), warc.AT)
        assert archive.tails() == []
        assert len(list(archive.pending_snapshots())) == 2 + commits


def test_bytes_are_on_the_disk_before_the_row_that_names_them(one, warc, monkeypatch):
    told = []
    fsync = os.fsync
    monkeypatch.setattr("os.fsync", lambda file: (told.append("fsync"), fsync(file)))
    with Archive.open(one) as archive:
        archive._store.db.set_trace_callback(lambda sql: told.append(sql.split()[0]))
        archive.keep(warc.capture(b"two"), warc.AT)
        archive._store.db.set_trace_callback(None)
    assert told[-3:] == ["UPDATE", "fsync", "COMMIT"]


def test_two_archives_open_at_once_write_in_turn(one, warc):
    with Archive.open(one) as left, Archive.open(one) as right:
        for n in range(4):
            (left, right)[n % 2].keep(warc.capture(b"%d" % n), warc.AT)
        assert len(list(left.pending_snapshots())) == 5
        assert left.tails() == []
    assert len(recorded(one)) == 1
