"""Which passages that share a key are worth comparing, told by the marks beside the key alone, many at a time."""

from __future__ import annotations

from base64 import b85decode, b85encode
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, product, starmap

import numpy as np
from numpy.typing import NDArray

from stemma.collate.pair.sketch import MARKED, Places, alike, alike_bytes, sketch
from stemma.records import Evidence, Passage

#: Up to so many passages of one key all pairs are compared; above it, each with the first few alone.
ALL_PAIRS = 32
CENTRES = 3
FEW = 6  #: up to so many members numbers are slower than bytes
#: What is kept of a key beside its mark: the first bits, which tell the keys of one text apart.
_CUT = 48
_ROW = np.dtype([("key", "<u2"), ("mark", "<u8")])


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
    one, other = pairs(holders, len(marks))
    fits = alike(flat[one], flat[other])
    return sorted(set(zip(holders[one[fits]].tolist(), holders[other[fits]].tolist(), strict=True)))


def pack(passage: Passage) -> str:
    """The marks of a passage as short text, from which it can be told under a key without its words."""
    own = sketch(passage.evidence.exact)
    rows = np.zeros(len(own.keys), _ROW)
    rows["key"], rows["mark"] = np.array(own.keys, np.uint64) >> np.uint64(_CUT), own.marks
    return b85encode(rows.tobytes()).decode()


def met(key: str, packed: Sequence[str]) -> list[tuple[int, int]]:
    """Numbers of two passages that may share more than a key, in order, told by their packed marks alone.

    ``packed``: the marks of all that hold the key, in the order in which they are compared; who is in no pair gives
    nothing under it.
    """
    cut = int(key, 16) >> _CUT
    marks = []
    for text in packed:
        rows = _unpacked(text)
        first = int(np.searchsorted(rows["key"], cut))
        last = first
        while last < len(rows) and rows["key"][last] == cut:
            last += 1
        marks.append(rows["mark"][first:last].tolist())
    return meeting(marks)


@lru_cache(maxsize=1 << 13)
def _unpacked(text: str) -> NDArray[np.void]:
    return np.frombuffer(b85decode(text), _ROW)


def pairs(holders: Places, count: int) -> tuple[Places, Places]:
    """Every two places in different members, or those of the first few members with all others.

    ``holders``: the member of each place, numbered from 0 in order; ``count``: of all members, with those of no place.
    """
    if count > ALL_PAIRS:
        first = np.searchsorted(holders, CENTRES)
        one, other = np.divmod(np.arange(first * len(holders)), len(holders))
    else:
        one, other = np.triu_indices(len(holders), 1)
    kept = holders[one] < holders[other]
    return one[kept], other[kept]


def place_of(words: Evidence) -> tuple[str, int, int]:
    """The order in which passages are compared."""
    return words.document, words.start, words.end
