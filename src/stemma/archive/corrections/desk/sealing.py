"""What may be shown of a record: itself as people have it, or the stone of what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.answers.lookup import record_of
from stemma.archive.corrections.access import stone_of, withdrawn
from stemma.archive.pages.add import document_row, snapshot_row
from stemma.archive.pages.leaf import load_covered, load_leaf, shown_snapshot
from stemma.archive.pages.reading import Leaf
from stemma.archive.store.store import Store
from stemma.archive.views import Stone
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.records import (
    AnyRecord,
    Correction,
    Derived,
    Document,
    Judgement,
    Relay,
    Snapshot,
    Statement,
    Variant,
)  # fmt: skip


def shown_record(store: Store, prefix: str) -> AnyRecord | Stone:
    """A record as people have it, or its stone. Raises ``NoSuchRecord`` and ``AmbiguousId``."""
    record = record_of(store, prefix)
    if word := seal_of(store, record) or _names_covered(store, record):
        return stone_of(record.id, word)
    if isinstance(record, Snapshot):
        return shown_snapshot(store, snapshot_row(store, record.id) or 0)
    if isinstance(record, Document | Derived) and (row := _row_of(store, record)) is not None:
        return _as_shown(store, row, record)
    return record


def _names_covered(store: Store, record: AnyRecord) -> Correction | None:
    """The word that covers a name of which a comparer's judgement tells parts; a person's reasons are that person's."""
    if not isinstance(record, Judgement) or not record.run:
        return None
    return next((word for side in (record.left, record.right) if (word := _covered(store, side))), None)


def _covered(store: Store, mention_id: str) -> Correction | None:
    try:
        shown = shown_record(store, mention_id)
    except (NoSuchRecord, AmbiguousId):
        return None
    return shown.correction if isinstance(shown, Stone) else None


def _row_of(store: Store, record: Document | Derived) -> int | None:
    return document_row(store, record.id if isinstance(record, Document) else record.document)


def _as_shown(store: Store, row: int, record: AnyRecord) -> AnyRecord | Stone:
    """The record of the effective page; else of a superseded reading, as far as nothing covers it."""
    readings = store.all("SELECT row FROM reading WHERE document = ? ORDER BY row DESC", row)
    for leaf in (load_leaf(store, row), *(load_covered(store, row, reading) for (reading,) in readings)):
        found = next((each for each in leaf.records if each.id == record.id), None)
        if found:
            return found
    word = _redaction(load_leaf(store, row))
    return stone_of(record.id, word) if word else record


def _redaction(leaf: Leaf) -> Correction | None:
    """The newest word that covers something in a page."""
    words = [word for _, word in (*leaf.laid, *((word.about, word) for word in leaf.waiting))]
    return next((word for word in reversed(words) if word.field in {"redaction", "access"}), None)


def seal_of(store: Store, record: AnyRecord) -> Correction | None:
    """The word that withdraws a record, its page, or one of the pages that it stands between; None where it is open."""
    if isinstance(record, Statement) and (row := _row_of(store, record)) is not None:
        words = [word for target, word in load_leaf(store, row).laid if target == record.id and word.field == "access"]
        if words:
            return words[-1]
    return next((word for row in _pages(store, record) if (word := withdrawn(store, row))), None)


def _pages(store: Store, record: AnyRecord) -> Iterator[int]:
    """Rows of the snapshots that a record rests on."""
    for document in _documents(record):
        found = store.one("SELECT snapshot FROM document WHERE row = ?", document_row(store, document))
        if found:
            yield found[0]
    if isinstance(record, Snapshot) and (row := snapshot_row(store, record.id)) is not None:
        yield row


def _documents(record: AnyRecord) -> list[str]:
    match record:
        case Document():
            return [record.id]
        case Relay():
            return [each for each in (record.document, record.exemplar) if each[:1] == Document.letter]
        case Derived():
            return [record.document]
        case Variant():
            return [record.left.document, record.right.document]
        case _:
            return []
