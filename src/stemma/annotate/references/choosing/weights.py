"""The weights of signs, by the sort of words of a source."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from stemma.annotate.references.choosing.offers import Offer, Source
from stemma.annotate.references.choosing.signs import Sign

_TOLD = 2  #: signs that a reason names


def shipped(source: Source, _: Sequence[Offer], found: Sequence[Sequence[Sign]]) -> list[float]:
    """How much speaks for each answer, by the weights that come with Stemma."""
    table = weights().get(source.sort, {})
    return [sum(table.get(name, 0.0) * much for name, much in one) for one in found]


def telling(sort: str, best: Sequence[Sign], other: Sequence[Sign]) -> list[str]:
    """The signs that put one answer ahead of another, the weightiest first and at most ``_TOLD``."""
    table = weights().get(sort, {})
    ahead: dict[str, float] = {}
    for name, much in (*best, *((name, -much) for name, much in other)):
        ahead[name] = ahead.get(name, 0.0) + table.get(name, 0.0) * much
    mine = {name for name, _ in best}
    return sorted((name for name in mine if ahead[name] > 0), key=lambda name: (-ahead[name], name))[:_TOLD]


@cache
def weights() -> dict[str, dict[str, float]]:
    """The weights, by the sort of a source and the sign; a sort that has no weight of a sign gives it none."""
    read = tomllib.loads(files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))
    by_sort: dict[str, dict[str, float]] = {}
    for name, row in read["weight"].items():
        for sort, much in row.items():
            by_sort.setdefault(sort, {})[name] = float(much)
    return by_sort
