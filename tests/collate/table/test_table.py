"""Many witnesses beside a base that can be any of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.table import table

BASE = "The bond of both towns passed its hardest trial, and 300 engineers saluted"
OTHERS = (
    "The bond of both towns passed its most searching trial, and 300 engineers saluted",
    "The unbroken bond of both towns passed its most searching trial, and 250 engineers saluted",
    "The bond of both towns passed its hardest trial, and 300 engineers saluted",
)


def _shown(base: str, *others: str) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    return [
        (
            base[slice(*place.span)].strip(),
            [(text[slice(*read.span)].strip(), read.kinds) for text, read in zip(others, place.readings, strict=True)],
        )
        for place in table(base, others)
    ]


def test_every_witness_has_a_reading_at_every_place() -> None:
    assert _shown(BASE, *OTHERS) == [
        ("", [("", ()), ("unbroken", ("words",)), ("", ())]),
        ("hardest", [("most searching", ("words",)), ("most searching", ("words",)), ("hardest", ())]),
        ("300", [("300", ()), ("250", ("number",)), ("300", ())]),
    ]


def test_the_base_can_be_switched() -> None:
    places = _shown(OTHERS[1], BASE, OTHERS[0])
    assert [lemma for lemma, _ in places] == ["unbroken", "most searching", "250"]
    assert [reads[0] for _, reads in places] == [("", ("words",)), ("hardest", ("words",)), ("300", ("number",))]


@pytest.mark.parametrize(
    ("base", "other", "found"),
    [
        ("", "", []),
        ("", "seven boats", [("", [("seven boats", ("number",))])]),
        ("seven boats", "", [("seven boats", [("", ("number",))])]),
        ("the same words", "the same words", []),
        ("“the same” words", '"the same" words', []),
        ("in the morning all boats left port", "all boats left port in the morning",
         [("in the morning", [("", ("order",))]), ("", [("in the morning", ("order",))])]),
        ("the bridge, he said, stands", "the bridge he said, stands", [(",", [("", ("punctuation",))])]),
    ],
)  # fmt: skip
def test_places_of_two_texts(base: str, other: str, found: list[object]) -> None:
    assert _shown(base, other) == found


def test_places_that_touch_in_different_witnesses_are_one() -> None:
    ((lemma, reads),) = _shown("the old grey gate stands", "the new grey gate stands", "the old white gate stands")
    assert lemma == "old grey"
    assert [text for text, _ in reads] == ["new grey", "old white"]


TEXTS = st.lists(
    st.sampled_from(["the", "not", "12,000", "Vash,", "boats", "“left", "“a”", "b.", "—"]), max_size=8
).map(" ".join)


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_any_witness_can_be_read_off_the_table(base: str, others: list[str]) -> None:
    """The base with each place replaced by a witness's reading has the words of that witness."""
    places = table(base, others)
    for number, other in enumerate(others):
        made, at = "", 0
        for place in places:
            made += base[at : place.span[0]] + " " + other[slice(*place.readings[number].span)] + " "
            at = place.span[1]
        assert "".join((made + base[at:]).split()) == "".join(other.split())
    assert all(one.span[1] <= two.span[0] for one, two in pairwise(places))
