"""What the other names under a key say of two that are alike."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from stemma.resolve.comparing import Comparison
from stemma.resolve.meeting.company import Company

CONTESTED = "more names fit one of the two alone than both"
BETTER = "another name fits one of the two better"
LESS = "one name says less and fits others that differ"


def company(same, names):
    """Some names of which these pairs are the same, and all others different."""
    found = {
        pair: Comparison(0.9, "same", ()) if pair in same else Comparison(0.1, "different", ())
        for pair in combinations(range(len(names)), 2)
    }
    return Company(names, found, lambda a, b: found[a, b], all_near=True)


def open_pairs(same, names):
    one = company(same, names)
    return {pair: doubt for pair in same if (doubt := one.doubt(*pair))}


def letters(size):
    return [f"Maren Hol{letter}" for letter in "abcdefgh"[:size]]


def test_a_bridge_between_two_persons_is_left_open():
    left, right = [(0, 1), (0, 2), (1, 2)], [(3, 4), (3, 5), (4, 5)]
    assert open_pairs({*left, *right, (2, 3)}, letters(6)) == {(2, 3): CONTESTED}


def test_forms_that_all_fit_each_other_are_one():
    assert open_pairs(set(combinations(range(5), 2)), letters(5)) == {}


def test_between_two_strangers_nobody_is_chosen():
    assert open_pairs({(0, 1), (1, 2)}, letters(3)) == {(0, 1): CONTESTED, (1, 2): CONTESTED}


@pytest.mark.parametrize("better", ["Maren Holt", "Марен Холт"])
def test_who_fits_worse_than_another_is_left_open(better):
    same = {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)}  # contested by none: the first two fit both others
    assert open_pairs(same, ["Maren Holt", "Holt Maren", better, "Maren Halvek"]) == {(0, 3): BETTER, (1, 3): BETTER}
    assert open_pairs(same, ["Maren Holt", "Holt Maren", better, "مارن هولت"]) == {}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_the_names_does_not_matter(order):
    same = {(0, 1), (0, 2), (1, 2), (2, 3)}
    moved = {tuple(sorted((order[a], order[b]))) for a, b in same}
    expected = {tuple(sorted((order[a], order[b]))): doubt for (a, b), doubt in open_pairs(same, letters(4)).items()}
    assert open_pairs(moved, letters(4)) == expected


def test_syllables_joined_say_no_less_than_syllables_apart():
    names = ["Cho Minsol", "Cho Min Sol", "Cho Min Sal"]
    assert LESS not in open_pairs({(0, 1), (0, 2)}, names).values()


FATHERS = ["Andrei Belkin", "Andrei Pavlovich Belkin", "Andrei Ivanovich Belkin", "Belkin Andrei Ivanovich"]


def test_a_name_that_says_less_is_taken_for_nobody_where_two_are_as_many():
    assert set(open_pairs({(0, 1), (0, 2)}, FATHERS[:3]).values()) == {LESS}


def test_a_name_that_says_less_is_taken_for_whose_forms_are_twice_as_many():
    found = open_pairs({(0, 1), (0, 2), (0, 3), (2, 3)}, FATHERS)
    assert found == {(0, 1): LESS}


def test_who_fits_worse_is_no_other_that_is_meant():
    found = open_pairs({(0, 1), (0, 2)}, [*FATHERS[:2], "Andrei Ivanovich Balakin"])
    assert found[0, 2] == LESS
    assert found.get((0, 1)) != LESS


def test_verdicts_are_asked_once_and_only_of_names_that_are_near():
    asked = []

    def met(a, b):
        asked.append((a, b))
        return Comparison(0.9, "same", ())

    one = Company(letters(4), [(0, 1), (1, 2)], met, all_near=True)
    assert [one.verdict(1, 0), one.verdict(0, 1), one.verdict(0, 3)] == ["same", "same", "different"]
    assert asked == [(0, 1)]
