"""The text around something, in words that can be marked: the paragraphs it stands in and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stemma.archive.views import Article
from stemma.records import Evidence, Label

_BESIDE = 1  #: paragraphs shown before and after
_MOST = 400  #: words that can be marked
_LONG = 6_000  #: characters shown
#: A letter of a script without spaces by itself, else all up to the next blank.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")


class Token(NamedTuple):
    """A word, or what stands between two words."""

    text: str
    start: int
    end: int
    is_word: bool
    part: str  #: content | cue | source | marked; "" for none


class Paragraph(NamedTuple):
    """A stretch of the page, in tokens."""

    role: str
    tokens: tuple[Token, ...]


class Context(NamedTuple):
    """The text around something."""

    paragraphs: tuple[Paragraph, ...]
    first: int  #: where what is marked begins
    last: int  #: where it ends
    language: str | None

    @property
    def words(self) -> list[Token]:
        """The words that can be chosen."""
        return [token for each in self.paragraphs for token in each.tokens if token.is_word][:_MOST]


Marked = Sequence[tuple[str, Sequence[Evidence]]]


def around(article: Article, marked: Marked, first: int, last: int) -> Context:
    """The paragraphs that hold ``first`` to ``last``, and one on either side."""
    labels = [each for each in article.labels if each.end > each.start]
    touched = [n for n, each in enumerate(labels) if each.start < last and first < each.end]
    low, high = (max(0, touched[0] - _BESIDE), touched[-1] + _BESIDE + 1) if touched else (0, 3)
    spans = [(piece.start, piece.end, part) for part, pieces in marked for piece in pieces]
    shown, length = list[Paragraph](), 0
    for label in labels[low:high]:
        length += label.end - label.start
        if shown and length > _LONG:
            break
        shown.append(Paragraph(label.role, tuple(_tokens(article.document.text, label, spans))))
    return Context(tuple(shown), first, last, article.language)


def _tokens(text: str, label: Label, spans: Sequence[tuple[int, int, str]]) -> list[Token]:
    end = min(label.end, label.start + _LONG)
    found, at = list[Token](), label.start
    for match in _WORD.finditer(text, label.start, end):
        if match.start() > at:
            found.append(Token(text[at : match.start()], at, match.start(), False, _part(at, match.start(), spans)))
        found.append(Token(match.group(), match.start(), match.end(), True, _part(match.start(), match.end(), spans)))
        at = match.end()
    if at < end:
        found.append(Token(text[at:end], at, end, False, ""))
    return found


def _part(start: int, end: int, spans: Sequence[tuple[int, int, str]]) -> str:
    return next((part for first, last, part in spans if first < end and start < last), "")
