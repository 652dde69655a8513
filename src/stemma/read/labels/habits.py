"""The patterns of ``habits.toml``: how pages say that a line is a header line, a byline, an end mark."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from stemma.read.article.signs import Kind, Signs, habit_bits

LONGEST_HABIT = 400  #: characters; a longer line is no header, byline, caption or stamp


@lru_cache(maxsize=1)
def habits() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns of ``habits.toml`` by what they tell."""
    table = tomllib.loads((files(__package__) / "habits.toml").read_text("utf-8"))
    return {name: tuple(map(re.compile, forms)) for name, forms in table.items() if isinstance(forms, list)}


_COLON, _SIGN, _POINTS = np.uint16(Kind.COLON), np.uint16(Kind.SIGN), np.uint16(Kind.COLON | Kind.BAR)


@lru_cache(maxsize=1)
def _any_bit() -> int:
    return sum(habit_bits().values())


class Screen(NamedTuple):
    """Which habits each line of a page may have, by the words that it holds; most lines have none."""

    bits: list[int]
    told: tuple[tuple[int, int], ...]  #: number and bits of each line that has any

    def may(self, name: str, number: int) -> bool:
        """Whether the line is worth a look."""
        return bool(self.bits[number] & habit_bits()[name])

    def lines(self, *names: str) -> list[int]:
        """The lines that may have one of these habits, in order."""
        known, wanted = habit_bits(), 0
        for name in names:
            wanted |= known[name]
        return [number for number, bits in self.told if bits & wanted]


def screen_lines(lines: int, signs: Signs | None) -> Screen:
    """The screen of a page of so many lines; without signs every line may have every habit."""
    if signs is None:
        return Screen([-1] * lines, tuple((number, -1) for number in range(lines)))
    bits = signs.tell() & _any_bit()
    bits |= (signs.held & _COLON != 0) * habit_bits()["turn"]
    bits |= (signs.held & _SIGN != 0) * habit_bits()["contact"]
    bits[signs.held & _POINTS == 0] &= ~habit_bits()["pointer"]
    told = np.flatnonzero(bits)
    return Screen(bits.tolist(), tuple(zip(told.tolist(), bits[told].tolist(), strict=True)))


@lru_cache(maxsize=1)
def _any_habit() -> dict[str, re.Pattern[str]]:
    """One pattern a habit, without its groups: most lines have none, and one look tells."""
    return {
        name: re.compile("|".join(f"(?:{re.sub('[?]P<[a-z]+>', '?:', form.pattern)})" for form in forms))
        for name, forms in habits().items()
    }


def match_habit(name: str, text: str) -> re.Match[str] | None:
    """The first pattern of that habit that the line's words match at their start; None: none does."""
    if len(text) > LONGEST_HABIT or not _any_habit()[name].match(text):
        return None
    return next((match for form in habits()[name] if (match := form.match(text))), None)
