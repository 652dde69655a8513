"""What an expression is reckoned from: the document's day, the dates before it in the text, the clause's tense."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal

from .parts.lexicon import table
from .reckoning import read_day, year_of

Mode = Literal["news", "narrative"]
#: How far the cue of a tense may stand from the expression, in characters.
_REACH_BACK, _REACH_ON = 90, 60
_CLAUSE_END = re.compile(r"[.!?;]\s|\n\s*\n|\"|”|''")
_PAST_FORM = re.compile(r"[a-z]{2,}ed$")
#: How far a quarter stays what a text of business figures is about, in characters.
_QUARTER_REACH = 1200
#: Years between a date and the story so far that make it an aside.
_ASIDE = 2
#: "The first nine months": figures of another span than the quarter.
_MONTHS_OF_ACCOUNTS = re.compile(r"P(?:6|9|12)M$")
#: Pairs of words that speak of what comes.
_AHEAD = frozenset(
    (word, "to") for word in ("is", "are", "planning", "ready", "likely", "hopes", "wants", "due", "set")
)
_AHEAD |= {("to", "be"), ("early", "as"), ("soon", "as")}
#: Behind these a form in -ed is a participle or an adjective.
_NO_PAST = frozenset({"be", "a", "an", "still", "more", "the"})
_WORD = re.compile(r"['’]ll|[A-Za-z]+(?:n['’]t)?")


@dataclass(slots=True)
class Context:
    """The anchors of one text; ``last`` and its like change as expressions are read in order."""

    day: date | None
    mode: Mode = "news"
    day_first: bool | None = None  #: whether numeric dates put the day first; None: the text does not show it
    last: str | None = None  #: the last date mentioned, of whatever grain
    latest: str | None = None  #: the same, asides included
    last_day: str | None = None  #: the last calendar day mentioned
    last_quarter: str | None = None
    quarter_until: int = 0  #: the offset up to which it is what the text is about
    aside: int = 0  #: a year far from the story, not yet confirmed by a second one

    @property
    def narrative(self) -> bool:
        """Whether values lean on the text before rather than on the document's day."""
        return self.mode == "narrative"

    @property
    def dct(self) -> str | None:
        """The document's day as a value."""
        return self.day.isoformat() if self.day else None

    def mention(self, value: str, at: int) -> None:
        """Remember a date at that offset for those that follow."""
        if self.last_quarter and (at > self.quarter_until or _MONTHS_OF_ACCOUNTS.match(value)):
            self.last_quarter = None
        year = year_of(value)
        if year is None or value.startswith("P"):
            return
        self.latest = value
        if not self._stands_out(year):
            self.last = value
        if read_day(value):
            self.last_day = value[:10]
        if "-Q" in value and value[-1].isdigit():
            self.last_quarter, self.quarter_until = value, at + _QUARTER_REACH

    def _stands_out(self, year: int) -> bool:
        """A year far from the story so far is an aside, until a second date confirms it."""
        told = year_of(self.last or "")
        if told is None or abs(year - told) <= _ASIDE or abs(year - self.aside) <= _ASIDE:
            self.aside = 0
            return False
        self.aside = year
        return True

    def now(self) -> tuple[date | None, str | None]:
        """The day that "last week" and its like count from, and the value it rests on."""
        if self.narrative:
            return self.told()
        return self.day, self.dct

    def told(self, coarse: bool = False) -> tuple[date | None, str | None]:
        """The day that "the next day" and its like count from: the last one mentioned, else the document's.

        ``coarse``: a month or a year mentioned later counts before the last day, and an aside as well.
        """
        if told := self.latest if coarse else self.last if self.narrative else None:
            return _begin(told), told
        if self.last_day:
            return read_day(self.last_day), self.last_day
        return self.day, self.dct


def direction(text: str, start: int, end: int, grain: str = "") -> int:
    """Past (-1) or future (1) by the nearest cue of tense in the clause around a span; 0: no cue.

    ``grain`` "month" or "day": the weak cues ("by" beside it, "to") that count for such a date as well.
    """
    before = _CLAUSE_END.split(text[max(0, start - _REACH_BACK) : start])[-1]
    words = ["", *(word.lower() for word in _WORD.findall(before))]
    if grain and words[-1] in _leaning("beside"):
        return 1
    for at in range(len(words) - 1, 0, -1):
        if found := _tense_at(words[at - 1], words[at], grain):
            return found
    behind = ["", *(word.lower() for word in _WORD.findall(_CLAUSE_END.split(text[end : end + _REACH_ON])[0]))]
    return next((found for pair in pairwise(behind) if (found := _tense_at(*pair, grain))), 0)


def _tense_at(before: str, word: str, grain: str) -> int:
    """The tense of a word behind another: "is to", "to be" and "as early as" look ahead, "be held" is none."""
    if (before, word) in _AHEAD:
        return 1
    found = tense(word, grain)
    return 0 if found < 0 and before in _NO_PAST else found


@cache
def _cues() -> dict[str, int]:
    tenses = table()["tense"]
    return {word: sign for name, sign in (("future", 1), ("past", -1)) for word in tenses[name]}


@cache
def _leaning(grain: str) -> frozenset[str]:
    return frozenset(table()["tense"].get(grain, ()))


def tense(word: str, grain: str = "") -> int:
    """1 for a word that speaks of what comes, -1 of what was, 0 for any other."""
    if found := _cues().get(word):
        return found
    if grain and word in _leaning(grain):
        return 1
    return -1 if _PAST_FORM.match(word) else 0


def _begin(value: str) -> date | None:
    year = year_of(value)
    if year is None or not 1 <= year <= 9999:
        return None
    return read_day(value) or read_day(value[:7] + "-01") or date(year, 1, 1)
