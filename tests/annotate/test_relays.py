"""Whom a page took its words from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stemma.annotate.mentions import mentions
from stemma.annotate.references import people
from stemma.annotate.relays import relays, same_outlet
from stemma.annotate.statements import statements
from stemma.records import Field, Label, Mention, MentionKind, Page, Reference, Relay, evidence

MakePage = Callable[[str], Page]


def named(page: Page, name: str, kind: MentionKind = "outlet", nth: int = 0) -> Mention:
    at = -1
    for _ in range(nth + 1):
        at = page.document.text.index(name, at + 1)
    return Mention(document=page.document.id, evidence=evidence(page.document, at, at + len(name)), kind=kind)


def hops(page: Page, *mentions: Mention, references: tuple[Reference, ...] = ()) -> list[tuple[str, str, int, str]]:
    said = statements(page, mentions, ())
    names = {mention.id: mention.evidence.exact for mention in mentions}
    words = {statement.id: statement.content[0].exact for statement in said}
    found: tuple[Relay, ...] = relays(page, mentions, said, references)
    return [(words[r.statement or ""], names[r.exemplar], r.hop, r.kind) for r in found]


def test_an_agency_cites_a_minister(make_page: MakePage) -> None:
    page = make_page("The mine has reopened, Sarva News reported, citing Oru Tamm.")
    agency, tamm = named(page, "Sarva News"), named(page, "Oru Tamm", "person")
    said = statements(page, (agency, tamm), ())
    found = relays(page, (agency, tamm), said, ())
    inner = next(s for s in said if s.depth == 1)
    (relay,) = [r for r in found if r.statement == inner.id]
    assert (relay.exemplar, relay.kind, relay.hop) == (agency.id, "cited", 0)
    assert relay.evidence
    assert relay.evidence.exact == "Sarva News reported"


def test_the_lead_holds_for_later_statements_of_the_speaker(make_page: MakePage) -> None:
    page = make_page("The mine has reopened, Sarva News reported, citing Oru Tamm.\n\n“It is safe,” Oru Tamm said.")
    agency, tamm, again = (
        named(page, "Sarva News"),
        named(page, "Oru Tamm", "person"),
        named(page, "Oru Tamm", "person", 1),
    )
    assert ("“It is safe,”", "Sarva News", 0, "carried") in hops(page, agency, tamm, again)


def test_another_speaker_is_not_carried(make_page: MakePage) -> None:
    page = make_page("The mine has reopened, Sarva News reported, citing Oru Tamm.\n\n“It is safe,” Ilse Brand said.")
    mentions = (named(page, "Sarva News"), named(page, "Oru Tamm", "person"), named(page, "Ilse Brand", "person"))
    assert not [hop for hop in hops(page, *mentions) if hop[3] == "carried"]


def test_told_the_agency(make_page: MakePage) -> None:
    page = make_page("“It is safe,” Oru Tamm told Sarva News on Monday.")
    assert hops(page, named(page, "Sarva News"), named(page, "Oru Tamm", "person")) == [
        ("“It is safe,”", "Sarva News", 0, "cited")
    ]


def test_quoted_by_a_newspaper(make_page: MakePage) -> None:
    page = make_page("Oru Tamm was quoted by the Karvis Courier as saying that the mine is safe.")
    got = hops(page, named(page, "Karvis Courier"), named(page, "Oru Tamm", "person"))
    assert got == [("that the mine is safe", "Karvis Courier", 0, "cited")]


def test_a_credit_line(make_page: MakePage) -> None:
    page = make_page("Oru Tamm said that the mine is safe. (Sarva)")
    assert hops(page, named(page, "Sarva"), named(page, "Oru Tamm", "person")) == [
        ("that the mine is safe", "Sarva", 0, "cited")
    ]


def test_the_pages_own_outlet_is_the_carrier(make_page: MakePage) -> None:
    page = make_page("Oru Tamm told Sarva News that the mine is safe.")
    field = Field(document=page.document.id, name="outlet", value="Sarva News", basis="stated")
    assert hops(page._replace(fields=(field,)), named(page, "Sarva News"), named(page, "Oru Tamm", "person")) == []


def test_the_agency_of_the_dateline_is_the_carrier(make_page: MakePage) -> None:
    page = make_page("KARVIS, May 2 (SNA) -- Oru Tamm told the Sarva News Agency that the mine is safe.")
    assert hops(page, named(page, "Sarva News Agency"), named(page, "Oru Tamm", "person")) == []


def test_without_a_mention_there_is_no_relay(make_page: MakePage) -> None:
    assert hops(make_page("The mine has reopened, local media reported, citing an official.")) == []


def test_a_pronoun_speaks_for_its_antecedent(make_page: MakePage) -> None:
    page = make_page("The mine has reopened, Sarva News reported, citing Oru Tamm.\n\n“It is safe,” he said.")
    agency, tamm = named(page, "Sarva News"), named(page, "Oru Tamm", "person")
    at = page.document.text.index("he said")
    he = Reference(document=page.document.id, anaphor=evidence(page.document, at, at + 2), antecedent=tamm.id)
    assert ("“It is safe,”", "Sarva News", 0, "carried") in hops(page, agency, tamm, references=(he,))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Sarva News Agency", "SNA", True),
        ("the Sarva News Agency", "Sarva News", True),
        ("Sarva News", "Karvis News", False),
        ("The", "SNA", False),
    ],
)
def test_names_of_one_outlet(left: str, right: str, *, same: bool) -> None:
    assert same_outlet(left, right) is same


def chain(page: Page, *mentions: Mention, nth: int = -1) -> list[str]:
    """Hops of the innermost statement, nearest to the carrier first."""
    names = {mention.id: mention.evidence.exact for mention in mentions}
    said = statements(page, mentions, ())
    found = relays(page, mentions, said, ())
    wanted = sorted(said, key=lambda s: (s.depth, s.content[0].start))[nth]
    return [names[r.exemplar] for r in sorted(found, key=lambda r: r.hop) if r.statement == wanted.id]


def test_a_turn_without_its_speaker_carries_nothing_and_does_no_harm(make_page: MakePage) -> None:
    page = make_page("I add that Ilse Brand said that the mill is shut.")
    turn = Label(document=page.document.id, start=0, end=len(page.document.text), role="turn")
    brand = named(page, "Ilse Brand", "person")
    assert statements(page._replace(labels=(turn,)), (brand,), ())[0].kind == "transcript"
    assert chain(page._replace(labels=(turn,)), brand) == []


def test_an_outlet_in_its_own_voice_has_no_relay(make_page: MakePage) -> None:
    page = make_page("Sarva News reported that the mine has reopened.")
    assert hops(page, named(page, "Sarva News")) == []


def test_what_someone_has_said_came_by_the_agency_that_reported_it(make_page: MakePage) -> None:
    page = make_page("Premier Oru Tamm has said the mine is safe, the Sarva News Agency (SNA) reported Tuesday.")
    mentions = (named(page, "Oru Tamm", "person"), named(page, "Sarva News Agency"), named(page, "SNA"))
    assert chain(page, *mentions) == ["Sarva News Agency"]


def test_an_agency_that_cites_another_is_the_nearer_hop(make_page: MakePage) -> None:
    page = make_page("Tamm said that the mine is safe, the Karvis Courier reported, citing the state agency Sarva.")
    mentions = (named(page, "Tamm", "person"), named(page, "Karvis Courier"), named(page, "Sarva"))
    assert chain(page, *mentions) == ["Karvis Courier", "Sarva"]


def test_which_in_turn_cited(make_page: MakePage) -> None:
    page = make_page(
        "The mine has reopened, the Karvis Courier reported, quoting the Sarva agency, which in turn cited Oru Tamm."
    )
    mentions = (named(page, "Karvis Courier"), named(page, "Sarva"), named(page, "Oru Tamm", "person"))
    assert chain(page, *mentions) == ["Karvis Courier", "Sarva"]


def test_in_the_text_of_an_agency(make_page: MakePage) -> None:
    page = make_page("In the English text of the Sarva News Agency, Oru Tamm said that the mine is safe.")
    assert chain(page, named(page, "Sarva News Agency"), named(page, "Oru Tamm", "person")) == ["Sarva News Agency"]


def test_in_the_version_of_a_places_agency(make_page: MakePage) -> None:
    page = make_page(
        "The Ruvania Press Bureau is old.\nIn the version of Ruvania's agency, Oru Tamm said that it is safe."
    )
    assert chain(page, named(page, "Ruvania Press Bureau"), named(page, "Oru Tamm", "person")) == [
        "Ruvania Press Bureau"
    ]


def test_the_carrier_by_its_short_form_is_no_hop(make_page: MakePage) -> None:
    page = make_page("The Bureau of Ruvania for News (SNA) is old.\nTamm told the Bureau of Ruvania that it is safe.")
    field = Field(document=page.document.id, name="outlet", value="SNA", basis="stated")
    assert chain(page._replace(fields=(field,)), named(page, "Bureau of Ruvania", nth=1)) == []


def test_a_cut_off_name_is_no_outlet(make_page: MakePage) -> None:
    page = make_page("The mine is safe, Tamm told Morning Sun Ok on Monday.")
    assert chain(page, named(page, "Morning Sun"), named(page, "Tamm", "person")) == []


def test_an_askers_outlet_is_on_what_is_quoted_not_on_the_turn(make_page: MakePage) -> None:
    page = make_page(
        "Sarva News: Premier Tamm said that the mill would close. Will it?\nBRAND: No.\nSarva News: When?\nBRAND: Never."
    )
    mentions = (named(page, "Sarva News"), named(page, "Tamm", "person"), named(page, "Sarva News", nth=1))
    assert chain(page, *mentions) == ["Sarva News"]
    assert chain(page, *mentions, nth=0) == []


def test_a_credit_line_is_the_first_hop_of_the_page_and_of_each_statement(make_page: MakePage) -> None:
    page = make_page("SARVA, Karvis\nThe mine has reopened, the Lake News reported, citing Oru Tamm.")
    sarva, lake, tamm = named(page, "SARVA"), named(page, "Lake News"), named(page, "Oru Tamm", "person")
    said = statements(page, (sarva, lake, tamm), ())
    found = relays(page, (sarva, lake, tamm), said, ())
    assert [(r.exemplar, r.hop) for r in found if r.statement is None] == [(sarva.id, 0)]
    assert chain(page, sarva, lake, tamm) == ["SARVA", "Lake News"]


def test_a_first_line_of_prose_is_no_credit(make_page: MakePage) -> None:
    page = make_page("Sarva, Karvis and the sea were quiet.\nTamm said that the mine is safe.")
    assert chain(page, named(page, "Sarva"), named(page, "Tamm", "person")) == []


def whole(page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """First words of each content, and the carriers told for it, those without a name too."""
    names = mentions(page)
    said = statements(page, names, ())
    who, referred = people(page, names, said)
    words = {one.id: one.evidence.exact for one in (*names, *who)}
    found = relays(page, (*names, *who), said, referred)
    told = {one.id: [(words[r.exemplar], r.kind) for r in found if r.statement == one.id] for one in said}
    return [(one.content[0].exact[:12], told[one.id]) for one in said]


def test_state_media_are_an_outlet_without_a_name(make_page: MakePage) -> None:
    page = make_page("“It is safe,” Oru Tamm told state media on Monday.")
    assert whole(page) == [("“It is safe,", [("state media", "cited")])]


def test_a_press_conference_is_no_outlet(make_page: MakePage) -> None:
    page = make_page("“It is safe,” Oru Tamm told the press conference.")
    assert whole(page) == [("“It is safe,", [])]


def test_a_service_that_reports_the_lead_carries_the_story(make_page: MakePage) -> None:
    page = make_page(
        "The mine has reopened, the presidential press service reported.\n\nOru Tamm said that it was safe."
    )
    assert ("that it was ", [("the presidential press service", "carried")]) in whole(page)


def test_another_service_takes_over(make_page: MakePage) -> None:
    page = make_page(
        "The mine has reopened, the presidential press service reported.\n\n"
        "It is deep, the parliamentary press service said.\n\nOru Tamm said that it was safe."
    )
    assert ("that it was ", []) in whole(page)


def test_a_sentence_that_opens_with_an_outlet(make_page: MakePage) -> None:
    page = make_page("In the Sarva News, Oru Tamm said that it was safe. Ilse Brand said that it was deep.")
    names = (named(page, "Sarva News"), named(page, "Oru Tamm", "person"), named(page, "Ilse Brand", "person"))
    assert hops(page, *names) == [
        ("that it was safe", "Sarva News", 0, "cited"),
        ("that it was deep", "Sarva News", 0, "carried"),
    ]


def test_what_somebody_was_told_by_a_person_is_not_carried_on(make_page: MakePage) -> None:
    page = make_page("Ilse Brand said that Oru Tamm had called the mine safe.\n\nOru Tamm said that it was deep.")
    names = (
        named(page, "Ilse Brand", "person"),
        named(page, "Oru Tamm", "person"),
        named(page, "Oru Tamm", "person", 1),
    )
    assert not [hop for hop in hops(page, *names) if hop[3] == "carried"]


def test_only_persons_by_name_are_carried_by_a_service(make_page: MakePage) -> None:
    page = make_page(
        "The mine has reopened, the presidential press service reported.\n\nThe ombudswoman said that it was safe."
    )
    assert ("that it was ", []) in whole(page)


@pytest.mark.parametrize(
    "words", ["a radio interview", "a media query", "this newspaper", "her daily note", "a television host"]
)
def test_words_that_are_no_outlet(words: str, make_page: MakePage) -> None:
    page = make_page(f"“It is safe,” Oru Tamm said in {words}.")
    assert whole(page) == [("“It is safe,", [])]


def test_a_text_without_a_name_carries_what_it_reports(make_page: MakePage) -> None:
    page = make_page("According to a leaked memorandum, Oru Tamm said that the mine was safe.")
    assert ("that the min", [("a leaked memorandum", "cited")]) in whole(page)


def test_a_spokesman_for_a_body_is_not_the_body(make_page: MakePage) -> None:
    page = make_page("A spokesman for the Harbour Board said that the Harbour Board had promised to reopen the mine.")
    assert ("to reopen th", [("A spokesman for the Harbour Board", "cited")]) in whole(page)


@pytest.mark.parametrize(
    "page_words",
    [
        "Oru Tamm said through his solicitor that the mine was safe.",
        "Oru Tamm, through his solicitor, said that the mine was safe.",
    ],
)
def test_through_somebody_without_a_name(page_words: str, make_page: MakePage) -> None:
    assert whole(make_page(page_words)) == [("that the min", [("his solicitor", "cited")])]


def test_what_stands_in_words_told_to_an_outlet_came_through_it_too(make_page: MakePage) -> None:
    page = make_page("Oru Tamm told state television that Ilse Brand had called the mine safe.")
    assert ("the mine saf", [("state television", "cited"), ("Oru Tamm", "cited")]) in whole(page)


def test_what_stands_in_carried_words_is_carried(make_page: MakePage) -> None:
    page = make_page(
        "The mine has reopened, the presidential press service reported.\n\n"
        "Oru Tamm said that Ilse Brand had called it safe."
    )
    assert ("it safe", [("the presidential press service", "carried"), ("Oru Tamm", "cited")]) in whole(page)


def test_an_outlet_that_was_told_later_in_the_story_holds_for_its_paragraph(make_page: MakePage) -> None:
    page = make_page(
        "The mine has reopened.\n\nIt is deep.\n\nOru Tamm told state television that it was safe.\n\n"
        "Oru Tamm said that it was dry."
    )
    assert ("that it was ", []) in whole(page)


def test_in_a_letter_to_an_outlet(make_page: MakePage) -> None:
    page = make_page("In a letter to the Sarva News, Oru Tamm said that it was safe.")
    names = (named(page, "Sarva News"), named(page, "Oru Tamm", "person"))
    assert hops(page, *names) == [("that it was safe", "Sarva News", 0, "cited")]


_ITEMS = """{head}

The daily Sarva News gives a page to the mine. Oru Tamm said that it was safe.

The Karvis Post is less patient. Oru Tamm said that it was deep.

The Lake Courier has a cartoon. Oru Tamm said that it was dry."""


@pytest.mark.parametrize(
    ("head", "carried"), [("Press review of Monday", ["Sarva News", "Karvis Post", "Lake Courier"]), ("The mine", [])]
)
def test_an_item_of_a_digest_is_its_outlets(head: str, carried: list[str], make_page: MakePage) -> None:
    page = make_page(_ITEMS.format(head=head))
    names = [named(page, one) for one in ("Sarva News", "Karvis Post", "Lake Courier")]
    names += [named(page, "Oru Tamm", "person", number) for number in range(3)]
    assert [hop[1] for hop in hops(page, *names) if hop[3] == "carried"] == carried
