"""Records that are not of one page: variants, judgements, traced relays, problems, corrections, runs.

A fact that several keys of a Group stage give is one fact; when the last of them no longer gives it, it is past: in no
view, search or export, but its id leads to it still. Problems that are solved are gone.
The words of a variant are not stored twice: they are read again from the two documents.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from stemma.archive.corrections.bearing import snapshot_of
from stemma.archive.corrections.log import PERSON
from stemma.archive.pages.add import document_row
from stemma.archive.pages.leaf import load_leaf, load_text
from stemma.archive.relations import stale
from stemma.archive.store.ids import key_of
from stemma.archive.store.packing import pack_record, unpack_record
from stemma.archive.store.store import Store
from stemma.records import (
    AnyRecord,
    Correction,
    Derived,
    Document,
    Evidence,
    Judgement,
    Problem,
    Relay,
    Variant,
    encode,
)  # fmt: skip


class Ends(NamedTuple):
    """What a fact stands between, as rows; None where it stands between nothing or the archive lacks it."""

    left: int | None = None
    right: int | None = None
    about: str | None = None


def give(store: Store, record: AnyRecord, stage: int = 0) -> int:
    """Add a fact, or one more giver of a known one; its row. ``stage``: row of the stage that gives it.

    Where stages say different things of one fact, what the first of them by name says counts.
    """
    if row := fact_row(store, record.id):
        _give_again(store, row, record, stage)
        return row
    _revive(store, record.id)
    ends = ends_of(store, record)
    row = store.insert(
        "INSERT INTO fact (kind, left, right, about, givers, binds, body, stage) VALUES (?, ?, ?, ?, 1, ?, ?, ?)",
        record.letter, *ends, binds(record), packed(record), stage,
    )  # fmt: skip
    store.run("INSERT INTO ids (key, document, at) VALUES (?, 0, ?)", key_of(record.id), row)
    _mark(store, record, ends)
    return row


def _give_again(store: Store, row: int, record: AnyRecord, stage: int) -> None:
    body = packed(record)
    shown, known = store.all("UPDATE fact SET givers = givers + 1 WHERE row = ? RETURNING stage, body", row)[0]
    if shown != stage:
        store.run(
            "INSERT INTO beneath (fact, stage, givers, body) VALUES (?, ?, 1, ?) "
            "ON CONFLICT (fact, stage) DO UPDATE SET givers = beneath.givers + 1, body = excluded.body",
            row, stage, body,
        )  # fmt: skip
        _mark_edits(store, row)
        _choose(store, row)
    elif known != body:
        _say(store, row, stage, body)


def _say(store: Store, row: int, stage: int, body: bytes) -> None:
    """Let a fact say something else; what rests on it is looked at again."""
    sql = "UPDATE fact SET stage = ?, body = ? WHERE row = ? RETURNING left, right"
    _mark(store, unpack_record(body), Ends(*store.all(sql, stage, body, row)[0]))


def _choose(store: Store, row: int) -> None:
    """Let the first of the stages that give a fact say what it is."""
    givers, stage, body = store.all("SELECT givers, stage, body FROM fact WHERE row = ?", row)[0]
    below = store.all("SELECT stage, givers, body FROM beneath WHERE fact = ?", row)
    own = givers - sum(each[1] for each in below)
    said = below + ([(stage, own, body)] if own > 0 else [])
    first = min(said, key=lambda each: store.all("SELECT name FROM stage WHERE row = ?", each[0]))
    if first[0] != stage:
        _say(store, row, first[0], first[2])
        store.run("DELETE FROM beneath WHERE fact = ? AND stage = ?", row, first[0])
        insert = "INSERT INTO beneath (fact, stage, givers, body) VALUES (?, ?, ?, ?)"
        store.many(insert, [(row, *each) for each in said[len(below) :]])


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
        store.run("UPDATE fact SET body = ? WHERE row = ?", packed(record), row)
        return row
    return give(store, record)


def withdraw(store: Store, row: int, stage: int = 0, *, doubts: bool = True) -> None:
    """One giver of this stage less; without any the fact is past, a problem gone; without ``doubts`` those too."""
    found = store.one("UPDATE fact SET givers = givers - 1 WHERE row = ? RETURNING givers, body, left, right", row)
    if found and found[0] > 0:
        store.run("UPDATE beneath SET givers = givers - 1 WHERE fact = ? AND stage = ?", row, stage)
        if store.one("SELECT 1 FROM beneath WHERE fact = ?", row):
            store.run("DELETE FROM beneath WHERE fact = ? AND givers = 0", row)
            _mark_edits(store, row)
            _choose(store, row)
    elif found:
        record = unpack_record(found[1])
        store.run("DELETE FROM fact WHERE row = ?", row)
        store.run("DELETE FROM beneath WHERE fact = ?", row)
        store.run("DELETE FROM ids WHERE key = ? AND document = 0 AND at = ?", key_of(record.id), row)
        if not isinstance(record, Problem) and (doubts or binds(record) or not isinstance(record, Judgement)):
            _lay_down(store, record, *found[1:])
        _mark(store, record, Ends(found[2], found[3]))


def _lay_down(store: Store, record: AnyRecord, body: bytes, left: int | None, right: int | None) -> None:
    """Keep a fact that nothing gives any more, so that its id leads to it; its row stands below 0 in ``ids``."""
    row = store.insert(
        "INSERT INTO past (kind, left, right, body) VALUES (?, ?, ?, ?)", record.letter, left, right, body
    )
    store.run("INSERT INTO ids (key, document, at) VALUES (?, 0, ?)", key_of(record.id), -row)


def _revive(store: Store, record_id: str) -> None:
    """A past fact that is given again is past no more."""
    if row := past_row(store, record_id):
        store.run("DELETE FROM past WHERE row = ?", row)
        store.run("DELETE FROM ids WHERE key = ? AND document = 0 AND at = ?", key_of(record_id), -row)


def fact_row(store: Store, record_id: str) -> int | None:
    """The row of a fact by its whole id, or None."""
    return _row_of(store, record_id, "fact", "at", "at > 0")


def past_row(store: Store, record_id: str) -> int | None:
    """The row of a past fact by its whole id, or None."""
    return _row_of(store, record_id, "past", "-at", "at < 0")


def _row_of(store: Store, record_id: str, table: str, at: str, where: str) -> int | None:
    sql = f"SELECT {at} FROM ids WHERE key = ? AND document = 0 AND {where}"  # noqa: S608 (two callers above)
    for (row,) in store.all(sql, key_of(record_id)):
        found = store.one(f"SELECT body FROM {table} WHERE row = ?", row)  # noqa: S608 (same)
        if found and unpack_record(found[0]).id == record_id:
            return int(row)
    return None


def is_past(store: Store, record: AnyRecord) -> bool:
    """Whether nothing gives a record any more: a newer reading of its page lacks it, no key gives it."""
    if isinstance(record, Document | Derived) and not past_row(store, record.id):
        row = document_row(store, record.id if isinstance(record, Document) else record.document)
        current = row and store.one("SELECT 1 FROM document WHERE row = ? AND reading IS NOT NULL", row)
        held = current and any(each.id == record.id for each in load_leaf(store, row or 0).records)
        return not held and fact_row(store, record.id) is None
    return past_row(store, record.id) is not None


def fact_at(store: Store, row: int) -> AnyRecord:
    """A fact by its row, a past one by its row below 0. Raises ``KeyError`` for an unknown one."""
    table = "fact" if row > 0 else "past"
    found = store.one(f"SELECT body, left, right FROM {table} WHERE row = ?", abs(row))  # noqa: S608 (two names)
    if not found:
        raise KeyError(row)
    return filled(store, unpack_record(found[0]), found[1], found[2])


def filled(store: Store, record: AnyRecord, left: int | None, right: int | None) -> AnyRecord:
    """A variant with its words again; anything else as it is."""
    if not isinstance(record, Variant) or left is None or right is None:
        return record
    ends = [_worded(load_text(store, row), side) for row, side in ((left, record.left), (right, record.right))]
    return msgspec.structs.replace(record, left=ends[0], right=ends[1])


def _worded(text: str, side: Evidence) -> Evidence:
    return msgspec.structs.replace(side, exact=text[side.start : side.end])


def packed(record: AnyRecord) -> bytes:
    """A fact as it is kept; of a variant without its words."""
    return pack_record(_bare(record))


def plain(record: AnyRecord) -> bytes:
    """The same before it is compressed."""
    return encode(_bare(record))


def _bare(record: AnyRecord) -> AnyRecord:
    if isinstance(record, Variant):
        bare = [msgspec.structs.replace(side, exact="") for side in (record.left, record.right)]
        return msgspec.structs.replace(record, left=bare[0], right=bare[1])
    return record


def ends_of(store: Store, record: AnyRecord) -> Ends:
    """The rows that a fact stands between."""
    match record:
        case Variant():
            return Ends(document_row(store, record.left.document), document_row(store, record.right.document))
        case Judgement():
            told = None if record.run else PERSON
            return Ends(mention_name(store, record.left), mention_name(store, record.right), told)
        case Relay():
            other = document_row(store, record.exemplar) if record.exemplar[:1] == Document.letter else None
            return Ends(document_row(store, record.document), other)
        case Correction():
            return Ends(right=snapshot_of(store, record.about), about=record.about)
        case Problem():
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


def _mark_edits(store: Store, row: int) -> None:
    """Who gives a variant changed: whether captures of one page differ there may have changed with it."""
    ends = store.all("SELECT left, right FROM fact WHERE row = ? AND kind = 'v'", row)
    stale.mark(store, stale.EDIT, [end for pair in ends for end in pair if end is not None])


def _mark(store: Store, record: AnyRecord, ends: Ends) -> None:
    """A changed fact makes views stale."""
    if binds(record):
        stale.mark(store, stale.NAME, [row for row in ends[:2] if isinstance(row, int)])
    elif isinstance(record, Variant) and ends.left and ends.right:
        stale.mark_pair(store, ends.left, ends.right)
