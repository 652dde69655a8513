"""Snapshots are kept first and read later; a page is written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from stemma.archive.captures.keeping import keep_bytes
from stemma.archive.pages.index import index_leaf, unindex_leaf
from stemma.archive.pages.leaf import OF_A_PAGE, Leaf, leaf_of, load_leaf, snapshot_at
from stemma.archive.relations import stale
from stemma.archive.store.ids import key_of
from stemma.archive.store.packing import pack_record, pack_records, pack_text
from stemma.archive.store.store import Store
from stemma.errors import NoSuchRecord
from stemma.records import AnyRecord, Capture, Document, Snapshot

_AHEAD = 256  #: snapshots listed at a time
_STATED = ("outlet", "published")
_FOUND = ("origin", "media_type")  #: what is not stated, but may differ between two files of one page
_READ = (*_STATED, "media_type")  #: what reading a page rests on
_MENDED = "SELECT 1 FROM fact WHERE kind = 'l' AND left = ?"
_NEWEST = "(SELECT runs FROM reading WHERE reading.snapshot = snapshot.row ORDER BY row DESC LIMIT 1)"


def keep_capture(store: Store, capture: Capture, at: str) -> bool:
    """Keep bytes and snapshot; False where the snapshot is known (missing bytes are put back all the same)."""
    with store.writing():
        known = snapshot_row(store, capture.snapshot.id)
        keep_bytes(store, known or new_snapshot(store, capture.snapshot), capture, at)
    return known is None


def new_snapshot(store: Store, snapshot: Snapshot) -> int:
    """Write a snapshot that is not known yet; its bytes are another matter. Returns its row."""
    row = store.insert("INSERT INTO snapshot (body, size) VALUES (?, ?)", pack_record(snapshot), snapshot.size)
    store.run("INSERT INTO ids (key, document, at) VALUES (?, 0, ?)", key_of(snapshot.id), row)
    store.run("INSERT INTO unread (snapshot) VALUES (?)", row)
    return row


def restate(store: Store, new: Snapshot) -> Snapshot:
    """Let a known snapshot say what is stated of it by now; its page is read anew where that may change what is found.

    A stated value outranks none; of two the smaller counts, so that the order of stating does not matter.
    """
    row = snapshot_row(store, new.id)
    if row is None:
        raise NoSuchRecord(new.id)
    known = snapshot_at(store, row)
    said = msgspec.structs.replace(known, **{name: _first(known, new, name) for name in (*_STATED, *_FOUND)})
    if said != known:
        store.run("UPDATE snapshot SET body = ? WHERE row = ?", pack_record(said), row)
        store.snapshots.pop(row, None)
    if any(getattr(said, name) != getattr(known, name) for name in _READ):
        store.run("INSERT INTO unread (snapshot) VALUES (?) ON CONFLICT DO NOTHING", row)
    return said


def _first(known: Snapshot, new: Snapshot, name: str) -> str | None:
    return min((value for each in (known, new) if (value := getattr(each, name)) is not None), default=None)


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


def pending(store: Store) -> Iterator[int]:
    """Rows of snapshots that no run has read yet, in order of keeping; what is added meanwhile is seen."""
    yield from _listed(store, "SELECT snapshot FROM unread WHERE snapshot > ? ORDER BY snapshot LIMIT ?")


def count_pending(store: Store) -> int:
    """How many captures ``pending`` would give."""
    return int(store.all("SELECT count(*) FROM unread")[0][0])


def outdated(store: Store, run_ids: Sequence[str]) -> Iterator[int]:
    """Rows of snapshots whose newest reading is not under all these runs, in order of keeping."""
    earlier = f"SELECT row FROM snapshot WHERE {_NEWEST} IN ({_earlier(store, run_ids)})"  # noqa: S608 (row numbers)
    yield from _listed(store, f"{earlier} AND row > ? ORDER BY row LIMIT ?")


def count_outdated(store: Store, run_ids: Sequence[str]) -> int:
    """How many captures ``outdated`` would give; costs nothing, whatever the size of the archive."""
    sql = f"SELECT coalesce(sum(current), 0) FROM runs WHERE row IN ({_earlier(store, run_ids)})"  # noqa: S608 (numbers)
    return int(store.all(sql)[0][0])


def _earlier(store: Store, run_ids: Sequence[str]) -> str:
    """Rows of the sets of runs that some of these are not in; 0 where there are none, which no row has."""
    rows = store.all("SELECT row, ids FROM runs")
    return ",".join(str(row) for row, ids in rows if not set(run_ids) <= set(ids.split())) or "0"


def _listed(store: Store, sql: str) -> Iterator[int]:
    last = 0
    while rows := store.all(sql, last, _AHEAD):
        yield from (row for (row,) in rows)
        last = rows[-1][0]


def write_page(
    store: Store, snapshot_id: str, run_ids: Sequence[str], records: Sequence[AnyRecord], lay: Callable[[], object]
) -> bool:
    """Write what these runs found in one snapshot, its Document among it unless it has no text; False if known.

    ``lay``: called once the document is there and before it is indexed, to lay over it what other pages tell of it.
    Raises ``NoSuchRecord`` for a snapshot that was not kept.
    """
    snapshot = snapshot_row(store, snapshot_id)
    if snapshot is None:
        raise NoSuchRecord(snapshot_id)
    runs = runs_row(store, run_ids)
    newest = store.one("SELECT runs FROM reading WHERE snapshot = ? ORDER BY row DESC LIMIT 1", snapshot)
    unread = store.run("DELETE FROM unread WHERE snapshot = ?", snapshot).rowcount
    if newest == (runs,) and not unread:
        return False
    document = next((record for record in records if isinstance(record, Document)), None)
    if newest:
        store.run("UPDATE runs SET current = current - 1 WHERE row = ?", newest[0])
        _supersede(store, snapshot)
    store.run("UPDATE runs SET current = current + 1 WHERE row = ?", runs)
    if document is None:
        store.run("INSERT INTO reading (snapshot, runs, body) VALUES (?, ?, ?)", snapshot, runs, b"")
    else:
        row = document_row(store, document.id) or _new_document(store, snapshot, document)
        lay()
        leaf = leaf_of(row, snapshot, document, [each for each in records if isinstance(each, OF_A_PAGE)])
        _write_leaf(store, runs, leaf)
    return True


def _write_leaf(store: Store, runs: int, leaf: Leaf) -> None:
    head = msgspec.structs.replace(leaf.document, text="")
    body = pack_records([head, *leaf.records[1:]], leaf.document.text)
    reading = store.insert(
        "INSERT INTO reading (snapshot, document, runs, body) VALUES (?, ?, ?, ?)", leaf.snapshot, leaf.row, runs, body
    )
    index_leaf(store, leaf, reading, snapshot_at(store, leaf.snapshot))


def _new_document(store: Store, snapshot: int, document: Document) -> int:
    row = store.insert("INSERT INTO document (id, snapshot) VALUES (?, ?)", document.id, snapshot)
    store.run("INSERT INTO wording (document, body) VALUES (?, ?)", row, pack_text(document.text))
    store.run("INSERT INTO ids (key, document, at) VALUES (?, ?, 0)", key_of(document.id), row)
    return row


def _supersede(store: Store, snapshot: int) -> None:
    """The newest reading of a snapshot is the current one; earlier ones can still be reached by id."""
    for (row,) in store.all("SELECT row FROM document WHERE snapshot = ? AND reading IS NOT NULL", snapshot):
        unindex_leaf(store, load_leaf(store, row))
        if store.one(_MENDED, row):
            stale.mark(store, stale.LABEL, (row,))


def runs_row(store: Store, run_ids: Iterable[str]) -> int:
    """The row of a set of runs."""
    ids = " ".join(sorted(set(run_ids)))
    if found := store.one("SELECT row FROM runs WHERE ids = ?", ids):
        return int(found[0])
    return store.insert("INSERT INTO runs (ids) VALUES (?)", ids)


def current_documents(store: Store, snapshot_id: str) -> list[str]:
    """Ids of the documents of a snapshot that have a current reading: one at most, unless it is unknown."""
    row = snapshot_row(store, snapshot_id)
    found = store.all("SELECT id FROM document WHERE snapshot = ? AND reading IS NOT NULL ORDER BY id", row)
    return [each for (each,) in found]
