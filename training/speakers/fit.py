"""A conditional logistic regression: of the answers to one question the right one has the greatest weight.

After McFadden (1974), "Conditional logit analysis of qualitative choice behavior". A sign has one weight for all sorts
of sources and one for each sort, both held small by a ridge penalty: what is seldom seen of a sort is borrowed from the
others (Daumé 2007, "Frustratingly easy domain adaptation").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from training.speakers.lessons import Lesson

Floats = npt.NDArray[np.float64]
Weights = dict[str, dict[str, float]]
_ALL = "all"
#: Weights before anything is learnt: the rules are right, most likely.
_BEFORE = {"ruled": 3.0, "ruled nobody": 3.0}
_SELDOM = 3  #: answers with a sign that are too few to learn from


def fit(given: Sequence[Lesson], ridge: float, own: float) -> Weights:
    """Weights by the sort of a source and the sign; ``ridge`` on those of all sorts, ``own`` on those of each."""
    index, tables = _tables(given)
    penalty = np.array([ridge if sort == _ALL else own for sort, _ in index])
    before = np.array([_BEFORE.get(name, 0.0) if sort == _ALL else 0.0 for sort, name in index])
    found = minimize(_loss, before, args=(tables, penalty, before), jac=True, method="L-BFGS-B")
    return _weights(index, found.x, {one.sort for one in given})


class _Tables(NamedTuple):
    """The signs of all answers, a row each; where the answers of each lesson begin; which are to be learnt."""

    signs: csr_matrix
    starts: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


def _tables(given: Sequence[Lesson]) -> tuple[dict[tuple[str, str], int], _Tables]:
    seen = Counter(name for one in given for signs in one.answers for name, _ in signs)
    index: dict[tuple[str, str], int] = {}
    rows, columns, much, starts, right, row = [], [], [], [], [], 0
    for one in given:
        starts.append(row)
        right += aims(one)
        for signs in one.answers:
            for name, value in signs:
                for key in ((_ALL, name), (one.sort, name)) if seen[name] >= _SELDOM else ():
                    rows.append(row)
                    columns.append(index.setdefault(key, len(index)))
                    much.append(value)
            row += 1
    x = csr_matrix((much, (rows, columns)), shape=(row, len(index)))
    return index, _Tables(x, np.array(starts), np.array(right))


def aims(one: Lesson) -> list[bool]:
    """The answers to be learnt: the right ones; where none is right, the last, that it is nobody told of.

    That it is somebody new is not to be learnt where who was described so before is right: his words fit both.
    """
    again = [
        right and any(name == "described so before" for name, _ in signs)
        for right, signs in zip(one.right, one.answers, strict=True)
    ]
    return again if any(again) else one.right if any(one.right) else [False] * (len(one.right) - 1) + [True]


def _loss(weights: Floats, tables: _Tables, penalty: Floats, before: Floats) -> tuple[float, Floats]:
    """Minus the logarithm of the share of the right answers, and its slope."""
    x, starts, right = tables
    scores = x @ weights
    sizes = np.diff(np.append(starts, len(scores)))
    scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    share = scores / np.repeat(np.add.reduceat(scores, starts), sizes)
    good = np.add.reduceat(share * right, starts)
    far = weights - before
    slope = share - share * right / np.repeat(good, sizes)
    return float(-np.log(good).sum() + 0.5 * (penalty * far**2).sum()), x.T @ slope + penalty * far


def _weights(index: dict[tuple[str, str], int], found: Floats, sorts: set[str]) -> Weights:
    shared = {name: found[number] for (sort, name), number in index.items() if sort == _ALL}
    out: Weights = {}
    for sort in sorted(sorts):
        own = {name: found[number] for (kind, name), number in index.items() if kind == sort}
        out[sort] = {name: round(float(weight + shared[name]), 3) for name, weight in sorted(own.items())}
    return out


def weigh(weights: Weights, one: Lesson) -> Floats:
    """The share of each answer."""
    table = weights.get(one.sort, {})
    scores = np.array([sum(table.get(name, 0.0) * much for name, much in signs) for signs in one.answers])
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum())
