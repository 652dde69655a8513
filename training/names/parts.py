"""The inventory, and the shape of a made-up person: forms of one name in one script each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

INVENTORY = Path(__file__).with_name("inventory.toml")


class Person(NamedTuple):
    """Nobody: forms of a made-up name in Latin letters, and in another script (which may be none)."""

    latin: tuple[str, ...]
    script: tuple[str, ...] = ()


@cache
def inventory() -> dict[str, Any]:
    """The parts in ``inventory.toml``."""
    return tomllib.loads(INVENTORY.read_text(encoding="utf-8"))


def listed(text: str) -> list[list[str]]:
    """Entries apart by "|" or line ends, each as its words, "_" standing for a blank inside a word."""
    return [
        [word.replace("_", " ") for word in entry.split()]
        for entry in text.replace("\n", "|").split("|")
        if entry.strip()
    ]


def early(chance: Random, choices: list[Any]) -> Any:  # noqa: ANN401 - one of whatever the list holds
    """One of a list, the first ones more often: names are unevenly spread."""
    return choices[int(len(choices) * chance.random() ** 1.6)]


def capital(word: str) -> str:
    """The word with a capital, an apostrophe or article before it left alone."""
    return word[:1].upper() + word[1:]
