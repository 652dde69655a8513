"""Keys that rest: whatever comes, they give nothing more until they have so many items.

Set phrases stand in hundreds of pages. That such a key is one need not be told anew with each further page: a stage
says how many more items cannot change it. Whatever else might change it ends the rest at once: an item that goes, an
item whose text changes, one that says so itself (``Offer.wakes``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.archive.store.ids import number
from stemma.archive.store.store import Store

FOREVER = 2**62  #: items; more than SQLite holds, less than its largest integer
_SUM_BYTES = 8
_SHORTEST = 32  #: items up to which a key does not rest: to read so few costs less than to keep its rest
END_RESTS = "DELETE FROM resting WHERE key IN (SELECT key FROM waiting WHERE wakes > 0)"
_OF_ITEM = "DELETE FROM resting WHERE key IN (SELECT key FROM member WHERE item = ?)"
_REST = (
    "INSERT INTO resting (key, stage, until, sum) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE "
    "SET stage = excluded.stage, until = excluded.until, sum = excluded.sum"
)


def rest(store: Store, stage: int, key: int, until: int) -> None:
    """Let a hashed key rest until it has so many items; not at all where these are few."""
    if until > _SHORTEST:
        store.run(_REST, key, stage, until, _sum(key, stage, until))
    else:
        end_rest(store, [key])


def end_rest(store: Store, keys: Iterable[int]) -> None:
    """These hashed keys are looked at again with the next item."""
    store.many("DELETE FROM resting WHERE key = ?", [(key,) for key in keys])


def end_rests_of(store: Store, item: int) -> None:
    """So are all keys of an item, by its row: they are looked for in all of the table."""
    store.run(_OF_ITEM, item)


def wrong_rests(store: Store) -> Iterator[str]:
    """Rests that nobody wrote so. Whether a key may rest is not asked again: its items would have to be read."""
    for key, stage, until, told in store.each("SELECT key, stage, until, sum FROM resting"):
        if told != _sum(key, stage, until):
            yield f"the key {key} does not rest as it was written (table resting)"


def _sum(key: int, stage: int, until: int) -> int:
    return number(_SUM_BYTES, "resting", f"{key} {stage} {until}")
