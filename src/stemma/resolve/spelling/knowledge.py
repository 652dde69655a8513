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
