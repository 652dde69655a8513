"""A page as arrays: what every character is, where words begin, and sums of either for each line.

Lines are many and short, so whatever can be told of characters is told of all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.read.layout import Line

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

_PLANE = 0x10000  #: characters beyond the first plane are letters of rare Han, or emoji; they count as nothing
_MOST = 2_000_000  #: characters that are looked at; of a longer page each line gives its beginning
_SPACE = 32


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


#: Kinds that are counted together: three counters of 21 bits fit into one number, and no page has 2**21 characters.
_LANE = 21
_COUNTED = ((Kind.LOW, Kind.HIGH, Kind.DIGIT), (Kind.LETTER, Kind.UNCASED, Kind.WIDE))


@lru_cache(maxsize=1)
def _lanes() -> tuple[Counts, ...]:
    """What each kind adds to the counters; the low 16 bits are all there are."""
    every = np.arange(_PLANE)
    return tuple(
        sum(((every & int(kind)) != 0).astype(np.int64) << (_LANE * lane) for lane, kind in enumerate(kinds))
        for kinds in _COUNTED
    )


class Signs(NamedTuple):
    """The characters of a page, its lines' bounds in them, and its words."""

    codes: Codes
    kinds: Flags  #: one more than there are characters, so that the next one can be looked at
    starts: Counts
    ends: Counts
    vocabulary: list[str]  #: runs of letters, small; each letter of a wide script is one
    tokens: Counts  #: the page's words, as places in the vocabulary
    token_lines: Counts  #: the line that each stands in

    def has(self, kind: int) -> Truths:
        """Whether each character is of that kind."""
        truths: Truths = (self.kinds[:-1] & np.uint16(kind)) != 0
        return truths

    def tally(self, truths: Truths) -> Counts:
        """How many characters of each line are true; none outside the lines may be."""
        places = np.flatnonzero(truths)
        return np.bincount(np.searchsorted(self.starts, places, side="right") - 1, minlength=len(self.starts))

    def holds(self, truths: Truths) -> Truths:
        """Which lines hold a character that is true."""
        found = np.zeros(len(self.starts), dtype=bool)
        found[np.searchsorted(self.starts, np.flatnonzero(truths), side="right") - 1] = True
        return found

    def counts(self) -> dict[Kind, Counts]:
        """How many letters, capitals and so on each line holds."""
        found: dict[Kind, Counts] = {}
        for kinds, table in zip(_COUNTED, _lanes(), strict=True):
            sums = np.empty(len(self.kinds), dtype=np.int64)
            sums[0] = 0
            np.cumsum(np.take(table, self.kinds[:-1]), out=sums[1:])
            each = sums[self.ends] - sums[self.starts]
            found |= {kind: each >> (_LANE * lane) & ((1 << _LANE) - 1) for lane, kind in enumerate(kinds)}
        return found

    def look_up(self, bits: Mapping[str, int]) -> Counts:
        """For each word of the page its bits, 0 where it has none."""
        found = np.array([bits.get(word, 0) for word in self.vocabulary], dtype=np.int64)
        return found[self.tokens]


def read_signs(text: str, lines: tuple[Line, ...]) -> Signs:
    """The signs of the lines of a text; lines must not be empty."""
    starts = np.array([line.start for line in lines])
    ends = np.array([line.end for line in lines])
    if len(text) > _MOST:
        text, starts, ends = _cut(text, starts, ends)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = np.zeros(len(codes) + 1, dtype=np.uint16)
    np.take(_kinds(), codes, out=kinds[:-1], mode="clip")  # the last of the plane is of no kind
    words, places = _find_tokens(codes, kinds[:-1])
    vocabulary = list(dict.fromkeys(words))
    at = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    tokens = np.fromiter(map(at.__getitem__, words), np.int64, len(words))
    return Signs(codes, kinds, starts, ends, vocabulary, tokens, np.searchsorted(starts, places, side="right") - 1)


def _cut(text: str, starts: Counts, ends: Counts) -> tuple[str, Counts, Counts]:
    """The beginnings of the lines, each as long as all may be."""
    most = max(1, _MOST // len(starts))
    heads = [text[start : min(end, start + most)] for start, end in zip(starts, ends, strict=True)]
    sizes = np.array([len(head) for head in heads])
    after = np.cumsum(sizes + 1)
    return "\n".join(heads), after - sizes - 1, after - 1


def _find_tokens(codes: Codes, kinds: Flags) -> tuple[list[str], Counts]:
    """Runs of letters in small letters, and where each begins."""
    letters = (kinds & np.uint16(Kind.LETTER)) != 0
    begins = letters.copy()
    begins[1:] &= ~letters[:-1]
    words = np.where(letters, codes, _SPACE)
    wide = letters & ((kinds & np.uint16(Kind.WIDE)) != 0)
    if wide.any():
        begins |= wide
        after = np.zeros_like(wide)
        after[1:] = wide[:-1]
        begins |= letters & after
        at = np.flatnonzero(begins)
        words = np.insert(words, at, _SPACE)
    tokens = words.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass").lower().split()
    return tokens, np.flatnonzero(begins)
