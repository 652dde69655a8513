"""The patterns of ``habits.toml``: how pages say that a line is a header line, a byline, an end mark."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

LONGEST_HABIT = 400  #: characters; a longer line is no header, byline, caption or stamp


@lru_cache(maxsize=1)
def habits() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns of ``habits.toml`` by what they tell."""
    table = tomllib.loads((files(__package__) / "habits.toml").read_text("utf-8"))
    return {name: tuple(map(re.compile, forms)) for name, forms in table.items() if isinstance(forms, list)}


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
