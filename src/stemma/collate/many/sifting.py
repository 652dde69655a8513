"""Which passages are worth comparing under which keys, told for many keys at once.

``compare`` says what one key gives; here is told for thousands of them which passages cannot give anything, so that it
is asked of the few others alone: by the marks beside the keys first, then by the words around them, then by the
sentences that they stand in. Each step leaves out what ``compare`` would leave out too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, product
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from stemma.collate.compare import borne_under, is_formula, may_bear
from stemma.collate.many.marks import Marks, code_of, is_packed, unpack
from stemma.collate.meeting import ALL_PAIRS, pairs
from stemma.collate.pair.sketch import Numbers, Places, alike
from stemma.records import Evidence

AT_ONCE = 1 << 18  #: pairs that are looked at together; each takes some 100 bytes for a moment
_FEWEST = 3  #: documents that can be a formula


class Offered(NamedTuple):
    """A passage as a page offers it, without its words."""

    document: str
    start: int
    end: int
    outlet: str | None


class Held(NamedTuple):
    """Who holds which key: numbers that run parallel, sorted by key."""

    keys: Places
    passages: Places


class Found(NamedTuple):
    """What is told of some keys, by their numbers."""

    formulas: frozenset[int]  #: those that give nothing, whatever their passages share
    telling: dict[int, set[int]]  #: numbers of the passages that may give something under a key; of all others none may


def sift(
    keys: Numbers, held: Held, offered: Iterable[Sequence[tuple[Offered, str]]], words: Callable[[int], Evidence]
) -> Found:
    """What may be given under each of some keys.

    ``offered``: the passages in order of their numbers, some at a time, each with its packed marks; ``words``: one of
    them by its number, read again, which is asked for where marks do not tell enough. Keys that too many passages hold
    must not be among these.
    """
    wanted = np.unique(code_of(held.passages, keys[held.keys]))
    passages, found, older = list[Offered](), [unpack([], np.zeros(0, np.int64), wanted)], list[int]()
    for some in offered:
        numbers = np.arange(len(passages), len(passages) + len(some))
        ready = np.array([is_packed(marks) for _, marks in some], np.bool_)
        found.append(unpack([marks for _, marks in some if is_packed(marks)], numbers[ready], wanted))
        older += numbers[~ready].tolist()
        passages += [passage for passage, _ in some]
    marks = Marks(*(np.concatenate(each) for each in zip(*found, strict=True)))
    held = _in_order(held, passages)
    formulas = _formulas(held, passages)
    open_ = _without(held, formulas)
    telling: dict[int, set[int]] = {}
    for key, *both in (*_bearing(keys, open_, marks, (passages, words)), *_of_older(open_, older)):
        telling.setdefault(key, set()).update(both)
    return Found(formulas, telling)


def _in_order(held: Held, passages: Sequence[Offered]) -> Held:
    """The same with the passages of each key as they are compared: by place, each place once."""
    places = [passage[:3] for passage in passages]
    number_of = {place: number for number, place in enumerate(sorted(set(places)))}
    rank = np.array([number_of[place] for place in places], np.int64)[held.passages]
    order = np.lexsort((rank, held.keys))
    keys, rank = held.keys[order], rank[order]
    new = np.append(True, (keys[1:] != keys[:-1]) | (rank[1:] != rank[:-1]))[: len(keys)]
    return Held(keys[new], held.passages[order][new])


def _formulas(held: Held, passages: Sequence[Offered]) -> frozenset[int]:
    """The keys that are set phrases or furniture."""
    bounds = np.flatnonzero(np.diff(held.keys, prepend=-1, append=-1))
    large = np.flatnonzero(np.diff(bounds) >= _FEWEST)
    runs = zip(held.keys[bounds[large]].tolist(), bounds[large].tolist(), bounds[large + 1].tolist(), strict=True)
    holders = [(passage.document, passage.outlet) for passage in passages]
    some = ((key, held.passages[begin:end].tolist()) for key, begin, end in runs)
    return frozenset(key for key, numbers in some if is_formula([holders[number] for number in numbers]))


def _without(held: Held, formulas: frozenset[int]) -> Held:
    kept = ~np.isin(held.keys, sorted(formulas))
    return Held(held.keys[kept], held.passages[kept])


def _of_older(held: Held, older: Sequence[int]) -> Iterator[tuple[int, int]]:
    """All passages of a key that one has of which an earlier version packed the marks: nothing is told of it."""
    if older:
        keys = np.unique(held.keys[np.isin(held.passages, older)])
        known = np.isin(held.keys, keys)
        yield from zip(held.keys[known].tolist(), held.passages[known].tolist(), strict=True)


def _bearing(
    keys: Numbers, held: Held, marks: Marks, read: tuple[Sequence[Offered], Callable[[int], Evidence]]
) -> Iterator[tuple[int, int, int]]:
    """Keys, each with two passages that share something which it bears."""
    passages, words = read
    codes = code_of(held.passages, keys[held.keys])
    begins, ends = (np.searchsorted(marks.codes, codes, side) for side in ("left", "right"))
    for (one, other), group in groupby(_promising(held, marks, (begins, ends), passages), key=itemgetter(0, 1)):
        left, right = words(one), words(other)
        borne: frozenset[int] | None = None
        for _, _, *rows in group:
            number = int(held.keys[rows[0]])
            if borne is None:
                places = (marks.places[begins[row] : ends[row]].tolist() for row in rows)
                if not may_bear(left, right, product(*places)):
                    continue
                borne = borne_under(left, right)
            if int(keys[number]) in borne:
                yield number, one, other


def _promising(
    held: Held, marks: Marks, bounds: tuple[Places, Places], passages: Sequence[Offered]
) -> Iterator[list[int]]:
    """Two passages of different documents with marks alike under a key, and the rows of ``held`` that say so, in order.

    ``bounds``: of the marks of each row.
    """
    counts = bounds[1] - bounds[0]
    rows = np.repeat(np.arange(len(counts)), counts)
    own = marks.marks[np.arange(len(rows)) + np.repeat(bounds[0] - np.cumsum(counts) + counts, counts)]
    kept = [
        np.stack((rows[one[fits]], rows[other[fits]]))
        for one, other in _pairs(held.keys, rows)
        for fits in [alike(own[one], own[other]) & (rows[one] != rows[other])]
    ]
    one, other = np.unique(np.concatenate([np.zeros((2, 0), np.int64), *kept], axis=1), axis=1)
    number = {name: n for n, name in enumerate(dict.fromkeys(passage.document for passage in passages))}
    document = np.array([number[passage.document] for passage in passages], np.int64)
    left, right = held.passages[one], held.passages[other]
    order = np.lexsort((one, right, left))
    order = order[document[left[order]] != document[right[order]]]
    for begin in range(0, len(order), AT_ONCE):
        some = order[begin : begin + AT_ONCE]
        yield from np.stack((left[some], right[some], one[some], other[some]), axis=1).tolist()


def _pairs(keys: Places, rows: Places) -> Iterator[tuple[Places, Places]]:
    """Numbers of two marks that are to be compared; ``keys``: of the members, ``rows``: the member of each mark."""
    sizes = np.bincount(keys)[keys[rows]] if len(rows) else rows
    ends = np.searchsorted(rows, np.searchsorted(keys, keys[rows], "right"))  # of the marks of the same key
    open_, step = np.flatnonzero(sizes <= ALL_PAIRS), 1
    while len(open_ := open_[open_ + step < ends[open_]]):
        for some in np.array_split(open_, len(open_) // AT_ONCE + 1):
            yield some, some + step
        step += 1
    large = np.flatnonzero(sizes > ALL_PAIRS)
    for begin in large[np.append(True, ends[large][1:] != ends[large][:-1])[: len(large)]].tolist():
        holders = rows[begin : ends[begin]] - np.searchsorted(keys, keys[rows[begin]])
        one, other = pairs(holders, int(sizes[begin]))
        yield begin + one, begin + other
