"""What the page itself calls a name."""

from __future__ import annotations

import pytest
from growth import TWICE, calls

from stemma.annotate.mentions import mentions
from stemma.records import Field, Page


def kinds(page: Page) -> list[tuple[str, str]]:
    return [(one.evidence.exact, one.kind) for one in mentions(page)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Heating equipment maker Velda cut its forecast. In a statement Velda blamed the weather.", "Velda"),
        ("Shares in Orsa Foods fell on Tuesday. In a statement Orsa said that sales were slow.", "Orsa"),
    ],
)
def test_a_company_is_no_place(make_page, text: str, name: str) -> None:
    found = kinds(make_page(text))
    assert (name, "organization") in found
    assert (name, "place") not in found


def test_a_place_that_a_company_is_named_after_stays_a_place(make_page) -> None:
    found = kinds(make_page("Karvis Foods fell on Tuesday. The plant in Karvis is shut, and Karvis is cold."))
    assert ("Karvis", "organization") not in found


def test_a_person_whose_name_a_company_bears_stays_a_person(make_page) -> None:
    found = kinds(make_page("Ana Holt left Holt Industries on Monday. Holt said that she was tired."))
    assert ("Holt", "person") in found


def test_a_quoted_name_that_writes_is_an_outlet(make_page) -> None:
    found = kinds(make_page("“Labour and Rest” reports that the bridge is shut. The bridge stands in Karvis."))
    assert ("Labour and Rest", "outlet") in found


def test_the_pages_own_outlet_is_one(make_page) -> None:
    page = make_page("KARVIS, June 3 (Ufuk) - The mine is safe. A miner told Ufuk that it was dark.")
    own = Field(document=page.document.id, name="outlet", value="Ufuk", basis="stated")
    told = kinds(Page(page.document, page.labels, (own,)))
    assert [kind for name, kind in told if name == "Ufuk"] == ["outlet", "outlet"]


def test_a_body_that_publishes_its_page_stays_a_body(make_page) -> None:
    page = make_page("The Harbour Protection Office said that the mine is safe.")
    own = Field(document=page.document.id, name="outlet", value="Harbour Protection Office", basis="stated")
    assert ("Harbour Protection Office", "organization") in kinds(Page(page.document, page.labels, (own,)))


def test_work_grows_with_the_companies(make_page) -> None:
    def work(count: int) -> None:
        text = " ".join(f"Velda{chr(97 + n % 26)}{chr(97 + n // 26 % 26)} Foods met Orsa." for n in range(count))
        mentions(make_page(text))

    assert calls(lambda: work(400)) < TWICE * calls(lambda: work(200))
