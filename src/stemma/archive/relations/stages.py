"""Stages of which the archive holds what they gave: under which run it stands, what each of their keys gave.

What a key of a stage gave is a list of facts; a page that told problems counts as a key of the stage ``PAGE``.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from stemma.archive.relations.facts import give, plain, withdraw
from stemma.archive.store.resting import end_rest, rest
from stemma.archive.store.store import Store
from stemma.records import AnyRecord, Run, with_run

PAGE = "page"  #: the stage whose keys are snapshots: what one page gives beside its own records
#: A key that gave more facts is one of many names, a part of whose doubts each further name settles: they are not kept.
_MOST_DOUBTS = 200
_GIVEN = "SELECT facts, said FROM settled WHERE key = ?"
_SETTLE = (
    "INSERT INTO settled (key, stage, facts, said) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE "
    "SET stage = excluded.stage, facts = excluded.facts, said = excluded.said"
)
_SUM_BYTES = 8


def stage_row(store: Store, stage: str) -> int:
    """The row of a stage's name."""
    if (row := store.names.get(("", stage))) is not None:
        return row
    found = store.one("SELECT row FROM stage WHERE name = ?", stage)
    if not found:
        store.run("INSERT INTO stage (name) VALUES (?) ON CONFLICT DO NOTHING", stage)
        found = store.one("SELECT row FROM stage WHERE name = ?", stage)
    assert found
    store.names["", stage] = row = int(found[0])
    return row


def bury(store: Store, where: str, value: int) -> None:
    """Take items off; the last row stays, without a document, so that no row is ever given to another item."""
    store.run(f"UPDATE item SET document = 0, packed = '' WHERE {where}", value)  # noqa: S608 (conditions of this room)
    store.run("DELETE FROM item WHERE document = 0 AND row < (SELECT max(row) FROM item)")


def settle(store: Store, stage: str, hashed: int, records: Sequence[AnyRecord], until: int = 0) -> None:
    """These records replace what a hashed key gave before; the key is settled, and rests until it has so many items.

    Nothing is done where the key was touched or settled by another process since ``touched`` gave it here: its
    newer items count, and whoever gets them settles it.
    """
    row = stage_row(store, stage)
    mark = store.marks.pop((row, hashed), None)
    gone = store.run("DELETE FROM touched WHERE stage = ? AND key = ? AND mark = coalesce(?, mark)", row, hashed, mark)
    if mark is None or gone.rowcount:
        replace_facts(store, row, hashed, records)
        if until:
            rest(store, row, hashed, until)
        else:
            end_rest(store, [hashed])


def waits(store: Store, stage: str, hashed: int) -> bool:
    """Whether a hashed key was neither touched nor settled by another process since it was given here."""
    row = stage_row(store, stage)
    sql = "SELECT 1 FROM touched WHERE stage = ? AND key = ? AND mark = ?"
    return store.one(sql, row, hashed, store.marks.get((row, hashed))) is not None


def replace_facts(store: Store, stage: int, key: int, records: Sequence[AnyRecord]) -> None:
    """These records replace what a hashed key gave before; what it says again word for word is not touched."""
    found = store.one(_GIVEN, key)
    before = given(*found) if found else []
    known, stays = {told: row for row, told in before}, set[int]()
    after = []
    for _, record in sorted({record.id: record for record in records}.items()):
        told = sum_of(plain(record))
        if (row := known.get(told)) is None:
            row = give(store, record, stage)
        else:
            stays.add(row)
        after.append((row, told))
    for row, _ in before:
        if row not in stays:
            withdraw(store, row, stage, doubts=len(before) <= _MOST_DOUBTS)
    if after != before:
        _write(store, stage, key, after)


def _write(store: Store, stage: int, key: int, facts: Sequence[tuple[int, int]]) -> None:
    if facts:
        rows = msgspec.json.encode([row for row, _ in facts]).decode()
        store.run(_SETTLE, key, stage, rows, array("q", [told for _, told in facts]).tobytes())
    else:
        store.run("DELETE FROM settled WHERE key = ?", key)


def given(facts: str, said: bytes) -> list[tuple[int, int]]:
    """Rows of the facts of a key, and sums of what it says of them. Raises ``ValueError`` where these do not fit."""
    return list(zip(msgspec.json.decode(facts, type=list[int]), array("q", said), strict=True))


def sum_of(said: bytes) -> int:
    """A hash of what a key says of a fact, eight bytes long: by these it is told whether it says the same again."""
    return int.from_bytes(blake2b(said, digest_size=_SUM_BYTES).digest(), "big", signed=True)


def of_run(record: AnyRecord, run: Run) -> AnyRecord:
    """A record; one that names no run was found by this one."""
    named: AnyRecord = with_run(record, run.id) if getattr(record, "run", None) == "" else record
    return named
