"""What the keys of Group stages gave: each fact has its givers, each key the facts of its own items."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator

from stemma.archive.relations.offers import key_number
from stemma.archive.relations.stages import PAGE, given, sum_of
from stemma.archive.store.ids import key_of
from stemma.archive.store.packing import plain, unpack_record
from stemma.archive.store.store import Store
from stemma.records import AnyRecord, Judgement, Label, Problem, Relay, Repeat, Variant

#: What a stage says of a fact: in its body, or beneath where another stage comes first.
_SAID = (
    "SELECT coalesce((SELECT body FROM beneath WHERE fact = fact.row AND beneath.stage = ?2), body) "
    "FROM fact WHERE row = ?1"
)
_ITEMS_OF = "SELECT DISTINCT document FROM member JOIN item ON item.row = item WHERE key = ? AND item.stage = ?"


def wrong_givers(store: Store) -> Iterator[str]:
    """Facts that no key gave, and lists of keys that name what they cannot have given.

    A fact is given by so many keys of its stage and of the stages ``beneath``; one of stage 0 was added by itself.
    Sixteen bytes a fact are kept in memory.
    """
    size = 1 + store.all("SELECT coalesce(max(row), 0) FROM fact")[0][0]
    stages, own = array("q", bytes(8 * size)), array("q", bytes(8 * size))
    for row, stage in store.each("SELECT row, stage FROM fact"):
        stages[row] = stage
    beneath: Counter[tuple[int, int]] = Counter()
    unsettled = {key for (key,) in store.each("SELECT key FROM touched UNION SELECT key FROM waiting")}
    for key, stage, *packed in store.each("SELECT key, stage, facts, said FROM settled"):
        try:
            facts = given(*packed)
        except ValueError:
            yield f"what the key {key} gave is not written as facts and a sum for each (table settled)"
            continue
        if key not in unsettled:  # else it is settled anew anyway
            yield from _wrong_key(store, key, stage, facts)
        for row, _ in facts:
            if 0 < row < size and stages[row] == stage:
                own[row] += 1
            else:
                beneath[row, stage] += 1
    yield from _wrong_counts(store, own, beneath)


def _wrong_counts(store: Store, own: array[int], beneath: Counter[tuple[int, int]]) -> Iterator[str]:
    wrong = set()
    for row, stage, givers, body in store.all("SELECT fact, stage, givers, body FROM beneath"):
        own[row] += givers  # so that all givers of the fact are counted below
        shown = store.one("SELECT body FROM fact WHERE row = ?", row)
        if beneath.pop((row, stage), int(stage == 0)) != givers or not shown or _id(shown[0]) != _id(body):
            wrong.add(row)
    wrong.update(row for row, _ in beneath)
    alone = "SELECT row, givers, stage = 0 AND row NOT IN (SELECT fact FROM beneath WHERE stage = 0) FROM fact"
    for row, givers, by_itself in store.each(alone):
        if givers != own[row] + by_itself or givers < 1:
            wrong.add(row)
    for row in sorted(wrong):
        yield f"the givers of row {row} of fact are not counted as the keys say"


def _id(body: bytes) -> str:
    return unpack_record(body).id


def troubled_keys(store: Store) -> set[int]:
    """Keys of the pages that are said to have told problems."""
    return {
        key
        for (key,) in store.all("SELECT key FROM settled WHERE stage = (SELECT row FROM stage WHERE name = ?)", PAGE)
    }


def wrong_troubles(left: set[int]) -> Iterator[str]:
    """Those of them that are of no page."""
    if left:
        yield f"{len(left)} keys in the table settled are said to be of pages that are not there"


def _wrong_key(store: Store, key: int, stage: int, facts: list[tuple[int, int]]) -> Iterator[str]:
    """One key: facts that its items can have given, and sums of what its stage says of them."""
    name = store.one("SELECT name FROM stage WHERE row = ?", stage)
    if not name:
        yield f"what the key {key} gave is of no stage (table settled)"
    else:
        documents = {document for (document,) in store.all(_ITEMS_OF, key, stage)}
        for row, told in facts:
            found = store.one(_SAID, row, stage)
            if not found or not _may_give(store, key, name[0], documents, unpack_record(found[0])):
                yield f"row {row} of fact is said to be given by a key that cannot have given it (table settled)"
            elif sum_of(plain(found[0])) != told:
                yield f"the key {key} does not say of row {row} of fact what is written there (table settled)"


def _may_give(store: Store, key: int, stage: str, documents: set[int], record: AnyRecord) -> bool:
    """Whether a key with items of these documents can give a record: it speaks of them alone."""
    match record:
        case Variant():
            return _among(store, documents, record.left.document, record.right.document)
        case Judgement():
            return _among(store, documents, record.left, record.right)
        case Problem():
            return stage == PAGE or key_number(stage, record.about) == key
        case Relay():
            return _among(store, documents, record.document)
        case Label():
            return key_number(stage, record.document) == key
        case Repeat():
            return key_number(stage, f"{record.outlet}\n{record.line}") == key
        case _:
            return True


def _among(store: Store, documents: set[int], *names: str) -> bool:
    """Whether records lie in these documents, or are these."""
    return all(
        any(row in documents for (row,) in store.all("SELECT document FROM ids WHERE key = ?", key_of(name)))
        for name in names
    )
