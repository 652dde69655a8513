"""Rules that keep what is no report of speech out, and find what a plain reading of the clause would miss."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from marks import MarkedPage

from stemma.annotate.statements import statements
from stemma.annotate.statements.chains import DEEPEST_LEVEL
from stemma.records import Evidence, Page, Statement

pytestmark = pytest.mark.usefixtures("rules_alone")

MakePage = Callable[[str], Page]


def found(page: Page) -> list[Statement]:
    return list(statements(page, (), ()))


def exact(pieces: tuple[Evidence, ...]) -> list[str]:
    return [piece.exact for piece in pieces]


def contents(page: Page) -> list[list[str]]:
    return [exact(s.content) for s in found(page)]


@pytest.mark.parametrize(
    "text",
    [
        "The premier said little about the mill.",
        "Tamm thanked the cook for supper.",
        "The clerk compared it with the ledger.",
        "The gazette quoted the premier in its own translation.",
        "The lake showed how deep the winter was.",
        "A ferry called Swan crosses twice a day.",
        "The clerk called him back at noon.",
        "The tunnel opened a week after the two towns agreed to dig it.",
        "Rules regarding the mill fill two shelves.",
        "Everything went according to plan.",
        "The council was glad to see the ferry again.",
        "The Western States sent nine chairs.",
        "The fire spread in areas of those states that have no wells.",
    ],
)
def test_nobody_is_said_to_say_anything(make_page: MakePage, text: str) -> None:
    assert found(make_page(text)) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Tamm attributed the leak to frost.", "the leak to frost"),
        ("I think that's a fair price.", "that's a fair price"),
        ("Tamm is confident that the mill will pay.", "that the mill will pay"),
        ("According to the council, no guest was present.", "no guest was present"),
        ("According to a survey published on Monday by the Lake Institute, rents fell.", "rents fell"),
        ("A clerk at the mill said by telephone that she knew nothing.", "that she knew nothing"),
        ("A man who gave his name only as Oru said it was cold.", "it was cold"),
        ("Tamm asked the clerk whether the mill was sold.", "whether the mill was sold"),
        ("Brand said nobody was hurt, but two lamps were seen to fall.", "nobody was hurt"),
        ("Tamm called the pier a promise and vowed to keep it.", "the pier a promise"),
    ],
)
def test_content(make_page: MakePage, text: str, content: str) -> None:
    assert contents(make_page(text))[0] == [content]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("According to the diplomat, the visit of Brand reflects goodwill.", "the diplomat"),
        ("According to a report released by the audit court, four mills stand still.", "a report released by the audit court"),
        ("“Is there a ferry?” asked the chair, Dame Ilse Brand.", "the chair, Dame Ilse Brand"),
        ("Others, among them Ilse Brand of the academy, point out that mills are old.", "Others, among them Ilse Brand of the academy"),
        ("The paper printed it, one reader writing that the mill was old.", "one reader"),
        ("A man who gave his name only as Oru said it was cold.", "A man who gave his name only as Oru"),
    ],
)  # fmt: skip
def test_source(make_page: MakePage, text: str, source: str) -> None:
    assert exact(found(make_page(text))[0].source) == [source]


def test_content_ends_before_another_persons_doings(marked: MarkedPage) -> None:
    """
    The editor acknowledged [Q1 that the draft was “a little dull”], and Ilse Brand, the printer, had told him so.
    """
    assert contents(marked.page)[0] == marked.words("Q1")


def test_what_somebody_said_inside_a_quotation_of_its_own_paragraph(make_page: MakePage) -> None:
    page = make_page("“The mayor said that the lake is deep. I have nothing to add.”\n\nThis was stated by the envoy.")
    outer, inner = found(page)
    assert exact(outer.source) == ["the envoy"]
    assert (exact(inner.source), inner.within) == (["The mayor"], outer.id)


def test_a_wish_inside_a_quotation_is_part_of_it(make_page: MakePage) -> None:
    page = make_page("“We did not ask anyone for permission to fish here,” Tamm said.")
    assert len(found(page)) == 1


def test_the_paragraphs_of_one_turn_are_one_statement(make_page: MakePage) -> None:
    page = make_page("Ilse Brand: Good evening.\nThe mill stays.\n(Laughter.)")
    labels = tuple(msgspec.structs.replace(label, role="turn", id="") for label in page.labels)
    (statement,) = found(page._replace(labels=labels))
    assert exact(statement.content) == ["Good evening.", "The mill stays."]


def test_declared_the_following_announces_the_articles(make_page: MakePage) -> None:
    page = make_page(
        "The two mayors held talks and declared the following:\n1. The two sides note that the lake is deep.\n"
        "2. A commission shall meet in spring.\nDone in two copies."
    )
    whole, inner = found(page)
    assert (whole.kind, exact(whole.source)) == ("full-text", ["The two mayors"])
    assert exact(whole.content)[0].endswith("meet in spring.")
    assert (exact(inner.source), inner.within) == (["The two sides"], whole.id)


def test_marks_around_a_part_only_make_it_mixed(make_page: MakePage) -> None:
    page = make_page("According to the envoy, the visit reflects “a wish of the people to share bread and lamps”.")
    assert found(page)[0].kind == "mixed"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The clerk, who says that the mill is shut, left.", "The clerk"),
        ("A letter which said that the mill was shut came late.", "A letter"),
        ("Someone who says that the mill is shut has not seen it.", "Someone"),
    ],
)
def test_who_and_which_mean_the_words_before(make_page: MakePage, text: str, source: str) -> None:
    assert [exact(s.source) for s in found(make_page(text))] == [[source]]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("If Tamm says that the mill is shut, we shall know.", "hypothetical"),
        ("Unless the clerk says that the mill is shut, we stay.", "hypothetical"),
        ("The mill is shut, Tamm said, if anybody asks.", "affirmed"),
        ("If Tamm did not say that the mill is shut, who did?", "negated"),
    ],
)
def test_what_is_only_supposed(make_page: MakePage, text: str, polarity: str) -> None:
    assert [s.polarity for s in found(make_page(text))] == [polarity]


def test_questions_and_answers_are_turns_though_no_label_comes_twice(make_page: MakePage) -> None:
    text = "Question: Is it shut?\n\nLena Harrow: It is.\n\nQ: For how long?\n\nA: Until May."
    said = found(make_page(text))
    assert [exact(s.source) for s in said] == [["Question"], ["Lena Harrow"], ["Q"], ["A"]]
    assert {s.kind for s in said} == {"transcript"}


def test_a_full_text_has_the_nearest_announcement_for_its_cue(make_page: MakePage) -> None:
    text = (
        "The ministry issued the following statement on Friday. The full text of the statement is as follows:\n\n"
        "The mill is shut.\n\nIt stays shut."
    )
    (said,) = found(make_page(text))
    assert exact(said.cue) == ["full text of the statement is as follows"]


def test_levels_have_an_end(make_page: MakePage) -> None:
    said = found(make_page("according to " * 60 + "the mayor, the mill is shut"))
    assert max(s.depth for s in said) == DEEPEST_LEVEL
