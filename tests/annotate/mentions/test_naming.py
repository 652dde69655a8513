"""Names of a page, by kind: invented ones by their form and place, known ones from the gazetteer."""

from __future__ import annotations

import re

import pytest
from growth import TWICE, calls
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.annotate.mentions import mentions
from stemma.records import Document, Label, Page

KINDS = {"P": "person", "O": "organization", "L": "place", "A": "outlet", "W": "work"}


def lines_of(text: str) -> Page:
    """A page whose every line is body; hypothesis takes no fixture that lives for one test."""
    document = Document(snapshot="test", layout="test/1", text=text)
    spans = [match.span() for match in re.finditer(r"\S[^\n]*", text)]
    return Page(document, tuple(Label(document=document.id, start=s, end=e, role="body") for s, e in spans), ())


def found(page: Page) -> list[tuple[int, int, str]]:
    return [(one.evidence.start, one.evidence.end, one.kind) for one in mentions(page)]


def expected(marked) -> list[tuple[int, int, str]]:
    return sorted((start, end, KINDS[mark[0]]) for mark, spans in marked.marks.items() for start, end in spans)


def test_dateline_agency_and_minister(marked):
    """
    [L1 KARVIS], October 24. /[A1 SARVA]/. The bridge will open next week, [L2 Velorian Republic] Foreign Minister [P1 Cho Min Sol] said.
    """
    assert found(marked.page) == expected(marked)


def test_unknown_agency_by_its_head_word(marked):
    """
    The talks were frank, the [A1 Sarva News Agency] reported, citing Deputy Minister [P1 Tomas Varga].
    """
    assert found(marked.page) == expected(marked)


def test_adjectives_are_no_mentions(marked):
    """
    Russian and Korean officials met their Velorian counterparts in [L1 Moscow]. The Velorian delegation left early.
    """
    assert found(marked.page) == expected(marked)


def test_countries_are_places_and_their_bodies_are_organisations(marked):
    """
    The [L1 DPRK], the [L2 ROK] and the [L3 U.S.] sent notes to the [O1 UN]. The [O2 DPRK government] and the [O3 armed forces of the Russian Federation] kept silent.
    """
    assert found(marked.page) == expected(marked)


def test_two_countries_with_a_hyphen_are_two(marked):
    """
    The [L1 DPRK]-[L2 Russia] talks went on.
    """
    assert found(marked.page) == expected(marked)


def test_small_letters_that_belong_to_a_name(marked):
    """
    They crossed the [L1 Kursk area] and spoke of the [L2 Korean peninsula].
    """
    assert found(marked.page) == expected(marked)


def test_surname_alone_is_the_person_of_the_full_name(marked):
    """
    State Security Minister [P1 Ri Han Sol] opened the meeting. [P2 Ri] thanked the guests.
    """
    assert found(marked.page) == expected(marked)


def test_work(marked):
    """
    Under [W1 Article 4 of the Treaty on Good Neighbourliness] both sides keep watch.
    """
    assert found(marked.page) == expected(marked)


def test_syllables_that_are_words_of_outlets_stay_in_the_name(marked):
    """
    Foreign Minister [P1 Cho Sun Ok] spoke. [P2 Cho Sun Ok] left.
    """
    assert found(marked.page) == expected(marked)


def test_body_in_a_role_ends_before_the_name(marked):
    """
    Chairman of the [O1 State Council of Veloria] [P1 Cho Min Sol] met Minister of Land and Sea Transport [P2 Ri Han Sol].
    """
    assert found(marked.page) == expected(marked)


def test_state_by_its_full_name(marked):
    """
    The guests of the [L1 People's Republic of Veloria] came by ship.
    """
    assert found(marked.page) == expected(marked)


def test_courier_is_an_outlet_after_a_name(marked):
    """
    The talks were frank, [A1 The Karvis Courier] reported.
    """
    assert found(marked.page) == expected(marked)


def test_state_that_speaks_is_a_place_by_its_adjective(marked):
    """
    [L1 Veloria] said that the harbour would open. The Velorian envoy smiled.
    """
    assert found(marked.page) == expected(marked)


def test_state_that_speaks_is_a_place_by_what_it_owns(marked):
    """
    Two of [L1 Tarvos]’s neighbours signed. [L2 Tarvos] said that it had not been asked; the talks in [L3 Tarvos] go on.
    """
    assert found(marked.page) == expected(marked)


def test_verb_after_a_place_is_not_its_own(marked):
    """
    The government in [L1 Osker] wants to know more.
    """
    assert found(marked.page) == expected(marked)


def test_paragraph_of_many_names_is_no_headline(marked):
    """
    At the invitation of [P1 Cho Min Sol], Chairman of the [O1 State Council], the President of the [L1 Republic of Veloria], [P2 Tomas Varga], came.
    """
    assert found(marked.page) == expected(marked)


@pytest.mark.parametrize("word", ["Tuesday", "October", "Three", "Correction", "Meanwhile", "Question", "Article"])
def test_words_of_the_calendar_and_of_openings_are_no_names(make_page, word):
    page = make_page(f"{word} was quiet. {word} said so. On {word} the toll, he said, was high.")
    assert mentions(page) == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("They heard DPRK State Security Minister Ri Han Sol speak.", "DPRK State Security Minister"),
        ("It cited the country's leader Cho Min Sol.", "the country's leader"),
        ("Maren Holt, president of the Velorian Republic, left.", "president of the Velorian Republic"),
        ("He met Maren Holt in Karvis.", None),
    ],
)
def test_role_as_worded(make_page, text, role):
    assert [one.role for one in mentions(make_page(text)) if one.kind == "person"] == [role]


def test_headline_holds_names_of_the_prose_only(make_page):
    page = make_page(
        "Minister Varga Praises New Bridge Over River Tann\n\nForeign Minister Tomas Varga opened a bridge."
    )
    first = [one.evidence.exact for one in mentions(page) if one.evidence.start < 40]
    assert first == ["Varga"]


def test_nothing_in_furniture(make_page):
    page = make_page("Maren Holt spoke.\nTomas Varga spoke.")
    furniture = [
        Label(document=page.document.id, start=label.start, end=label.end, role="furniture")
        for label in page.labels[1:]
    ]
    assert [one.evidence.exact for one in mentions(page._replace(labels=(page.labels[0], *furniture)))] == [
        "Maren Holt"
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Kim Jong-Un's U.S. /TASS/ (Ab) the of, Minister\n“”\"", max_size=200))
def test_evidence_is_verbatim_and_apart(text):
    at = 0
    for one in mentions(lines_of(text)):
        assert one.evidence.exact == text[one.evidence.start : one.evidence.end]
        assert one.evidence.start >= at
        at = one.evidence.end


@pytest.mark.parametrize("piece", ["Aa ", '"', "U.", "Al-", "A' "])
def test_work_grows_with_the_line(make_page, piece):
    line = piece * (10_000 // len(piece))
    assert calls(mentions, make_page(line * 2)) < TWICE * calls(mentions, make_page(line)) + 100


def test_the_holder_of_an_office_stands_behind_his_country(marked):
    """
    President of the [L1 Republic of Veloria] [P1 Tomas Varga] met Ambassador Extraordinary and Plenipotentiary of the [L2 Kingdom of Karvia] [P2 Salim bin Harb al-Otaiba]. Foreign Minister of [L3 Dornia] [P3 Ana Holt] was there.
    """
    assert found(marked.page) == expected(marked)


def test_what_a_minister_is_of_is_nobody(marked):
    """
    The talks between the Minister of Energy and the Minister of Trade and Industry [P1 Ana Holt] were frank, and Gov. [P2 Tomas Varga] listened to all of them for an hour.
    """
    assert found(marked.page) == expected(marked)


def test_a_city_behind_a_given_name_is_a_surname(marked):
    """
    [P1 Odile Paris], a nurse from [L2 Karvia], said it rained. She left early, but not for [L1 Moscow].
    """
    assert found(marked.page) == expected(marked)


def test_a_noun_calls_a_name_an_outlet(marked):
    """
    The newspaper [A1 Al-Minbar] wrote that it rained, and the daily “[A2 Dorn's Dawn]” agreed. [A3 Al-Minbar] was first, [A4 Dorn's Dawn] second.
    """
    assert found(marked.page) == expected(marked)
