"""The weights are fitted on made-up names, by one command that gives the same file twice."""

from __future__ import annotations

from itertools import islice
from random import Random

import numpy as np
import pytest

from stemma.resolve.persons import features, weights
from stemma.resolve.spelling.knowledge import knowledge
from training.names import korean, others, slavic
from training.names.__main__ import SEED, digest, fit
from training.names.pairs import pairs
from training.names.parts import inventory

MAKERS = [korean.person, slavic.person, others.arabic, others.chinese, others.western]


@pytest.mark.parametrize("make", MAKERS)
def test_made_up_persons_hang_on_the_seed_alone(make):
    assert [make(Random(7)) for _ in range(5)] == [make(Random(7)) for _ in range(5)]
    assert all(len(make(Random(seed)).latin) > 1 for seed in range(5))


def test_pairs_of_two_persons_share_no_form():
    assert all(pair.left != pair.right for pair in islice(pairs(1), 2_500) if not pair.same)


def test_fit_finds_what_tells_apart():
    x = np.array([[1.0, 0.3], [0.9, 0.1], [0.1, 0.2], [0.0, 0.3]] * 20)
    found = fit(x, np.array([1.0, 1.0, 0.0, 0.0] * 20), np.ones(80))
    assert found[0] > 2 > abs(found[1])


def test_every_feature_has_a_weight():
    assert set(features("Cho Min Sol", "Jo Min-sol")) == set(weights()) - {"bias"}


def test_weights_are_fitted_to_names_as_they_are_read_today():
    told = knowledge("weights")["features"]
    assert told == digest(SEED), "names are read otherwise: fit the weights anew (python -m training.names)"


def test_inventory_says_where_it_comes_from():
    assert inventory()["source"]
    assert inventory()["licence"]
