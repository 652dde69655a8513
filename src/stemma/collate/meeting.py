"""Which passages that share a key are worth comparing, told by the marks beside the key alone, many at a time."""

from __future__ import annotations

from base64 import b85encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, product, starmap
from operator import itemgetter
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
    Sketch,
    alike,
    alike_bytes,
    name_of,
    sketch,
)
from stemma.records import Evidence, Passage
from stemma.stage import FULLEST_KEY

#: Up to so many passages of one key all pairs are compared; above it, each with the first few alone.
ALL_PAIRS = 32
CENTRES = 3
FEW = 6  #: up to so many members numbers are slower than bytes
#: What is kept of a key beside its mark: the first bits, which tell the keys of one text apart.
_CUT = 48
_FORM = "."  #: begins what is packed in this way; no digit of base 85, which it began with before
_DIGITS = (
    digits + ascii_uppercase + ascii_lowercase + "!#$%&()*+-;<=>?@^_`{|}~"
)  #: of base 85, in order of their values
_GROUP, _SIZE = 5, 4  #: so many digits are so many bytes; the number of words takes as many
_VALUE_OF = np.zeros(128, np.uint32)
_VALUE_OF[[ord(digit) for digit in _DIGITS]] = np.arange(len(_DIGITS))
_POWERS = np.uint32(len(_DIGITS)) ** np.arange(_GROUP - 1, -1, -1, dtype=np.uint32)
_CLOSE = 1e-9  #: by which a sum of weights may miss what it is
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
        len(words).to_bytes(_SIZE, "little"),
        *(np.packbits(each).tobytes() for each in (telling, begins, marked)),
        (keys[order] >> np.uint64(_CUT)).astype("<u2").tobytes(),
        (words >> np.uint64(BYTE_OF)).astype(np.uint8)[marked].tobytes(),
    ]
    held = b"".join(parts)
    return _FORM + b85encode(held + bytes(-len(held) % _SIZE)).decode()


def _marked(telling: bytes, places: Iterable[int]) -> NDArray[np.bool_]:
    """The words that may stand in a mark: the telling ones, and those right beside a key."""
    marked = np.frombuffer(telling + b"\0", np.bool_).copy()  # the last one is beside the ends of the text
    for place in places:
        marked[place - 1] = marked[_end(telling, place)] = True
    return marked[:-1]


def idle(key: str, packed: Sequence[str]) -> bool:
    """Whether passages give nothing under a key, by their packed marks, in the order in which they are compared.

    Of what an earlier version packed nothing is told.
    """
    if not all(text.startswith(_FORM) for text in packed):
        return False
    cut = int(key, 16) >> _CUT
    return not meeting([marks_under(cut, text) for text in packed])


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
    held = _bytes_of(text[len(_FORM) :])
    size = int(held[:_SIZE].view("<u4")[0])
    flags = -(-size // 8)
    rows = held[_SIZE : _SIZE + 3 * flags].reshape(3, flags)
    telling, begins, marked = np.unpackbits(rows, axis=1, count=size)
    places = np.flatnonzero(begins)
    rest = held[_SIZE + 3 * flags :]
    cuts = rest[: 2 * len(places)].view("<u2")
    bytes_ = np.zeros(size, np.uint8)
    filled = np.flatnonzero(marked)
    bytes_[filled] = rest[cuts.nbytes : cuts.nbytes + len(filled)]
    return _Packed(telling.tobytes(), bytes_.tobytes(), places, cuts)


def _bytes_of(written: str) -> NDArray[np.uint8]:
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
