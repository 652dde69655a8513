"""What was found in one page, by itself: evidence word for word, ids that records name, places of labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import get_args, get_type_hints

from stemma.archive.pages.leaf import Leaf, load_text
from stemma.archive.store.ids import key_of
from stemma.archive.store.store import Store
from stemma.records import (
    AnyRecord,
    Derived,
    Document,
    Evidence,
    Reference,
    Relay,
    Statement,
    Variant,
    identify,
)  # fmt: skip


def wrong_identity(record: AnyRecord) -> Iterator[str]:
    """An id that is kept beside what it is the hash of."""
    if identify(record) != record.id:
        yield f"{record.id} is not the hash of what it says"


def wrong_leaf(store: Store, leaf: Leaf, runs: frozenset[str]) -> Iterator[str]:
    """Everything that one reading says of one document; ``runs``: those that found it.

    Ids need no proof of their own here: they are not kept but computed whenever a page is read.
    """
    known = {record.id for record in leaf.records}
    for record in leaf.records:
        yield from wrong_evidence(record, leaf.document)
        for name in named(record):
            if name not in known and not is_known(store, name):
                yield f"{record.id} names {name}, which is not in the archive"
        run = getattr(record, "run", "")
        if run and run not in runs:
            yield f"{record.id} names the run {run}, which is not one of its page"
    yield from _wrong_labels(leaf)


def _wrong_labels(leaf: Leaf) -> Iterator[str]:
    at = 0
    for label in leaf.labels:
        if not at <= label.start <= label.end <= len(leaf.document.text):
            yield f"the label {label.id} lies outside the text or over another one"
        at = label.end


def wrong_evidence(record: AnyRecord, document: Document) -> Iterator[str]:
    """Evidence whose words do not stand where it says."""
    text = document.text
    for name in _evidence_fields(type(record)):
        value = getattr(record, name)
        for piece in value if type(value) is tuple else (value,):
            if piece is not None and (
                text[piece.start : piece.end] != piece.exact
                or len(piece.exact) != piece.end - piece.start
                or piece.start < 0
                or piece.document != document.id
            ):
                yield f"the evidence of {record.id} at {piece.start}-{piece.end} is not in the text"


@cache
def _evidence_fields(kind: type[AnyRecord]) -> tuple[str, ...]:
    """Names of the fields that hold evidence."""
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if Evidence in (hints[name], *get_args(hints[name])))


def wrong_far_evidence(store: Store, record: AnyRecord) -> Iterator[str]:
    """The same for a record that is of no page: each piece names its document.

    Raises ``KeyError`` where that is gone.
    """
    for name in _evidence_fields(type(record)):
        value = getattr(record, name)
        for piece in value if isinstance(value, tuple) else (value,):
            if piece is not None:
                text = load_text(store, row_of(store, piece.document))
                if not 0 <= piece.start <= piece.end <= len(text) or text[piece.start : piece.end] != piece.exact:
                    yield f"the evidence of {record.id} at {piece.start}-{piece.end} is not in the text"


def named(record: AnyRecord) -> Sequence[str]:
    """Ids of other records that one names."""
    match record:
        case Reference():
            return (record.document, *([record.antecedent] if record.antecedent else ()), *record.rivals)
        case Statement():
            return (record.document, record.within) if record.within else (record.document,)
        case Relay():
            return tuple(each for each in (record.document, record.statement, record.exemplar) if each)
        case Derived():
            return (record.document,)
        case Variant():
            return (record.left.document, record.right.document)
        case Document():
            return (record.snapshot,)
        case _:
            return ()


def is_known(store: Store, record_id: str) -> bool:
    """Whether the index of ids has an id."""
    return store.one("SELECT 1 FROM ids WHERE key = ?", key_of(record_id)) is not None


def row_of(store: Store, document_id: str) -> int:
    """The row of a document. Raises ``KeyError`` for one that is not there."""
    for (row,) in store.all("SELECT document FROM ids WHERE key = ?", key_of(document_id)):
        if store.one("SELECT 1 FROM document WHERE row = ? AND id = ?", row, document_id):
            return int(row)
    raise KeyError(document_id)
