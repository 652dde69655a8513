"""The files that hold the records. A transaction appends to one of them; what it wrote lasts or goes with it.

Only who holds the database's write lock appends, so there is one writer at a time. A segment whose size is not the
recorded one was left by a writer that was killed: it is never appended to again.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from stemma.archive.captures.forms import head_record
from stemma.archive.captures.warc import pack
from stemma.archive.store.store import CAPTURES, Store

FULL = 1_000_000_000  #: bytes; no record is begun beyond ("1 GB per file", WARC/1.1, annex C)
ENDING = ".warc.gz"
_DIGITS = 5  #: of the number of a segment


class Place(NamedTuple):
    """Where a record lies: row of its segment, first byte, length."""

    segment: int
    offset: int
    length: int


class Segment:
    """The end of one file, open for one transaction."""

    def __init__(self, store: Store, row: int, name: str, size: int, *, is_new: bool) -> None:
        self._store = store
        self._path = path_of(store.folder, name)
        flags = os.O_CREAT | os.O_EXCL if is_new else 0
        self._file = os.open(self._path, os.O_WRONLY | flags, 0o666)
        self._row, self._is_new = row, is_new
        self._before = self.size = size
        os.lseek(self._file, size, os.SEEK_SET)

    def append(self, member: bytes) -> Place:
        """Write a record after the last one. Raises ``OSError`` where the disk is full."""
        place, rest = Place(self._row, self.size, len(member)), memoryview(member)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        self.size += len(member)
        return place

    def settle(self) -> None:
        """Bring all that was written to the disk and record the size; to be called before the commit."""
        self._store.run("UPDATE segment SET size = ? WHERE row = ?", self.size, self._row)
        os.fsync(self._file)
        if self._is_new:
            sync_folder(self._path.parent)

    def close(self) -> None:
        """Close the file; what it holds stays."""
        os.close(self._file)

    def cut(self) -> None:
        """Take back what this transaction wrote, while it still holds the write lock."""
        with suppress(OSError):  # what cannot be cut is a tail, which nobody reads
            if self._is_new:
                self._path.unlink()
            else:
                os.ftruncate(self._file, self._before)

    def cut_to_recorded(self) -> None:
        """The same where the transaction has ended already, one way or the other: the database knows which."""
        with suppress(OSError, sqlite3.Error):
            self._store.db.begin()
            recorded = self._store.one("SELECT size FROM segment WHERE name = ?", self._path.name)
            if not recorded or recorded[0] == self._before:
                self.cut()
            self._store.db.undo()


def open_segment(store: Store, at: str) -> Segment:
    """The segment that this transaction appends to; a new one where the newest is full or was left by a killed writer.

    ``at``: the time of adding, by which a new one is named.
    """
    if store.beside and isinstance(last := store.beside[-1], Segment):
        return last if last.size < FULL else _new_segment(store, at)
    newest = store.one("SELECT row, name, size FROM segment ORDER BY row DESC LIMIT 1")
    if newest is None or newest[2] >= FULL or size_of(store.folder, newest[1]) != newest[2]:
        return _new_segment(store, at)
    segment = Segment(store, *newest, is_new=False)
    store.beside.append(segment)
    return segment


def _new_segment(store: Store, at: str) -> Segment:
    (store.folder / CAPTURES).mkdir(exist_ok=True)
    name = _free_name(store, at)
    row = store.insert("INSERT INTO segment (name, size) VALUES (?, 0)", name)
    segment = Segment(store, row, name, 0, is_new=True)
    store.beside.append(segment)
    segment.append(pack(head_record(name, at)))
    return segment


def _free_name(store: Store, at: str) -> str:
    """Named as WARC/1.1 advises (annex C): what wrote it, when, and a number that no other file here has."""
    numbers = [each.removesuffix(ENDING).rpartition("-")[2] for each in (*files_of(store.folder), *recorded(store))]
    number = max((int(each) for each in numbers if each.isdecimal()), default=0) + 1
    moment = "".join(letter for letter in at if letter.isdecimal())[:14]
    return f"stemma-{moment}-{number:0{_DIGITS}}{ENDING}"


def recorded(store: Store) -> dict[str, int]:
    """Name and size of each segment that the database knows, in order of making."""
    return dict(store.all("SELECT name, size FROM segment ORDER BY row"))


def files_of(folder: Path) -> dict[str, int]:
    """Name and size of each segment that lies in the folder of an archive, in order of their names."""
    found = sorted((folder / CAPTURES).glob(f"*{ENDING}"))
    return {path.name: path.stat().st_size for path in found}


def size_of(folder: Path, name: str) -> int | None:
    """Bytes of a segment; None where there is none."""
    try:
        return path_of(folder, name).stat().st_size
    except OSError:
        return None


def path_of(folder: Path, name: str) -> Path:
    """Where a segment lies."""
    return folder / CAPTURES / name


def read_member(folder: Path, name: str, offset: int, length: int) -> bytes:
    """The bytes of a record as they lie in a segment. Raises ``OSError`` for what cannot be read."""
    file = os.open(f"{folder}/{CAPTURES}/{name}", os.O_RDONLY)  # a Path would cost as much as the reading
    try:
        return os.pread(file, length, offset)
    finally:
        os.close(file)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
