"""To whom something was said, what the reporting words make of it, and what the day said rests on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stemma.annotate import mentions, statements, times
from stemma.records import Page, Statement

MakePage = Callable[[str], Page]
pytestmark = pytest.mark.usefixtures("rules_alone")


def first(page: Page) -> Statement:
    return statements(page, mentions(page), times(page))[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tamm told the harbour council that the mill would close.", "the harbour council"),
        ("Tamm assured reporters that the mill would close.", "reporters"),
        ("Tamm said to reporters that the mill would close.", "reporters"),
        ("Tamm called on the council to close the mill.", "the council"),
        ("Speaking to the Dorn Post, Tamm said that the mill would close.", "the Dorn Post"),
        ("Tamm said that the mill would close.", None),
        ("Tamm told on Monday that the mill would close.", None),
        ("Tamm told me over tea that the mill would close.", "me"),
        ("Tamm answered with a smile that the mill would close.", None),
        ("Tamm said to general laughter that the mill would close.", None),
        ("Tamm told the board last week that the mill would close.", "the board"),
        ("Tamm told the board through a lawyer that the mill would close.", "the board"),
        ("Tamm encouraged lawmakers to close the mill.", "lawmakers"),
        ("Tamm urged those who own the mill to close it.", "those who own the mill"),
        ("“Will the mill close?” asked the prosecutor, Ana Holt.", None),
    ],
)
def test_addressee(make_page: MakePage, text: str, told: str | None) -> None:
    found = first(make_page(text)).addressee
    assert (found.exact if found else None) == told


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Tamm had no comment, and said that the mill would close.", "affirmed"),
        ("Tamm said not only that the mill would close.", "affirmed"),
        ("Tamm would not say whether the mill would close.", "negated"),
        ("Tamm refused to say whether the mill would close.", "negated"),
        ("Tamm wondered whether the mill would close.", "question"),
        ("Tamm asked the council to close the mill.", "request"),
        ("Tamm told reporters that the mill would close.", "affirmed"),
        ("Tamm might say that the mill would close.", "hypothetical"),
        ("I would say that the mill must close.", "affirmed"),
    ],
)
def test_polarity(make_page: MakePage, text: str, polarity: str) -> None:
    found = statements(page := make_page(text), mentions(page), times(page))
    assert found[-1].polarity == polarity


def test_a_turn_that_asks_is_a_question(make_page: MakePage) -> None:
    page = make_page("Ana: Was it signed?\nBo: No.\nAna: Why?\nBo: It rained.")
    assert [one.polarity for one in statements(page, (), ())] == ["question", "affirmed"] * 2


def test_the_day_names_its_words_and_rule(make_page: MakePage) -> None:
    said = first(make_page("Tamm said on 2 May 2031 that the mill would close."))
    assert said.said == "2031-05-02"
    assert said.said_words
    assert said.said_words.exact == "2 May 2031"
    assert said.said_basis.startswith("the date in its clause")
    assert (said.earliest, said.latest) == (None, None)


def test_a_month_bounds_the_day_and_is_none(make_page: MakePage) -> None:
    said = first(make_page("Tamm said in May 2031 that the mill would close."))
    assert said.said is None
    assert (said.earliest, said.latest) == ("2031-05-01", "2031-05-31")
    assert said.said_words
    assert said.said_words.exact == "May 2031"


def test_nothing_told_is_nothing_kept(make_page: MakePage) -> None:
    said = first(make_page("Tamm said that the mill would close."))
    assert (said.said, said.said_words, said.said_basis, said.earliest, said.latest) == (None, None, "", None, None)


def test_a_carried_day_names_the_words_of_the_event(make_page: MakePage) -> None:
    page = make_page("On 2 May 2031 Tamm made a speech at the mill.\nHe said that it was cold.")
    said = statements(page, mentions(page), times(page))[-1]
    assert (said.said, said.said_words and said.said_words.exact) == ("2031-05-02", "2 May 2031")
    assert said.said_basis == "the day of the event that the words were said at"
