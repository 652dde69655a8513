"""Pages of invented people, each of one class of names that taggers get wrong."""

from __future__ import annotations

import pytest

from stemma.annotate.mentions import mentions

KINDS = {"P": "person", "O": "organization", "L": "place", "A": "outlet", "W": "work"}


def check(marked) -> None:
    found = [(one.evidence.start, one.evidence.end, one.kind) for one in mentions(marked.page)]
    wanted = sorted((start, end, KINDS[mark[0]]) for mark, spans in marked.marks.items() for start, end in spans)
    text = marked.page.document.text
    assert [(text[s:e], kind) for s, e, kind in found] == [(text[s:e], kind) for s, e, kind in wanted]


def test_particles(marked):
    """
    Judge [P1 Jan van der Holt] met Sheikh [P2 Rashid bin Omar al-Tarawi] and [P3 Ilse von Karsen] in [L1 Karvis].
    """
    check(marked)


def test_initials_and_hyphens(marked):
    """
    [P1 R. K. Oommen], who leads the inquiry, thanked [P2 Maria Lund-Varga] and Dr. [P3 Anna-Lena Moser].
    """
    check(marked)


def test_names_of_korea_and_china(marked):
    """
    Premier [P1 Cho Min-sol] told [P2 Wu Jianbo] that [P3 Ri Han Sol] would come.
    """
    check(marked)


def test_surname_alone_at_the_head_of_sentences(marked):
    """
    The harbour was closed by [P1 Maren Holt], who runs it. [P2 Holt] said it would open. Currently [P3 Holt] is abroad.
    """
    check(marked)


def test_given_name_alone(marked):
    """
    The child, [P1 Gloria], was taken ill in May. [P2 Gloria] was seen by doctors, and [P3 Gloria]'s mother wept.
    """
    check(marked)


def test_initials_of_a_body_that_the_page_spells_out(marked):
    """
    The [O1 Velorian Institute of Shipping] ([O2 VIS]) counts ships. [O3 VIS] said that there were nine.
    """
    check(marked)


def test_company_of_an_unknown_form(marked):
    """
    Shares in [O1 TidalWorks] fell after the company said that it would close its yard. [O2 TidalWorks] employs 900 people.
    """
    check(marked)


def test_small_towns_of_the_gazetteer(marked):
    """
    They drove from [L1 Bogoroditsk] to [L2 Kimry] and slept in [L3 Uglich].
    """
    check(marked)


def test_ministry_with_its_state(marked):
    """
    The [O1 US State Department] and the [O2 Home Office] wrote to the [O3 Ministry of Trade and Industry of Veloria].
    """
    check(marked)


def test_known_outlets_with_their_article(marked):
    """
    The report was first printed abroad. [A1 The Guardian] cited it, and so did [A2 The New York Times].
    """
    check(marked)


def test_article_of_a_treaty_and_its_treaty(marked):
    """
    Under [W1 Article 4 of the Treaty on Comprehensive Strategic Partnership] and [W2 Resolution 2270] nothing moves.
    """
    check(marked)


def test_words_with_a_capital_that_are_no_names(marked):
    """
    Iodine deficiency is common. If Iodine is lacking, IQ falls by 15 points, and the GDP with it. The PhD took years.
    """
    check(marked)


def test_prefixes_and_sums_are_no_places(marked):
    """
    The pro-Moscow camp paid US$ 20 million for the [L1 Moscow] talks.
    """
    check(marked)


def test_well_known_things_are_no_names_of_the_five_kinds(marked):
    """
    The World Cup and the Winter Olympics were on, and Islam and the Cold War were discussed on the Internet.
    """
    check(marked)


def test_region_is_one_place(marked):
    """
    Shells fell in the [L1 Kursk Region], then in the [L2 Kursk area], the [L3 Republic of Tarvos] said.
    """
    check(marked)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PREMIER CHO MIN SOL VISITS NEW BRIDGE\n\nPremier Cho Min Sol was in Karvis.", {"Cho Min Sol", "Karvis"}),
        ("Minister Holt Opens Karvis Bridge\n\nMinister Maren Holt opened a bridge.", {"Holt", "Maren Holt"}),
    ],
)
def test_headlines_give_names_of_the_prose(make_page, text, names):
    found = {one.evidence.exact for one in mentions(make_page(text))}
    assert names <= found | {name.title() for name in found}
    assert not any("VISITS" in name or "Opens" in name for name in found)
