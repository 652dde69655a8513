"""From scores to runs of pieces."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.annotate.statements.encoder.reading import CONTENT, OTHER, SOURCE, SWITCH, Marked, Run, smoothed


def logs(*rows: tuple[float, float, float, float]) -> np.ndarray:
    scores = np.array([rows], np.float32)
    return scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))


def test_one_odd_piece_is_smoothed_away():
    sure, odd = (0.0, 0.0, 0.0, 4.0), (1.0, 0.0, 0.0, 0.0)
    assert smoothed(logs(sure, sure, odd, sure, sure), 1.5)[0].tolist() == [CONTENT] * 5
    assert smoothed(logs(sure, sure, odd, sure, sure), 0.1)[0].tolist() == [CONTENT, CONTENT, OTHER, CONTENT, CONTENT]


@given(st.lists(st.lists(st.floats(-4, 4), min_size=4, max_size=4), min_size=1, max_size=5), st.floats(0, 3))
@settings(max_examples=60)
def test_no_other_labels_are_worth_more(rows, switch):
    found = logs(*rows)[0]

    def worth(labels: tuple[int, ...]) -> float:
        changes = sum(a != b for a, b in pairwise(labels))
        return sum(found[n, label] for n, label in enumerate(labels)) - switch * changes

    best = max(worth(labels) for labels in product(range(4), repeat=len(rows)))
    assert worth(tuple(smoothed(found[None], switch)[0])) == pytest.approx(best, abs=1e-4)


def test_rows_are_decoded_apart():
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(5, 12, 4)).astype(np.float32)
    together = smoothed(scores, SWITCH)
    assert all((together[n] == smoothed(scores[n : n + 1], SWITCH)[0]).all() for n in range(5))


def test_cost_of_other_labels():
    found = logs((0, 3, 0, 0), (0, 0, 0, 3), (0, 0, 0, 3))[0]
    one = Marked(7, 1, 0.9, [Run(SOURCE, 5, 6, -0.1), Run(CONTENT, 6, 8, -0.1)], 5, found)
    assert one.cost(np.array([SOURCE, CONTENT, CONTENT])) == pytest.approx(0)
    assert one.cost(np.array([SOURCE, CONTENT, OTHER])) == pytest.approx(3 + SWITCH)
