"""The marks beside many keys of many passages at once, from what was packed of them (``meeting.pack``)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.meeting import CUT, FORM, SIZE, bytes_of
from stemma.collate.pair.sketch import (
    FUNCTION_WEIGHT,
    GRAM_WEIGHT,
    LONGEST_GRAM,
    MARKED,
    NEAR,
    SIDE,
    Numbers,
    Places,
)

_PARTS = 10  #: of the weight of a word, so that sums of weights are whole
_FUNCTION, _GRAM = round(_PARTS * FUNCTION_WEIGHT), round(_PARTS * GRAM_WEIGHT)
_BITS = 8
_CUT_BITS = 64 - CUT


class Marks(NamedTuple):
    """Marks beside keys, in order of the passages, of the first bits of the keys, and of their places."""

    codes: Places  #: of passage and key, see ``code_of``
    marks: Numbers
    places: Places  #: the word at which the key begins, in words of its passage


class _Words(NamedTuple):
    """The words of all passages one after the other, each from a multiple of eight on; what lies between is nothing."""

    begins: Places  #: of each passage
    ends: Places
    telling: NDArray[np.bool_]
    bytes_: NDArray[np.uint8]
    places: Places  #: of all keys
    cuts: Places  #: of the key at each of these


def code_of(passages: Places, keys: Numbers) -> Places:
    """A number for each passage and the first bits of a key."""
    codes: Places = (passages << _CUT_BITS) | (keys >> np.uint64(CUT)).astype(np.int64)
    return codes


def is_packed(text: str) -> bool:
    """Whether marks can be told from what was packed; earlier versions packed it in another way."""
    return text.startswith(FORM)


def unpack(packed: Sequence[str], numbers: Places, wanted: Places) -> Marks:
    """The marks beside wanted keys; ``numbers``: of the passages, in order, ``wanted``: codes, sorted.

    All keys of a passage with the same first bits count: 16 of them, so that one in hundreds is there without need.
    """
    words = _words_of(packed)
    counts = np.searchsorted(words.places, words.ends) - np.searchsorted(words.places, words.begins)
    passage = np.repeat(np.arange(len(packed)), counts)
    codes = (numbers[passage] << _CUT_BITS) | words.cuts
    kept = _is_in(codes, wanted)
    passage, places, codes = passage[kept], words.places[kept], codes[kept]
    begins, ends = words.begins[passage], words.ends[passage]
    order = np.argsort(codes, kind="stable")
    marks = _marks(words, places, begins, ends)
    return Marks(codes[order], marks[order], (places - begins)[order])


def _is_in(codes: Places, wanted: Places) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.append(wanted, -1)[np.searchsorted(wanted, codes)] == codes
    return found


def _words_of(packed: Sequence[str]) -> _Words:
    held = bytes_of("".join(text[len(FORM) :] for text in packed))
    starts = [0, *accumulate(_length(text) for text in packed)]
    sizes = [int.from_bytes(held[start : start + SIZE].tobytes(), "little") for start in starts[:-1]]
    flags = [-(-size // _BITS) for size in sizes]
    telling, begun, marked = (
        np.unpackbits(_joined(held, starts, [(SIZE + n * count, count) for count in flags])).view(np.bool_)
        for n in range(3)
    )
    first = _BITS * np.cumsum([0, *flags])[:-1]
    ends = first + np.array(sizes, np.int64)
    places, filled = np.flatnonzero(begun), np.flatnonzero(marked)
    keys = (np.searchsorted(places, ends) - np.searchsorted(places, first)).tolist()
    bytes_ = (np.searchsorted(filled, ends) - np.searchsorted(filled, first)).tolist()
    heads = [SIZE + 3 * count for count in flags]
    cuts = _joined(held, starts, [(head, 2 * count) for head, count in zip(heads, keys, strict=True)])
    after = [(head + 2 * count, size) for head, count, size in zip(heads, keys, bytes_, strict=True)]
    told = np.zeros(len(telling) + 2 * NEAR, np.uint8)
    told[filled] = _joined(held, starts, after)
    none = np.zeros(2 * NEAR, np.bool_)
    return _Words(first, ends, np.append(telling, none), told, places, cuts.view("<u2").astype(np.int64))


def _length(text: str) -> int:
    """Bytes that were packed: five digits stand for four."""
    return (len(text) - len(FORM)) // 5 * 4


def _joined(held: NDArray[np.uint8], starts: Sequence[int], parts: Sequence[tuple[int, int]]) -> NDArray[np.uint8]:
    """One part of each, by where it begins behind its start and how long it is."""
    return np.concatenate(
        [held[start + at : start + at + size] for start, (at, size) in zip(starts, parts, strict=False)]
        or [np.zeros(0, np.uint8)]
    )


def _marks(words: _Words, places: Places, begins: Places, ends: Places) -> Numbers:
    """The mark of each place, as ``sketch`` makes it; ``begins``, ``ends``: of the passage around it."""
    after = _ends(words.telling, places)
    telling = np.concatenate(([-1], np.flatnonzero(words.telling), [len(words.telling)]))  # of all passages
    step = np.arange(SIDE)
    back = telling[np.maximum(np.searchsorted(telling, places)[:, None] - 1 - step, 0)]
    ahead = telling[np.minimum(np.searchsorted(telling, after)[:, None] + step, len(telling) - 1)]
    low = np.maximum(begins, places - NEAR)[:, None]
    high = np.minimum(ends, places + NEAR)[:, None]
    beside = np.stack((places - 1, after), axis=1)
    inside = (beside >= begins[:, None]) & (beside < ends[:, None]) & ~words.telling[beside]
    near = np.concatenate((back, ahead, beside), axis=1)
    counts = np.concatenate((back >= low, ahead < high, inside), axis=1)
    bytes_ = np.where(counts, words.bytes_[np.where(counts, near, 0)], 0).astype(np.uint8)
    assert bytes_.shape[1] == MARKED
    return np.ascontiguousarray(bytes_).view("<u8").astype(np.uint64).ravel()


def _ends(telling: NDArray[np.bool_], places: Places) -> Places:
    """Where the gram ends that begins at each place (``find_grams``)."""
    weights = np.concatenate(([0], np.cumsum(np.where(telling, _PARTS, _FUNCTION))))
    ends = places + LONGEST_GRAM
    for count in range(LONGEST_GRAM - 1, 1, -1):
        ends = np.where(weights[places + count] - weights[places] >= _GRAM, places + count, ends)
    return ends
