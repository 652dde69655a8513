"""Lines above the story: which of them can be the headline, and which are the page's masthead."""

from __future__ import annotations

import re
from string import ascii_letters

import numpy as np

from stemma.read.article import Choice
from stemma.read.article.signs import Kind
from stemma.read.days import find_days
from stemma.read.labels.habits import match_habit
from stemma.read.labels.rules import Findings, words_of
from stemma.read.labels.tops.mastheads import Masthead, find_mastheads, is_day_line, is_part
from stemma.read.layout import Sheet
from stemma.read.outlets import outlet_named

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+$|/\S+/\S*$")
_PATH = re.compile(r"\S\s[>›»→]\s\S")  #: "Home > News": the way to the page through its site
_DIGIT = re.compile(r"\d")
_NO_LETTERS = bytes(set(range(128)) - set(ascii_letters.encode()))
_LONGEST_TITLE = 60  #: words
_NEVER = frozenset(["masthead", "legal or consent text", "above the dateline, below a consent text"])


def name_mastheads(sheet: Sheet, found: Findings, choice: Choice) -> Findings:
    """The findings with the mastheads of a plain-text page that leave it a headline; HTML names its outlet itself."""
    if sheet.tree is not None:
        return found
    first = found.first % len(found.body) if found.body else 0
    signs = choice.signs
    texts = signs.texts[:first] if signs else [words_of(sheet, line) for line in sheet.lines[:first]]
    starts = [line.start for line in sheet.lines[:first]]
    numbered = set(np.flatnonzero(signs.holds(Kind.DIGIT)).tolist()) if signs else None
    named = [m for m in find_mastheads(texts, starts, first, numbered) if m.number not in found.headers]
    kept = tuple(m for m in named if _stands(sheet, found, m, named, first))
    for masthead in kept:
        found.reasons.setdefault(masthead.number, "masthead")
    return found._replace(mastheads=tuple(m for m in kept if not is_part(sheet.text[m.start : m.end])) or kept)


def _stands(sheet: Sheet, found: Findings, masthead: Masthead, named: list[Masthead], first: int) -> bool:
    """A known outlet, a name with its day, or a name below which a headline, a day or a number of release stands."""
    if masthead.dated or outlet_named(sheet.text[masthead.start : masthead.end]):
        return True
    others = {other.number for other in named}
    below = [number for number in range(masthead.number + 1, first) if number not in others]
    texts = [words_of(sheet, sheet.lines[number]) for number in below]
    marked = any(is_day_line(text) or match_habit("release", text) for text in texts[:3])
    return marked or any(could_be_title(sheet, number, found) for number in below)


def could_be_title(sheet: Sheet, number: int, found: Findings) -> bool:
    """Whether a line has what a headline has, and is no date, byline, caption or masthead."""
    text = words_of(sheet, sheet.lines[number])
    if number in found.headers or number in found.stamps or found.reasons.get(number) in _NEVER:
        return False
    if any(found.screen.may(name, number) and match_habit(name, text) for name in ("byline", "caption")):
        return False
    if (found.screen.may("release", number) or text[0] == "№") and match_habit("release", text):
        return False
    if _ADDRESS.match(text) or _PATH.search(text) or (found.dateline and found.dateline[0] == number):
        return False
    letters = _count_letters(text)
    if letters < 4 or letters * 2 < len(text.replace(" ", "")) or text.count(" ") >= _LONGEST_TITLE:
        return False
    if not _DIGIT.search(text):
        return True
    days = sum(day.end - day.start for day in find_days(text))
    return days == 0 or (days * 2 < len(text) and not is_day_line(text))


def _count_letters(text: str) -> int:
    return len(text.encode().translate(None, _NO_LETTERS)) if text.isascii() else sum(map(str.isalpha, text))
