"""An archive of schema 2 written anew by today's code, beside the old one; the new one takes its place when it is done.

Whatever stops the work, the old archive stays as it was and the next attempt goes on. The old files of bytes are
removed last, each once the same bytes were read from a segment again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from stemma.archive.archive import Archive
from stemma.archive.captures.keeping import DAMAGE, read_payload
from stemma.archive.captures.segments import sync_folder
from stemma.archive.captures.warc import digest_of
from stemma.archive.migrations import schema3, schema4
from stemma.archive.migrations.schema2 import SCHEMA as EARLIER
from stemma.archive.migrations.schema2 import Earlier, files_of, place_of
from stemma.archive.pages.add import new_snapshot, snapshot_row
from stemma.archive.pages.leaf import snapshot_at
from stemma.archive.store.databases import Place, is_address, open_store
from stemma.archive.store.store import CAPTURES, DATABASE, SCHEMA, Store
from stemma.errors import NoArchive, OlderArchive
from stemma.records import AnyRecord, Capture, Document, Field, Label, Page, Snapshot
from stemma.stage import Offer

#: What a page offers to Group stages, by its records.
Offered = Callable[[Capture, Page, Sequence[AnyRecord]], Iterable[Offer]]
#: ``progress(done, total)``: captures carried over.
Progress = Callable[[int, int], None]
_HALF = "upgrading"  #: folder inside the archive where the new one grows
_BATCH = 64  #: pages in one transaction


def migrate(place: Place, offered: Offered, progress: Progress | None = None) -> int:
    """Bring an archive of an earlier schema up to date; returns how many captures were carried over.

    Of an archive that is up to date only what an interrupted attempt left is cleared away. What Group stages gave is
    not carried over: every key waits to be settled anew. Raises ``NoArchive``, ``OlderArchive`` for a schema that
    is too old, ``NewerArchive``, and ``sqlite3.OperationalError`` where another process uses the archive.
    """
    if is_address(place):
        open_store(
            place, create=False
        ).close()  # there is no earlier schema on a server yet: it is up to date, or tells
        return 0
    folder = Path(place)
    version = _version(folder)
    if version < EARLIER:
        raise OlderArchive(folder, version, EARLIER)
    carried = _rebuild(folder, offered, progress) if version == EARLIER else 0
    if version == schema3.SCHEMA:
        schema3.bring_up(folder, progress)
    if version in {schema3.SCHEMA, schema4.SCHEMA}:
        schema4.bring_up(folder, progress)
    with closing(open_store(folder, create=False)) as store:
        _clear(store)
    return carried


def _version(folder: Path) -> int:
    if not (folder / DATABASE).is_file():
        raise NoArchive(folder)
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        try:
            return int(db.execute("PRAGMA user_version").fetchone()[0]) or SCHEMA  # 0: open_store tells what it is
        except sqlite3.DatabaseError as error:
            raise NoArchive(folder) from error


class _Move(NamedTuple):
    """From where to where."""

    old: Earlier
    store: Store
    archive: Archive
    offered: Offered


def _rebuild(folder: Path, offered: Offered, progress: Progress | None) -> int:
    with Earlier(folder) as old:
        with closing(open_store(folder / _HALF, create=True)) as store:
            move = _Move(old, store, Archive(store), offered)
            carried = _carry(move, progress or (lambda _done, _total: None))
            move.archive.add_records(old.facts())
        old.give_up()
        _take_place(folder)
    return carried


def _carry(move: _Move, progress: Progress) -> int:
    done, total, snapshots = 0, move.old.count(), move.old.snapshots()
    while some := list(islice(snapshots, _BATCH)):
        with move.archive.batch():
            for row, snapshot in some:
                if snapshot_row(move.store, snapshot.id) is None:
                    _carry_page(move, row, snapshot)
        done += len(some)
        progress(done, total)
    return done


def _carry_page(move: _Move, row: int, snapshot: Snapshot) -> None:
    """A capture with all its readings, the newest last."""
    capture = _carry_bytes(move, snapshot)
    readings = move.old.readings(row)
    for n, (runs, records) in enumerate(readings, 1):
        page = _page_of(records)
        told = move.old.problems(snapshot.id, *([page.document.id] if page else ()))
        offers = move.offered(capture, page, records) if page and n == len(readings) else ()
        move.archive.add_page(snapshot.id, runs, [*records, *told], offers)


def _carry_bytes(move: _Move, snapshot: Snapshot) -> Capture:
    """The capture; where its bytes are gone or damaged the snapshot alone, as it was before: ``check`` tells of it."""
    with suppress(*DAMAGE):
        payload = move.old.payload(snapshot.digest)
        if digest_of(payload) == snapshot.digest:
            move.archive.keep(Capture(snapshot, payload), move.old.added(snapshot.digest))
            return Capture(snapshot, payload)
    new_snapshot(move.store, snapshot)
    return Capture(snapshot, b"")


def _page_of(records: Sequence[AnyRecord]) -> Page | None:
    if not records or not isinstance(records[0], Document):
        return None
    labels = tuple(each for each in records if isinstance(each, Label))
    return Page(records[0], labels, tuple(each for each in records if isinstance(each, Field)))


def _take_place(folder: Path) -> None:
    """Segments first, then the database that names them; at any moment between the old archive is whole."""
    half = folder / _HALF
    for segment in sorted((half / CAPTURES).iterdir()):
        segment.rename(folder / CAPTURES / segment.name)
    sync_folder(folder / CAPTURES)
    (half / DATABASE).replace(folder / DATABASE)
    sync_folder(folder)


def _clear(store: Store) -> None:
    """Remove the old files whose bytes the segments hold; others stay where they lie."""
    rows = store.all("SELECT row FROM snapshot") if files_of(store.folder) else []
    for (row,) in rows:
        snapshot = snapshot_at(store, row)
        path = place_of(store.folder, snapshot.digest)
        if path.exists() and _is_held(store, row, snapshot):
            path.unlink()
            with suppress(OSError):  # others lie there still
                path.parent.rmdir()
    shutil.rmtree(store.folder / _HALF, ignore_errors=True)


def _is_held(store: Store, row: int, snapshot: Snapshot) -> bool:
    try:
        return digest_of(read_payload(store, row, snapshot.size)) == snapshot.digest
    except DAMAGE:
        return False
