"""What of a text is needed to meet others: its words as numbers, and its keys with their places. Small and fast."""

from __future__ import annotations

import hashlib
import re
import tomllib
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.text.words import fold

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]

#: What a function word weighs against 1.0 of any other; three of them are about as telling as one name or noun.
FUNCTION_WEIGHT = 0.3
LONG = 200_000  #: characters; bodies of pages have 2 to 20 thousand
#: A gram is the shortest run of words that weighs as much: two telling words, or up to five in function-heavy text.
#: Of the gram shapes tried on generated and on natural reuse this one found most for its number of keys.
GRAM_WEIGHT = 1.9
LONGEST_GRAM = 5
#: Of so many neighbouring grams the one of least hash is a key (winnowing: Schleimer, Wilkerson and Aiken 2003).
WINDOW = 5
#: Words on each side of a key that must share more than the key before texts are compared: a byte each of the nearest
#: telling ones and of the function words right beside it is kept with the key, and two must be the same.
NEAR = 10
SIDE = 3  #: telling words on each side
MARKED = 2 * SIDE + 2
FEWEST_MARKS = 2
BYTE_OF = 11  #: which bits of a word's number are its byte; any will do
#: So many places of a key in one text are looked at.
MOST_PLACES = 3

#: A word; parts of hyphened ones stand alone, and so does each sign of a script without spaces.
TOKEN = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
    r"(?:['’][^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+)*"
)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio in 64 bits (Knuth's multiplicative hashing)
_SHIFT = np.uint64(29)


class Sketch(NamedTuple):
    """The words of a text in order, and its keys in order of their values with the word each begins at.

    A key that stands in several places is there as often.
    """

    words: array[int]
    keys: array[int]
    places: array[int]
    marks: array[int]  #: of each key what stands around it, for ``alike``


@cache
def lexicon(name: str) -> frozenset[str]:
    """A list of words.toml: function, negation or number."""
    lists = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    return frozenset(lists[name].split())


def plain_word(word: str) -> str:
    """The word folded, its apostrophes straight, without the "'s" of possession."""
    return fold(word).replace("’", "'").removesuffix("'s")


@lru_cache(maxsize=1 << 17)
def number_of(word: str) -> int:
    """The number that stands for a word: 64 bits of BLAKE2b, the same in every process; odd if the word is telling."""
    plain = plain_word(word)
    digest = int.from_bytes(hashlib.blake2b(plain.encode(), digest_size=8).digest(), "big")
    return digest & ~1 if plain in lexicon("function") else digest | 1


def weight_of(number: int) -> float:
    """1.0 for a telling word, ``FUNCTION_WEIGHT`` for any other."""
    return 1.0 if number & 1 else FUNCTION_WEIGHT


def numbers_of(text: str) -> array[int]:
    """The numbers of the words of a text, in order."""
    return array("Q", map(number_of, TOKEN.findall(text)))


def sketch(text: str) -> Sketch:
    """The sketch of a text; one without words has none of either."""
    return _sketch(text) if len(text) <= LONG else _long_sketch(text)


@lru_cache(maxsize=1 << 14)
def _sketch(text: str) -> Sketch:
    words = numbers_of(text)
    grams, places, ends = find_grams(words)
    kept = winnow(grams)
    kept = kept[np.argsort(grams[kept], kind="stable")]
    marks = _marks(np.array(words, np.uint64), places[kept], ends[kept])
    return Sketch(words, *(_packed(each) for each in (grams[kept], places[kept].astype(np.uint64), marks)))


@lru_cache(maxsize=2)
def _long_sketch(text: str) -> Sketch:
    """The same of a long text: two of them are compared at a time, and thousands would fill the memory."""
    return _sketch.__wrapped__(text)


def _packed(numbers: Numbers) -> array[int]:
    return array("Q", numbers.tobytes())


def _marks(words: Numbers, begins: Places, ends: Places) -> Numbers:
    """Eight bytes for each gram; 0: there is no such word.

    Of the telling words nearest to it, three before and three after, and of the function words right beside it.
    """
    bytes_ = np.concatenate((words >> np.uint64(BYTE_OF) & np.uint64(0xFF), [np.uint64(0)])).astype(np.uint8)
    is_telling = (words & np.uint64(1)).astype(np.bool_)
    telling = np.concatenate((np.flatnonzero(is_telling), [len(words)]))
    first, after = np.searchsorted(telling, begins)[:, None], np.searchsorted(telling, ends)[:, None]
    step = np.arange(SIDE)
    near = telling[np.clip(np.concatenate((first - 1 - step, after + step), axis=1), -1, len(telling) - 1)]
    near[(near < begins[:, None] - NEAR) | (near >= begins[:, None] + NEAR)] = len(words)
    beside = np.stack((np.where(begins > 0, begins - 1, len(words)), ends), axis=1)
    function = np.append(~is_telling, np.False_)
    beside = np.where(function[beside], beside, len(words))
    return np.ascontiguousarray(bytes_[np.concatenate((near, beside), axis=1)]).view(np.uint64).ravel()


def alike(one: Numbers, other: Numbers) -> NDArray[np.bool_]:
    """Whether texts may share more around a key than the key, by its marks in each: two of eight words or more.

    Of pairs that share nothing else a few in a hundred pass by chance; all costs some 0.1 microseconds a pair.
    """
    mine, theirs = (np.ascontiguousarray(each).view(np.uint8).reshape(-1, MARKED) for each in (one, other))
    hits = ((mine == theirs) & (mine > 0)).astype(np.uint8)
    for side in (slice(0, SIDE), slice(SIDE, 2 * SIDE)):
        for turn in range(1, SIDE):
            other_place = np.roll(theirs[:, side], turn, axis=1)
            hits[:, side] |= (mine[:, side] == other_place) & (mine[:, side] > 0)
    found: NDArray[np.bool_] = hits.sum(axis=1) >= FEWEST_MARKS
    return found


def alike_bytes(mine: bytes, theirs: bytes) -> bool:
    """The same of two marks as bytes, first byte lowest: faster where there are few."""
    before, after = theirs[:SIDE], theirs[SIDE : 2 * SIDE]
    hits = sum(one != 0 and one in before for one in mine[:SIDE])
    hits += sum(one != 0 and one in after for one in mine[SIDE : 2 * SIDE])
    hits += sum(one != 0 and one == other for one, other in zip(mine[2 * SIDE :], theirs[2 * SIDE :], strict=True))
    return hits >= FEWEST_MARKS


def places_of(key: int, own: Sketch) -> array[int]:
    """The words that a key begins at: the first few, in order."""
    return own.places[_rows_of(key, own)]


def marks_of(key: int, own: Sketch) -> array[int]:
    """What stands around these places."""
    return own.marks[_rows_of(key, own)]


def _rows_of(key: int, own: Sketch) -> slice:
    first = last = bisect_left(own.keys, key)
    while last < min(len(own.keys), first + MOST_PLACES) and own.keys[last] == key:
        last += 1
    return slice(first, last)


def find_grams(words: Sequence[int]) -> tuple[Numbers, Places, Places]:
    """The hash of the gram that starts at each word that starts one, that word's place, and the gram's end."""
    numbers = np.array(words, np.uint64)
    size = len(numbers)
    total = weights_before(numbers)
    value, length = numbers.copy(), np.zeros(size, np.int64)
    for count in range(2, LONGEST_GRAM + 1):
        live = np.flatnonzero(length[: max(0, size - count + 1)] == 0)
        value[live] = _mix(value[live]) + numbers[live + count - 1]
        heavy = total[live + count] - total[live] >= GRAM_WEIGHT - 1e-9
        length[live[heavy]] = count
    places = np.flatnonzero(length)
    return _mix(value[places]), places, places + length[places]


def weights_before(numbers: Numbers) -> NDArray[np.float64]:
    """The weight of all words before each word, and of all."""
    weights = np.where(numbers & np.uint64(1), 1.0, FUNCTION_WEIGHT)
    return np.concatenate(([0.0], np.cumsum(weights)))


def _mix(values: Numbers) -> Numbers:
    """Spread every bit over the word, so that order and least values are as good as chance."""
    spread = values * _MULTIPLIER
    return (spread ^ (spread >> _SHIFT)) * _MULTIPLIER


def winnow(grams: Numbers) -> Places:
    """Which of the grams are keys: in each window the least one, the first of equals."""
    if len(grams) <= WINDOW:
        return np.array([int(grams.argmin())] if len(grams) else [], np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(grams, WINDOW)
    chosen: Places = windows.argmin(axis=1) + np.arange(len(windows))
    new: Places = chosen[np.concatenate(([True], chosen[1:] != chosen[:-1]))]
    return new


def name_of(key: int) -> str:
    """A key as stages hand it on: 16 hexadecimal digits."""
    return f"{key:016x}"
