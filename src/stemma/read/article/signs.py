"""A page as arrays: what every character is, where words begin, and sums of either for each line.

Lines are many and short, so whatever can be told of characters is told of all of them at once.
"""

from __future__ import annotations

import tomllib
from enum import IntFlag
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.read.layout import Line

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

_ENDS = itemgetter(0, 1)
_PLANE = 0x10000  #: characters beyond the first plane are letters of rare Han, or emoji; they count as nothing
_MOST = 2_000_000  #: characters that are looked at; of a longer page each line gives its beginning

#: Classes of words that page furniture is made of (``wordings.toml``): each has its bit.
CLASSES = (
    "legal", "join", "share", "more", "credit", "byline", "reply", "you", "advert", "month", "day", "site", "person",
    "address", "talk",
)  # fmt: skip
_PLAIN = frozenset(["you", "month", "day", "person", "talk", "address"])  #: classes that stories use as much
SELDOM = 1 << len(CLASSES)  #: bit of a word of another class: stories seldom use it
SMALL = 2 << len(CLASSES)  #: bit of a small word of any language
_HABITS_FROM = len(CLASSES) + 2  #: the bits above are those of the habits of ``labels/habits.toml``


class Kind(IntFlag):
    """What a character is."""

    BLANK = 1
    LOW = 2
    HIGH = 4
    DIGIT = 8
    LETTER = 16
    END = 32  #: ends a sentence
    CLOSE = 64  #: a quotation mark or bracket that may stand behind the end
    QUOTE = 128
    COMMA = 256
    COLON = 512
    BAR = 1024
    SIGN = 2048  #: of an address, handle or tag
    BULLET = 4096
    WIDE = 8192  #: of a script that puts no blanks between words
    CLOCK = 16384  #: stands between hour and minute
    UNCASED = 32768  #: a letter of a script without capitals


_MEMBERS = {
    Kind.END: ".!?…。！？।؟۔", Kind.CLOSE: "\"'”’“»」』)]）］】", Kind.QUOTE: '"“”„«»「」', Kind.COMMA: ",，、،;；",
    Kind.COLON: ":：", Kind.BAR: "|[]{}<>®™_=»›·•", Kind.SIGN: "@#", Kind.BULLET: "*•+->»·●▪|–—", Kind.CLOCK: ":.",
}  # fmt: skip
_WIDE, _NO_CASE = np.uint16(Kind.WIDE), np.uint16(Kind.WIDE | Kind.UNCASED)
_WIDE_RANGES = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))


@lru_cache(maxsize=1)
def _kinds() -> Flags:
    """The kinds of the characters of the first plane."""
    characters = [chr(code) for code in range(_PLANE)]
    table = np.zeros(_PLANE, dtype=np.uint16)
    for kind, test in (
        (Kind.BLANK, str.isspace), (Kind.LOW, str.islower), (Kind.HIGH, str.isupper), (Kind.DIGIT, str.isdecimal),
    ):  # fmt: skip
        table[np.array([test(each) for each in characters])] |= np.uint16(kind)
    letters = np.array([each.isalnum() and not each.isdecimal() for each in characters])
    letters[ord("©")] = True
    table[letters] |= np.uint16(Kind.LETTER)
    for kind, members in _MEMBERS.items():
        table[[ord(each) for each in members]] |= np.uint16(kind)
    for first, last in _WIDE_RANGES:
        table[first : last + 1] |= np.uint16(Kind.WIDE)
    uncased = letters & (table & np.uint16(Kind.LOW | Kind.HIGH) == 0)
    table[uncased] |= np.uint16(Kind.UNCASED)
    return table


@lru_cache(maxsize=1)
def _small_letters() -> Flags:
    """Each letter of the first plane as a small one, all else as 0."""
    letters = (_kinds() & np.uint16(Kind.LETTER)) != 0
    return np.array([ord(chr(at).lower()[0]) if is_one else 0 for at, is_one in enumerate(letters.tolist())], np.uint16)


#: Kinds that are counted together: three counters of 21 bits fit into one number, and no page has 2**21 characters.
_LANE = 21
_SELDOM_SMALL = np.array((0, 1, 1 << _LANE, 1 << _LANE | 1))
_FEW = 8  #: lines with letters without case; of more, those of all lines are counted at once
_LANES = np.arange(3)[:, None] * _LANE
_CASED, _UNCASED = (Kind.LOW, Kind.HIGH, Kind.DIGIT), (Kind.LETTER, Kind.UNCASED, Kind.WIDE)


@lru_cache(maxsize=2)
def _lanes(kinds: tuple[Kind, ...]) -> Counts:
    """What each character of the first plane adds to the counters."""
    table = np.zeros(_PLANE, dtype=np.int64)
    for lane, kind in enumerate(kinds):
        table += ((_kinds() & int(kind)) != 0).astype(np.int64) << (_LANE * lane)
    return table


@lru_cache(maxsize=1)
def habit_bits() -> dict[str, int]:
    """The bit of each habit that is told by words (``[needs]`` of ``labels/habits.toml``)."""
    return {name: 1 << (_HABITS_FROM + number) for number, name in enumerate(_needs())}


@lru_cache(maxsize=1)
def _needs() -> dict[str, str]:
    needs: dict[str, str] = tomllib.loads((files("stemma.read.labels") / "habits.toml").read_text("utf-8"))["needs"]
    return needs


@lru_cache(maxsize=1)
def word_bits() -> dict[str, int]:
    """What each word that tells something tells, as bits: its classes, that it is small, the habits it is a sign of."""
    table = tomllib.loads((files(__package__) / "wordings.toml").read_text("utf-8"))["words"]
    small = tomllib.loads((files("stemma.read.fields") / "languages.toml").read_text("utf-8"))["words"]
    said = [(table[name], 1 << number | (0 if name in _PLAIN else SELDOM)) for number, name in enumerate(CLASSES)]
    said += [(words, SMALL) for words in small.values()]
    said += [(words, habit_bits()[name]) for name, words in _needs().items()]
    bits: dict[str, int] = {}
    for words, bit in said:
        for word in words.split():
            bits[word] = bits.get(word, 0) | bit
    return bits


#: Base of the numbers that stand for words, odd so that it has an inverse among 64 bits (the golden ratio of 2**64).
_BASE = 0x9E3779B97F4A7C15
_USUAL = 1 << 16  #: characters of a page for which the powers of the base are kept
_SLOT_BITS = 14  #: of a word's number that tell its slot; so many that few of the known words share one
Numerals = npt.NDArray[np.uint64]


@lru_cache(maxsize=1)
def _usual_powers() -> tuple[Numerals, Numerals]:
    return _powers(_USUAL)


def _powers(count: int) -> tuple[Numerals, Numerals]:
    """The powers of the base and of its inverse, modulo 2**64."""
    both = (np.full(count, base, dtype=np.uint64) for base in (_BASE, pow(_BASE, -1, 1 << 64)))
    one, other = (np.concatenate((np.ones(1, np.uint64), np.cumprod(powers[1:]))) for powers in both)
    return one, other


def _number_words(small: Flags, places: Counts) -> Numerals:
    """Each word as a number: the sum of its letters, weighed by the powers of the base (Rabin and Karp 1987)."""
    powers, inverse = _usual_powers() if len(small) <= _USUAL else _powers(len(small))
    sums = np.add.reduceat(small * powers[: len(small)], places) if len(places) else np.zeros(0, np.uint64)
    return sums * inverse[places]


def _slots(numbers: Numerals) -> Counts:
    slots: Counts = (numbers * np.uint64(_BASE) >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
    return slots


class _Words(NamedTuple):
    """The known words by the slots of their numbers; where two share a slot, the second is in the next table."""

    ranks: Flags  #: for each slot the rank of its word among the table's own; 0: none has it
    numbers: Numerals  #: of each rank
    bits: Counts


@lru_cache(maxsize=1)
def _known_words() -> tuple[_Words, ...]:
    words = " ".join(word_bits())
    small, places = _small_of(words), np.cumsum([0, *(len(word) + 1 for word in word_bits())])[:-1]
    numbers, bits = _number_words(small, places), np.array(list(word_bits().values()))
    slots, tables = _slots(numbers), []
    left = np.arange(len(numbers))
    while len(left):
        _, first = np.unique(slots[left], return_index=True)
        own, ranks = left[first], np.zeros(1 << _SLOT_BITS, np.uint16)
        ranks[slots[own]] = np.arange(1, len(own) + 1)
        tables.append(_Words(ranks, np.append(np.uint64(0), numbers[own]), np.append(0, bits[own])))
        left = np.delete(left, first)
    return tuple(tables)


def _look_up(numbers: Numerals) -> Counts:
    """What each word tells; most are in the first table or in none."""
    slots, (usual, *others) = _slots(numbers), _known_words()
    ranks = usual.ranks.take(slots)
    told: Counts = usual.bits.take(ranks)
    told *= usual.numbers.take(ranks) == numbers
    at = np.arange(0)
    for number, table in enumerate(others):  # a word of a later table has its slot in each before it
        at = at[table.ranks[slots[at]] > 0] if number else np.flatnonzero(table.ranks.take(slots))
        ranks = table.ranks[slots[at]]
        told[at] += table.bits[ranks] * (table.numbers[ranks] == numbers[at])
    return told


def _small_of(text: str) -> Flags:
    return _small_letters()[np.minimum(_codes(text), _PLANE - 1)]


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


class Signs(NamedTuple):
    """The characters of a page, its lines' bounds in them, and what its words tell.

    Behind the last character stands a NUL, so that the next one can be looked at.
    """

    texts: list[str]
    codes: Codes
    kinds: Flags
    bounds: Counts  #: start and end of each line in turn
    held: Flags  #: for each line the kinds of all its characters
    bits: Counts  #: for each word what it tells (``word_bits``), and a 0 behind the last
    firsts: Counts  #: for each line the place of its first word
    stops: Counts  #: and of the one after its last
    told: Counts  #: for each line the bits of all its words

    def places(self, kind: int) -> Counts:
        """Where the characters of that kind stand."""
        return np.flatnonzero((self.kinds & np.uint16(kind)) != 0)

    def tally(self, places: Counts) -> Counts:
        """How many of these places, which are in order, each line holds."""
        before = places.searchsorted(self.bounds)
        counted: Counts = before[1::2] - before[::2]
        return counted

    def holds(self, kind: int) -> Truths:
        """Which lines hold a character of that kind."""
        truths: Truths = (self.held & np.uint16(kind)) != 0
        return truths

    def counts(self) -> dict[Kind, Counts]:
        """How many letters, capitals and so on each line holds."""
        plane = np.minimum(self.codes, _PLANE - 1)
        found = _count(plane, self.bounds, _CASED)
        none = np.zeros((2, len(self.held)), dtype=np.int64)
        found |= {Kind.LETTER: found[Kind.LOW] + found[Kind.HIGH], Kind.UNCASED: none[0], Kind.WIDE: none[1]}
        lines = np.flatnonzero(self.held & _NO_CASE)
        if len(lines) > _FEW:
            return found | _count(plane, self.bounds, _UNCASED)
        for number in lines.tolist():  # a sign of copyright, mostly
            kinds = self.kinds[self.bounds[2 * number] : self.bounds[2 * number + 1]]
            for kind in _UNCASED:
                found[kind][number] = np.count_nonzero(kinds & int(kind))
        return found

    def tell(self) -> Counts:
        """For each line the bits of all its words."""
        return self.told

    def count_words(self) -> tuple[Counts, Counts]:
        """How many words of each line are ``SELDOM`` a story's, and how many are ``SMALL``; both in one pass."""
        both = np.add.reduceat(_SELDOM_SMALL.take(self.bits >> len(CLASSES) & 3), self.firsts)
        both *= self.stops > self.firsts
        return both & (1 << _LANE) - 1, both >> _LANE


def _count(plane: Codes, bounds: Counts, kinds: tuple[Kind, ...]) -> dict[Kind, Counts]:
    each = np.add.reduceat(_lanes(kinds).take(plane), bounds)[::2]
    return dict(zip(kinds, each >> _LANES & ((1 << _LANE) - 1), strict=True))


def read_signs(text: str, lines: tuple[Line, ...]) -> Signs:
    """The signs of the lines of a text; lines must not be empty."""
    texts = [text[line[0] : line[1]] for line in lines]
    bounds = np.fromiter(chain.from_iterable(map(_ENDS, lines)), np.int64, 2 * len(lines))
    if len(text) > _MOST:
        text, bounds = _cut(texts)
    codes = _codes(text + "\0")
    plane = codes if text.isascii() else np.minimum(codes, _PLANE - 1)  # the last of the plane is of no kind
    kinds = _kinds().take(plane)
    held = np.bitwise_or.reduceat(kinds, bounds)[::2]
    small = _small_letters().take(plane)
    places = _find_words(small, kinds if (held & _WIDE).any() else None)
    numbers = _number_words(small, places)
    bits = np.zeros(len(places) + 1, dtype=np.int64)
    bits[:-1] = _look_up(numbers)
    words = places.searchsorted(bounds)
    firsts, stops = words[::2], words[1::2]
    said = np.bitwise_or.reduceat(bits, firsts)
    said[stops == firsts] = 0
    return Signs(texts, codes, kinds, bounds, held, bits, firsts, stops, said)


def _cut(texts: list[str]) -> tuple[str, Counts]:
    """The beginnings of the lines, each as long as all may be."""
    most = max(1, _MOST // len(texts))
    heads = [text[:most] for text in texts]
    after = np.cumsum([len(head) + 1 for head in heads])
    sizes = np.array([len(head) for head in heads])
    return "\n".join(heads), np.stack((after - sizes - 1, after - 1), axis=1).ravel()


def _find_words(small: Flags, kinds: Flags | None) -> Counts:
    """Where runs of letters begin; ``kinds`` where some letters are each a word of its own."""
    letters = small != 0
    begins = np.empty_like(letters)
    begins[0] = letters[0]
    np.greater(letters[1:], letters[:-1], out=begins[1:])
    if kinds is not None:
        apart = letters & ((kinds & _WIDE) != 0)
        begins |= apart
        begins[1:] |= letters[1:] & apart[:-1]
    return np.flatnonzero(begins)
