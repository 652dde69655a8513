"""Whom a source means that names nobody, on small pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from growth import TWICE, calls
from marks import page_of

from stemma.annotate.mentions import mentions
from stemma.annotate.references.choosing.offers import Offer, Source
from stemma.annotate.references.choosing.signs import Sign
from stemma.annotate.references.speakers import people
from stemma.records import Statement, evidence


class Leaning:
    """A weigher for which the answer of the rules is as heavy as any, and another by ``lead`` heavier."""

    def __init__(self, word: str, lead: float) -> None:
        self.word, self.lead = word, lead

    def __call__(self, _: Source, offered: Sequence[Offer], signs: Sequence[Sequence[Sign]]) -> list[float]:
        ruled = [any(name in {"ruled", "ruled nobody"} for name, _ in one) for one in signs]
        liked = [any(self.word in figure.fullest.evidence.exact for figure in one.figures) for one in offered]
        return [4.0 + self.lead if like else 4.0 if rule else 0.0 for like, rule in zip(liked, ruled, strict=True)]


def test_a_pronoun_is_who_spoke_before(marked, ask):
    """
    [S1 Tomas Varga] [C1 said] [Q1 that the toll was high]. [S2 He] [C2 added] [Q2 that it would fall].
    """
    assert ask(marked).words() == ["Tomas Varga", "Tomas Varga"]


def test_a_description_is_whose_role_fits(marked, ask):
    """
    Foreign Minister Maren Holt met Mayor Tomas Varga in Karvis. [S1 The mayor] [C1 said] [Q1 that the toll was high].
    """
    assert ask(marked).words() == ["Tomas Varga"]


def test_whom_nothing_fits_is_somebody_new(marked, ask):
    """
    Mayor Tomas Varga opened the bridge. [S1 The bus driver] [C1 said] [Q1 that the toll was high].
    """
    assert ask(marked).words() == ["The bus driver"]


def test_nobody_is_told_of(marked, ask):
    """
    It rained all day. [S1 He] [C1 said] [Q1 that the toll was high].
    """
    assert ask(marked).words() == []


def test_a_lead_that_is_not_clear_leaves_the_rules_their_answer(marked, ask):
    """
    Anton Holt met Tomas Varga. [S1 Tomas Varga] [C1 said] [Q1 that the toll was high]. [S2 He] [C2 added] [Q2 that it would fall].
    """
    asked = ask(marked)
    assert asked.words(Leaning("Holt", 0.2))[1:] == ["Tomas Varga"]
    assert asked.words(Leaning("Holt", 2.0))[1:] == ["Anton Holt"]
    reason = asked.references(Leaning("Holt", 2.0))[1].reason
    assert re.fullmatch(r"pronoun: weighed against the others; [^;]+; [^;]+", reason)  # and what puts him ahead


def test_two_who_are_equally_near_are_rivals(marked, ask):
    """
    Anton Holt, Tomas Varga and Igor Ferro met. [S1 Tomas Varga] [C1 said] [Q1 that the toll was high]. [S2 He] [C2 added] [Q2 that it would fall].
    """

    def between(_, offered, __):
        return [5.0 * any("Varga" not in figure.fullest.evidence.exact for figure in one.figures) for one in offered]

    assert sorted(ask(marked).words(between)[1].split("/")) == ["Anton Holt", "Igor Ferro"]


def test_nothing_is_told_where_all_shares_are_small(marked, ask):
    """
    Anton Holt, Tomas Varga, Igor Ferro and Oskar Lind met. [S1 He] [C1 said] [Q1 that the toll was high].
    """

    def alike(_, offered, __):
        return [0.3 * (one.way == "nobody") for one in offered]

    assert ask(marked).words(alike) == []


@pytest.mark.parametrize("lead", [0.0, 0.5, 3.0, 50.0, 5000.0])
def test_confidence_is_a_share(marked, ask, lead):
    """
    Anton Holt met Tomas Varga. [S1 Tomas Varga] [C1 said] [Q1 that the toll was high]. [S2 He] [C2 added] [Q2 that it fell]. [S3 The man] [C3 said] [Q3 that it rained].
    """
    told = ask(marked).references(Leaning("Holt", lead))
    assert len(told) >= 2
    assert all(0 < one.confidence <= 1 for one in told)


def test_order_of_what_is_given_does_not_matter(marked, ask):
    """
    Mayor Anton Holt met Tomas Varga of the Dorn Bank. [S1 Tomas Varga] [C1 said] [Q1 that the toll was high]. [S2 He] [C2 added] [Q2 that it fell]. [S3 The mayor] [C3 said] [Q3 that it rained]. [S4 They] [C4 said] [Q4 that it was late]. [S5 A guest] [C5 said] [Q5 that it was cold]. [S6 The guest] [C6 said] [Q6 that it was dark].
    """
    asked = ask(marked)
    page = marked.page
    told = people(page, asked.mentions, asked.statements)
    assert told == people(page, asked.mentions[::-1], asked.statements[::-1])
    assert told == people(page, asked.mentions[1:] + asked.mentions[:1], asked.statements[3:] + asked.statements[:3])


_SAYS = ("He said", "The minister said", "They said", "We said", "It said", "The bank said", "His aide said")


def long_page(count: int, between: str) -> tuple[object, ...]:
    """A page of so many statements of a few speakers, with its names."""
    text, spans = "", []
    for number in range(count):
        text += f"Minister Tomas Varga met Maren Holt of the Dorn Bank in Karvis{between}"
        who, cue = _SAYS[number % len(_SAYS)].rsplit(" ", 1)
        spans.append((len(text), len(text) + len(who), len(cue)))
        text += f"{who} {cue} that it rained{between}"
    page = page_of(text)
    said = []
    for start, end, size in spans:
        source, cue = evidence(page.document, start, end), evidence(page.document, end + 1, end + 1 + size)
        content = evidence(page.document, end + size + 2, end + size + 2 + len("that it rained"))
        said.append(
            Statement(document=page.document.id, source=(source,), cue=(cue,), content=(content,), kind="indirect")
        )
    return page, mentions(page), said


@pytest.mark.parametrize("between", [". ", ".\n"], ids=["sentences", "paragraphs"])
def test_work_grows_with_the_number_of_statements(between):
    assert calls(people, *long_page(240, between)) < TWICE * calls(people, *long_page(120, between))


def test_two_thousand_statements_have_few_answers_each():
    most = []

    def count(_, offered, signs):
        most.append((len(offered), max(map(len, signs))))
        return [float(any(name == "ruled" for name, _ in one)) for one in signs]

    page, named, said = long_page(2000, ". ")
    people(page, named, said, count)
    assert len(most) > 1000
    assert max(answers for answers, _ in most) <= 17
    assert max(signs for _, signs in most) < 60


@pytest.mark.parametrize(
    "text",
    ["\0", "\0He\0 said\0 that", "He " * 3000, "The " + "a" * 20_000, "“" * 500 + " he", "the the the\n" * 300, "…,:;"],
    ids=["nul", "nuls", "many he", "long word", "marks", "articles", "signs"],
)
def test_hostile_sources_give_no_exception(text):
    page = page_of(f"Tomas Varga came. {text} said that it rained.")
    document, size = page.document, len(page.document.text)
    places = [(18, 19), (18, min(40, size)), (18, size - 1), (size - 2, size - 1)]
    said = [
        Statement(
            document=document.id,
            source=(evidence(document, *place),),
            content=(evidence(document, max(0, size - 10), size),),
            kind=kind,
        )
        for place in places
        for kind in ("direct", "indirect", "mixed", "transcript")
    ]
    said.append(Statement(document=document.id, content=(evidence(document, 0, size),), kind="indirect"))
    for one in people(page, mentions(page), said).references:
        assert 0 <= one.confidence <= 1
