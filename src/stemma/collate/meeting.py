"""Which passages that share a key are worth comparing, told by the marks beside the key alone, many at a time."""

from __future__ import annotations

from base64 import b85encode
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, product, starmap
from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np
from numpy.typing import NDArray

from stemma.collate.pair.sketch import (
    BYTE_OF,
    GRAM_WEIGHT,
    LONGEST_GRAM,
    MARKED,
    Numbers,
    Places,
    alike,
    alike_bytes,
    marks_around,
    sketch,
    weights_before,
)
from stemma.records import Evidence, Passage

#: Up to so many passages of one key all pairs are compared; above it, each with the first few alone.
ALL_PAIRS = 32
CENTRES = 3
FEW = 6  #: up to so many members numbers are slower than bytes
#: What is kept of a key beside its mark: the first bits, which tell the keys of one text apart.
_CUT = 48
_ROW = np.dtype([("key", "<u2"), ("mark", "<u8")])
_FORM = "."  #: begins what is packed in this way; no digit of base 85, which it began with before
_DIGITS = (
    digits + ascii_uppercase + ascii_lowercase + "!#$%&()*+-;<=>?@^_`{|}~"
)  #: of base 85, in order of their values
_GROUP, _SIZE = 5, 4  #: so many digits are so many bytes; the number of words takes as many
_VALUE_OF = np.zeros(128, np.uint32)
_VALUE_OF[[ord(digit) for digit in _DIGITS]] = np.arange(len(_DIGITS))
_POWERS = np.uint32(len(_DIGITS)) ** np.arange(_GROUP - 1, -1, -1, dtype=np.uint32)
Flags = NDArray[np.bool_]


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
    """What the marks of a passage are made of as short text, from which it can be told under a key without its words.

    A byte of each word that stands in a mark, two bits for every word (whether it is telling, whether a key begins
    there), and the first bits of each key, all in order of the text: half of what the marks take, of which each word
    stands in several.
    """
    own = sketch(passage.evidence.exact)
    words, keys = np.array(own.words, np.uint64), np.array(own.keys, np.uint64)
    places = np.array(own.places, np.int64)
    order = np.argsort(places)
    telling, begins = (words & np.uint64(1)).astype(np.bool_), np.zeros(len(words), np.bool_)
    begins[places] = True
    parts = [
        len(words).to_bytes(_SIZE, "little"),
        np.packbits(telling).tobytes(),
        np.packbits(begins).tobytes(),
        (keys[order] >> np.uint64(_CUT)).astype("<u2").tobytes(),
        (words >> np.uint64(BYTE_OF)).astype(np.uint8)[_marked(telling, places)].tobytes(),
    ]
    held = b"".join(parts)
    return _FORM + b85encode(held + bytes(-len(held) % _SIZE)).decode()


def met(key: str, packed: Sequence[str]) -> list[tuple[int, int]]:
    """Numbers of two passages that may share more than a key, in order, told by their packed marks alone.

    ``packed``: the marks of all that hold the key, in the order in which they are compared; who is in no pair gives
    nothing under it.
    """
    cut = int(key, 16) >> _CUT
    marks = []
    for text in packed:
        if not text.startswith(_FORM):  # an earlier version packed it: nothing is told of it
            return list(combinations(range(len(packed)), 2))
        rows = _unpacked(text)
        first, last = (int(np.searchsorted(rows["key"], cut, side)) for side in ("left", "right"))
        marks.append(rows["mark"][first:last].tolist())
    return meeting(marks)


@lru_cache(maxsize=1 << 13)
def _unpacked(text: str) -> NDArray[np.void]:
    """The first bits of the keys with their marks, in order."""
    held = _bytes_of(text[len(_FORM) :])
    size = int(held[:_SIZE].view("<u4")[0])
    flags = -(-size // 8)
    first, second, rest = np.split(held[_SIZE:], (flags, 2 * flags))
    telling, begins = (np.unpackbits(each, count=size).astype(np.bool_) for each in (first, second))
    places = np.flatnonzero(begins)
    cuts = rest[: 2 * len(places)].view("<u2")
    marked, words = _marked(telling, places), telling.astype(np.uint64)
    words[marked] |= rest[cuts.nbytes :][: int(marked.sum())].astype(np.uint64) << np.uint64(BYTE_OF)
    rows = np.zeros(len(places), _ROW)
    rows["key"], rows["mark"] = cuts, marks_around(words, places, _ends(telling, places))
    return rows[np.argsort(cuts, kind="stable")]


def _bytes_of(written: str) -> NDArray[np.uint8]:
    """What digits of base 85 stand for, in a fifteenth of the time that the library takes."""
    values = _VALUE_OF[np.frombuffer(written.encode("ascii"), np.uint8)].reshape(-1, _GROUP)
    groups: Numbers = (values * _POWERS).sum(axis=1, dtype=np.uint64)
    return groups.astype(">u4").view(np.uint8)


def _ends(telling: Flags, begins: Places) -> Places:
    """Where the grams end that begin there (``find_grams``)."""
    total = weights_before(telling.astype(np.uint64))
    ends = np.minimum(begins[:, None] + np.arange(2, LONGEST_GRAM + 1), len(telling))
    heavy = total[ends] - total[begins][:, None] >= GRAM_WEIGHT - 1e-9
    least: Places = heavy.argmax(axis=1)
    return begins + 2 + least


def _marked(telling: Flags, begins: Places) -> Flags:
    """The words that may stand in a mark: the telling ones, and those right beside a key."""
    marked = np.append(telling, np.False_)  # the last one is beside the ends of the text
    marked[begins - 1] = marked[_ends(telling, begins)] = True
    return marked[:-1]


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
