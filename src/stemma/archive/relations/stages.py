"""Stages of which the archive holds what they gave: under which run it stands, what each of their keys gave.

What a key of a stage gave is a list of facts; a page that told problems counts as a key of the stage ``PAGE``.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from stemma.archive.relations.facts import give, packed, withdraw
from stemma.archive.store.store import Store
from stemma.records import AnyRecord

PAGE = "page"  #: the stage whose keys are snapshots: what one page gives beside its own records
#: A key that gave more facts is one of many names, a part of whose doubts each further name settles: they are not kept.
_MOST_DOUBTS = 200
_SAID = "SELECT body, row FROM fact WHERE row IN (SELECT value FROM json_each(?)) AND stage = ?"
_GIVEN = "SELECT facts FROM settled WHERE key = ?"


def stage_row(store: Store, stage: str) -> int:
    """The row of a stage's name."""
    if (row := store.names.get(("", stage))) is not None:
        return row
    found = store.one("SELECT row FROM stage WHERE name = ?", stage)
    if not found:
        store.run("INSERT OR IGNORE INTO stage (name) VALUES (?)", stage)
        found = store.one("SELECT row FROM stage WHERE name = ?", stage)
    assert found
    store.names["", stage] = row = int(found[0])
    return row


def bury(store: Store, where: str, value: int) -> None:
    """Take items off; the last row stays, without a document, so that no row is ever given to another item."""
    store.run(f"UPDATE item SET document = 0, packed = '' WHERE {where}", value)  # noqa: S608 (conditions of this room)
    store.run("DELETE FROM item WHERE document = 0 AND row < (SELECT max(row) FROM item)")


def settle(store: Store, stage: str, hashed: int, records: Sequence[AnyRecord]) -> None:
    """These records replace what a hashed key gave before; the key is settled.

    Nothing is done where the key was touched or settled by another process since ``touched`` gave it here: its
    newer items count, and whoever gets them settles it.
    """
    row = stage_row(store, stage)
    mark = store.marks.pop((row, hashed), None)
    gone = store.run("DELETE FROM touched WHERE stage = ? AND key = ? AND mark = coalesce(?, mark)", row, hashed, mark)
    if mark is None or gone.rowcount:
        replace_facts(store, row, hashed, records)


def replace_facts(store: Store, stage: int, key: int, records: Sequence[AnyRecord]) -> None:
    """These records replace what a hashed key gave before."""
    found = store.one(_GIVEN, key)
    before = msgspec.json.decode(found[0], type=list[int]) if found else []
    said, stays = _said(store, stage, before), set[int]()
    after = []
    for _, record in sorted({record.id: record for record in records}.items()):
        if (row := said.get(packed(record))) is None:
            row = give(store, record, stage)
        else:
            stays.add(row)
        after.append(row)
    for row in before:
        if row not in stays:
            withdraw(store, row, stage, doubts=len(before) <= _MOST_DOUBTS)
    if after:
        facts = msgspec.json.encode(after).decode()
        store.run("INSERT OR REPLACE INTO settled (key, stage, facts) VALUES (?, ?, ?)", key, stage, facts)
    elif before:
        store.run("DELETE FROM settled WHERE key = ?", key)


def _said(store: Store, stage: int, rows: Sequence[int]) -> dict[bytes, int]:
    """What a key gave that stands as this stage said it, by its packed form: most of it is given again unchanged."""
    if not rows:
        return {}
    return dict(store.all(_SAID, msgspec.json.encode(rows).decode(), stage))
