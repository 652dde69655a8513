"""Logistic regression over several kinds, with a penalty on large weights; the same lessons give the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stemma.annotate.mentions.kinds.weights import KINDS
from training.mentions.lessons import Lesson

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
_ROUNDS = 240
_STEP = 0.25
_PENALTY = 0.4  #: on the square of a weight, all lessons together
_RARE = 3  #: lessons with a sign from which it has a weight


def fit(taught: Sequence[Lesson]) -> tuple[list[str], Floats]:
    """The signs that have weights, "bias" first, and their rows: AdaGrad (Duchi and others 2011) over all lessons."""
    counts = Counter(sign for lesson in taught for sign in lesson.signs)
    names = ["bias", *sorted(sign for sign, count in counts.items() if count >= _RARE)]
    number = {sign: place for place, sign in enumerate(names)}
    cells = [
        (row, number[sign], value)
        for row, one in enumerate(taught)
        for sign, value in (("bias", 1.0), *one.signs.items())
        if sign in number
    ]
    rows, columns, values = (np.array(side) for side in zip(*cells, strict=True))
    wanted = np.eye(len(KINDS))[[one.kind for one in taught]]
    weights, squares = np.zeros((len(names), len(KINDS))), np.full((len(names), len(KINDS)), 1e-6)
    for _ in range(_ROUNDS):
        slope = _slope(weights, (rows, columns, values), wanted)
        squares += slope**2
        weights -= _STEP * slope / np.sqrt(squares)
    return names, weights


def _slope(weights: Floats, cells: tuple[Numbers, Numbers, Floats], wanted: Floats) -> Floats:
    rows, columns, values = cells
    kinds = range(len(KINDS))
    totals = np.stack([np.bincount(rows, values * weights[columns, kind], len(wanted)) for kind in kinds], axis=1)
    shares = np.exp(totals - totals.max(axis=1, keepdims=True))
    error = shares / shares.sum(axis=1, keepdims=True) - wanted
    slopes = [np.bincount(columns, values * error[rows, kind], len(weights)) for kind in kinds]
    penalty = 2 * _PENALTY * weights
    penalty[0] = 0
    result: Floats = np.stack(slopes, axis=1) + penalty
    return result
