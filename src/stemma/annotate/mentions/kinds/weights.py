"""The weights of signs, and the odds of the kinds that they give together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from stemma.records import MentionKind

#: The columns of the table; the last one: no name.
KINDS = ("person", "organization", "outlet", "place", "none")
SCALE = 16.0  #: the table holds whole sixteenths of nats
import os
_LEAST = float(os.environ.get('LEAST','.4'))  #: share that a kind needs to be told
_BEYOND=float(os.environ.get('BEYOND','1'))


class Odds(NamedTuple):
    """The likeliest kind, None where no kind has at least half, and its share."""

    kind: MentionKind | None
    share: float


@cache
def _weights() -> tuple[dict[str, int], npt.NDArray[np.float32]]:
    """The row of each sign, and the table with one column for each of ``KINDS``."""
    text = files(__package__).joinpath("weights.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("# ")]
    table = np.array([row[1:] for row in rows], dtype=np.float32) / SCALE
    return {row[0]: number for number, row in enumerate(rows)}, table


def odds(signs: Mapping[str, float]) -> Odds:
    """What signs say together: the sum of their weights, as shares of all kinds."""
    number, table = _weights()
    rows = [number["bias"], *(number[sign] for sign in signs if sign in number)]
    values = np.array([1.0, *(value for sign, value in signs.items() if sign in number)], dtype=np.float32)
    total = np.exp(values @ table[rows])
    shares = total / total.sum()
    best = int(shares[:-1].argmax())
    if shares[best] < _LEAST or shares[best] < _BEYOND * shares[-1]:
        return Odds(None, float(shares[-1]))
    return Odds(cast("MentionKind", KINDS[best]), round(float(shares[best]), 3))
