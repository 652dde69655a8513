"""Where a page says that it comes from."""

from __future__ import annotations

import pytest

_STORY = "<p>The harbour board said on Friday that the new bridge to the islands would be open from May.</p>" * 2


@pytest.mark.parametrize("words", ["Read original", "Original article", "原文链接", "Читать оригинал", "원문 보기"])
def test_link_that_is_called_the_original(read_page, words):
    page = read_page(
        f"<html><body><h1>Bridge opens</h1>{_STORY}<a href='https://sarva.example/7'>{words}</a></body></html>",
        "text/html", url="https://watch.example/1",
    )  # fmt: skip
    assert page.fields("original_url") == [("https://sarva.example/7", "link")]


@pytest.mark.parametrize(
    "link",
    ["<a href='/about'>Original article</a>", "<a href='https://watch.example/2'>Original article</a>",
     "<a href='https://sarva.example/7'>Original recipes from Karvis and the islands</a>",
     "<a href='http://[sarva/7'>Original article</a>"],
)  # fmt: skip
def test_other_links_are_none(read_page, link):
    page = read_page(
        f"<html><body><h1>Bridge</h1>{_STORY}{link}</body></html>", "text/html", url="https://watch.example/1"
    )
    assert page.fields("original_url") == []


def test_address_in_a_dump(dump):
    """
    Bridge opens

    The harbour board said on Friday that the new bridge to the islands would be open to everybody from May.

    It thanked the builders, who had worked through the winter, and said that a second bridge would follow.

    Read the original: https://sarva.example/news/7.
    """
    assert dump.fields("original_url") == [("https://sarva.example/news/7", "link")]
