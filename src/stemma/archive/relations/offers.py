"""What pages offer to Group stages, and what each key of a stage last gave.

Keys are kept as hashes of 32 bits: two keys that fall together bring items together that have nothing in
common, which costs a comparison and changes no result. The id of the page's document, of which packed items
are full, is kept as one character.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from zlib import crc32

import msgspec

from stemma.archive.relations.facts import give, withdraw
from stemma.archive.store.ids import number
from stemma.archive.store.store import Store
from stemma.records import AnyRecord
from stemma.stage import FULLEST_KEY, Offer

_NAME_BYTES = 8
#: In order of the first item, so that pages that share much come up together and are unpacked once.
_TOUCHED = (
    "SELECT key, mark FROM touched WHERE stage = ? "
    "ORDER BY (SELECT min(item) FROM member WHERE member.key = touched.key), key"
)
_SELF = "\1"  #: stands for the id of the document
_ITEM = "INSERT INTO item (row, document, packed) VALUES (?, ?, ?)"
_MEMBER = "INSERT OR IGNORE INTO member (key, item) VALUES (?, ?)"
#: A key with one item concerns nobody: it is touched when a second one comes, or when it gave something before.
_TOUCH = (
    "INSERT OR REPLACE INTO touched (stage, key, mark) SELECT ?3, ?1, random() WHERE EXISTS "
    "(SELECT 1 FROM member WHERE key = ?1 AND item <> ?2) OR EXISTS (SELECT 1 FROM settled WHERE key = ?1)"
)


def write_offers(store: Store, document: int, document_id: str, offers: Iterable[Offer]) -> None:
    """Keep what a page offers; of several texts for one item the smallest counts, whatever their order."""
    again = len(store.all("SELECT 1 FROM reading WHERE document = ? LIMIT 2", document)) > 1
    for offer in offers:
        short = offer.packed.replace(document_id, _SELF)
        if item := _kept(store, document, short, offer, again=again):
            stage = stage_row(store, offer.stage)
            keys = [(_key(offer.stage, key), item) for key in offer.keys]
            store.later(_MEMBER, keys)
            store.later(_TOUCH, [(*key, stage) for key in keys])


def _kept(store: Store, document: int, short: str, offer: Offer, *, again: bool) -> int | None:
    """The row of the item; one named by its own text is offered by no other page, so it need not be looked for."""
    if offer.item != offer.packed:
        return _name_item(store, document, short, offer)
    return (_find_item if again else _add_item)(store, document, short, offer)


def _add_item(store: Store, document: int, short: str, _: Offer) -> int:
    row = store.new_row("item")
    store.later(_ITEM, [(row, document, short)])
    return row


def _find_item(store: Store, document: int, short: str, offer: Offer) -> int:
    """The row of an item that an earlier reading of the page may have offered, or of a new one."""
    store.flush()
    for key in offer.keys[:1]:
        known = store.one(
            "SELECT item FROM member JOIN item ON item.row = item WHERE key = ? AND document = ? AND packed = ?",
            _key(offer.stage, key),
            document,
            short,
        )
        if known:
            return int(known[0])
    return _add_item(store, document, short, offer)


def _name_item(store: Store, document: int, short: str, offer: Offer) -> int | None:
    """The row of a new item or of one that now has a smaller text; None where nothing changed."""
    name = number(_NAME_BYTES, offer.stage, offer.item)
    known = store.one(
        "SELECT item, packed, id FROM named JOIN item ON item.row = item JOIN document ON document.row = document "
        "WHERE hash = ?",
        name,
    )
    if not known:
        row = store.new_row("item")
        store.run(_ITEM, row, document, short)
        store.run("INSERT INTO named (hash, item) VALUES (?, ?)", name, row)
        return row
    if known[1].replace(_SELF, known[2]) <= offer.packed:
        return None
    store.run("UPDATE item SET document = ?, packed = ? WHERE row = ?", document, short, known[0])
    return int(known[0])


def _key(stage: str, key: str) -> int:
    """A hash of four bytes, as SQLite stores them: with a sign."""
    return crc32(key.encode("utf-8", "surrogatepass"), _seed(stage)) - 2**31


@cache
def _seed(stage: str) -> int:
    return crc32(stage.encode())


def touched(store: Store, stage: str) -> Iterator[tuple[str, list[str]]]:
    """Keys whose items changed since they were settled, with the packed items in order.

    At most one item more than ``FULLEST_KEY`` is given: enough to see that the key is too full.
    """
    number_of = stage_row(store, stage)
    store.flush()
    keys, marks = array("q"), array("q")
    for key, mark in store.db.execute(_TOUCHED, (number_of,)):
        keys.append(key)
        marks.append(mark)
    for key, mark in zip(keys, marks, strict=True):
        store.marks[number_of, key] = mark
        yield str(key), _items(store, key)


def _items(store: Store, key: int) -> list[str]:
    """The items of a key; of too many the first, which are as good as any to say so."""
    rows = store.all(
        "SELECT packed, id FROM member JOIN item ON item.row = item JOIN document ON document.row = document "
        "WHERE key = ? LIMIT ?",
        key,
        FULLEST_KEY + 1,
    )
    return sorted({packed.replace(_SELF, record_id) for packed, record_id in rows})


def settle(store: Store, stage: str, key: str, records: Sequence[AnyRecord]) -> None:
    """These records replace what the key gave before; the key is settled.

    Nothing is done where the key was touched or settled by another process since ``touched`` gave it here: its
    newer items count, and whoever gets them settles it.
    """
    place = (stage_row(store, stage), int(key))
    mark = store.marks.pop(place, None)
    gone = store.run("DELETE FROM touched WHERE stage = ? AND key = ? AND mark = coalesce(?, mark)", *place, mark)
    if mark is not None and not gone.rowcount:
        return
    before = _given(store, int(key))
    unique = {record.id: record for record in records}
    after = [give(store, record) for _, record in sorted(unique.items())]
    for row in before:
        withdraw(store, row)
    if after:
        facts = msgspec.json.encode(after).decode()
        store.run("INSERT OR REPLACE INTO settled (key, facts) VALUES (?, ?)", int(key), facts)
    elif before:
        store.run("DELETE FROM settled WHERE key = ?", int(key))


def _given(store: Store, key: int) -> list[int]:
    found = store.one("SELECT facts FROM settled WHERE key = ?", key)
    return msgspec.json.decode(found[0], type=list[int]) if found else []


def stage_row(store: Store, stage: str) -> int:
    """The row of a stage's name."""
    if (row := store.names.get(("", stage))) is not None:
        return row
    store.run("INSERT OR IGNORE INTO stage (name) VALUES (?)", stage)
    found = store.one("SELECT row FROM stage WHERE name = ?", stage)
    assert found
    store.names["", stage] = row = int(found[0])
    return row
