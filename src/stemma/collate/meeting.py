"""Which passages that share a key are worth comparing, told by the marks beside the key alone, many at a time."""

from __future__ import annotations

from base64 import b85decode, b85encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, product, starmap
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.pair.sketch import MARKED, Numbers, Places, Sketch, alike, alike_bytes, name_of, sketch
from stemma.records import Evidence, Passage
from stemma.stage import FULLEST_KEY

#: Up to so many passages of one key all pairs are compared; above it, each with the first few alone.
ALL_PAIRS = 32
CENTRES = 3
FEW = 6  #: up to so many members numbers are slower than bytes
#: What is kept of a key beside its mark: the first bits, which tell the keys of one text apart.
_CUT = 48
_ROW = np.dtype([("key", "<u2"), ("mark", "<u8")])
#: So many pairs are looked at together; each takes some 100 bytes for a moment.
AT_ONCE = 1 << 18


def meeting(marks: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Numbers of two of the members of a key that may share more than the key, in order.

    ``marks``: those of the key in each member, in the order in which members are compared.
    """
    if len(marks) <= FEW:
        told = [[mark.to_bytes(MARKED, "little") for mark in each] for each in marks]
        return [
            (i, j) for i, j in combinations(range(len(told)), 2) if any(starmap(alike_bytes, product(told[i], told[j])))
        ]
    holders = np.repeat(np.arange(len(marks)), [len(each) for each in marks])
    flat = np.array([mark for each in marks for mark in each], np.uint64)
    one, other = _pairs(holders)
    fits = alike(flat[one], flat[other])
    return sorted(set(zip(holders[one[fits]].tolist(), holders[other[fits]].tolist(), strict=True)))


def pack(passage: Passage) -> str:
    """The marks of a passage as short text, from which it can be told under a key without its words."""
    own = sketch(passage.evidence.exact)
    rows = np.zeros(len(own.keys), _ROW)
    rows["key"], rows["mark"] = np.array(own.keys, np.uint64) >> np.uint64(_CUT), own.marks
    return b85encode(rows.tobytes()).decode()


def idle(key: str, packed: Sequence[str]) -> bool:
    """Whether passages give nothing under a key, by their packed marks, in the order in which they are compared."""
    cut = int(key, 16) >> _CUT
    marks = []
    for text in packed:
        rows = _unpacked(text)
        first = int(np.searchsorted(rows["key"], cut))
        last = first
        while last < len(rows) and rows["key"][last] == cut:
            last += 1
        marks.append(rows["mark"][first:last].tolist())
    return not meeting(marks)


@lru_cache(maxsize=1 << 13)
def _unpacked(text: str) -> NDArray[np.void]:
    return np.frombuffer(b85decode(text), _ROW)


def _pairs(holders: Places) -> tuple[Places, Places]:
    """Every two places in different members, or those of the first few members with all others."""
    if len(holders) and holders[-1] >= ALL_PAIRS:
        first = np.searchsorted(holders, CENTRES)
        one, other = np.divmod(np.arange(first * len(holders)), len(holders))
    else:
        one, other = np.triu_indices(len(holders), 1)
    kept = holders[one] < holders[other]
    return one[kept], other[kept]


def place_of(words: Evidence) -> tuple[str, int, int]:
    """The order in which passages are compared."""
    return words.document, words.start, words.end


class _Table(NamedTuple):
    """Places of keys, sorted by key and holder; ``ends``: where the rows of the same key end."""

    keys: Numbers
    holders: Places
    marks: Numbers
    ends: Places


def meetings(passages: Sequence[Passage]) -> list[tuple[str, list[int]]]:
    """The keys under which some of these passages may share more than the key, with the numbers of all that hold it.

    For a collection in memory; an archive finds the same by its table of keys. In order of the passages, so that
    neighbours come up together. Takes some 30 bytes a key, of which there is one for some three words.
    """
    order = sorted(range(len(passages)), key=lambda number: place_of(passages[number].evidence))
    table = _table([sketch(passages[number].evidence.exact) for number in order])
    groups = []
    for begin in _promising(table):
        rows = slice(begin, table.ends[begin])
        groups.append((name_of(int(table.keys[begin])), list(dict.fromkeys(table.holders[rows].tolist()))))
    groups.sort(key=itemgetter(1, 0))
    return [(key, [order[holder] for holder in holders]) for key, holders in groups]


def _table(held: Iterable[Sketch]) -> _Table:
    rows = [np.array((each.keys, each.marks), np.uint64) for each in held]
    keys, marks = np.concatenate([np.zeros((2, 0), np.uint64), *rows], axis=1)
    holders = np.repeat(np.arange(len(rows)), [each.shape[1] for each in rows])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    last = np.flatnonzero(np.append(keys[1:] != keys[:-1], np.ones(min(1, len(keys)), np.bool_))) + 1
    return _Table(keys, holders[order], marks[order], np.repeat(last, np.diff(last, prepend=0)))


def _promising(table: _Table) -> list[int]:
    """First rows of the keys of which two holders may share more, in order."""
    rows = np.arange(len(table.keys))
    begins = np.where(np.append([True], table.keys[1:] != table.keys[:-1])[: len(rows)], rows, 0)
    begins = np.maximum.accumulate(begins)
    sizes = table.ends - begins
    found = np.zeros(len(rows), np.bool_)
    for step in range(1, ALL_PAIRS):
        open_ = np.flatnonzero((rows + step < table.ends) & (sizes <= ALL_PAIRS) & ~found[begins])
        for some in np.array_split(open_, len(open_) // AT_ONCE + 1):
            fits = alike(table.marks[some], table.marks[some + step])
            fits &= table.holders[some] != table.holders[some + step]
            found[begins[some[fits]]] = True
    for begin in np.flatnonzero((begins == rows) & (sizes > ALL_PAIRS)).tolist():
        found[begin] = bool(_large(table.holders[begin : table.ends[begin]], table.marks[begin : table.ends[begin]]))
    return np.flatnonzero(found).tolist()


def _large(holders: Places, marks: Numbers) -> bool:
    """Whether two of many holders may share more; too many hold a set phrase."""
    numbers = np.unique(holders, return_inverse=True)[1]
    if numbers[-1] >= FULLEST_KEY:
        return False
    one, other = _pairs(numbers)
    return bool(alike(marks[one], marks[other]).any())
