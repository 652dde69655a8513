"""Shortcuts: one list for the script that listens, for the help that tells them and for the tests."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Key(NamedTuple):
    """A shortcut."""

    does: str  #: as controls name it in ``data-does``
    key: str  #: one key, or two pressed one after the other
    told: str


@cache
def keys() -> tuple[Key, ...]:
    """All shortcuts, in the order in which they are told."""
    rows = tomllib.loads((files(__package__) / "keys.toml").read_text("utf-8"))["key"]
    return tuple(Key(**row) for row in rows)
