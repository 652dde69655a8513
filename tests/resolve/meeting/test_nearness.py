"""Which names are worth comparing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.resolve.meeting.nearness import near

#: Spellings of few persons in several scripts, and bodies, to be put together at random.
PERSONS = (
    "Cho Min Sol", "Jo Min-sol", "조민솔", "Чо Мин Соль", "Andrei Belkin", "Андрей Белкин", "A. Belkin", "Boris Belkin",
    "Belkin", "Zhou Xiaoping", "Chou Hsiao-p'ing", "周晓平", "Qasim al-Tarawi", "Kassem Tarawi", "قاسم الطراوي",
)  # fmt: skip
BODIES = ("Ministry of Rail of Velm", "Rail Ministry", "MRV", "Velm Rail Union", "Karvis", "Council of Karvis Ports")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Cho Min Sol", "Jo Min-sol"),
        ("Cho Min Sol", "조민솔"),
        ("Cho Min Sol", "Чо Мин Соль"),
        ("Andrei Belkin", "Андрей Белкин"),
        ("Andrei Belkin", "A. Belkin"),
        ("Andrei Belkin", "Belkin"),
        ("Zhou Xiaoping", "Chou Hsiao-p'ing"),
        ("Zhou Xiaoping", "周晓平"),
        ("Qasim al-Tarawi", "Kassem Tarawi"),
        ("Qasim al-Tarawi", "قاسم الطراوي"),
        ("William Orne", "Bill Orne"),
    ],
)
def test_forms_of_one_person_are_near(left, right):
    assert near([left, right], "person") == [(0, 1)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Andrei Belkin", "Boris Belkin"),
        ("Andrei Belkin", "Борис Белкин"),
        ("Cho Min Sol", "Cho Tae Gyong"),
        ("Zhou Xiaoping", "Zhou Meilin"),
        ("Mara Orlu", "Mara Tennick"),
    ],
)
def test_one_word_in_common_is_not_enough(left, right):
    assert near([left, right], "person") == []


def test_bodies_share_a_third_of_their_words_or_are_short():
    names = ["Ministry of Rail of Velm", "Rail Ministry", "MRV", "Council of Karvis Ports and Velm Harbour Authorities"]
    assert near(names, "organization") == [(0, 1), (0, 2), (1, 2), (2, 3)]


@given(st.lists(st.sampled_from(PERSONS), min_size=2, max_size=8, unique=True))
def test_persons_are_near_whatever_the_company(names):
    alone = [(a, b) for b in range(len(names)) for a in range(b) if near([names[a], names[b]], "person")]
    assert near(names, "person") == sorted(alone)


@given(st.lists(st.sampled_from(BODIES), min_size=2, max_size=6, unique=True))
def test_bodies_are_near_whatever_the_company(names):
    alone = [(a, b) for b in range(len(names)) for a in range(b) if near([names[a], names[b]], "organization")]
    assert near(names, "organization") == sorted(alone)


def test_nothing_to_compare():
    assert near([], "person") == []
    assert near(["Mara Orlu"], "person") == []
    assert near(["", "  "], "organization") == []
