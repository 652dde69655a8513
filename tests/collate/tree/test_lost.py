from itertools import permutations

import pytest

from stemma.collate.tree.lost import lost

#: Agency a; papers x and y have "rigorous" and "comrades" against it; x departs from it twice more, y once.
PLACES = [
    {"a": "severest", "b": "severest", "x": "rigorous", "y": "rigorous"},
    {"a": "friends", "b": "friends", "x": "comrades", "y": "comrades"},
    {"a": "300", "b": "300", "x": "250", "y": "300"},
    {"a": "engineers", "b": "engineers", "x": "builders", "y": "engineers"},
    {"a": "harbour", "b": "harbour", "x": "harbour", "y": "port"},
]
DAYS = {"a": "2025-10-24", "b": None, "x": "2025-10-25", "y": "2025-10-26"}


def test_two_that_share_readings_against_all_and_cannot_have_them_from_each_other_had_a_lost_exemplar():
    (found,) = lost(["x", "y"], DAYS, PLACES)
    assert (found.children, found.places) == (("x", "y"), (0, 1))


@pytest.mark.parametrize(
    ("free", "days", "places"),
    [
        (["x"], DAYS, PLACES),
        (["x", "y"], {**DAYS, "a": None}, PLACES),
        (["x", "y"], {**DAYS, "a": "2025-10-27"}, PLACES),
        (["x", "y"], {**DAYS, "y": "2025-10-25"}, PLACES),
        (["x", "y"], DAYS, PLACES[1:]),
        (["x", "y"], DAYS, [*PLACES[:3], PLACES[4]]),
        (["x", "y"], DAYS, [{**place, "b": place["x"]} for place in PLACES]),
    ],
    ids=[
        "one names its source", "nobody dated before", "the others are later", "either may be the other's",
        "one shared place", "one word may be mended back", "a third has them too",
    ],
)  # fmt: skip
def test_without_one_of_the_grounds_there_is_none(free, days, places):
    assert lost(free, days, places) == []


def test_readings_with_a_taker_of_its_own_part_nobody():
    """z has it from y: that it reads with y against x does not make x's words its own."""
    days = {"a": "2025-10-24", "x": "2025-10-25", "y": "2025-10-26", "z": "2025-10-27"}
    places = [
        {"a": "severest", "x": "rigorous", "y": "rigorous", "z": "rigorous"},
        {"a": "friends", "x": "comrades", "y": "comrades", "z": "comrades"},
        {"a": "300", "x": "300", "y": "250", "z": "250"},
        {"a": "engineers", "x": "engineers", "y": "builders", "z": "builders"},
    ]
    assert lost(["x", "y", "z"], days, places) == []


def test_three_may_have_one_lost_exemplar():
    days = {**DAYS, "z": "2025-10-28"}
    places = [
        *({**place, "z": place["x"]} for place in PLACES[:2]),
        *({**place, "z": place["a"]} for place in PLACES[2:]),
        {"a": "bridge", "b": "bridge", "x": "bridge", "y": "span", "z": "bridge"},
    ]
    (found,) = lost(["x", "y", "z"], days, places)
    assert found.children == ("x", "y", "z")


def test_the_taker_of_a_child_is_no_child():
    """z has all of y's words and more: it has them from y."""
    days = {**DAYS, "z": "2025-10-28"}
    places = [
        *({**place, "z": place["y"]} for place in PLACES),
        {"a": "bridge", "b": "bridge", "x": "bridge", "y": "bridge", "z": "span"},
    ]
    (found,) = lost(["x", "y", "z"], days, places)
    assert found.children == ("x", "y")


def test_a_place_of_several_words_is_read_word_by_word():
    """Somebody changed the bank after the north had become the east."""
    places = [
        {"a": "northern bank", "b": "northern bank", "x": "eastern bank", "y": "eastern shore"},
        {"a": "severest of tests", "b": "severest of tests", "x": "hardest of tests", "y": "hardest of trials"},
        *PLACES[2:],
    ]
    (found,) = lost(["x", "y"], DAYS, places)
    assert (found.children, found.places) == (("x", "y"), (0, 1))


def test_the_order_of_witnesses_changes_nothing():
    found = lost(["x", "y"], DAYS, PLACES)
    for order in permutations("abxy"):
        turned = [{name: place[name] for name in order} for place in PLACES]
        days = {name: DAYS[name] for name in order}
        assert lost([each for each in order if each in "xy"], days, turned) == found
