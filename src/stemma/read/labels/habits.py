"""The patterns of ``habits.toml``: how pages say that a line is a header line, a byline, an end mark."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from stemma.read.article.signs import Counts, Kind, Signs

LONGEST_HABIT = 400  #: characters; a longer line is no header, byline, caption or stamp


@lru_cache(maxsize=1)
def habits() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns of ``habits.toml`` by what they tell."""
    table = tomllib.loads((files(__package__) / "habits.toml").read_text("utf-8"))
    return {name: tuple(map(re.compile, forms)) for name, forms in table.items() if isinstance(forms, list)}


@lru_cache(maxsize=1)
def _needs() -> dict[str, int]:
    """For each word the bits of the habits that it may be a sign of."""
    table = tomllib.loads((files(__package__) / "habits.toml").read_text("utf-8"))["needs"]
    bits: dict[str, int] = {}
    for number, words in enumerate(table.values()):
        for word in words.split():
            bits[word] = bits.get(word, 0) | 1 << number
    return bits


@lru_cache(maxsize=1)
def _bit_of() -> dict[str, int]:
    table = tomllib.loads((files(__package__) / "habits.toml").read_text("utf-8"))["needs"]
    return {name: 1 << number for number, name in enumerate(table)}


class Screen(NamedTuple):
    """Which habits each line of a page may have, by the words that it holds; most lines have none."""

    bits: list[int]
    all_bits: Counts  #: the same as an array

    def may(self, name: str, number: int) -> bool:
        """Whether the line is worth a look."""
        return bool(self.bits[number] & _bit_of()[name])

    def lines(self, *names: str) -> list[int]:
        """The lines that may have one of these habits, in order."""
        wanted = sum(_bit_of()[name] for name in names)
        numbers: list[int] = np.flatnonzero(self.all_bits & wanted).tolist()
        return numbers


def screen_lines(lines: int, signs: Signs | None) -> Screen:
    """The screen of a page of so many lines; without signs every line may have every habit."""
    if signs is None:
        return Screen([-1] * lines, np.full(lines, -1, dtype=np.int64))
    bits = np.zeros(lines, dtype=np.int64)
    np.bitwise_or.at(bits, signs.token_lines, signs.look_up(_needs()))
    bits[signs.holds(signs.has(Kind.COLON))] |= _bit_of()["turn"]
    return Screen(bits.tolist(), bits)


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
