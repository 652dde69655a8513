"""Which agency a text is credited to, by whatever words; pictures have credits of their own."""

from __future__ import annotations

import json

import pytest

from stemma.read.outlets import outlet_named

_STORY = (
    "The harbour board said on Friday that the new tariff of the ferries would be published in the spring.",
    "Fares on the northern route are to rise by a tenth, the board added, and those on the islands stay as they are.",
)


def _page(above: str = "", below: str = "", last: str = "") -> str:
    lines = ["Ferry fares to rise in the spring", above, *_STORY[:1], _STORY[1] + last, below]
    return "\n\n".join(line for line in lines if line)


@pytest.mark.parametrize(
    ("above", "below", "last", "expected"),
    [
        ("", "(Yonhap)", "", ("Yonhap", "credit")),
        ("", "/SARVA/", "", ("SARVA", "credit")),
        ("", "Source: Sarva News Agency", "", ("Sarva News Agency", "header")),
        ("", "来源：新华社", "", ("Xinhua", "header")),
        ("", "출처: 연합뉴스", "", ("Yonhap", "header")),
        ("By Mara Orlu, TASS", "", "", ("TASS", "byline")),
        ("By TASS", "", "", ("TASS", "byline")),
        ("Reporting by Mara Orlu for Xinhua", "", "", ("Xinhua", "byline")),
        ("", "", " (Yonhap)", ("Yonhap", "end")),
        ("", "", " -0- SARVA", ("SARVA", "end")),
    ],
)
def test_credit(read_page, above, below, last, expected):
    reading = read_page(_page(above, below, last))
    assert expected in reading.fields("agency")
    field = next(f for f in reading.records if getattr(f, "name", "") == "agency" and f.basis == expected[1])
    start, end = field.evidence.start, field.evidence.end
    assert reading.document.text[start:end] == field.evidence.exact


def test_dateline_credits_its_agency(dump):
    """
    Ferry fares to rise in the spring

    KARVIS, October 24. /SARVA/. The harbour board said on Friday that the new tariff of the ferries would be published.

    Fares on the northern route are to rise by a tenth, the board added, and those on the islands stay as they are.
    """
    assert dump.fields("agency") == [("SARVA", "dateline")]


def test_dateline_in_brackets(dump):
    """
    Ferry fares to rise in the spring

    KARVIS (Sarva) — The harbour board said on Friday that the new tariff of the ferries would be published in spring.

    Fares on the northern route are to rise by a tenth, the board added, and those on the islands stay as they are.
    """
    assert dump.fields("agency") == [("Sarva", "dateline")]


@pytest.mark.parametrize("below", ["(END)", "(MORE)", "(Photo: Reuters)", "Photo: AFP", "/Getty Images/", "(Karvis)"])
def test_no_credit(read_page, below):
    assert read_page(_page(below=below)).fields("agency") == []


def test_the_name_below_a_caption_is_the_photographers(read_page):
    page = (
        "<h1>Ferry fares to rise in the spring</h1><figure><img src=a.jpg><figcaption>The quay. (Reuters)</figcaption>"
        f"</figure><p>{_STORY[0]}</p><p>{_STORY[1]}</p>"
    )
    assert read_page(page, "text/html").fields("agency") == []


def test_author_in_the_head(read_page):
    graph = {"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Reuters"}, "headline": "Ferry fares"}
    page = f'<script type="application/ld+json">{json.dumps(graph)}</script><h1>Ferry fares</h1><p>{_STORY[0]}</p>'
    assert read_page(page, "text/html").fields("agency") == [("Reuters", "json-ld")]


def test_a_paper_that_prints_an_agency_stays_the_outlet(read_page):
    reading = read_page(_page(below="(Yonhap)"), url="https://karvis-morning.example/ferries", outlet="Karvis Morning")
    assert reading.best("outlet") == "Karvis Morning"
    assert reading.best("agency") == "Yonhap"


def test_no_story_no_credit(read_page):
    assert read_page("Home\nNews\n(Yonhap)\nSport").fields("agency") == []


def test_no_name_is_no_outlet():
    assert outlet_named("") is None
    assert outlet_named(" .") is None


def test_an_author_without_a_name_credits_nobody(read_page):
    told = json.dumps({"@type": "NewsArticle", "headline": "Ferry fares to rise", "author": {"@type": "Person"}})
    page = f'<script type="application/ld+json">{told}</script><h1>Ferry fares to rise</h1>'
    assert read_page(page + "".join(f"<p>{line}</p>" for line in _STORY), "text/html").fields("agency") == []
