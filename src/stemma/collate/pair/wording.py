"""A text made ready for aligning: its words with weights, places, sentences and quotations."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from stemma.collate.pair.sketch import LONG, TOKEN, number_of, weights_before
from stemma.text.sentences import sentences

_QUOTATION_MARK = re.compile(r"[\"“”„«»「」]|''|``")
_LINE_END = re.compile(r"\n")
TINY = 2.5  #: weight of a sentence that is not aligned by itself


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of a text in order, in lists that run parallel to them; and where its parts begin, in words."""

    text: str
    starts: array[int]
    ends: array[int]
    words: array[int]  #: numbers that stand for folded words
    total: array[float]  #: weight of all words before each word, and of all
    firsts: list[int]  #: first word of each sentence, and the count of words
    breaks: list[int]  #: first word of each sentence and of each stretch inside or outside quotation marks; the count
    units: list[int]  #: first word of what is aligned: sentences, the tiny ones with what follows; and the count
    quoted: array[int]  #: 1 for words after an odd count of quotation marks in their line


def wording(text: str) -> Wording:
    """Make a text ready; one without words gives empty lists."""
    return _wording(text) if len(text) <= LONG else _long_wording(text)


@lru_cache(maxsize=1 << 13)
def _wording(text: str) -> Wording:
    """Some 30 bytes a word: the cache holds thousands."""
    tokens = TOKEN.findall(text)
    starts, ends = _bounds(text, tokens)
    words = array("Q", map(number_of, tokens))
    firsts, total = _first_words(text, starts), array("d", weights_before(np.array(words, np.uint64)))
    return Wording(
        text=text, starts=starts, ends=ends, words=words, total=total, firsts=firsts,
        breaks=_breaks(text, starts, firsts), units=_units(text, starts, total, firsts), quoted=_quoted(text, starts),
    )  # fmt: skip


def _bounds(text: str, tokens: list[str]) -> tuple[array[int], array[int]]:
    """Where each token begins and ends; before it nothing stands that a token could begin with."""
    starts, ends, end = array("I"), array("I"), 0
    for token in tokens:
        starts.append(start := text.find(token, end))
        ends.append(end := start + len(token))
    return starts, ends


@lru_cache(maxsize=2)
def _long_wording(text: str) -> Wording:
    """The same of a long text, of which the cache holds the two that are compared."""
    return _wording.__wrapped__(text)


def _first_words(text: str, starts: array[int]) -> list[int]:
    bounds = {bisect_left(starts, start) for start, _ in sentences(text)}
    return sorted({0, *bounds, len(starts)})


def _breaks(text: str, starts: array[int], firsts: list[int]) -> list[int]:
    marks = [bisect_left(starts, mark.end()) for mark in _QUOTATION_MARK.finditer(text)]
    return sorted({*firsts, *marks})


def _units(text: str, starts: array[int], total: array[float], firsts: list[int]) -> list[int]:
    """First words of the sentences; one too light to be known again goes with the next of its line."""
    units = firsts[:1]
    for before, first in pairwise(firsts):
        tiny = total[first] - total[units[-1]] < TINY
        if first == firsts[-1] or not tiny or "\n" in text[starts[before] : starts[first]]:
            units.append(first)
    return units


def _quoted(text: str, starts: array[int]) -> array[int]:
    """Whether each word stands inside quotation marks; a new line begins outside."""
    marks = [mark.start() for mark in _QUOTATION_MARK.finditer(text)]
    lines = [0, *(end.end() for end in _LINE_END.finditer(text))]
    here = np.searchsorted(marks, starts)
    before = np.searchsorted(marks, lines)[np.searchsorted(lines, starts, "right") - 1]
    return array("b", ((here - before) & 1).astype(np.int8).tobytes())
