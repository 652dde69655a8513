"""Small ensembles of boosted trees (Friedman 2001) as columns of numbers; fitted by ``python -m training.reuse``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Trees(NamedTuple):
    """Boosted trees as rows of nodes; a leaf is its own left and right. The sum of the leaves is a logit."""

    base: float
    feature: NDArray[np.int64]
    limit: Numbers
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Numbers
    roots: NDArray[np.int64]
    depth: int


@cache
def trees(file: str, name: str) -> Trees:
    """An ensemble of a TOML file of this folder."""
    told = tomllib.loads((files(__package__) / f"{file}.toml").read_text(encoding="utf-8"))[name]
    columns = {column: np.array(told[column]) for column in ("feature", "limit", "left", "right", "value", "roots")}
    return Trees(base=told["base"], depth=told["depth"], **columns)


def score(model: Trees, rows: Numbers) -> Numbers:
    """The probability that the trees give each row."""
    at = np.broadcast_to(model.roots, (len(rows), len(model.roots)))
    row = np.arange(len(rows))[:, None]
    for _ in range(model.depth):
        smaller = rows[row, model.feature[at]] <= model.limit[at]
        at = np.where(smaller, model.left[at], model.right[at])
    logit: Numbers = model.base + model.value[at].sum(axis=1)
    return 1 / (1 + np.exp(-logit))
