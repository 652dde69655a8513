"""What pages offer to Group stages, and what each key of a stage last gave.

Keys are kept as hashes of 64 bits, of which ten million hold no two equal ones; the key itself lies only with
what is touched, until it is settled. The id of the page's document, of which packed items are full, is kept as one
character.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b

import msgspec

from stemma.archive.relations.facts import give, withdraw
from stemma.archive.store.ids import number
from stemma.archive.store.store import Store
from stemma.records import AnyRecord
from stemma.stage import FULLEST_KEY, Offer

_HASH_BYTES = 8
_MOST_WAITING = 250_000  #: keys that wait, about 10 MB of the file, which keeps its size when they have met
_KNOWN_ITEMS = 100_000  #: items kept in memory, about 100 bytes each
#: In order of the first item, so that pages that share much come up together and are unpacked once.
_TOUCHED = (
    "SELECT key FROM touched WHERE stage = ? "
    "ORDER BY (SELECT min(item) FROM member WHERE member.key = touched.key), key"
)
_SELF = "\1"  #: stands for the id of the document
_ITEM = "INSERT INTO item (row, document, packed, named) VALUES (?, ?, ?, ?)"
_WAIT = "INSERT INTO waiting (stage, key, item, name) VALUES (?, ?, ?, ?)"
_MEMBERS = "INSERT OR IGNORE INTO member (key, item) SELECT key, item FROM waiting ORDER BY key, item"
#: A key with one item concerns nobody: it is touched when a second one comes, or when it gave something before.
_TOUCH = (
    "INSERT OR REPLACE INTO touched (stage, key, name, mark) "
    "SELECT stage, key, min(name), random() FROM waiting GROUP BY key HAVING EXISTS "
    "(SELECT 1 FROM member WHERE member.key = waiting.key LIMIT 1 OFFSET 1) OR key IN (SELECT key FROM settled)"
)
_ITEM_AT = "SELECT packed, id, named FROM item JOIN document ON document.row = document WHERE item.row = ?"
_ITEM_OF = "SELECT item FROM member JOIN item ON item.row = item WHERE key = ? AND document = ? AND packed = ?"
_NAMED = (
    "SELECT item, packed, id FROM named JOIN item ON item.row = item JOIN document ON document.row = document "
    "WHERE hash = ?"
)


def write_offers(store: Store, document: int, document_id: str, offers: Iterable[Offer]) -> None:
    """Keep what a page offers; of several texts for one item the smallest counts, whatever their order.

    Its keys wait until the next Group stage asks for what is touched: a tree is filled fastest in order and at once.
    """
    again = len(store.all("SELECT 1 FROM reading WHERE document = ? LIMIT 2", document)) > 1
    for offer in offers:
        short = offer.packed.replace(document_id, _SELF)
        item, new = _kept(store, document, short, offer, again=again)
        stage = stage_row(store, offer.stage)
        keys = [(stage, _key(offer.stage, key), item, key) for key in offer.keys]
        rows = keys if new else [row for row in keys if not _is_member(store, *row[1:3])]
        store.many(_WAIT, rows)
        store.waiting += len(rows)
    if store.waiting > _MOST_WAITING:
        _seat(store)


def _is_member(store: Store, key: int, item: int) -> bool:
    return store.one("SELECT 1 FROM member WHERE key = ? AND item = ?", key, item) is not None


def _seat(store: Store) -> None:
    """Let keys and items that wait meet."""
    store.flush()
    store.waiting = 0
    if store.one("SELECT 1 FROM waiting"):
        with store.writing():
            store.run(_MEMBERS)
            store.run(_TOUCH)
            store.run("DELETE FROM waiting")


def _kept(store: Store, document: int, short: str, offer: Offer, *, again: bool) -> tuple[int, bool]:
    """The row of the item, and whether it is new or has a new text.

    One named by its own text is offered by no other page, so it need not be looked for.
    """
    if offer.item != offer.packed:
        return _name_item(store, document, short, offer)
    return (_find_item if again else _add_item)(store, document, short, offer)


def _add_item(store: Store, document: int, short: str, _: Offer) -> tuple[int, bool]:
    row = store.new_row("item")
    store.later(_ITEM, [(row, document, short, 0)])
    return row, True


def _find_item(store: Store, document: int, short: str, offer: Offer) -> tuple[int, bool]:
    """The row of an item that an earlier reading of the page may have offered, or of a new one."""
    _seat(store)
    for key in offer.keys[:1]:
        known = store.one(_ITEM_OF, _key(offer.stage, key), document, short)
        if known:
            return int(known[0]), False
    return _add_item(store, document, short, offer)


def _name_item(store: Store, document: int, short: str, offer: Offer) -> tuple[int, bool]:
    """The row of an item that several pages may offer; of its texts the smallest is kept."""
    name = number(_HASH_BYTES, offer.stage, offer.item)
    known = store.one(_NAMED, name)
    if not known:
        row = store.new_row("item")
        store.run(_ITEM, row, document, short, 1)
        store.run("INSERT INTO named (hash, item) VALUES (?, ?)", name, row)
        return row, True
    if smaller := offer.packed < known[1].replace(_SELF, known[2]):
        store.run("UPDATE item SET document = ?, packed = ? WHERE row = ?", document, short, known[0])
    return int(known[0]), smaller


def _key(stage: str, key: str) -> int:
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES, person=_person(stage)).digest()
    return int.from_bytes(digest, "big", signed=True)


@cache
def _person(stage: str) -> bytes:
    """Keeps the hashes of stages apart (BLAKE2 takes 16 bytes for it)."""
    return blake2b(stage.encode(), digest_size=blake2b.PERSON_SIZE).digest()


def touched(store: Store, stage: str) -> Iterator[tuple[str, list[str]]]:
    """Keys whose items changed since they were settled, with the packed items in order.

    At most one item more than ``FULLEST_KEY`` is given: enough to see that the key is too full.
    """
    number_of = stage_row(store, stage)
    _seat(store)
    for key in array("q", (key for (key,) in store.db.execute(_TOUCHED, (number_of,)))):
        found = store.one("SELECT name, mark FROM touched WHERE stage = ? AND key = ?", number_of, key)
        if found:  # else another process settled it meanwhile
            store.marks[number_of, key] = found[1]
            yield found[0], _items(store, key)


def _items(store: Store, key: int) -> list[str]:
    """The items of a key; of too many the first, which are as good as any to say so."""
    rows = store.all("SELECT item FROM member WHERE key = ? LIMIT ?", key, FULLEST_KEY + 1)
    return sorted({_text(store, row) for (row,) in rows})


def _text(store: Store, item: int) -> str:
    """The packed text of an item; one that another page may change is read anew each time."""
    if (known := store.items.get(item)) is not None:
        return known
    packed, record_id, named = store.all(_ITEM_AT, item)[0]
    text = str(packed).replace(_SELF, record_id)
    if not named:
        if len(store.items) > _KNOWN_ITEMS:
            store.items.clear()
        store.items[item] = text
    return text


def wrong_givers(store: Store) -> Iterator[str]:
    """What is wrong with the lists of what keys gave: facts that are not there, or count their givers differently."""
    given: Counter[int] = Counter()
    for (listed,) in store.db.execute("SELECT facts FROM settled"):
        given.update(msgspec.json.decode(listed, type=list[int]))
    for row, givers, alone in store.db.execute("SELECT row, givers, kind <> 'v' FROM fact"):
        if not 0 <= givers - given.pop(row, 0) <= alone:  # one more where it was added by itself too
            yield f"the givers of row {row} of fact are not counted as the keys say"
    if given:
        yield f"{len(given)} facts that keys gave are not there"


def wrong_offers(store: Store, document: int, document_id: str, offers: Iterable[Offer]) -> Iterator[str]:
    """What is wrong with what a page has on offer, by what its records offer when asked again."""
    if store.one("SELECT 1 FROM waiting"):
        return  # what waits was written last and has not met yet
    for offer in offers:
        keys = [_key(offer.stage, key) for key in offer.keys]
        item = _item_of(store, document, document_id, offer, keys)
        if item is None or not all(store.one("SELECT 1 FROM member WHERE key = ? AND item = ?", k, item) for k in keys):
            yield f"its item {offer.item[:40]!r} of the stage {offer.stage!r} is not on offer as its records say"


def _item_of(store: Store, document: int, document_id: str, offer: Offer, keys: Sequence[int]) -> int | None:
    """The row of an item whose text is as it should be: of a name that several pages offer, no larger than here."""
    if offer.item == offer.packed:
        short = offer.packed.replace(document_id, _SELF)
        found = store.one(_ITEM_OF, keys[0], document, short) if keys else None
        return int(found[0]) if found else None
    found = store.one(_NAMED, number(_HASH_BYTES, offer.stage, offer.item))
    return int(found[0]) if found and found[1].replace(_SELF, found[2]) <= offer.packed else None


def settle(store: Store, stage: str, key: str, records: Sequence[AnyRecord]) -> None:
    """These records replace what the key gave before; the key is settled.

    Nothing is done where the key was touched or settled by another process since ``touched`` gave it here: its
    newer items count, and whoever gets them settles it.
    """
    place = _, hashed = stage_row(store, stage), _key(stage, key)
    mark = store.marks.pop(place, None)
    gone = store.run("DELETE FROM touched WHERE stage = ? AND key = ? AND mark = coalesce(?, mark)", *place, mark)
    if mark is not None and not gone.rowcount:
        return
    before = _given(store, hashed)
    unique = {record.id: record for record in records}
    after = [give(store, record) for _, record in sorted(unique.items())]
    for row in before:
        withdraw(store, row)
    if after:
        facts = msgspec.json.encode(after).decode()
        store.run("INSERT OR REPLACE INTO settled (key, facts) VALUES (?, ?)", hashed, facts)
    elif before:
        store.run("DELETE FROM settled WHERE key = ?", hashed)


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
