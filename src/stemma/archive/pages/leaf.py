"""A leaf: one document with all that its newest runs found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import msgspec

from stemma.archive.store.packing import unpack_first, unpack_record, unpack_records, unpack_text
from stemma.archive.store.store import Store
from stemma.records import (
    AnyRecord,
    Derived,
    Document,
    Field,
    FieldName,
    Label,
    Mention,
    Page,
    Reference,
    Relay,
    Snapshot,
    Statement,
    Time,
)  # fmt: skip

Kind = TypeVar("Kind", bound=Derived)
_LONG = 1_000_000  #: characters; longer texts are not kept in memory
#: The kinds of record that lie packed with their page.
OF_A_PAGE = (Label, Field, Mention, Reference, Time, Statement, Relay)


class Speaker(NamedTuple):
    """A reference and the mention that it means."""

    reference: Reference
    mention: Mention


@dataclass(frozen=True, slots=True)
class Leaf:
    """One reading of one document; ``row`` is the document's."""

    row: int
    snapshot: int
    document: Document
    labels: tuple[Label, ...]
    fields: tuple[Field, ...]
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...]
    times: tuple[Time, ...]
    statements: tuple[Statement, ...]
    relays: tuple[Relay, ...]

    @property
    def page(self) -> Page:
        """What the rooms after ``read`` get of it."""
        return Page(self.document, self.labels, self.fields)

    @property
    def records(self) -> list[AnyRecord]:
        """All of it, the document first."""
        return [
            self.document, *self.labels, *self.fields, *self.mentions, *self.references, *self.times,
            *self.statements, *self.relays,
        ]  # fmt: skip


def leaf_of(row: int, snapshot: int, document: Document, records: Sequence[AnyRecord]) -> Leaf:
    """The records of one page by kind; each kind keeps its order, labels stand in order of place."""

    def only(kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(record for record in records if type(record) is kind)

    labels = tuple(sorted(only(Label), key=lambda label: (label.start, label.end)))
    return Leaf(
        row, snapshot, document, labels, only(Field), only(Mention), only(Reference), only(Time), only(Statement),
        only(Relay),
    )  # fmt: skip


def load_leaf(store: Store, document: int, reading: int | None = None) -> Leaf:
    """A document by its row, as its current reading has it, or another one. Raises ``KeyError`` for an unknown row."""
    wanted = reading or current_reading(store, document)
    if (leaf := store.readings.recall(wanted)) is None:
        leaf = _load(store, document, wanted)
        store.readings.remember(wanted, leaf)
    assert isinstance(leaf, Leaf)
    return leaf


def load_document(store: Store, document: int) -> Document:
    """A document by its row, without what was found in it. Raises ``KeyError`` for an unknown row."""
    reading = current_reading(store, document)
    if (found := store.texts.recall(reading)) is None:
        found = _head(*_bodies(store, document, reading)[:2])
        if len(found.text) < _LONG:
            store.texts.remember(reading, found)
    assert isinstance(found, Document)
    return found


def current_reading(store: Store, document: int) -> int:
    """Row of the current reading of a document, else of its newest. Raises ``KeyError`` for an unknown row."""
    row = store.one("SELECT reading FROM document WHERE row = ?", document)
    row = row if row and row[0] else store.one("SELECT max(row) FROM reading WHERE document = ?", document)
    if not row or row[0] is None:
        raise KeyError(document)
    return int(row[0])


def _load(store: Store, document: int, reading: int) -> Leaf:
    wording, body, snapshot = _bodies(store, document, reading)
    text = unpack_text(wording)
    records = unpack_records(body, text)
    head = records[0]
    assert isinstance(head, Document)
    return leaf_of(document, snapshot, msgspec.structs.replace(head, text=text), records[1:])


def _head(wording: bytes, body: bytes) -> Document:
    text = unpack_text(wording)
    head = unpack_first(body, text)
    assert isinstance(head, Document)
    return msgspec.structs.replace(head, text=text)


def _bodies(store: Store, document: int, reading: int) -> tuple[bytes, bytes, int]:
    row = store.one(
        "SELECT wording.body, reading.body, snapshot FROM reading JOIN wording USING (document) "
        "WHERE reading.row = ? AND document = ?",
        reading,
        document,
    )
    if not row:
        raise KeyError(document)
    return row[0], row[1], row[2]


def snapshot_at(store: Store, row: int) -> Snapshot:
    """A snapshot by its row. Raises ``KeyError`` for an unknown one."""
    if isinstance(known := store.snapshots.recall(row), Snapshot):
        return known
    found = store.one("SELECT body FROM snapshot WHERE row = ?", row)
    if not found:
        raise KeyError(row)
    record = unpack_record(found[0])
    assert isinstance(record, Snapshot)
    store.snapshots.remember(row, record)
    return record


def best_field(leaf: Leaf, name: FieldName) -> Field | None:
    """The field that counts: highest confidence, ties first."""
    return max((field for field in leaf.fields if field.name == name), key=lambda field: field.confidence, default=None)


def title_of(leaf: Leaf) -> str | None:
    """The words of the first title label on one line; None where there is none."""
    for label in leaf.labels:
        if label.role == "title":
            return " ".join(leaf.document.text[label.start : label.end].split())
    return None


def speakers_of(leaf: Leaf) -> list[list[Speaker]]:
    """For each statement the references that say who speaks; several are a joint source."""
    mentions = {mention.id: mention for mention in leaf.mentions}
    meant: dict[tuple[int, int], list[Speaker]] = {}
    for reference in leaf.references:
        if mention := mentions.get(reference.antecedent):
            place = (reference.anaphor.start, reference.anaphor.end)
            meant.setdefault(place, []).append(Speaker(reference, mention))
    return [meant.get(_anaphor(statement), []) for statement in leaf.statements]


def _anaphor(statement: Statement) -> tuple[int, int]:
    """Where a reference to the speaker hangs: the source, else the cue, else the content."""
    pieces = statement.source or statement.cue or statement.content
    return (pieces[0].start, pieces[0].end) if pieces else (-1, -1)


def said_words(leaf: Leaf, n: int) -> str:
    """The content of a statement, as indexed text is made from it."""
    return " ".join(piece.exact for piece in leaf.statements[n].content)


def around_words(leaf: Leaf, n: int) -> str:
    """Source, cue and the page's title."""
    statement = leaf.statements[n]
    return " ".join([piece.exact for piece in (*statement.source, *statement.cue)] + [title_of(leaf) or ""])
