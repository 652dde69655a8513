"""A small network fitted to lines: one hidden layer, Adam, and noise on what it sees so that it trusts no one sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

_BATCH = 512
_RATE = 2e-3
_BETAS = (0.9, 0.999)  #: Adam's usual ones (Kingma and Ba 2015)
_TINY = 1e-8


class Lesson(NamedTuple):
    """One page to learn from: a row of features for each line, its label, its weight."""

    features: Matrix
    gold: npt.NDArray[np.bool_]
    weights: Matrix


class Plan(NamedTuple):
    """How a network is trained."""

    offsets: tuple[int, ...]  #: neighbours that are looked at
    hidden: int = 32
    rounds: int = 6
    lost_signs: float = 0.1  #: share of the features that a line is shown without
    lost_hidden: float = 0.1  #: share of the hidden units that are left out
    decay: float = 1e-4
    smooth: float = 0.05  #: share of doubt in each label
    seed: int = 0


class Weights(NamedTuple):
    """A trained network."""

    hidden: Matrix
    hidden_bias: Matrix
    out: Matrix
    out_bias: float


def fit(lessons: Sequence[Lesson], plan: Plan) -> Weights:
    """Minimise the weighted cross-entropy of the lines; the same lessons and plan give the same weights."""
    rng = np.random.default_rng(plan.seed)
    padded, rows, gold, weights = _pad(lessons, plan.offsets)
    targets = np.where(gold, 1 - plan.smooth / 2, plan.smooth / 2).astype(np.float32)
    width = padded.shape[1] * len(plan.offsets)
    parameters = _start(rng, width, plan.hidden)
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]
    steps = plan.rounds * -(-len(rows) // _BATCH)
    for step, chosen in enumerate(_batches(rng, len(rows), plan.rounds), 1):
        seen = padded[rows[chosen][:, None] + np.array(plan.offsets)].reshape(len(chosen), width).astype(np.float32)
        if plan.lost_signs:
            seen *= (rng.random(seen.shape, dtype=np.float32) >= plan.lost_signs) / np.float32(1 - plan.lost_signs)
        slopes = _slopes(rng, plan, parameters, seen, (targets[chosen], weights[chosen]))
        rate = _RATE * (1 - (step - 1) / steps)
        for parameter, moment, slope in zip(parameters, moments, slopes, strict=True):
            _adam(parameter, moment, slope, (step, rate, plan.decay))
    hidden, hidden_bias, out, out_bias = parameters
    return Weights(hidden, hidden_bias, out, float(out_bias[0]))


def _pad(
    lessons: Sequence[Lesson], offsets: tuple[int, ...]
) -> tuple[Matrix, npt.NDArray[np.int64], npt.NDArray[np.bool_], Matrix]:
    """All pages below each other with blank rows between them, and where their lines are."""
    gap = np.zeros((max(map(abs, offsets)), lessons[0].features.shape[1]), dtype=np.float16)
    blocks, rows, at = [gap], [], len(gap)
    for lesson in lessons:
        blocks += [lesson.features.astype(np.float16), gap]
        rows.append(np.arange(at, at + len(lesson.gold)))
        at += len(lesson.gold) + len(gap)
    weights = np.concatenate([lesson.weights for lesson in lessons])
    return (
        np.concatenate(blocks),
        np.concatenate(rows),
        np.concatenate([x.gold for x in lessons]),
        weights / weights.mean(),
    )


def _batches(rng: np.random.Generator, count: int, rounds: int) -> Iterator[npt.NDArray[np.int64]]:
    for _ in range(rounds):
        order = rng.permutation(count)
        yield from (order[at : at + _BATCH] for at in range(0, count, _BATCH))


def _start(rng: np.random.Generator, width: int, hidden: int) -> list[Matrix]:
    spread = np.sqrt(2 / width)  # He et al. 2015, for rectified units
    first = rng.normal(0, spread, (width, hidden)).astype(np.float32)
    last = rng.normal(0, np.sqrt(1 / hidden), hidden).astype(np.float32)
    return [first, np.zeros(hidden, np.float32), last, np.zeros(1, np.float32)]


def _slopes(
    rng: np.random.Generator, plan: Plan, parameters: list[Matrix], seen: Matrix, wanted: tuple[Matrix, Matrix]
) -> list[Matrix]:
    """Gradients of the loss for a batch."""
    hidden, hidden_bias, out, out_bias = parameters
    targets, weights = wanted
    units = np.maximum(seen @ hidden + hidden_bias, 0)
    open_units = (units > 0).astype(np.float32)
    if plan.lost_hidden:
        open_units *= (rng.random(units.shape, dtype=np.float32) >= plan.lost_hidden) / np.float32(1 - plan.lost_hidden)
    units = units * open_units
    odds = units @ out + out_bias
    error = ((1 / (1 + np.exp(-odds)) - targets) * weights / len(targets)).astype(np.float32)
    back = np.outer(error, out) * open_units
    return [seen.T @ back, back.sum(0), units.T @ error, np.array([error.sum()], np.float32)]


def _adam(parameter: Matrix, moment: tuple[Matrix, Matrix], slope: Matrix, pacing: tuple[int, float, float]) -> None:
    """One step of Adam with decoupled decay (Loshchilov and Hutter 2019), in place; step number, rate and decay."""
    step, rate, decay = pacing
    first, second = moment
    first += (1 - _BETAS[0]) * (slope - first)
    second += (1 - _BETAS[1]) * (slope**2 - second)
    pace = np.sqrt(second / (1 - _BETAS[1] ** step)) + _TINY
    parameter -= rate * (first / (1 - _BETAS[0] ** step) / pace + (decay * 100) * parameter)
