from itertools import permutations

import pytest

from stemma.collate.tree.lost import lost

#: Agency a; papers x and y have "rigorous" and "comrades" against it, each departs from it once more by itself.
PLACES = [
    {"a": "severest", "b": "severest", "x": "rigorous", "y": "rigorous"},
    {"a": "friends", "b": "friends", "x": "comrades", "y": "comrades"},
    {"a": "300", "b": "300", "x": "250", "y": "300"},
    {"a": "harbour", "b": "harbour", "x": "harbour", "y": "port"},
]


DAYS = {"a": "2025-10-24", "b": None, "x": "2025-10-25", "y": None}


def test_two_that_share_readings_against_all_and_cannot_have_them_from_each_other_had_a_lost_exemplar():
    (found,) = lost(["x", "y"], DAYS, PLACES)
    assert (found.children, found.places) == (("x", "y"), (0, 1))


@pytest.mark.parametrize(
    ("free", "days", "places"),
    [
        (["x"], DAYS, PLACES),
        (["x", "y"], {**DAYS, "a": None}, PLACES),
        (["x", "y"], {**DAYS, "a": "2025-10-26"}, PLACES),
        (["x", "y"], DAYS, PLACES[1:]),
        (["x", "y"], DAYS, PLACES[:3]),
        (["x", "y"], DAYS, [{**place, "b": place["x"]} for place in PLACES]),
    ],
    ids=[
        "one names its source", "nobody dated", "the others are later", "one shared place", "one may be the other's",
        "a third has them too",
    ],
)  # fmt: skip
def test_without_one_of_the_grounds_there_is_none(free, days, places):
    assert lost(free, days, places) == []


def test_the_order_of_witnesses_changes_nothing():
    found = lost(["x", "y"], DAYS, PLACES)
    for order in permutations("abxy"):
        turned = [{name: place[name] for name in order} for place in PLACES]
        days = {name: DAYS[name] for name in order}
        assert lost([each for each in order if each in "xy"], days, turned) == found
