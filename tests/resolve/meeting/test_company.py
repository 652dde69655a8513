"""What the other names under a key say of two that are alike."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from stemma.resolve.comparing import Comparison
from stemma.resolve.meeting.company import chaining, contested


def company(same, size):
    """All pairs of so many names: those named are the same, all others different."""
    found = {
        pair: Comparison(0.9 if pair in same else 0.1, "same" if pair in same else "different", ())
        for pair in combinations(range(size), 2)
    }
    return found, lambda a, b: found[min(a, b), max(a, b)].verdict


def open_pairs(same, size):
    found, judge = company(same, size)
    return set(contested(found, found, judge))


def test_a_bridge_between_two_persons_is_left_open():
    left, right = [(0, 1), (0, 2), (1, 2)], [(3, 4), (3, 5), (4, 5)]
    assert open_pairs({*left, *right, (2, 3)}, 6) == {(2, 3)}


def test_forms_that_all_fit_each_other_are_one():
    assert open_pairs(set(combinations(range(5), 2)), 5) == set()


def test_between_two_strangers_nobody_is_chosen():
    assert open_pairs({(0, 1), (1, 2)}, 3) == {(0, 1), (1, 2)}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_the_names_does_not_matter(order):
    same = {(0, 1), (0, 2), (1, 2), (2, 3)}
    moved = {tuple(sorted((order[a], order[b]))) for a, b in same}
    assert open_pairs(moved, 4) == {tuple(sorted((order[a], order[b]))) for a, b in open_pairs(same, 4)}


def test_syllables_joined_say_no_less_than_syllables_apart():
    names = ["Cho Minsol", "Cho Min Sol", "Cho Min Sal"]
    same = Comparison(0.99, "same", ())
    assert not list(chaining(names, {(0, 1): same, (0, 2): same, (1, 2): Comparison(0.3, "unsure", ())}))
