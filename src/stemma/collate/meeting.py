"""Which passages that share a key are worth comparing, told by the marks beside the key alone, many at a time."""

from __future__ import annotations

from base64 import b85encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, product, starmap
from string import ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.pair.sketch import (
    BYTE_OF,
    FUNCTION_WEIGHT,
    GRAM_WEIGHT,
    LONGEST_GRAM,
    MARKED,
    NEAR,
    SIDE,
    Numbers,
    Places,
    alike,
    alike_bytes,
    sketch,
)
from stemma.records import Evidence, Passage

#: Up to so many passages of one key all pairs are compared; above it, each with the first few alone.
ALL_PAIRS = 32
CENTRES = 3
FEW = 6  #: up to so many members numbers are slower than bytes
#: What is kept of a key beside its mark: the first bits, which tell the keys of one text apart.
CUT = 48
FORM = "."  #: begins what is packed in this way; no digit of base 85, which it began with before
_DIGITS = (
    digits + ascii_uppercase + ascii_lowercase + "!#$%&()*+-;<=>?@^_`{|}~"
)  #: of base 85, in order of their values
_GROUP, SIZE = 5, 4  #: so many digits are so many bytes; the number of words takes as many
_VALUE_OF = np.zeros(128, np.uint32)
_VALUE_OF[[ord(digit) for digit in _DIGITS]] = np.arange(len(_DIGITS))
_POWERS = np.uint32(len(_DIGITS)) ** np.arange(_GROUP - 1, -1, -1, dtype=np.uint32)
_CLOSE = 1e-9  #: by which a sum of weights may miss what it is


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

    A byte of each word that stands in a mark, three bits for every word (whether it is telling, whether a key begins
    there, whether its byte follows), and the first bits of each key, all in order of the text: half of what the marks
    take, of which each word stands in several.
    """
    own = sketch(passage.evidence.exact)
    words, keys = np.array(own.words, np.uint64), np.array(own.keys, np.uint64)
    places = np.array(own.places, np.int64)
    order = np.argsort(places)
    telling, begins = (words & np.uint64(1)).astype(np.bool_), np.zeros(len(words), np.bool_)
    begins[places] = True
    marked = _marked(telling.tobytes(), places.tolist())
    parts = [
        len(words).to_bytes(SIZE, "little"),
        *(np.packbits(each).tobytes() for each in (telling, begins, marked)),
        (keys[order] >> np.uint64(CUT)).astype("<u2").tobytes(),
        (words >> np.uint64(BYTE_OF)).astype(np.uint8)[marked].tobytes(),
    ]
    held = b"".join(parts)
    return FORM + b85encode(held + bytes(-len(held) % SIZE)).decode()


def _marked(telling: bytes, places: Iterable[int]) -> NDArray[np.bool_]:
    """The words that may stand in a mark: the telling ones, and those right beside a key."""
    marked = np.frombuffer(telling + b"\0", np.bool_).copy()  # the last one is beside the ends of the text
    for place in places:
        marked[place - 1] = marked[_end(telling, place)] = True
    return marked[:-1]


def met(key: str, packed: Sequence[str]) -> list[tuple[int, int]]:
    """Numbers of two passages that may share more than a key, in order, told by their packed marks alone.

    ``packed``: the marks of all that hold the key, in the order in which they are compared; who is in no pair gives
    nothing under it.
    """
    if not all(text.startswith(FORM) for text in packed):  # an earlier version packed it: nothing is told of it
        return list(combinations(range(len(packed)), 2))
    cut = int(key, 16) >> CUT
    return meeting([marks_under(cut, text) for text in packed])


def marks_under(cut: int, packed: str) -> list[int]:
    """The marks of a packed passage beside the keys with these first bits."""
    own = _unpacked(packed)
    return [_mark(own, place) for place in own.places[own.cuts == cut].tolist()]


class _Packed(NamedTuple):
    """What was packed: of each word whether it is telling and its byte, 0 where it was left out; places of keys."""

    telling: bytes
    bytes_: bytes
    places: Places
    cuts: NDArray[np.uint16]


@lru_cache(maxsize=1 << 13)
def _unpacked(text: str) -> _Packed:
    held = bytes_of(text[len(FORM) :])
    size = int(held[:SIZE].view("<u4")[0])
    flags = -(-size // 8)
    rows = held[SIZE : SIZE + 3 * flags].reshape(3, flags)
    telling, begins, marked = np.unpackbits(rows, axis=1, count=size)
    places = np.flatnonzero(begins)
    rest = held[SIZE + 3 * flags :]
    cuts = rest[: 2 * len(places)].view("<u2")
    bytes_ = np.zeros(size, np.uint8)
    filled = np.flatnonzero(marked)
    bytes_[filled] = rest[cuts.nbytes : cuts.nbytes + len(filled)]
    return _Packed(telling.tobytes(), bytes_.tobytes(), places, cuts)


def bytes_of(written: str) -> NDArray[np.uint8]:
    """What digits of base 85 stand for, in a fifteenth of the time that the library takes."""
    values = _VALUE_OF[np.frombuffer(written.encode("ascii"), np.uint8)].reshape(-1, _GROUP)
    groups: Numbers = (values * _POWERS).sum(axis=1, dtype=np.uint64)
    return groups.astype(">u4").view(np.uint8)


def _mark(own: _Packed, place: int) -> int:
    """The mark of the key that begins there, as ``sketch`` makes it."""
    telling, bytes_, end = own.telling, own.bytes_, _end(own.telling, place)
    before = [bytes_[at] for at in range(place - 1, max(0, place - NEAR) - 1, -1) if telling[at]][:SIDE]
    after = [bytes_[at] for at in range(end, min(len(telling), place + NEAR)) if telling[at]][:SIDE]
    beside = [bytes_[at] if 0 <= at < len(telling) and not telling[at] else 0 for at in (place - 1, end)]
    none = [0] * SIDE
    return int.from_bytes([*(before + none)[:SIDE], *(after + none)[:SIDE], *beside], "little")


def _end(telling: bytes, place: int) -> int:
    """Where the gram ends that begins there (``find_grams``)."""
    weight = 0.0
    for at in range(place, place + LONGEST_GRAM):
        weight += 1.0 if telling[at] else FUNCTION_WEIGHT
        if at > place and weight >= GRAM_WEIGHT - _CLOSE:
            return at + 1
    return place + LONGEST_GRAM


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
