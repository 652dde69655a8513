"""Snapshots are kept first and read later; a page is written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from stemma.archive.pages.index import index_leaf, unindex_leaf
from stemma.archive.pages.leaf import OF_A_PAGE, leaf_of, load_leaf, snapshot_at
from stemma.archive.store.captures import keep_bytes
from stemma.archive.store.ids import key_of
from stemma.archive.store.packing import pack_record, pack_records, pack_text
from stemma.archive.store.store import Store
from stemma.errors import NoSuchRecord
from stemma.records import AnyRecord, Capture, Document

_AHEAD = 256  #: snapshots listed at a time


def keep_capture(store: Store, capture: Capture) -> bool:
    """Keep bytes and snapshot; False where the snapshot is known (missing bytes are put back all the same)."""
    snapshot = capture.snapshot
    keep_bytes(store.folder, snapshot.digest, capture.payload)
    with store.writing():
        if snapshot_row(store, snapshot.id):
            return False
        row = store.run("INSERT INTO snapshot (body) VALUES (?)", pack_record(snapshot)).lastrowid
        store.run("INSERT INTO ids (key, document, at) VALUES (?, 0, ?)", key_of(snapshot.id), row)
    return True


def snapshot_row(store: Store, snapshot_id: str) -> int | None:
    """The row of a snapshot by its whole id, or None."""
    for (row,) in store.all("SELECT at FROM ids WHERE key = ? AND document = 0", key_of(snapshot_id)):
        if snapshot_at(store, row).id == snapshot_id:
            return int(row)
    return None


def document_row(store: Store, document_id: str) -> int | None:
    """The row of a document by its whole id, or None."""
    for (row,) in store.all("SELECT document FROM ids WHERE key = ?", key_of(document_id)):
        found = store.one("SELECT id FROM document WHERE row = ?", row)
        if found and found[0] == document_id:
            return int(row)
    return None


def pending(store: Store, run_ids: Sequence[str]) -> Iterator[int]:
    """Rows of snapshots not yet read under all these runs, in order of keeping; what is added meanwhile is seen."""
    last = 0
    while rows := store.all(_pending_sql(store, run_ids, "row") + " AND row > ? ORDER BY row LIMIT ?", last, _AHEAD):
        yield from (row for (row,) in rows)
        last = rows[-1][0]


def count_pending(store: Store, run_ids: Sequence[str]) -> int:
    """How many captures ``pending`` would give."""
    found = store.one(_pending_sql(store, run_ids, "count(*)"))
    return int(found[0]) if found else 0


def _pending_sql(store: Store, run_ids: Sequence[str], columns: str) -> str:
    rows = store.all("SELECT row, ids FROM runs")
    enough = ",".join(str(row) for row, ids in rows if set(run_ids) <= set(ids.split()))
    return (
        f"SELECT {columns} FROM snapshot WHERE NOT EXISTS "  # noqa: S608 (column names of this file, row numbers)
        f"(SELECT 1 FROM reading WHERE reading.snapshot = snapshot.row AND runs IN ({enough}))"
    )


def write_page(store: Store, snapshot_id: str, run_ids: Sequence[str], records: Sequence[AnyRecord]) -> bool:
    """Write what these runs found in one snapshot, its Document among it unless it has no text; False if known.

    Raises ``NoSuchRecord`` for a snapshot that was not kept.
    """
    snapshot = snapshot_row(store, snapshot_id)
    if snapshot is None:
        raise NoSuchRecord(snapshot_id)
    runs = runs_row(store, run_ids)
    if store.one("SELECT 1 FROM reading WHERE snapshot = ? AND runs = ?", snapshot, runs):
        return False
    document = next((record for record in records if isinstance(record, Document)), None)
    _supersede(store, snapshot)
    if document is None:
        store.run("INSERT INTO reading (snapshot, runs, body) VALUES (?, ?, x'')", snapshot, runs)
    else:
        _write_leaf(store, snapshot, runs, document, [each for each in records if isinstance(each, OF_A_PAGE)])
    return True


def _write_leaf(store: Store, snapshot: int, runs: int, document: Document, records: list[AnyRecord]) -> None:
    row = document_row(store, document.id) or _new_document(store, snapshot, document)
    leaf = leaf_of(row, snapshot, document, records)
    head = msgspec.structs.replace(document, text="")
    body = pack_records([head, *leaf.records[1:]], document.text)
    reading = store.run(
        "INSERT INTO reading (snapshot, document, runs, body) VALUES (?, ?, ?, ?)", snapshot, row, runs, body
    ).lastrowid
    assert reading
    index_leaf(store, leaf, reading, snapshot_at(store, snapshot))


def _new_document(store: Store, snapshot: int, document: Document) -> int:
    row = store.run("INSERT INTO document (id, snapshot) VALUES (?, ?)", document.id, snapshot).lastrowid
    assert row
    store.run("INSERT INTO wording (document, body) VALUES (?, ?)", row, pack_text(document.text))
    store.run("INSERT INTO ids (key, document, at) VALUES (?, ?, 0)", key_of(document.id), row)
    return row


def _supersede(store: Store, snapshot: int) -> None:
    """The newest reading of a snapshot is the current one; earlier ones can still be reached by id."""
    for (row,) in store.all("SELECT row FROM document WHERE snapshot = ? AND reading IS NOT NULL", snapshot):
        unindex_leaf(store, load_leaf(store, row))


def runs_row(store: Store, run_ids: Iterable[str]) -> int:
    """The row of a set of runs."""
    ids = " ".join(sorted(set(run_ids)))
    if found := store.one("SELECT row FROM runs WHERE ids = ?", ids):
        return int(found[0])
    row = store.run("INSERT INTO runs (ids) VALUES (?)", ids).lastrowid
    assert row
    return row
