"""When a page was published: bases and their order."""

from __future__ import annotations

import json

import pytest

_STORY = (
    "<p>The board of the harbour said on Friday that the tariff of the ferries would be published in the spring.</p>"
    * 3
)
_DUMP = "KARVIS, December 30. /SARVA/. The board of the harbour met on Friday and agreed on the tariff of the ferries."


def test_stated_outranks_all(read_page):
    reading = read_page(f"date 2031-05-03 {_DUMP}", published="2031-12-31")
    assert reading.fields("published")[0] == ("2031-12-31", "stated")


def test_dateline_takes_the_year_of_the_other_dates(read_page):
    reading = read_page(f"date 2032-01-02 {_DUMP}")
    assert ("2031-12-30", "dateline") in reading.fields("published")


def test_dateline_alone_needs_a_capture_time(read_page):
    assert read_page(_DUMP).fields("published") == []
    assert read_page(_DUMP, fetched="2031-03-01T10:00:00Z").fields("published") == [("2030-12-30", "dateline")]


def test_address_with_a_day(read_page):
    reading = read_page(_DUMP, url="https://sarva.example/news/2031/12/30/board-met")
    assert (
        reading.fields("published") == [("2031-12-30", "dateline"), ("2031-12-30", "url")]
        or reading.best("published") == "2031-12-30"
    )


def test_json_ld_and_meta(read_page):
    graph = {
        "@graph": [
            {"@type": "WebPage", "datePublished": "2030-01-01"},
            {"@type": ["NewsArticle"], "datePublished": "2031-05-03T09:14:00+02:00", "dateModified": "2031-05-04"},
        ]
    }
    page = (
        f'<html><head><script type="application/ld+json">{json.dumps(graph)}</script>'
        f'<meta property="article:published_time" content="2031-05-03"></head><body>{_STORY}</body></html>'
    )
    reading = read_page(page, "text/html")
    assert reading.fields("published")[:2] == [("2031-05-03T09:14:00+02:00", "json-ld"), ("2031-05-03", "meta")]
    assert reading.best("modified") == "2031-05-04"


def test_broken_json_ld_still_tells(read_page):
    page = f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2031-05-03", "oops": }}</script>{_STORY}'
    assert read_page(page, "text/html").best("published") == "2031-05-03"


def test_day_and_month_either_way_is_less_sure(dump):
    """
    Ferries return to the northern islands

    Published: 03/05/2031

    The first ferry in nine years sailed from Karvis to the northern islands on Friday morning with forty people on board.

    Its captain said the sea had been calm and the harbour of the islands in better shape than anybody had expected.
    """
    fields = [record for record in dump.records if getattr(record, "name", "") == "published"]
    assert [(field.value, field.confidence < 0.8, field.evidence.exact) for field in fields] == [
        ("2031-05-03", True, "03/05/2031")
    ]


def test_line_that_tells_of_a_change(dump):
    """
    Ferries return to the northern islands

    Published: 3 May 2031
    Updated: 5 May 2031

    The first ferry in nine years sailed from Karvis to the northern islands on Friday morning with forty people on board.

    Its captain said the sea had been calm and the harbour of the islands in better shape than anybody had expected.
    """
    assert (dump.best("published"), dump.best("modified")) == ("2031-05-03", "2031-05-05")


@pytest.mark.parametrize(
    "owner",
    [
        "Copyright 2031", "&copy; 2031-01-01 Karvis Morning", "© 3 May 2031 Karvis Morning. All rights reserved.",
        "Copyright © 03.05.2031 - 12:14 by Karvis Morning", "(c) 2001-2031 Karvis Morning, May 3, 2031",
    ],
)  # fmt: skip
def test_never_a_date_from_a_copyright_line(read_page, owner):
    html = f"<html><body><h1>Ferries sail again</h1>{_STORY}<footer><p>{owner}</p></footer></body></html>"
    assert read_page(html, "text/html").fields("published") == []
    plain = "The board of the harbour said on Friday that the tariff of the ferries would be published in the spring."
    for page in (f"Ferries sail again\n\n{plain}\n\n{owner}", f"{owner}\n\nFerries sail again\n\n{plain}"):
        assert read_page(page.replace("&copy;", "©")).fields("published") == []


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://web.archive.org/web/20320101054445/http://morning.example/2031/05/03/ferries/", "2031-05-03"),
        ("https://web.archive.org/web/20320101054445/http://morning.example/ferries/", None),
        ("https://morning.example/news/23-05-2031", "2031-05-23"),
        ("https://morning.example/news/23052031-ferries", "2031-05-23"),
        ("https://morning.example/news/99-05-2031", None),
    ],
)
def test_days_in_addresses(read_page, url, day):
    assert read_page(_STORY, "text/html", url=url).best("published") == day


def test_day_that_ends_the_headline(read_page):
    story = (
        "The spokeswoman said that the tariff of the ferries would be published before the spring of the coming year."
    )
    reading = read_page(
        f"Briefing by the spokeswoman on the tariff, Karvis, May 3, 2031, in the old customs house hall\n\n{story}"
    )
    assert reading.fields("published") == []
    reading = read_page(f"Remarks by the spokeswoman on the tariff of ferries (3 May 2031)\n\n{story}")
    assert reading.best("published") == "2031-05-03"


def test_sentence_below_the_story(dump):
    """
    Karvis opens a second harbour

    The second harbour of Karvis was opened on Friday after ten years of work, the board said in a short statement.

    It will take in the ferries to the northern islands, which had to share a pier with the boats of the fishermen.

    This entry was posted by the editors on 3 May 2031 and filed under Ports.
    """
    assert dump.fields("published") == [("2031-05-03", "header")]


def test_line_that_is_only_a_day_counts_before_one_that_tells_more(dump):
    """
    Karvis opens a second harbour
    Friday 3 May 2031
    Release of the board - 2 May 2031

    The second harbour of Karvis was opened on Friday after ten years of work, the board said in a short statement.

    It will take in the ferries to the northern islands, which had to share a pier with the boats of the fishermen.
    """
    assert dump.best("published") == "2031-05-03"


def _of_metadata(published: str, shown: str, time: str = "", modified: str = "") -> str:
    """A page whose metadata names one day and whose top shows another."""
    changed = f'<meta property="article:modified_time" content="{modified}">' if modified else ""
    stamp = f'<time datetime="{time}"></time>' if time else ""
    return (
        f'<html><head><meta property="article:published_time" content="{published}">{changed}</head><body>'
        f"<h1>Ferries stay free</h1><p>{shown}</p>{stamp}{_STORY}</body></html>"
    )


def test_two_bases_outvote_the_metadata(read_page):
    reading = read_page(_of_metadata("2031-05-03", "13 May 2031", "2031-05-13"), "text/html")
    assert reading.best("published") == "2031-05-13"
    assert ("2031-05-03", "meta") in reading.fields("published")


def test_one_basis_does_not_outvote_the_metadata(read_page):
    assert read_page(_of_metadata("2031-05-03", "13 May 2031"), "text/html").best("published") == "2031-05-03"


def test_the_day_of_a_change_outvotes_nothing(read_page):
    page = _of_metadata("2031-05-03", "13 May 2031", "2031-05-13", modified="2031-05-13T10:00:00Z")
    assert read_page(page, "text/html").best("published") == "2031-05-03"


@pytest.mark.parametrize(
    ("published", "shown", "day"),
    [
        ("2031-05-03T22:30:00Z", "4 May 2031", "2031-05-04"),  # past midnight where the outlet is
        ("2031-05-03T02:10:00+00:00", "2 May 2031", "2031-05-02"),  # before midnight there
        ("2031-05-03T09:00:00Z", "4 May 2031", "2031-05-03"),  # nowhere on Earth the next day
        ("2031-05-03T22:30:00+09:00", "4 May 2031", "2031-05-03"),  # by the outlet's own clock
        ("2031-05-03", "4 May 2031", "2031-05-03"),
    ],
)
def test_universal_time_and_the_day_that_the_page_shows(read_page, published, shown, day):
    best = read_page(_of_metadata(published, shown), "text/html").best("published")
    assert best is not None
    assert best[:10] == day


@pytest.mark.parametrize(
    "line",
    [
        "09:15 03.05.2031 (обновлено: 10:40 04.05.2031)", "입력 2031.05.03 08:00 수정 2031.05.04 09:30",
        "2031/05/03 18:04 更新 2031/05/04 19:30", "Published 3 May 2031, 08:00 | Updated 4 May 2031, 09:30",
    ],
)  # fmt: skip
def test_the_day_of_a_change_behind_that_of_publication(read_page, line):
    story = "The harbour board of Karvis said on Friday that the new bridge will be opened to all in May of this year."
    page = read_page(f"Karvis opens its bridge\n{line}\n\n{story}\n\n{story[:-1]} too.\n\nCopyright 2025\n")
    assert page.best("published") == "2031-05-03"
    assert page.fields("modified") == [("2031-05-04", "header")]
