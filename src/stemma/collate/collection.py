"""A collection in memory, compared in one pass: keys first, then marks, then words, pair by pair of passages.

It gives what ``compare`` gives key by key; every step leaves out what a later one would leave out, and costs less. So
the words of a pair are laid side by side once, and only where something near a key tells that they may share more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.compare import NEAR_WEIGHT, borne, is_formula, share
from stemma.collate.meeting import ALL_PAIRS, pairs, place_of
from stemma.collate.pair.sketch import FUNCTION_WEIGHT, MOST_PLACES, NEAR, Numbers, Places, alike, sketch
from stemma.records import Passage, Variant
from stemma.stage import FULLEST_KEY

#: So many pairs are looked at together; each takes some 100 bytes for a moment.
AT_ONCE = 1 << 18
#: So many pairs of rows of words: a row has twice ``NEAR`` of them, and each is held against each.
ROWS_AT_ONCE = 1 << 12

Meeting = tuple[int, int, int]  #: numbers of two members, the lower first, and a key that they share


class _Table(NamedTuple):
    """Places of keys, sorted by key, member and place; ``ends``: where the rows of the same key end."""

    keys: Numbers
    holders: Places
    marks: Numbers
    places: Places  #: where the key's gram begins, in words of the whole collection
    ends: Places
    words: Numbers  #: the words of all members, one after the other
    bounds: Places  #: where the words of each member begin, and the count of all


def variants(passages: Sequence[Passage]) -> list[Variant]:
    """What the passages of a collection share, pair by pair of different documents, each variant once.

    The same as ``compare`` gives for every key that some of them share, all found together. In order of documents and
    places. Takes some 60 bytes a key, of which there is one for some three words, and a tenth of the collection at once.
    """
    members = [passage for _, passage in sorted({place_of(each.evidence): each for each in passages}.items())]
    found: dict[str, Variant] = {}
    for (i, j), group in groupby(_meetings(members), key=itemgetter(0, 1)):
        keys = frozenset(key for _, _, key in group)
        found |= {each.id: each for each in borne(members[i].evidence, members[j].evidence, keys)}
    return list(found.values())


def _meetings(members: Sequence[Passage]) -> list[Meeting]:
    """Every two members of different documents that share more around a key than the key, with it, in order."""
    table = _table(members)
    one, other = _promising(table, members)
    near = np.concatenate([np.zeros(0, np.bool_), *(_near(table, *some) for some in _portions(one, other))])
    one, other = one[near], other[near]
    met = zip(table.holders[one].tolist(), table.holders[other].tolist(), table.keys[one].tolist(), strict=True)
    rows = zip(one.tolist(), other.tolist(), strict=True)
    return sorted({meeting for meeting, pair in zip(met, rows, strict=True) if _share(table, *pair)})


def _portions(one: Places, other: Places) -> Iterator[tuple[Places, Places]]:
    count = len(one) // ROWS_AT_ONCE + 1
    return zip(np.array_split(one, count), np.array_split(other, count), strict=True)


def _table(members: Sequence[Passage]) -> _Table:
    """The keys of all members; of one that stands in many places of a member the first few."""
    told = []
    words: list[Numbers] = [np.zeros(0, np.uint64)]
    for member in members:
        own = sketch(member.evidence.exact)
        told.append(np.array((own.keys, own.marks, own.places), np.uint64))
        words.append(np.array(own.words, np.uint64))
    bounds = np.cumsum([0, *map(len, words[1:])])
    keys, marks, places = np.concatenate([np.zeros((3, 0), np.uint64), *told], axis=1)
    holders = np.repeat(np.arange(len(told)), [each.shape[1] for each in told])
    order = np.argsort(keys, kind="stable")
    order = order[_first_places(keys[order], holders[order])]
    keys, holders = keys[order], holders[order]
    last = np.flatnonzero(np.append(keys[1:] != keys[:-1], np.ones(min(1, len(keys)), np.bool_))) + 1
    ends = np.repeat(last, np.diff(last, prepend=0))
    return _Table(
        keys, holders, marks[order], places[order].astype(np.int64) + bounds[holders], ends, np.concatenate(words),
        bounds,
    )  # fmt: skip


def _first_places(keys: Numbers, holders: Places) -> NDArray[np.bool_]:
    """Of sorted rows those that are among the first few of their key and member."""
    same = (keys[MOST_PLACES:] == keys[:-MOST_PLACES]) & (holders[MOST_PLACES:] == holders[:-MOST_PLACES])
    return np.append(np.ones(min(MOST_PLACES, len(keys)), np.bool_), ~same)


def _promising(table: _Table, members: Sequence[Passage]) -> tuple[Places, Places]:
    """Rows of two members each whose marks are alike, under keys that are no formula."""
    found = [_alike(table, *some) for some in chain(_of_small_keys(table), _of_large_keys(table))]
    one, other = (np.concatenate([np.zeros(0, np.int64), *rows]) for rows in zip(*found, strict=True)) if found else (
        np.zeros(0, np.int64), np.zeros(0, np.int64))  # fmt: skip
    documents = np.unique([member.evidence.document for member in members], return_inverse=True)[1]
    apart = documents[table.holders[one]] != documents[table.holders[other]]
    one, other = one[apart], other[apart]
    first = np.searchsorted(table.keys, table.keys[one])
    told = {begin: _is_formula(table, members, begin) for begin in np.unique(first).tolist()}
    telling = np.array([not told[begin] for begin in first.tolist()], np.bool_)
    return one[telling], other[telling]


def _is_formula(table: _Table, members: Sequence[Passage], begin: int) -> bool:
    holders = (members[number] for number in table.holders[begin : table.ends[begin]].tolist())
    return is_formula([(each.evidence.document, each.outlet) for each in holders])


def _alike(table: _Table, one: Places, other: Places) -> tuple[Places, Places]:
    fits = alike(table.marks[one], table.marks[other]) & (table.holders[one] != table.holders[other])
    return one[fits], other[fits]


def _of_small_keys(table: _Table) -> Iterator[tuple[Places, Places]]:
    """Every two rows of each key that has few."""
    rows = np.arange(len(table.keys))
    first = np.searchsorted(table.keys, table.keys)
    small = table.ends - first <= ALL_PAIRS
    for step in range(1, ALL_PAIRS):
        open_ = np.flatnonzero(small & (rows + step < table.ends))
        for some in np.array_split(open_, len(open_) // AT_ONCE + 1):
            yield some, some + step


def _of_large_keys(table: _Table) -> Iterator[tuple[Places, Places]]:
    """The rows of each other key, as ``meeting`` pairs them; too many holders have a set phrase."""
    begins = np.unique(np.searchsorted(table.keys, table.keys))
    for begin in begins[table.ends[begins] - begins > ALL_PAIRS].tolist():
        numbers = np.unique(table.holders[begin : table.ends[begin]], return_inverse=True)[1]
        if numbers[-1] < FULLEST_KEY:
            one, other = pairs(numbers, int(numbers[-1]) + 1)
            yield begin + one, begin + other


def _near(table: _Table, one: Places, other: Places) -> NDArray[np.bool_]:
    """Whether the words around two rows may weigh enough together: those of either that the other has, in any order.

    Never less than what they share in order, so nothing is lost. One that stands in several places is asked for later.
    """
    mine, theirs = _around(table, one), _around(table, other)
    kept = (mine[:, :, None] == theirs[:, None, :]).any(axis=2) & (mine > 0)
    weights = np.where(mine & np.uint64(1), 1.0, FUNCTION_WEIGHT)
    enough: NDArray[np.bool_] = (kept * weights).sum(axis=1) >= NEAR_WEIGHT - 1e-9
    return enough | _stands_twice(table, one) | _stands_twice(table, other)


def _stands_twice(table: _Table, rows: Places) -> NDArray[np.bool_]:
    """Whether the key of a row stands elsewhere in its member too."""
    last = len(table.keys) - 1
    found = np.zeros(len(rows), np.bool_)
    for step in (-1, 1):
        beside = np.clip(rows + step, 0, last)
        same = (table.keys[beside] == table.keys[rows]) & (table.holders[beside] == table.holders[rows])
        found |= same & (beside != rows)
    return found


def _around(table: _Table, rows: Places) -> Numbers:
    """The words around each place, 0 where the member has none."""
    at = table.places[rows][:, None] + np.arange(-NEAR, NEAR)
    inside = (at >= table.bounds[table.holders[rows]][:, None]) & (at < table.bounds[table.holders[rows] + 1][:, None])
    return np.where(inside, table.words[np.clip(at, 0, len(table.words) - 1)], np.uint64(0))


def _share(table: _Table, one: int, other: int) -> bool:
    """Whether two members share more around a key than the key, at any of its places in either."""
    return share(_rows(table, one), _rows(table, other))


def _rows(table: _Table, row: int) -> list[list[int]]:
    """The words around each place that the key of a row has in its member."""
    first = last = row
    while first and _is_same(table, first - 1, row):
        first -= 1
    while last + 1 < len(table.keys) and _is_same(table, last + 1, row):
        last += 1
    start, end = table.bounds[table.holders[row]], table.bounds[table.holders[row] + 1]
    places = table.places[first : last + 1].tolist()
    return [table.words[max(start, place - NEAR) : min(end, place + NEAR)].tolist() for place in places]


def _is_same(table: _Table, one: int, other: int) -> bool:
    return bool(table.keys[one] == table.keys[other] and table.holders[one] == table.holders[other])
