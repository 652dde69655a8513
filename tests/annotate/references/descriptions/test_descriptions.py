"""Whom a description means: by an age, by what is told before or behind a name, by what is named further on."""

from __future__ import annotations

import pytest

from stemma.annotate.mentions import mentions
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import assemble
from stemma.annotate.references.descriptions import described, foretold, head_of, roles_before, roles_of_places
from stemma.annotate.references.descriptions.offices import kinds_beside
from stemma.annotate.references.names import named, named_behind
from stemma.annotate.references.strangers import stranger
from stemma.records import Page, evidence


def scene_of(page: Page) -> Scene:
    return Scene(page, assemble(mentions(page)))


def span_of(page: Page, words: str) -> tuple[int, int]:
    at = page.document.text.rindex(words)
    return at, at + len(words)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("A judge in Karvis stopped the sale.\n“It is stopped,” Judge Ana Holt said.", "A judge in Karvis", "Ana Holt"),
        (
            "The envoy of Veloria denied it.\n“I never said so,” Sela Ana Varga told reporters.",
            "The envoy of Veloria",
            "Sela Ana Varga",
        ),
        (
            "The harbour union said no.\nThe Dockers Union of Karvis has many members.",
            "The harbour union",
            "Dockers Union of Karvis",
        ),
    ],
)
def test_the_lead_describes_whom_the_story_names(make_page, text: str, words: str, name: str) -> None:
    page = make_page(text)
    found = foretold(scene_of(page), span_of(page, words), whole=False)
    assert found.figure is not None
    assert found.figure.fullest.evidence.exact == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A guard read out names.\n“Shoes only,” Ana Holt said.", "A guard"),
        ("An unnamed critic of the sale spoke.\n“It is stopped,” Ana Holt said.", "An unnamed critic of the sale"),
        ("An envoy of Veloria left.\n“It is stopped,” Mayor Ana Holt said.", "An envoy of Veloria"),
        (
            "It rained.\nIt rained.\nA judge in Karvis spoke.\n“It is stopped,” Judge Ana Holt said.",
            "A judge in Karvis",
        ),
        ("Sarva news agency said so.\nThe Central News Agency of Veloria denied it.", "Sarva news agency"),
    ],
)
def test_who_may_be_another_is_not_foretold(make_page, text: str, words: str) -> None:
    page = make_page(text)
    assert foretold(scene_of(page), span_of(page, words), whole=False).figure is None


def test_an_age_means_who_is_of_it(make_page) -> None:
    page = make_page("Ana Holt, 24, and Sela Varga, 31, met in Karvis. The 24-year-old laughed.")
    found = described(scene_of(page), span_of(page, "The 24-year-old"), None)
    assert found.figure is not None
    assert found.figure.fullest.evidence.exact == "Ana Holt"


def test_an_aid_agency_is_no_outlet(make_page) -> None:
    page = make_page("The Sarva News Agency wrote of it. The aid agency said nothing.")
    assert described(scene_of(page), span_of(page, "The aid agency"), None).figure is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("He spoke with the ambassador of Kordel, Mr. Tomas Varga, on Monday.", "the ambassador of Kordel"),
        ("Tomas Varga, who leads the union, was late.", "leader of the union"),
        ("The harbour's speaker, Lt. Cdr. Tomas Varga, was late.", "The harbour's speaker"),
    ],
)
def test_an_office_apart_from_the_name(make_page, text: str, role: str) -> None:
    scene = scene_of(make_page(text))
    (varga,) = (figure for figure in scene.cast.figures if figure.kind == "person")
    assert any(told.startswith(role) for told in roles_before(scene.text, varga))


def test_the_country_behind_a_name_belongs_to_the_office(make_page) -> None:
    scene = scene_of(make_page("He telephoned President Tomas Varga of Veloria on Monday."))
    (varga,) = (figure for figure in scene.cast.figures if figure.kind == "person")
    assert roles_of_places(scene.text, varga) == ["President of Veloria"]


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("an aid worker released after 19 months", "worker"),
        ("the minister of trade", "minister"),
        ("the united front", "front"),
        ("a bank", "bank"),
    ],
)
def test_the_noun_of_a_description(words: str, head: str) -> None:
    assert head_of(words) == head


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Premier Ana Holt received Minister Sela Varga here on Monday. The guest spoke.", "The guest", "Sela Varga"),
        ("Premier Ana Holt received Minister Sela Varga here on Monday. The host spoke.", "The host", "Ana Holt"),
    ],
)
def test_who_receives_and_who_is_received(make_page, text: str, words: str, name: str) -> None:
    page = make_page(text)
    found = described(scene_of(page), span_of(page, words), None)
    assert found.figure is not None
    assert found.figure.fullest.evidence.exact == name


def test_a_stranger_is_meant_by_his_noun_alone(make_page) -> None:
    page = make_page("The ministry's press service spoke. The ministry was silent.")
    scene = scene_of(page)
    stranger(scene, evidence(page.document, *span_of(page, "The ministry's press service")))
    start, end = span_of(page, "The ministry was")
    assert described(scene, (start, end - len(" was")), None).figure is None


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("the aid group Civic Guard was heard", {"group"}),
        ("Civic Guard, a human rights group, was heard", {"group"}),
        ("the insurer Civic Guard, the oldest firm in Karvis", {"insurer", "firm"}),
        ("Then Civic Guard, after a while, spoke", set()),
    ],
)
def test_what_the_words_beside_a_body_call_it(text: str, called: set[str]) -> None:
    at = text.index("Civic")
    assert kinds_beside(text, at, at + len("Civic Guard")) == called


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Karvis Courier wrote of it. Its headline was long.", "Its headline", "Karvis Courier"),
        ("The main bulletin of Radio Karvis was silent.", "The main bulletin of Radio Karvis", "Radio Karvis"),
        ("The Karvis Courier wrote. It rained. It rained. It rained. Its headline was long.", "Its headline", None),
        (
            "The Karvis Courier wrote. An editorial of the Harbour Board was long.",
            "An editorial of the Harbour Board",
            None,
        ),
    ],
)
def test_whose_item_it_is(make_page, text: str, words: str, name: str | None) -> None:
    page = make_page(text)
    figure = described(scene_of(page), span_of(page, words), None).figure
    assert (figure.fullest.evidence.exact if figure else None) == name


def test_the_only_person_of_a_page_keeps_his_office(make_page) -> None:
    page = make_page("The harbour master Tomas Varga left. The nurse stayed.")
    assert described(scene_of(page), span_of(page, "The nurse"), None).figure is None


def test_who_gives_his_name_behind_his_description(make_page) -> None:
    page = make_page("A spokesman, who gave his name only as Abu Harith, denied it. Abu Harith left.")
    found = named_behind(scene_of(page), span_of(page, "A spokesman"))
    assert found is not None
    assert found.fullest.evidence.exact == "Abu Harith"


def test_another_clause_behind_a_description_names_nobody_for_it(make_page) -> None:
    page = make_page("A spokesman, who met Abu Harith, denied it.")
    assert named_behind(scene_of(page), span_of(page, "A spokesman")) is None


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("Ana Holt ran. The Holt campaign asked for more time.", "The Holt campaign", []),
        ("Ana Holt ran. People close to Ms Holt said so.", "People close to Ms Holt", []),
        ("The Sarva News survey showed it.", "The Sarva News survey", []),
        ("The Premier of South Karvis, Ana Holt, denied it.", "The Premier of South Karvis, Ana Holt", ["Ana Holt"]),
        (
            "A bench of Justice Ana Holt and Justice Sela Varga ruled.",
            "A bench of Justice Ana Holt and Justice Sela Varga",
            [],
        ),
        ("President Ana Holt in a message said so.", "President Ana Holt", ["Ana Holt"]),
    ],
)
def test_names_in_a_source_that_speak(make_page, text: str, source: str, names: list[str]) -> None:
    page = make_page(text)
    found = named(scene_of(page), span_of(page, source))
    assert [figure.fullest.evidence.exact for figure in found] == names
