"""The weights that come with Stemma."""

from __future__ import annotations

import math
from typing import get_args

from stemma.annotate.references.choosing.offers import Offer, Sort
from stemma.annotate.references.choosing.weights import shipped, telling, weights


def test_every_sort_of_source_has_weights():
    assert set(weights()) == set(get_args(Sort))
    assert all(math.isfinite(much) and much for table in weights().values() for much in table.values())


def test_what_the_rules_say_speaks_for_an_answer():
    assert all(table.get("ruled", 0) > 0 for sort, table in weights().items() if sort != "I")


def test_a_weight_is_multiplied_with_how_much_there_is_of_its_sign():
    class Asked:
        sort = "he"

    many = weights()["he"]["times told"]
    found = [[("times told", 2.0), ("never heard of", 9.0)], []]
    assert shipped(Asked(), [Offer("figure"), Offer("nobody")], found) == [2 * many, 0]


def test_a_reason_names_what_puts_an_answer_ahead() -> None:
    sort, table = next(iter(weights().items()))
    (low, least), *_, (high, most) = sorted(table.items(), key=lambda each: each[1])
    assert least < 0 < most
    assert telling(sort, [(high, 1.0), (low, 1.0)], []) == [high]
    assert telling(sort, [(high, 1.0)], [(high, 1.0)]) == []
    assert telling("no such sort", [(high, 1.0)], []) == []
