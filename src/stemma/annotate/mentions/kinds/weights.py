"""The weights of signs, and the odds of the kinds that they give together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from stemma.annotate.mentions.kinds.forms import form
from stemma.records import MentionKind

#: The columns of the table; the last one: no name.
KINDS = ("person", "organization", "outlet", "place", "none")
SCALE = 16.0  #: the table holds whole sixteenths of nats
_LEAST = 0.4  #: share that a kind needs to be told; and it must be likelier than none


class Odds(NamedTuple):
    """The likeliest kind and its share; None, and the share of no name at all, where none is likely enough."""

    kind: MentionKind | None
    share: float


@cache
def _weights() -> tuple[dict[str, int], npt.NDArray[np.float32]]:
    """The row of each sign, and the table with one column for each of ``KINDS``."""
    text = files(__package__).joinpath("weights.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("# ")]
    table = np.array([row[1:] for row in rows], dtype=np.float32) / SCALE
    return {row[0]: number for number, row in enumerate(rows)}, table


def odds(signs: Mapping[tuple[str, str], Mapping[str, float]]) -> dict[str, Odds]:
    """What the signs of each name say together: the sum of their weights, as shares of all kinds.

    ``signs`` holds those of the page under each name and the reason for which it was cut out; those of the name itself
    follow from the two.
    """
    if not signs:
        return {}
    number, table = _weights()
    rows, values, starts = list[int](), list[float](), list[int]()
    for seen in signs.values():
        starts.append(len(rows))
        rows.append(number["bias"])
        values.append(1.0)
        for sign, value in seen.items():
            row = number.get(sign)
            if row is not None:
                rows.append(row)
                values.append(value)
    totals = np.add.reduceat(table[rows] * np.array(values, dtype=np.float32)[:, None], starts)
    totals += np.array([_of_form(*name) for name in signs], dtype=np.float32)
    shares = np.exp(totals - totals.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return {name: _told(each) for (name, _), each in zip(signs, shares.tolist(), strict=True)}


@lru_cache(maxsize=16_384)
def _of_form(name: str, reason: str) -> tuple[float, ...]:
    """The sum of the weights of the signs of a name itself."""
    number, table = _weights()
    rows = [number[sign] for sign in form(name, reason) if sign in number]
    return tuple(table[rows].sum(axis=0).tolist()) if rows else (0.0,) * len(KINDS)


def _told(shares: list[float]) -> Odds:
    best = max(range(len(shares) - 1), key=shares.__getitem__)
    if shares[best] < _LEAST or shares[best] < shares[-1]:
        return Odds(None, round(shares[-1], 3))
    return Odds(cast("MentionKind", KINDS[best]), round(shares[best], 3))
