"""A collection in memory, compared in one pass: keys first, then marks, then words, pair by pair of passages.

It gives what ``compare`` gives key by key; every step leaves out what a later one would leave out, and costs less. So
the words of a pair are laid side by side once, and only where something near a key tells that they may share more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, product
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.compare import borne, is_formula, share
from stemma.collate.meeting import ALL_PAIRS, pairs, place_of
from stemma.collate.pair.sketch import MOST_PLACES, NEAR, Numbers, Places, alike, sketch
from stemma.records import Passage, Variant
from stemma.stage import FULLEST_KEY

#: So many pairs are looked at together; each takes some 100 bytes for a moment.
AT_ONCE = 1 << 18


class _Table(NamedTuple):
    """Places of keys, sorted by key, member and place; ``ends``: where the rows of the same key end."""

    keys: Numbers
    holders: Places
    marks: Numbers
    places: Places  #: where the key's gram begins, in words of its member
    ends: Places
    words: Numbers  #: the words of all members, one after the other
    bounds: Places  #: where the words of each member begin, and the count of all


class _Meeting(NamedTuple):
    """Numbers of two members, the lower first, a key that they share, and the first row of it in each."""

    one: int
    other: int
    key: int
    row: int
    other_row: int


def variants(passages: Sequence[Passage]) -> list[Variant]:
    """What the passages of a collection share, pair by pair of different documents, each variant once.

    The same as ``compare`` gives for every key that some of them share, all found together. In order of documents and
    places. Takes some 60 bytes a key, of which there is one for some three words.
    """
    members = [passage for _, passage in sorted({place_of(each.evidence): each for each in passages}.items())]
    table = _table(members)
    found: dict[str, Variant] = {}
    for (i, j), group in groupby(_meetings(table, members), key=itemgetter(0, 1)):
        met = {key: product(_places(table, one), _places(table, other)) for _, _, key, one, other in group}
        found |= {each.id: each for each in borne(members[i].evidence, members[j].evidence, met)}
    return list(found.values())


def _meetings(table: _Table, members: Sequence[Passage]) -> list[_Meeting]:
    """Every two members of different documents that share more around a key than the key, with it, in order."""
    one, other = _promising(table, members)
    firsts = zip(_first_rows(table, one), _first_rows(table, other), strict=True)
    return sorted(
        _Meeting(int(table.holders[i]), int(table.holders[j]), int(table.keys[i]), i, j)
        for i, j in set(firsts)
        if share(_around(table, i), _around(table, j))
    )


def _first_rows(table: _Table, rows: Places) -> list[int]:
    """Of the rows of the same key and member the first, for each row."""
    for _ in range(MOST_PLACES - 1):
        before = np.maximum(rows - 1, 0)
        same = (table.keys[before] == table.keys[rows]) & (table.holders[before] == table.holders[rows])
        rows = np.where(same, before, rows)
    found: list[int] = rows.tolist()
    return found


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
    return _Table(keys, holders, marks[order], places[order].astype(np.int64), ends, np.concatenate(words), bounds)


def _first_places(keys: Numbers, holders: Places) -> NDArray[np.bool_]:
    """Of sorted rows those that are among the first few of their key and member."""
    same = (keys[MOST_PLACES:] == keys[:-MOST_PLACES]) & (holders[MOST_PLACES:] == holders[:-MOST_PLACES])
    return np.append(np.ones(min(MOST_PLACES, len(keys)), np.bool_), ~same)


def _promising(table: _Table, members: Sequence[Passage]) -> tuple[Places, Places]:
    """Rows of two members each whose marks are alike, under keys that are no formula."""
    some = [_alike(table, *rows) for rows in chain(_of_small_keys(table), _of_large_keys(table))]
    one, other = np.concatenate([np.zeros((2, 0), np.int64), *map(np.stack, some)], axis=1)
    rows = {each: number for number, each in enumerate(dict.fromkeys(member.evidence.document for member in members))}
    documents = np.array([rows[member.evidence.document] for member in members], np.int64)
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
    open_ = np.flatnonzero(table.ends - np.searchsorted(table.keys, table.keys) <= ALL_PAIRS)
    for step in range(1, ALL_PAIRS):
        open_ = open_[open_ + step < table.ends[open_]]
        for some in np.array_split(open_, len(open_) // AT_ONCE + 1):
            yield some, some + step


def _of_large_keys(table: _Table) -> Iterator[tuple[Places, Places]]:
    """The rows of each other key, as ``meeting`` pairs them; too many holders have a set phrase."""
    sizes = np.diff(np.flatnonzero(np.diff(table.ends, prepend=0)), append=len(table.ends))
    begins = np.cumsum(sizes) - sizes
    for begin in begins[sizes > ALL_PAIRS].tolist():
        numbers = np.unique(table.holders[begin : table.ends[begin]], return_inverse=True)[1]
        if numbers[-1] < FULLEST_KEY:
            one, other = pairs(numbers, int(numbers[-1]) + 1)
            yield begin + one, begin + other


def _around(table: _Table, row: int) -> list[list[int]]:
    """The words around each place that the key of a row has in its member."""
    start, end = table.bounds[table.holders[row] : table.holders[row] + 2].tolist()
    places = (start + place for place in _places(table, row))
    return [table.words[max(start, place - NEAR) : min(end, place + NEAR)].tolist() for place in places]


def _places(table: _Table, row: int) -> list[int]:
    """The words of a member at which a key begins; ``row``: its first."""
    last = row + 1
    while last < table.ends[row] and table.holders[last] == table.holders[row]:
        last += 1
    found: list[int] = table.places[row:last].tolist()
    return found
