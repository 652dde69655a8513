"""Pairing of quotation marks, one paragraph at a time, so that an unclosed mark upsets no other paragraph."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

_ANY = re.compile(r"[\"“”„‟«»「」『』＂`‘’']")
#: Apostrophes inside words are none; ASCII stands first because most marks are.
_MARK = re.compile(r"[\"“”„‟«»「」『』＂]|``|''|(?<!\w)[‘’']|[‘’'](?!\w)")
_OPENING = frozenset(["“", "„", "‟", "«", "「", "『", "``"])
_CLOSING = frozenset(["”", "»", "」", "』", "''"])
_SINGLE = frozenset(["‘", "’", "'"])
_CJK = frozenset("「」『』")
_BEFORE_AN_OPENING = frozenset("([{—–-―:：，。、（/ \t\u00a0\u3000\u202f")
_STOPS = frozenset(".,!?…;")


_MOST = 500_000  #: marks of a paragraph, at 200 bytes each; with more of them it is no prose


class Quote(NamedTuple):
    """A quotation, marks included (code points, end exclusive)."""

    start: int
    end: int
    closed: bool = True  #: False: it runs to the end of its paragraph, or its opening mark is missing
    single: bool = False  #: ‘ ’ or ' '


class _Mark(NamedTuple):
    start: int
    end: int
    text: str
    opens: bool
    closes: bool


def pair(text: str, start: int, end: int) -> list[Quote]:
    """Outermost quotations of the paragraph ``text[start:end]`` in order; linear in its length.

    A straight or odd mark opens after a blank or bracket and closes after a word or stop. A mark that is never closed
    runs to the last closing mark inside it where it began the paragraph, is dropped where other pairs
    follow it, and else runs to the end of the paragraph. A paragraph of marks beyond all sense has none.
    """
    if not _ANY.search(text, start, end):
        return []
    marks = [_read(text, m, start, end) for m in islice(_MARK.finditer(text, start, end), _MOST + 1)]
    if len(marks) > _MOST:
        return []
    doubles = [mark for mark in marks if mark.text not in _SINGLE]
    quotes = _outermost(_matched(doubles, text, start, end))
    singles = [mark for mark in marks if mark.text in _SINGLE]
    return sorted(quotes + _singles(singles, quotes)) if singles else quotes


def _read(text: str, match: re.Match[str], start: int, end: int) -> _Mark:
    """Whether a mark may open or close, from its shape and its neighbours."""
    begin, stop, mark = match.start(), match.end(), match.group()
    before = text[begin - 1] if begin > start else " "
    after = text[stop] if stop < end else " "
    free = before in _BEFORE_AN_OPENING or before.isspace() or before in _OPENING or before in "'‘\""
    word_next = not after.isspace() and after not in ",.;:!?)"
    if mark in _CJK:
        return _Mark(begin, stop, mark, mark in _OPENING, mark in _CLOSING)
    return _Mark(begin, stop, mark, opens=free and (word_next or mark in _OPENING), closes=not free or not word_next)


def _matched(marks: list[_Mark], text: str, start: int, end: int) -> list[Quote]:
    """Pairs by a stack; what is left open or closed alone is settled by ``_settle`` and ``_headless``."""
    stack: list[_Mark] = []
    quotes: list[Quote] = []
    for mark in marks:
        if mark.opens and not (stack and _ends(mark, stack[-1])):
            stack.append(mark)
        elif stack and mark.closes:
            quotes.append(Quote(stack.pop().start, mark.end))
        elif not stack and mark.closes and not quotes:
            quotes += _headless(text, mark, start)
    return quotes + _settled(stack, quotes, text, start, end) if stack else quotes


def _ends(mark: _Mark, opened: _Mark) -> bool:
    """A mark that could open closes all the same: by its shape, or because it has a blank on both sides."""
    return mark.closes and (mark.text in _CLOSING or mark.text == opened.text == '"')


def _headless(text: str, mark: _Mark, start: int) -> list[Quote]:
    """A closing mark after a stop whose opening mark is missing: the words from the paragraph's start on."""
    inside = mark.start > start + 1 and text[mark.start - 1] in _STOPS
    said_after = text[mark.end : mark.end + 2].strip() != ""
    return [Quote(start, mark.end, closed=False)] if inside and said_after and mark.text in '”"»' else []


def _settled(stack: list[_Mark], quotes: list[Quote], text: str, start: int, end: int) -> list[Quote]:
    """What an opening mark without its closing one quotes."""
    first = stack[0].start
    at_the_start = not text[start:first].strip()
    inner = [quote for quote in quotes if quote.start > first]
    if inner and at_the_start and text[inner[-1].end - 2] in _STOPS:
        return [Quote(first, inner[-1].end, closed=False)]
    if inner and not at_the_start:
        return []
    return [Quote(first, end, closed=False)]


def _outermost(quotes: list[Quote]) -> list[Quote]:
    kept: list[Quote] = []
    for quote in sorted(quotes, key=lambda q: (q.start, -q.end)):
        if not kept or quote.start >= kept[-1].end:
            kept.append(quote)
    return kept


def _singles(marks: list[_Mark], doubles: list[Quote]) -> list[Quote]:
    """Quotations in single marks outside the double ones; an apostrophe never opens one."""
    quotes: list[Quote] = []
    opened: _Mark | None = None
    at = 0
    for mark in marks:
        while at < len(doubles) and doubles[at].end <= mark.start:
            at += 1
        if at < len(doubles) and doubles[at].start <= mark.start:
            continue
        if opened is None:
            opened = mark if mark.opens and mark.text != "’" else None
        elif mark.closes and mark.text != "‘":
            if not any(opened.start < d.start < mark.end for d in doubles[max(0, at - 1) : at + 1]):
                quotes.append(Quote(opened.start, mark.end, single=True))
            opened = None
    return quotes
