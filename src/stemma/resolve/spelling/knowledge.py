"""The knowledge of names in ``names/*.toml``, each file with its source and licence."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def knowledge(name: str) -> dict[str, Any]:
    """One file of ``names/``."""
    return tomllib.loads(files("stemma.resolve").joinpath("names", name + ".toml").read_text(encoding="utf-8"))


@cache
def letters(name: str) -> dict[str, tuple[str, ...]]:
    """The readings of each character, from a file whose lines are a reading and the characters that have it."""
    found: dict[str, list[str]] = {}
    told = knowledge(name)["readings"].split()
    for reading, some in zip(told[::2], told[1::2], strict=True):
        for letter in some:
            found.setdefault(letter, []).append(reading)
    return {letter: tuple(readings) for letter, readings in found.items()}
