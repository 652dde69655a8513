"""An archive carried whole into an empty one, on whichever database either lies: every row, every byte of a capture.

Ids, numbers of rows, what is superseded, what waits: all is the same afterwards. Only the indexes of words are made
anew, since each database has its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from stemma.archive.captures.segments import path_of, recorded, sync_folder
from stemma.archive.pages.index import search_rows
from stemma.archive.pages.leaf import load_leaf
from stemma.archive.store.databases import Place, open_store, shown
from stemma.archive.store.databases.layout import columns
from stemma.archive.store.store import CAPTURES, Store
from stemma.archive.store.words import index_form
from stemma.errors import BadValue

#: Counts that triggers keep: they follow while rows are written, and are those of the source in the end.
_COUNTS = ("tally", "shelf", "spoken")
_SOME = 1_000  #: rows written at a time
_PART = 2**20  #: bytes copied at a time
_NAMES = "names.toml"  #: names that people have listed (see ``Archive.own_names``)
_USED = "SELECT row, form FROM name WHERE row NOT IN (SELECT name FROM hidden) ORDER BY row"
_SHOWN = "SELECT DISTINCT document FROM line ORDER BY document"
#: ``progress(done, total)``: rows and statements.
Progress = Callable[[int, int], None]


def carry(source: Place, target: Place, progress: Progress | None = None) -> int:
    """Copy the archive at ``source`` to ``target``, made if there is none; how many rows it has.

    It is copied as it stands now, others may add to it meanwhile. All of it is written in one transaction: what is
    broken off leaves an empty archive, and the same call begins again. The notebook (accounts, saved searches) and what
    a watch remembers are no part of it. Raises ``NoArchive``, and ``BadValue`` where the target holds anything.
    """
    with closing(open_store(source, create=False)) as old, closing(open_store(target, create=True)) as new:
        old.db.freeze()
        with new.writing():
            if any(new.one(f"SELECT 1 FROM {table} LIMIT 1") for table in columns()):  # noqa: S608 (tables of ours)
                raise BadValue("archive", shown(target), "an empty one: an archive is carried whole")
            _copy_files(old, new)
            work = _Counted(progress, _rows(old) + _one(old, "SELECT count(*) FROM line"))
            for table, names in columns().items():
                _copy(old, new, (table, names), work)
            _index(new, work)
            return work.done


class _Counted:
    """Tells how far the work is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self.done = progress, total, 0

    def __call__(self, more: int) -> None:
        self.done += more
        if self._progress:
            self._progress(self.done, self._total)


def _rows(store: Store) -> int:
    return sum(_one(store, f"SELECT count(*) FROM {table}") for table in columns())  # noqa: S608 (tables of ours)


def _one(store: Store, sql: str) -> int:
    return int(store.all(sql)[0][0])


def _copy(old: Store, new: Store, table: tuple[str, tuple[str, ...]], work: _Counted) -> None:
    name, names = table
    listed = ", ".join(names)
    insert = f"INSERT INTO {name} ({listed}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 (tables of ours)
    if name in _COUNTS:
        new.run(f"DELETE FROM {name}")  # noqa: S608 (same)
    for some in _portions(old.each(f"SELECT {listed} FROM {name}")):  # noqa: S608 (same)
        new.many(insert, some)
        work(len(some))


def _portions(rows: Iterable[Any]) -> Iterator[list[Any]]:
    stream = iter(rows)
    while some := list(islice(stream, _SOME)):
        yield some


def _index(store: Store, work: _Counted) -> None:
    """Make the indexes of words of what is there."""
    for some in _portions(store.each(_USED)):
        for row, form in some:
            store.words.put_name(row, index_form(form))
    for some in _portions(store.each(_SHOWN)):
        for (document,) in some:
            lines = [row for (row,) in store.all("SELECT row FROM line WHERE document = ? ORDER BY n", document)]
            store.words.put(search_rows(load_leaf(store, document), lines))
            work(len(lines))


def _copy_files(old: Store, new: Store) -> None:
    """What counts of each segment, and the list of names; a file that is there already was left by a broken attempt."""
    if old.folder.resolve() == new.folder.resolve():
        return
    for name, size in recorded(old).items():
        target = path_of(new.folder, name)
        half = target.with_suffix(".half")
        _copy_file(path_of(old.folder, name), half, size)
        half.replace(target)
    sync_folder(new.folder / CAPTURES)
    if (old.folder / _NAMES).is_file():
        shutil.copyfile(old.folder / _NAMES, new.folder / _NAMES)


def _copy_file(source: Path, target: Path, size: int) -> None:
    """The first bytes of a file; fewer where it has fewer, which the proof of the copy tells as that of the source."""
    with source.open("rb") as read, target.open("wb") as write:
        while size > 0 and (part := read.read(min(size, _PART))):
            write.write(part)
            size -= len(part)
        write.flush()
        os.fsync(write.fileno())
