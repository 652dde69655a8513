"""What english.toml knows, loaded once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _whole() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "english.toml").read_text(encoding="utf-8"))


@cache
def table(name: str) -> dict[str, Any]:
    """A table of english.toml: numbers, powers, ordinals or spellings."""
    found: dict[str, Any] = _whole()[name]
    return found


@cache
def titles() -> frozenset[str]:
    """Words for titles and offices."""
    return frozenset(_whole()["titles"].split())
