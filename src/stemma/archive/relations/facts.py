"""Records that are not of one page: variants, judgements, traced relays, problems, corrections, runs.

A fact that several keys of a Group stage give is one fact; it goes when the last of them no longer gives it.
The words of a variant are not stored twice: they are read again from the two documents.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from stemma.archive.pages.add import document_row
from stemma.archive.pages.leaf import load_document, load_leaf
from stemma.archive.relations import stale
from stemma.archive.store.ids import key_of
from stemma.archive.store.packing import pack_record, unpack_record
from stemma.archive.store.store import Store
from stemma.records import AnyRecord, Correction, Derived, Document, Evidence, Judgement, Problem, Relay, Variant


class Ends(NamedTuple):
    """What a fact stands between, as rows; None where it stands between nothing or the archive lacks it."""

    left: int | None = None
    right: int | None = None
    about: str | None = None


def give(store: Store, record: AnyRecord) -> int:
    """Add a fact, or one more giver of a known one; its row."""
    if row := fact_row(store, record.id):
        store.run("UPDATE fact SET givers = givers + 1, body = ? WHERE row = ?", _pack(record), row)
        return row
    ends = ends_of(store, record)
    row = store.run(
        "INSERT INTO fact (kind, left, right, about, givers, binds, body) VALUES (?, ?, ?, ?, 1, ?, ?)",
        record.letter, *ends, binds(record), _pack(record),
    ).lastrowid  # fmt: skip
    assert row
    store.run("INSERT INTO ids (key, document, at) VALUES (?, 0, ?)", key_of(record.id), row)
    _mark(store, record, ends)
    return row


def binds(record: AnyRecord) -> bool:
    """Whether a record joins or parts names: a person's judgement, which names no run, or a comparer's "same"."""
    return isinstance(record, Judgement) and (not record.run or record.verdict == "same")


def renew(store: Store, record: AnyRecord) -> int:
    """Add a fact that was given before by the same giver, or a new one; its row.

    A judgement said again becomes the newest: of a person's judgements that one counts.
    """
    if row := fact_row(store, record.id):
        if isinstance(record, Judgement):
            withdraw(store, row)
            return give(store, record)
        store.run("UPDATE fact SET body = ? WHERE row = ?", _pack(record), row)
        return row
    return give(store, record)


def withdraw(store: Store, row: int) -> None:
    """One giver less; without any the fact goes."""
    found = store.one("UPDATE fact SET givers = givers - 1 WHERE row = ? RETURNING givers, body, left, right", row)
    if found and found[0] <= 0:
        record = unpack_record(found[1])
        store.run("DELETE FROM fact WHERE row = ?", row)
        store.run("DELETE FROM ids WHERE key = ? AND document = 0 AND at = ?", key_of(record.id), row)
        _mark(store, record, Ends(found[2], found[3]))


def fact_row(store: Store, record_id: str) -> int | None:
    """The row of a fact by its whole id, or None."""
    for (row,) in store.all("SELECT at FROM ids WHERE key = ? AND document = 0", key_of(record_id)):
        found = store.one("SELECT body FROM fact WHERE row = ?", row)
        if found and unpack_record(found[0]).id == record_id:
            return int(row)
    return None


def fact_at(store: Store, row: int) -> AnyRecord:
    """A fact by its row. Raises ``KeyError`` for an unknown one."""
    found = store.one("SELECT body, left, right FROM fact WHERE row = ?", row)
    if not found:
        raise KeyError(row)
    return filled(store, unpack_record(found[0]), found[1], found[2])


def filled(store: Store, record: AnyRecord, left: int | None, right: int | None) -> AnyRecord:
    """A variant with its words again; anything else as it is."""
    if not isinstance(record, Variant) or left is None or right is None:
        return record
    ends = [_worded(load_document(store, row), side) for row, side in ((left, record.left), (right, record.right))]
    return msgspec.structs.replace(record, left=ends[0], right=ends[1])


def _worded(document: Document, side: Evidence) -> Evidence:
    return msgspec.structs.replace(side, exact=document.text[side.start : side.end])


def _pack(record: AnyRecord) -> bytes:
    if isinstance(record, Variant):
        bare = [msgspec.structs.replace(side, exact="") for side in (record.left, record.right)]
        record = msgspec.structs.replace(record, left=bare[0], right=bare[1])
    return pack_record(record)


def ends_of(store: Store, record: AnyRecord) -> Ends:
    """The rows that a fact stands between."""
    match record:
        case Variant():
            return Ends(document_row(store, record.left.document), document_row(store, record.right.document))
        case Judgement():
            return Ends(mention_name(store, record.left), mention_name(store, record.right))
        case Relay():
            other = document_row(store, record.exemplar) if record.exemplar[:1] == Document.letter else None
            return Ends(document_row(store, record.document), other)
        case Problem() | Correction():
            return Ends(about=record.about)
        case Derived():
            return Ends(document_row(store, record.document))
        case _:
            return Ends()


def mention_name(store: Store, mention_id: str) -> int | None:
    """The row of a mention's spelling; None where the archive lacks the mention."""
    if (name := store.mentions.recall(mention_id)) is None:
        name = _mention_name(store, mention_id)
        if name is not None:
            store.mentions.remember(mention_id, name)
    assert name is None or isinstance(name, int)
    return name


def _mention_name(store: Store, mention_id: str) -> int | None:
    store.flush()
    rows = store.all("SELECT document, at FROM ids WHERE key = ? AND document > 0 AND at > 0", key_of(mention_id))
    if len(rows) > 1:
        rows = [row for row in rows if any(each.id == mention_id for each in load_leaf(store, row[0]).mentions)]
    return int(rows[0][1]) if rows else None


def _mark(store: Store, record: AnyRecord, ends: Ends) -> None:
    """A changed fact makes views stale."""
    if binds(record):
        stale.mark(store, stale.NAME, [row for row in ends[:2] if isinstance(row, int)])
    elif isinstance(record, Variant) and ends.left and ends.right:
        stale.mark_pair(store, ends.left, ends.right)
