"""Names that are one and names that are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.resolve import compare

SAME = [
    ("Cho Min Sol", "Jo Min-sol"),
    ("Ryu Hak Chol", "Yoo Hak-cheol"),
    ("Ri Hak Song", "이학성"),
    ("Ri Hak Song", "Lee Hak-sung"),
    ("Cho Min Sol", "Чо Мин Соль"),
    ("Ryu Hak Chol", "Ryu Hak-cho'l"),
    ("Andrei Belkin", "Andrey Belkin"),
    ("Andrei Belkin", "Андрей Белкин"),
    ("Andrei Belkin", "Andrei Ivanovich Belkin"),
    ("Yevgeny Sharov", "Evgenii Sharov"),
    ("Zhou Xiaoping", "Chou Hsiao-p'ing"),
    ("Qasim al-Tarawi", "Kassem Tarawi"),
    ("Anton J. Holt", "Anton Holt"),
    ("Tomáš Varga", "Tomas Varga"),
]
APART = [
    ("Kim Jong Il", "Kim Jong Un"),
    ("Ri Su Yong", "Ri Yong Su"),
    ("Ri Yong Ho", "Ri Yong Gil"),
    ("Anton Holt", "Maren Holt"),
    ("Kim Jong", "Kim Jong Un"),
    ("Andrei Belkin", "Sergei Orlov"),
    ("Andrei Ivanovich Belkin", "Andrei Pavlovich Belkin"),
    ("А. И. Белкин", "Andrei Pavlovich Belkin"),
    ("A.I. Belkin", "Andrei Pavlovich Belkin"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_person(left, right):
    assert compare(left, right, "person").verdict == "same"


@pytest.mark.parametrize(("left", "right"), APART)
def test_different_persons(left, right):
    assert compare(left, right, "person").verdict == "different"


@pytest.mark.parametrize(
    ("left", "right"), [("Belkin", "Andrei Belkin"), ("Belkin", "Belkina"), ("Muhammad Ali", "Muhammad Ali Saleh")]
)
def test_what_says_less_is_never_the_same(left, right):
    assert compare(left, right, "person").verdict != "same"


def test_reasons_name_the_syllables():
    assert "syllables sol / sol: same" in compare("Cho Min Sol", "Jo Min-sol", "person").reasons


@pytest.mark.parametrize(
    ("left", "right", "kind", "verdict"),
    [
        ("DPRK", "North Korea", "place", "same"),
        ("DPRK", "ROK", "place", "different"),
        ("Germany", "Германия", "place", "same"),
        ("KCNA", "Korean Central News Agency", "outlet", "same"),
        ("KCNA", "TASS", "outlet", "different"),
        ("SNA", "Sarva News Agency", "outlet", "unsure"),
        ("Sarva News Agency", "Karvis Herald", "outlet", "different"),
    ],
)
def test_bodies_and_places(left, right, kind, verdict):
    assert compare(left, right, kind).verdict == verdict


@given(st.text(max_size=30), st.text(max_size=30))
def test_order_does_not_matter_and_scores_are_shares(left, right):
    found = compare(left, right, "person")
    assert found == compare(right, left, "person")
    assert 0 <= found.score <= 1


@given(st.text(min_size=1, max_size=30))
def test_a_name_is_never_different_from_itself(name):
    assert compare(name, name, "person").verdict != "different"
