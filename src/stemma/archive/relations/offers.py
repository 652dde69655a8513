"""What pages offer to Group stages, and what each key of a stage last gave.

Keys are kept as hashes of 64 bits, of which ten million hold no two equal ones; the key itself lies only with
what is touched, until it is settled. The id of the page's document, of which packed items are full, is kept as one
character. What a key gives is a function of its items, so it is settled again whenever they change, and only then.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from hashlib import blake2b
from itertools import chain, groupby

from stemma.archive.relations.stages import bury, replace_facts, stage_row, waits
from stemma.archive.relations.stale import new_mark
from stemma.archive.store.ids import number
from stemma.archive.store.resting import END_RESTS, FOREVER, end_rest, end_rests_of
from stemma.archive.store.store import Store
from stemma.stage import FULLEST_KEY, Offer, Portion

HASH_BYTES = 8
_MOST_WAITING = 250_000  #: keys that wait, about 10 MB of the file, which keeps its size when they have met
_FEWEST_ITEMS, _MOST_ITEMS = 1 << 18, 1 << 20  #: of the keys of a portion; each takes some 150 bytes for a moment
_FIRST = -(2**63)  #: no hash is less
_AT_ONCE = 500  #: rows that one statement reads
_NEXT = (
    "SELECT key, name, mark, "
    "(SELECT count(*) FROM (SELECT 1 FROM member WHERE member.key = touched.key LIMIT ?) AS few) "
    "FROM touched WHERE stage = ? AND key >= ? ORDER BY key LIMIT ?"
)
_HELD = (
    "SELECT touched.key, item FROM touched CROSS JOIN member ON member.key = touched.key "
    "WHERE stage = ? AND touched.key BETWEEN ? AND ? ORDER BY touched.key, item"
)
_PACKED = (
    "SELECT item.row, packed, id FROM item CROSS JOIN document ON document.row = item.document WHERE item.row IN ({})"
)
_SELF = "\1"  #: stands for the id of the document
_ITEM = "INSERT INTO item (row, stage, document, packed, named) VALUES (?, ?, ?, ?, ?)"
_WAIT = "INSERT INTO waiting (stage, key, item, name, wakes) VALUES (?, ?, ?, ?, ?)"
_MEMBERS = (
    "INSERT INTO member (key, item) SELECT key, item FROM waiting WHERE TRUE ORDER BY key, item ON CONFLICT DO NOTHING"
)
_ANEW = "ON CONFLICT (stage, key) DO UPDATE SET name = excluded.name, mark = excluded.mark"
#: A key with one item concerns nobody: it is touched when it has a second one, or when it gave something before.
_TOUCH = (
    "INSERT INTO touched (stage, key, name, mark) "  # noqa: S608 (a number)
    "SELECT stage, key, min(name), ?1 FROM waiting WHERE NOT EXISTS "
    f"(SELECT 1 FROM resting WHERE key = waiting.key AND (until = {FOREVER} OR "
    "until > (SELECT count(*) FROM member WHERE member.key = waiting.key))) GROUP BY stage, key HAVING EXISTS "
    "(SELECT 1 FROM member WHERE member.key = waiting.key LIMIT 1 OFFSET 1) OR key IN (SELECT key FROM settled) "
    f"{_ANEW}"
)
_TOUCH_ONE = (
    "INSERT INTO touched (stage, key, name, mark) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS "  # noqa: S608 (constant)
    "(SELECT 1 FROM member WHERE key = ?2 LIMIT 1 OFFSET 1) OR EXISTS (SELECT 1 FROM settled WHERE key = ?2) "
    f"{_ANEW}"
)
_LONE = (
    "SELECT key FROM touched WHERE stage = ? "
    "AND NOT EXISTS (SELECT 1 FROM member WHERE member.key = touched.key LIMIT 1 OFFSET 1)"
)
_ITEMS = (
    "SELECT packed, id, document.row FROM member CROSS JOIN item ON item.row = member.item "
    "CROSS JOIN document ON document.row = item.document WHERE key = ?"
)
_NAME = "INSERT INTO named (hash, item) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET item = excluded.item"
_ITEM_OF = "SELECT row FROM item WHERE document = ? AND stage = ? AND packed = ? AND named = 0"
_OWN_NAMED = "SELECT row FROM named JOIN item ON row = item WHERE hash = ? AND document = ? AND packed = ?"
_NAMED = (
    "SELECT item, packed, id FROM named JOIN item ON item.row = item JOIN document ON document.row = document "
    "WHERE hash = ?"
)


def write_offers(store: Store, document: int, document_id: str, offers: Iterable[Offer]) -> None:
    """Keep what a page offers; of several texts for one item the smallest counts, whatever their order.

    Its keys wait until the next Group stage asks for what is touched: a tree is filled fastest in order and at once.
    """
    again = store.one("SELECT 1 FROM item WHERE document = ?", document) is not None
    for offer in offers:
        short = offer.packed.replace(document_id, _SELF)
        item, new = _kept(store, document, short, offer, again=again)
        stage, wakes = stage_row(store, offer.stage), offer.wakes or offer.item != offer.packed
        keys = [(stage, key_number(offer.stage, key), item, key, wakes) for key in offer.keys]
        rows = keys if new else [row for row in keys if not _is_member(store, *row[1:3])]
        store.many(_WAIT, rows)
        store.waiting += len(rows)
    if store.waiting > _MOST_WAITING:
        seat(store)


def replace_offers(
    store: Store, document: int, document_id: str, offers: Sequence[Offer], before: Iterable[Offer]
) -> list[Offer]:
    """Let a document offer exactly these; ``before``: what its page offered so far, asked in the same way.

    Returns the items of ``before`` that other pages may offer too and of which this page's text counted: they are taken
    off, and whoever else offers them must do so again, so that the smallest text of the pages that are left counts.
    Keys whose items change are touched, those that fall to one item and gave facts before among them.
    """
    seat(store)
    known = {(each.stage, each.item): each for each in before}
    now = {(each.stage, each.item): each for each in offers}
    lost = [each for place, each in known.items() if _leave(store, document, document_id, each, now.get(place))]
    _drop_others(store, document, document_id, offers)
    write_offers(
        store, document, document_id, [each for place, each in now.items() if not _equal(known.get(place), each)]
    )
    return lost


def _equal(one: Offer | None, other: Offer | None) -> bool:
    if not one or not other:
        return one is other
    return one.packed == other.packed and set(one.keys) == set(other.keys)


def _leave(store: Store, document: int, document_id: str, offer: Offer, now: Offer | None) -> bool:
    """Take an item off the keys where the page no longer offers it; whether others may have a text of it."""
    if _equal(offer, now):
        return False
    stage = stage_row(store, offer.stage)
    short = offer.packed.replace(document_id, _SELF)
    if offer.item == offer.packed:
        found = store.one(_ITEM_OF, document, stage, short)
    else:
        found = store.one(_OWN_NAMED, number(HASH_BYTES, offer.stage, offer.item), document, short)
    if not found:
        return False  # a smaller text of another page counts
    same = now is not None and now.packed == offer.packed
    keys = [key for key in offer.keys if not same or now is None or key not in now.keys]
    hashed = [(stage, key_number(offer.stage, key), key) for key in keys]
    store.many("DELETE FROM member WHERE key = ? AND item = ?", [(key, found[0]) for _, key, _ in hashed])
    end_rest(store, [key for _, key, _ in hashed])
    store.many(_TOUCH_ONE, [(*each, new_mark()) for each in hashed])
    if not same:
        store.run("DELETE FROM named WHERE hash = ?", number(HASH_BYTES, offer.stage, offer.item))
        bury(store, "row = ?", found[0])
    return not same and offer.item != offer.packed


def _drop_others(store: Store, document: int, document_id: str, offers: Iterable[Offer]) -> None:
    """Take off what the document has on offer beside these; there is nothing where ``before`` told all.

    Its keys are not known: they are looked for in all of the table, and keep what they gave until they are touched.
    """
    kept = {(stage_row(store, each.stage), each.packed.replace(document_id, _SELF)) for each in offers}
    found = store.all("SELECT row, stage, packed FROM item WHERE document = ?", document)
    for row, *place in found:
        if tuple(place) not in kept:
            store.run("DELETE FROM named WHERE item = ?", row)
            end_rests_of(store, row)
            store.run("DELETE FROM member WHERE item = ?", row)
            bury(store, "row = ?", row)


def _is_member(store: Store, key: int, item: int) -> bool:
    return store.one("SELECT 1 FROM member WHERE key = ? AND item = ?", key, item) is not None


def seat(store: Store) -> None:
    """Let keys and items that wait meet."""
    store.flush()
    store.waiting = 0
    if store.one("SELECT 1 FROM waiting"):
        with store.writing():
            store.run(_MEMBERS)
            store.run(END_RESTS)
            store.run(_TOUCH, new_mark())
            store.run("DELETE FROM waiting")


def _kept(store: Store, document: int, short: str, offer: Offer, *, again: bool) -> tuple[int, bool]:
    """The row of the item, and whether it is new or has a new text.

    One named by its own text is offered by no other page, so it need not be looked for.
    """
    if offer.item != offer.packed:
        return _name_item(store, document, short, offer)
    found = store.one(_ITEM_OF, document, stage_row(store, offer.stage), short) if again else None
    if found:
        return int(found[0]), False
    row = store.new_row("item")
    store.later(_ITEM, [(row, stage_row(store, offer.stage), document, short, 0)])
    return row, True


def _name_item(store: Store, document: int, short: str, offer: Offer) -> tuple[int, bool]:
    """The row of an item that several pages may offer; of its texts the smallest is kept."""
    name = number(HASH_BYTES, offer.stage, offer.item)
    known = store.one(_NAMED, name)
    if not known:
        row = store.new_row("item")
        store.run(_ITEM, row, stage_row(store, offer.stage), document, short, 1)
        store.run(_NAME, name, row)
        return row, True
    if smaller := offer.packed < known[1].replace(_SELF, known[2]):
        store.run("UPDATE item SET document = ?, packed = ? WHERE row = ?", document, short, known[0])
    return int(known[0]), smaller


def key_number(stage: str, key: str) -> int:
    """The hash under which a key of a stage is kept."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES, person=_person(stage)).digest()
    return int.from_bytes(digest, "big", signed=True)


@cache
def _person(stage: str) -> bytes:
    """Keeps the hashes of stages apart (BLAKE2 takes 16 bytes for it)."""
    return blake2b(stage.encode(), digest_size=blake2b.PERSON_SIZE).digest()


class Keys:
    """Keys of Group stages that wait to be settled, many at a time; ``Archive.settle`` settles them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def standstill(self) -> AbstractContextManager[None]:
        """One transaction around many questions: what others write meanwhile is not seen."""
        return self._store.reading()

    def portions(self, stage: str) -> Iterator[Portion]:
        """Keys whose items changed since they were settled, some at a time."""
        return portions(self._store, stage)

    def packed(self, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Items on offer by their rows, which are sorted, each with its packed text; none of one that is gone."""
        return packed_items(self._store, rows)

    def waits(self, stage: str, key: str) -> bool:
        """Whether a key that was given here still waits, and with the items that it had then."""
        return waits(self._store, stage, key_number(stage, key))


def touched(store: Store, stage: str) -> Iterator[tuple[str, list[str] | None]]:
    """Keys whose items changed since they were settled, with the packed items in order; None: over-full."""
    for portion in portions(store, stage):
        packed = dict(packed_items(store, sorted(set(portion.items))))
        under: list[set[str]] = [set() for _ in portion.names]
        for key, row in zip(portion.holders, portion.items, strict=True):
            under[key].add(packed[row])
        for key, name in enumerate(portion.names):
            yield name, None if key in portion.full else sorted(under[key])


def portions(store: Store, stage: str) -> Iterator[Portion]:
    """Keys whose items changed since they were settled, in order of their hashes, with each portion more at a time.

    The items of a key that has more than ``FULLEST_KEY`` are not read. Keys that fell to one item give nothing, and are
    settled here.
    """
    seat(store)
    _settle_lone(store, stage_row(store, stage))
    return _portions(store, stage, stage_row(store, stage))


def _portions(store: Store, stage: str, row: int) -> Iterator[Portion]:
    begin, most = _FIRST, _FEWEST_ITEMS
    while True:
        with store.reading():
            if not (some := _next(store, row, begin, most)):
                return
            portion = _portion(store, stage, row, some)
        begin, most = some[-1][0] + 1, min(4 * most, _MOST_ITEMS)
        yield portion


def _next(store: Store, stage: int, begin: int, most: int) -> list[tuple[int, str, int, int]]:
    """The next touched keys that have so many items in all, each with its name, its mark and how many it has."""
    found, held = [], 0
    for key in store.db.execute(_NEXT, (FULLEST_KEY + 1, stage, begin, most)):
        found.append(key)
        held += key[3]
        if held >= most:
            break
    return found


def _portion(store: Store, stage: str, row: int, some: Sequence[tuple[int, str, int, int]]) -> Portion:
    number_of, held = {}, array("q")
    for place, (key, _, mark, _) in enumerate(some):
        number_of[key] = place
        store.marks[row, key] = mark
    for is_full, run in groupby(some, lambda key: key[3] > FULLEST_KEY):
        keys = [key for key, *_ in run]
        if not is_full:
            held.extend(chain.from_iterable(store.db.execute(_HELD, (row, keys[0], keys[-1]))))
    full = frozenset(place for place, key in enumerate(some) if key[3] > FULLEST_KEY)
    holders = array("q", map(number_of.__getitem__, held[::2]))
    return Portion(stage, [name for _, name, _, _ in some], full, holders, held[1::2])


def packed_items(store: Store, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Items by their rows, which are sorted, each with its packed text."""
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        found = store.all(_PACKED.format(", ".join("?" * len(some))), *some)
        yield from sorted((row, packed.replace(_SELF, document)) for row, packed, document in found)


def _settle_lone(store: Store, stage: int) -> None:
    if store.one(_LONE, stage):
        with store.writing():
            lone = store.all(_LONE, stage)  # asked again: another process may have brought a second item
            for (key,) in lone:
                replace_facts(store, stage, key, [])
            store.many("DELETE FROM touched WHERE stage = ? AND key = ?", [(stage, key) for (key,) in lone])


def items_under(store: Store, stage: str, key: str) -> list[str]:
    """The packed items that share a key of a stage, sorted; of a key that is too full the first."""
    found = store.all(f"{_ITEMS} LIMIT ?", key_number(stage, key), FULLEST_KEY)
    return sorted({packed.replace(_SELF, document) for packed, document, _ in found})


def wrong_offers(store: Store, document: int, document_id: str, offers: Iterable[Offer]) -> Iterator[str]:
    """What is wrong with what a page has on offer, by what its records offer when asked again."""
    if store.one("SELECT 1 FROM waiting"):
        return  # what waits was written last and has not met yet
    for offer in offers:
        keys = [key_number(offer.stage, key) for key in offer.keys]
        item = _item_of(store, document, document_id, offer)
        if item is None or not all(_is_member(store, key, item) for key in keys):
            yield f"its item {offer.item[:40]!r} of the stage {offer.stage!r} is not on offer as its records say"


def _item_of(store: Store, document: int, document_id: str, offer: Offer) -> int | None:
    """The row of an item whose text is as it should be: of a name that several pages offer, no larger than here."""
    if offer.item == offer.packed:
        short = offer.packed.replace(document_id, _SELF)
        found = store.one(_ITEM_OF, document, stage_row(store, offer.stage), short)
        return int(found[0]) if found else None
    found = store.one(_NAMED, number(HASH_BYTES, offer.stage, offer.item))
    return int(found[0]) if found and found[1].replace(_SELF, found[2]) <= offer.packed else None
