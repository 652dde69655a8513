"""The prose of a page as word pieces with what the vocabulary does not show: case, gaps and quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.annotate.statements.encoder.wordpiece import WordPieces
from stemma.annotate.statements.grammar.lines import Span
from stemma.annotate.statements.quotes import Quote

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

#: How many values each sign of a piece has: case, gap, quotation.
SIGNS = (5, 5, 3)
#: Pieces of a window, without the two that begin and end it.
WINDOW = 126
#: A sentence that does not fit a window is read in parts that share so many pieces.
_SHARED = 64
#: Where a window begins within a stretch, or with a quotation mark, so many pieces before it are read with it.
_LONGEST_LEAD = 48
#: Marks that open a quotation.
OPENING = frozenset("“”\"„«»‘'`「『")
#: Pieces whose case is kept: twice the vocabulary.
_REMEMBERED = 60_000
_NONE, _LOWER, _TITLE, _UPPER, _NUMBER = range(5)
_GLUED, _BLANK, _LINE, _STRETCH, _FIRST = range(5)


class Pieces(NamedTuple):
    """Word pieces of some stretches of a text, in order; one row each."""

    ids: Ints
    starts: Ints  #: characters of the text
    ends: Ints
    signs: Bytes  #: columns as in ``SIGNS``
    stretches: Ints  #: first piece of each stretch, and the number of all pieces


class Window(NamedTuple):
    """Pieces ``first`` to ``stop`` are read together; what is found from ``kept`` to ``until`` counts."""

    first: int
    stop: int
    kept: int
    until: int


def cut(words: WordPieces, text: str, stretches: Sequence[Span], quotes: Sequence[Quote]) -> Pieces:
    """The pieces of the stretches of a text, the first of which is taken for the page's beginning."""
    made = [list(words.cut(text, start, end)) for start, end in stretches]
    firsts = np.cumsum([0, *map(len, made)]).astype(np.int32)
    flat = chain.from_iterable(chain.from_iterable(made))
    rows = np.fromiter(flat, np.int32, 3 * int(firsts[-1])).reshape(-1, 3)
    ids, spans = rows[:, 0].copy(), rows[:, 1:]
    signs = np.zeros((len(ids), len(SIGNS)), np.uint8)
    signs[:, 0] = [_case(text[a:b]) for part in made for _, a, b in part]
    signs[:, 1] = _gaps(text, spans, firsts)
    for quote in quotes:
        first, stop = np.searchsorted(spans[:, 0], (quote.start, quote.end))
        signs[first:stop, 2] = 2 if quote.single else 1
    return Pieces(ids, spans[:, 0].copy(), spans[:, 1].copy(), signs, firsts)


@lru_cache(_REMEMBERED)
def _case(word: str) -> int:
    first = word[:1]
    if first.islower():
        return _LOWER
    if first.isupper():
        return _UPPER if len(word) > 1 and word.isupper() else _TITLE
    return _NUMBER if first.isdigit() else _NONE


def _gaps(text: str, spans: Ints, firsts: Ints) -> Bytes:
    """What stands before each piece."""
    gaps = np.full(len(spans), _GLUED, np.uint8)
    apart = np.flatnonzero(spans[1:, 0] > spans[:-1, 1]) + 1
    between = zip(spans[apart - 1, 1].tolist(), spans[apart, 0].tolist(), strict=True)
    gaps[apart] = [_LINE if "\n" in text[end:start] else _BLANK for end, start in between]
    begins = firsts[:-1][np.diff(firsts) > 0]
    gaps[begins] = _STRETCH
    gaps[begins[:1]] = _FIRST
    return gaps


class Unit(NamedTuple):
    """One sentence: its first piece, and whether it can be read without what stands before it."""

    first: int
    begins: bool  #: it begins a stretch
    alone: bool  #: it begins a stretch, and not with a quotation mark


def units(found: Pieces, text: str, sentences: Sequence[Span], stretches: Sequence[Span]) -> list[Unit]:
    """The sentences of the stretches, those without pieces left out."""
    begins = {start for start, _ in stretches}
    firsts = np.searchsorted(found.starts, [start for start, _ in sentences]).tolist()
    made: list[Unit] = []
    for (start, _), first, after in zip(sentences, firsts, [*firsts, len(found.ids)][1:], strict=True):
        if first < after:
            made.append(Unit(first, start in begins, start in begins and text[start] not in OPENING))
    return made


def windows(sentences: Sequence[Unit], size: int, most: int = WINDOW) -> Iterator[Window]:
    """Whole sentences that fit together, ``size`` pieces in all; a window ends with a stretch where it well can."""
    firsts = [*(unit.first for unit in sentences), size]
    at = 0
    while at < len(sentences):
        lead = _lead(sentences, firsts, at)
        if firsts[at + 1] - firsts[lead] > most:
            lead = at
        stop = at + 1
        while stop < len(sentences) and firsts[stop + 1] - firsts[lead] <= most:
            stop += 1
        if firsts[stop] - firsts[at] > most:
            yield from _parts(firsts[at], firsts[stop], most)
        else:
            stop = _rounded(sentences, firsts, (at, stop), most)
            yield Window(firsts[lead], firsts[stop], firsts[at], firsts[stop])
        at = stop


def _lead(sentences: Sequence[Unit], firsts: Sequence[int], at: int) -> int:
    """From where a window is read that is to tell of the sentences from ``at`` on."""
    lead = at
    while lead and not sentences[lead].alone and firsts[at] - firsts[lead - 1] <= _LONGEST_LEAD:
        lead -= 1
    return lead


def _rounded(sentences: Sequence[Unit], firsts: Sequence[int], span: Span, most: int) -> int:
    """The end of a window: at a stretch, if that leaves it at least half as long as it may be."""
    at, stop = span
    for n in range(stop, at, -1):
        if n == len(sentences) or sentences[n].begins:
            return n if 2 * (firsts[n] - firsts[at]) >= most or n == stop else stop
    return stop


def _parts(first: int, stop: int, most: int) -> Iterator[Window]:
    """Windows over one sentence without end; half of what two of them share belongs to each."""
    step = most - _SHARED
    for at in range(first, max(first + 1, stop - _SHARED), step):
        end = min(at + most, stop)
        kept = at if at == first else at + _SHARED // 2
        yield Window(at, end, kept, stop if end == stop else end - _SHARED // 2)
