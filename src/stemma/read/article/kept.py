"""An extraction library as a labeller: how much of each line of an HTML page it kept."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from trafilatura import extract

from stemma.read.layout import Sheet

_MOST_NODES = 60_000  #: beyond it the library takes seconds to minutes
_MOST_CHARACTERS = 6_000_000  #: of markup
_DEEPEST = 220  #: libxml2 drops what lies deeper than 256 elements, without a word
_WORD = re.compile(r"\w+")
Gram = tuple[str, ...]

# The library warns of pages that it finds nothing on; that is an answer here, not news for the reader.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def kept_shares(sheet: Sheet, markup: str) -> list[float]:
    """The share of each line's word trigrams that trafilatura (fast mode, without comments) kept.

    Empty where it was not asked (a page too large or too deep for it) or did not answer.
    """
    if sheet.nodes > _MOST_NODES or sheet.depth > _DEEPEST or len(markup) > _MOST_CHARACTERS:
        return []
    try:
        answer = extract(markup, fast=True, include_comments=False)
    except MemoryError:
        raise  # told of the page; without it, what the page gives would depend on the room there was
    except Exception:  # noqa: BLE001 - whatever a page does to the library, the other labeller still reads it
        return []
    if not answer:
        return []
    kept = _grams_across(answer)
    return [_share(kept, sheet.text[line.start : line.end]) for line in sheet.lines]


def _grams_across(answer: str) -> set[Gram]:
    """Trigrams of the whole answer, and the few words of each of its short lines."""
    words = _WORD.findall(answer)
    kept: set[Gram] = set(zip(words, words[1:], words[2:], strict=False))
    kept.update(gram for line in answer.splitlines() if len(gram := tuple(_WORD.findall(line))) < 3)
    return kept


def _share(kept: set[Gram], text: str) -> float:
    words = _WORD.findall(text)
    grams: Sequence[Gram] = list(zip(words, words[1:], words[2:], strict=False)) or ([tuple(words)] if words else [])
    return sum([gram in kept for gram in grams]) / len(grams) if grams else 0.0
