"""The room as a whole: good pages, bad pages, hostile pages."""

from __future__ import annotations

import gzip
import json

import pytest

_STORY = "".join(
    f"<p>The board of the harbour said on day {day} that the tariff of the ferries would be published in the spring.</p>"
    for day in ("one", "two", "three", "four", "five")
)
_PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>Ferries sail again | Karvis Morning</title></head><body>"
    "<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav><div class=cookie-banner>We use cookies. "
    "<button>Accept</button></div>"
    f"<article><h1>Ferries sail again</h1><div class=byline>By Mara Orlu</div>{_STORY}</article>"
    "<aside><h2>Related</h2><a href=/a>Second bridge planned for the islands</a></aside>"
    "<footer>© 2031 Karvis Morning</footer></body></html>"
)


def test_html_page(read_page):
    reading = read_page(_PAGE, "text/html")
    assert reading.words("title") == ["Ferries sail again"]
    assert reading.words("byline") == ["By Mara Orlu"]
    assert len(reading.words("body")) == 5
    furniture = "\n".join(reading.words("furniture"))
    assert all(words in furniture for words in ("Home", "cookies", "Second bridge", "© 2031"))
    assert reading.document.layout == "html/1"
    assert reading.best("language") == "en"
    assert reading.problems == []


def test_same_page_same_records(read_page):
    assert read_page(_PAGE, "text/html").records == read_page(_PAGE, "text/html").records


def test_text_under_the_name_of_html(read_page):
    text = "The board met on Friday and agreed on the tariff.\n\nIts members said 2 < 3 and that the tariff would not rise."
    reading = read_page(text, "text/html")
    assert (reading.document.layout, reading.document.text) == ("text/1", text)


def test_html_under_the_name_of_text(read_page):
    assert read_page(_PAGE).document.layout == "html/1"


def test_line_ends_are_kept(read_page):
    text = (
        "The board met on Friday and agreed on the tariff.\r\n\r\nIts members said that the tariff would not rise.\r\n"
    )
    assert read_page(text).document.text == text


def test_gzipped_page(read_payload):
    assert len(read_payload(gzip.compress(_PAGE.encode()), "text/html").words("body")) == 5


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x00\x00",
        b"%PDF-1.4",
        gzip.compress(_PAGE.encode())[:200],
        b"<html><script>var a = 1",
        b"<!-- " + _PAGE.encode(),
        bytes(range(256)) * 64,
    ],
)
def test_unreadable_pages_are_one_problem(read_payload, payload):
    reading = read_payload(payload, "text/html", origin="bad.html")
    assert len(reading.records) == 1
    assert reading.problems[0].startswith("bad.html: ")
    assert (reading.records[0].stage, reading.records[0].about[0]) == ("read", "c")


def test_menu_is_a_document_and_a_problem(read_page):
    reading = read_page("<ul>" + "".join(f"<li><a href=/{n}>Section {n}</a>" for n in range(9)) + "</ul>", "text/html")
    assert reading.words("body") == []
    assert "no story" in reading.problems[0]


_HOSTILE = {
    "deep divs": "<div>" * 50_000 + _PAGE,
    "deep mixed": "<div><span><b><table><tr><td>" * 4_000 + _PAGE,
    "many links": _PAGE.replace("</article>", "</article>" + "<p><a href=/x>Link text here</a></p>" * 20_000),
    "long attribute": _PAGE.replace("<article>", f'<article data-x="{"x" * 2_000_000}">'),
    "entities": _PAGE.replace("day one", "day one &#0; &#xD800; &#x110000; &nosuch; &amp;amp;"),
    "nul": _PAGE.replace("day one", "day\x00 one"),
    "unclosed quotes": _PAGE.replace("class=byline", 'class="byline'),
    "formatting bomb": "".join(f"<b id={n}>" for n in range(400)) + "<p>x" * 400 + _PAGE,
    "json bomb": _PAGE.replace("</head>", f'<script type="application/ld+json">{"[" * 100_000}</script></head>'),
    "open brackets": "<" * 200_000 + _PAGE,
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_html(read_page, name):
    reading = read_page(_HOSTILE[name], "text/html")
    assert name in {"unclosed quotes", "open brackets"} or "day three that the tariff" in "\n".join(
        reading.words("body")
    )


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "A b. " * 20_000,
        '"' * 10_000,
        "“x” " * 10_000,
        "-0-\n" * 5_000,
        "KARVIS, May 3 (" + "A " * 50_000,
        "1/1/2031 " * 10_000,
        "Q: x\n" * 5_000,
        "By " + "A" * 100_000,
        "(" * 50_000,
        "Source: " + "x" * 100_000,
    ],
)
def test_hostile_text(read_page, text):
    reading = read_page(text)
    labelled = "".join(reading.document.text[label.start : label.end] for label in reading.labels)
    assert "".join(labelled.split()) == ("".join(text.split()) if any(map(str.isalnum, text)) else "")


def test_seeds_are_exact(shared, read_payload):
    gold = json.loads((shared / "bench/extraction/seeds_gold.json").read_text())
    for seed in gold["seeds"]:
        reading = read_payload((shared / "seeds" / seed["id"]).read_bytes())
        text = reading.document.text
        story = [label for label in reading.labels if label.role in {"body", "dateline", "turn"}]
        lines = {text.count("\n", 0, label.start) for label in story}
        assert sorted(lines) == seed["lines"], seed["id"]
        assert next(iter(reading.words("title")), None) == seed["title"]
        assert (reading.best("published"), reading.best("outlet")) == (seed["date"], seed["outlet"])
