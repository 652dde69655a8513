"""Records and rows by id, whole or shortened, whatever people withdrew; ``sealing`` tells what may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.archive.pages.leaf import current_reading, load_leaf, load_reading, snapshot_at
from stemma.archive.relations.facts import fact_at
from stemma.archive.store.ids import key_range
from stemma.archive.store.store import Store
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.records import AnyRecord

_ENOUGH = 12  #: hits that are looked at: more than the error message prints


def record_of(store: Store, prefix: str) -> AnyRecord:
    """The record whose id begins so, as it was derived. Raises ``NoSuchRecord`` and ``AmbiguousId``."""
    found = {record.id: record for record in _records(store, prefix)}
    if not found:
        raise NoSuchRecord(prefix)
    if len(found) > 1 and prefix not in found:
        raise AmbiguousId(prefix, sorted(found))
    return found.get(prefix) or next(iter(found.values()))


def whole_id(store: Store, prefix: str, letter: str) -> str:
    """The whole id of a record of one kind. Raises ``NoSuchRecord`` and ``AmbiguousId``."""
    if not prefix.startswith(letter):
        raise NoSuchRecord(prefix)
    return record_of(store, prefix).id


def key_rows(store: Store, prefix: str) -> list[tuple[int, int, int]]:
    """Rows of ``ids`` whose key fits the beginning of an id: key, document, at."""
    store.flush()
    if not (bounds := key_range(prefix)):
        return []
    return store.all(
        "SELECT key, document, at FROM ids WHERE key BETWEEN ? AND ? ORDER BY key, document, at LIMIT ?",
        *bounds,
        _ENOUGH,
    )


def _records(store: Store, prefix: str) -> Iterator[AnyRecord]:
    for _, document, at in key_rows(store, prefix):
        yield from (record for record in _candidates(store, prefix, document, at) if record.id.startswith(prefix))


def _candidates(store: Store, prefix: str, document: int, at: int) -> Iterable[AnyRecord]:
    if not document:
        return _outside(store, prefix, at)
    for reading in _readings(store, document):
        records = load_reading(store, document, reading).records
        if any(record.id.startswith(prefix) for record in records):
            return records
    return []


def _readings(store: Store, document: int) -> list[int]:
    """Rows of the readings of a document, the current one first, then the newest."""
    current = current_reading(store, document)
    rows = store.all("SELECT row FROM reading WHERE document = ? ORDER BY row DESC", document)
    return [current, *(row for (row,) in rows if row != current)]


def _outside(store: Store, prefix: str, at: int) -> list[AnyRecord]:
    """Snapshots and facts; entities are views and no records."""
    if prefix[0] == "e":
        return []
    return [snapshot_at(store, at) if prefix[0] == "c" else fact_at(store, at)]


def document_by_prefix(store: Store, prefix: str) -> int:
    """Row of a document by its id, whole or shortened. Raises ``NoSuchRecord`` and ``AmbiguousId``."""
    wanted = whole_id(store, prefix, "d")
    for _, document, _ in key_rows(store, wanted):
        if load_reading(store, document).document.id == wanted:
            return document
    raise NoSuchRecord(prefix)


def line_by_prefix(store: Store, prefix: str) -> int:
    """Row of a current statement by its id. Raises ``NoSuchRecord`` and ``AmbiguousId``."""
    wanted = whole_id(store, prefix, "s")
    for _, document, _ in key_rows(store, wanted):
        leaf = load_leaf(store, document)
        for n, statement in enumerate(leaf.statements):
            if statement.id == wanted and (
                row := store.one("SELECT row FROM line WHERE document = ? AND n = ?", document, n)
            ):
                return int(row[0])
    raise NoSuchRecord(prefix)
