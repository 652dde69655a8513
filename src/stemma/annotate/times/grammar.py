"""A small grammar: patterns over kinds of parts, each with the function that says what a match means."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .context import Context, direction
from .parts.notation import compile_pattern
from .parts.tokens import Parts

#: How much text around a match a meaning may look at (characters).
_VIEW = 48


class Reading(NamedTuple):
    """What an expression means: a TIMEX3 type and value, and why."""

    type: str
    value: str
    reason: str
    anchor: str | None = None  #: the value it was reckoned from
    confidence: float = 0.9
    mod: str | None = None  #: START, MID or END: which third is meant
    kind: str = ""  #: for the joining of neighbours: "clock", "daypart", "year" ...
    span: tuple[str | None, str | None] | None = None  #: bounds, where they do not follow from the value
    skip: bool = False  #: matched so that nothing else is: an age, a price


#: What is matched so that no other rule finds a time in it.
NOT_A_TIME = Reading("DATE", "", "not a time", skip=True)


class Hit(NamedTuple):
    """A match of one rule: its parts by the names of their kinds."""

    parts: Parts
    match: re.Match[str]
    context: Context

    def has(self, name: str) -> bool:
        """Whether that part stands in the match; False also where the pattern has none such."""
        return self._at(name) >= 0

    def _at(self, name: str) -> int:
        return self.match.start(name) if name in self.match.re.groupindex else -1

    def number(self, name: str) -> int:
        """The worth of a part as a number; 0 where the part is absent or worth no number."""
        at = self._at(name)
        value = self.parts.values[at] if at >= 0 else 0
        return value if isinstance(value, int) else 0

    def word(self, name: str) -> str:
        """The worth of a part as a string; empty where it is absent."""
        at = self._at(name)
        return str(self.parts.values[at]) if at >= 0 else ""

    def group(self, name: str) -> list[int | str]:
        """The worths of all parts of a phrase."""
        return self.parts.values[slice(*self.match.span(name))] if self.has(name) else []

    @property
    def words(self) -> str:
        """The matched text in lower case."""
        return self.parts.text[self.start : self.end].lower()

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.parts.starts[self.match.start()]

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.parts.ends[self.match.end() - 1]

    @property
    def after(self) -> str:
        """Some text behind the match."""
        return self.parts.text[self.end : self.end + _VIEW]

    @property
    def before(self) -> str:
        """Some text in front of the match."""
        return self.parts.text[max(0, self.start - _VIEW) : self.start]

    @property
    def direction(self) -> int:
        """1 where the clause speaks of what comes, -1 where of what was, 0 where it does not say."""
        return direction(self.parts.text, self.start, self.end)

    def leaning(self, grain: str) -> int:
        """The same, with the weak cues ("to", "by") that count for a "month" or a "day" without a year."""
        return direction(self.parts.text, self.start, self.end, grain)


Meaning = Callable[[Hit], Reading | None]


class Rule(NamedTuple):
    """A compiled pattern, the codes it may begin with, and what a match of it means."""

    pattern: re.Pattern[str]
    first: frozenset[str]
    meaning: Meaning


_entered: list[Rule] = []


def rule(*patterns: str) -> Callable[[Meaning], Meaning]:
    """Enter a function as the meaning of some patterns; earlier rules win where matches are equally long."""

    def enter(meaning: Meaning) -> Meaning:
        for pattern in patterns:
            piece = compile_pattern(pattern)
            _entered.append(Rule(re.compile(piece.expression), piece.first, meaning))
        return meaning

    return enter


class Choice(NamedTuple):
    """The rules that may begin with one code, and a pattern that matches where any of them does."""

    any: re.Pattern[str]
    rules: tuple[Rule, ...]


def choices() -> dict[str, Choice]:
    """The rules entered so far by the codes that a match may begin with."""
    found: dict[str, list[Rule]] = {}
    for entered in _entered:
        for code in entered.first:
            found.setdefault(code, []).append(entered)
    return {code: Choice(_any_of(rules), tuple(rules)) for code, rules in found.items()}


def _any_of(rules: list[Rule]) -> re.Pattern[str]:
    nameless = dict.fromkeys(re.sub(r"\?P<\w+>", "?:", entered.pattern.pattern) for entered in rules)
    return re.compile("|".join(nameless))
