"""A small network over lines: an embedding, then convolutions over ever wider neighbourhoods, fitted with Adam.

The gradients are written out by hand, so that numpy is all that it takes. What the network sees is noisy, so that it
trusts no one sign: signs are dropped for a line, and for a whole page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.read.article.network import CONVOLUTIONS, REACH, Network, convolve, unfold

Matrix = npt.NDArray[np.float32]

_RATE = 3e-3
_BETAS = (0.9, 0.99)  #: Adam's (Kingma and Ba 2015); the second a little shorter, for few steps
_TINY = 1e-8
_KEPT = 0.995  #: of the running mean of the weights that is handed out (Polyak and Juditsky 1992)


class Lesson(NamedTuple):
    """One page to learn from: a row of features for each line, its label, its weight."""

    features: npt.NDArray[np.float16]
    gold: npt.NDArray[np.bool_]
    weights: Matrix


class Plan(NamedTuple):
    """How a network is trained."""

    hidden: int = 40
    rounds: int = 8
    pages: int = 24  #: a batch
    lost_signs: float = 0.15  #: share of the features that a line is shown without
    lost_pages: float = 0.1  #: share of the features that a page is shown without
    decay: float = 0.02
    smooth: float = 0.05  #: share of doubt in each label
    seed: int = 0


def fit(lessons: Sequence[Lesson], plan: Plan) -> Network:
    """Minimise the weighted cross-entropy of the lines; the same lessons and plan give the same weights."""
    rng = np.random.default_rng(plan.seed)
    parameters = _start(rng, lessons[0].features.shape[1], plan.hidden)
    means = [parameter.copy() for parameter in parameters]
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]
    steps = plan.rounds * -(-len(lessons) // plan.pages)
    for step, batch in enumerate(_batches(rng, len(lessons), plan), 1):
        seen, wanted, weights, inside = _pack(rng, [lessons[number] for number in batch], plan)
        slopes = _slopes(parameters, seen, (wanted, weights), inside)
        rate = _RATE * min(1.0, step / 50) * (1 - (step - 1) / steps)
        kept = min(_KEPT, 1 - 1 / step)
        for parameter, mean, moment, slope in zip(parameters, means, moments, slopes, strict=True):
            _adam(parameter, moment, slope, (step, rate, plan.decay))
            np.add(mean, (1 - kept) * (parameter - mean), out=mean)
    return Network(*means)


def _batches(rng: np.random.Generator, count: int, plan: Plan) -> Iterator[npt.NDArray[np.int64]]:
    for _ in range(plan.rounds):
        order = rng.permutation(count)
        yield from (order[at : at + plan.pages] for at in range(0, count, plan.pages))


def _pack(
    rng: np.random.Generator, lessons: list[Lesson], plan: Plan
) -> tuple[Matrix, Matrix, Matrix, npt.NDArray[np.bool_]]:
    """Pages below each other, so far apart that none sees another; their labels, weights, and which rows are lines."""
    rows = sum(len(lesson.gold) + REACH for lesson in lessons)
    width = lessons[0].features.shape[1]
    seen = np.zeros((rows, width), np.float32)
    wanted, weights, inside = np.zeros(rows, np.float32), np.zeros(rows, np.float32), np.zeros(rows, bool)
    at = 0
    for lesson in lessons:
        stop = at + len(lesson.gold)
        lost = rng.random(width, dtype=np.float32) < plan.lost_pages
        seen[at:stop] = np.where(lost, 0, lesson.features)
        wanted[at:stop] = np.where(lesson.gold, 1 - plan.smooth / 2, plan.smooth / 2)
        weights[at:stop] = lesson.weights
        inside[at:stop] = True
        at = stop + REACH
    if plan.lost_signs:
        seen *= rng.random(seen.shape, dtype=np.float32) >= plan.lost_signs
    return seen, wanted, weights / np.float32(len(lessons)), inside


def _start(rng: np.random.Generator, width: int, hidden: int) -> list[Matrix]:
    def normal(rows: int, columns: int) -> Matrix:
        return rng.normal(0, np.sqrt(2 / rows), (rows, columns)).astype(np.float32)  # He et al. 2015

    parameters = [normal(width, hidden), np.zeros(hidden, np.float32)]
    for taps, _ in CONVOLUTIONS:
        parameters += [normal(taps * hidden, hidden), np.zeros(hidden, np.float32)]
    return [*parameters, normal(hidden, 1)[:, 0], np.zeros(1, np.float32)]


def _slopes(
    parameters: list[Matrix], seen: Matrix, wanted: tuple[Matrix, Matrix], inside: npt.NDArray[np.bool_]
) -> list[Matrix]:
    """Gradients of the loss for a batch."""
    mask = inside[:, None].astype(np.float32)
    units = np.maximum(seen @ parameters[0] + parameters[1], 0) * mask
    layers, fired = [units], [units > 0]
    for number, (taps, apart) in enumerate(CONVOLUTIONS):
        kernel, bias = parameters[2 + 2 * number], parameters[3 + 2 * number]
        fresh = np.maximum(convolve(units, kernel, taps, apart) + bias, 0) * mask
        fired.append(fresh > 0)
        units = units + fresh
        layers.append(units)
    out, out_bias = parameters[-2], parameters[-1]
    targets, weights = wanted
    odds = units @ out + out_bias
    error = (1 / (1 + np.exp(-odds)) - targets) * weights
    slopes = [units.T @ error, np.array([error.sum()], np.float32)]
    back = np.outer(error, out)
    for number in reversed(range(len(CONVOLUTIONS))):
        taps, apart = CONVOLUTIONS[number]
        inner = back * fired[number + 1]
        beside = unfold(layers[number], taps, apart)
        slopes = [beside.T @ inner, inner.sum(0), *slopes]
        back = back + _fold(inner @ parameters[2 + 2 * number].T, taps, apart)
    inner = back * fired[0]
    return [seen.T @ inner, inner.sum(0), *slopes]


def _fold(beside: Matrix, taps: int, apart: int) -> Matrix:
    """The opposite of ``unfold``: what each row got as a neighbour of others, added up."""
    count, width = len(beside), beside.shape[1] // taps
    reach = taps // 2 * apart
    total = np.zeros((count + 2 * reach, width), np.float32)
    for tap in range(taps):
        total[tap * apart : tap * apart + count] += beside[:, tap * width : (tap + 1) * width]
    return total[reach : reach + count]


def _adam(parameter: Matrix, moment: tuple[Matrix, Matrix], slope: Matrix, pacing: tuple[int, float, float]) -> None:
    """One step of Adam with decoupled decay (Loshchilov and Hutter 2019), in place; step number, rate and decay."""
    step, rate, decay = pacing
    first, second = moment
    first += (1 - _BETAS[0]) * (slope - first)
    second += (1 - _BETAS[1]) * (slope**2 - second)
    pace = np.sqrt(second / (1 - _BETAS[1] ** step)) + _TINY
    parameter -= rate * (first / (1 - _BETAS[0] ** step) / pace + decay * parameter)
