"""The day on which words were said, and when there is none."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from stemma.annotate.statements import statements
from stemma.annotate.times import times as times_of
from stemma.records import Field, Label, Page, Role, Time, evidence

MakePage = Callable[[str], Page]


def days(page: Page, **named: str) -> list[str | None]:
    """The days said, in order; ``named`` maps expressions of the page (``_`` for a blank) to their values."""
    times = []
    for words, value in named.items():
        at = page.document.text.index(words.replace("_", " "))
        span = evidence(page.document, at, at + len(words))
        times.append(Time(document=page.document.id, evidence=span, type="DATE", value=value))
    return [s.said for s in statements(page, (), times)]


def labelled(page: Page, line: int, role: Role) -> Page:
    changed: list[Label] = list(page.labels)
    changed[line] = msgspec.structs.replace(changed[line], role=role, id="")
    return page._replace(labels=tuple(changed))


def test_a_speech_at_a_dated_ceremony(make_page: MakePage) -> None:
    page = make_page(
        "The pact was signed on May 2.\nPremier Tamm made a speech at the ceremony.\nHe said that the mill would open.\n"
        "On May 9 the mill burned.\nTamm said that it was cold."
    )
    assert days(page, May_2="2031-05-02", May_9="2031-05-09") == ["2031-05-02", None]


def test_talks_on_the_same_day(make_page: MakePage) -> None:
    page = make_page("Tamm met Ilse Brand on May 2.\nTamm said that he was glad.\nBrand replied that she was tired.")
    assert days(page, May_2="2031-05-02") == ["2031-05-02", "2031-05-02"]


def test_two_days_before_a_speech_leave_it_undated(make_page: MakePage) -> None:
    page = make_page(
        "It was signed on May 2.\nIt was sealed on May 5.\nTamm made a speech at the mill.\nHe said that it was cold."
    )
    assert days(page, May_2="2031-05-02", May_5="2031-05-05") == [None]


def test_an_occasion_that_was_dated_before(make_page: MakePage) -> None:
    page = make_page(
        "On May 2, a ceremony was held at the mill. Tamm said that it was cold. “Welcome,” Tamm said to those at the ceremony."
    )
    assert days(page, May_2="2031-05-02") == [None, "2031-05-02"]


def test_the_day_of_a_report_is_not_the_day_of_what_it_cites(make_page: MakePage) -> None:
    page = make_page("The mine has reopened, Sarva News reported on May 2, citing Oru Tamm.")
    assert days(page, May_2="2031-05-02") == ["2031-05-02", None]


def dateline(page: Page) -> Page:
    at = page.document.text.index("May 2")
    field = Field(
        document=page.document.id, name="published", value="2031-05-02", basis="dateline",
        evidence=evidence(page.document, at, at + 5),
    )  # fmt: skip
    return page._replace(fields=(field,))


def test_a_first_hand_report_of_a_live_occasion_has_the_day_of_its_dateline(make_page: MakePage) -> None:
    page = make_page(
        "KARVIS, May 2. /SNA/. The mine is safe, Oru Tamm stated at the summit of mayors.\n“It is,” he added."
    )
    assert days(dateline(page), May_2="2031-05-02") == ["2031-05-02", "2031-05-02"]


def test_a_report_without_an_occasion_has_no_day(make_page: MakePage) -> None:
    page = make_page("KARVIS, May 2. /SNA/. The mine is safe, Oru Tamm said in an article.\n“It is,” he added.")
    assert days(dateline(page), May_2="2031-05-02") == [None, None]


def test_a_report_at_second_hand_has_no_day(make_page: MakePage) -> None:
    page = make_page("KARVIS, May 2. /SNA/. The mine is safe, Lake News reported at the summit, citing Oru Tamm.")
    assert days(dateline(page), May_2="2031-05-02") == [None, None]


def test_a_transcript_has_the_day_of_its_title(make_page: MakePage) -> None:
    page = labelled(make_page("Briefing by Ilse Brand, Karvis, May 2, 2031\nBRAND: It stays."), 0, "title")
    assert days(labelled(page, 1, "turn")) == ["2031-05-02"]


def test_the_articles_of_a_dated_communique(make_page: MakePage) -> None:
    page = labelled(
        make_page(
            "Karvis, May 2, 2031\nThe two mayors declared the following:\n1. The two sides note that the lake is deep.\n"
            "2. The mayor of Karvis had said that it froze."
        ),
        0,
        "furniture",
    )
    assert days(page) == ["2031-05-02", "2031-05-02", None]


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("Minister Tomas Varga received the envoy of Karsova today. He said the bridge was safe.", True),
        ("Minister Tomas Varga wrote a book. He said the bridge was safe.", False),
    ],
)
def test_a_dateline_lends_its_day_to_what_is_said_on_its_occasion(make_page: MakePage, lead: str, told: bool) -> None:
    page = labelled(make_page(f"KARVIS, May 2 (SARVA) --\n\n{lead}"), 0, "dateline")
    said = statements(page, (), times_of(page), by_rules=True)
    assert [one.said_words is not None for one in said] == [told]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Minutes of the harbour board, 2 May 2031", "2031-05-02"),
        ("What the papers say: Monday 2 May 2031", "2031-05-02"),
        ("Broadcast summary of the 24 hours to 2 May 2031", None),
        ("The Sarva Digest, 2 May 2031", None),
        ("Press review of 2 May 2031 and 3 May 2031", None),
        ("Harbour board meets, 2 May 2031", None),
    ],
)
def test_a_text_of_one_day_by_its_head(make_page: MakePage, head: str, day: str | None) -> None:
    page = labelled(
        make_page(f"{head}\nTamm said that the mill would open. Brand had said that it would not."), 0, "title"
    )
    assert days(page) == [day, None]


def test_the_entries_of_a_diary(make_page: MakePage) -> None:
    page = make_page(
        "2 May 2031. Tamm says that the mill is safe.\n3 May 2031. Brand says that it is deep.\n"
        "She adds that it is cold.\n5 May 2031. Tamm says that it is dry."
    )
    assert days(page) == ["2031-05-02", "2031-05-03", "2031-05-03", "2031-05-05"]


def test_two_dated_paragraphs_make_no_diary(make_page: MakePage) -> None:
    page = make_page("2 May 2031. Tamm says that the mill is safe.\n3 May 2031. Brand says that it is deep.")
    assert days(page) == [None, None]


def test_what_is_said_at_present_was_not_said_at_the_event(make_page: MakePage) -> None:
    page = make_page(
        "A rally took place in Karvis on May 2.\nTamm said that he was glad.\nBrand says that she is tired."
    )
    assert days(page, May_2="2031-05-02") == ["2031-05-02", None]


@pytest.mark.parametrize(
    ("words", "day"),
    [("We would say that it is cold", "2031-05-02"), ("Brand said that it is cold", None)],
)
def test_what_somebody_says_while_he_speaks(make_page: MakePage, words: str, day: str | None) -> None:
    page = labelled(make_page(f"Transcript of the briefing, 2 May 2031\nAna Holt: It is late. {words}."), 0, "title")
    page = labelled(page, 1, "turn")
    assert [one.said for one in statements(page, (), times_of(page)) if one.within] == [day]
