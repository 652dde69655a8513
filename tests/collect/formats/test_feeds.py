"""Feeds as files: whole articles become pages, links are counted."""

from __future__ import annotations

import pytest

from stemma.records import Capture, Problem

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Dorn Post</title>
<item><title>Lamps &amp; lights</title><link>https://dornpost.example/1</link><pubDate>Sat, 03 May 2031 09:14:00 GMT</pubDate>
<content:encoded><![CDATA[<p onclick="x()">The lamps are lit, <b>Ilvane Torsk</b> said.</p>]]></content:encoded></item>
<item><title>Teaser</title><link>https://dornpost.example/2</link><description>More inside</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Orvo</title><entry><title>Lamps</title>
<link href="https://orvo.example/1"/><updated>2031-05-03T09:14:00Z</updated><published>2031-05-02T09:14:00Z</published>
<content type="text">a &lt; b</content></entry></feed>"""


def test_an_entry_with_its_text_is_a_page(taken):
    page, problem = taken(RSS.encode(), "post.rss")
    assert (page.snapshot.url, page.snapshot.published) == ("https://dornpost.example/1", "2031-05-03T09:14:00Z")
    text = page.payload.decode()
    assert "<h1>Lamps &amp; lights</h1>" in text
    assert '<p onclick="x()">The lamps are lit, <b>Ilvane Torsk</b> said.</p>' in text
    assert "1 of its entries have no text" in problem.message


def test_atom_text_is_escaped_and_published_outranks_updated(taken):
    (page,) = taken(ATOM.encode(), "orvo.atom")
    assert "a &lt; b" in page.payload.decode()
    assert page.snapshot.published == "2031-05-02T09:14:00Z"


@pytest.mark.parametrize("held", [b"", b"<html><p>No feed", b"\0\xff" * 900, b"<rss><channel>" + b"<item>" * 20_000])
def test_what_is_no_feed_is_told(taken, held):
    assert isinstance(taken(held, "post.rss")[-1], Problem)


def test_a_broken_feed_gives_what_stands_before_the_damage(taken):
    page, *_ = taken(RSS[: RSS.index("Teaser")].encode(), "post.rss")
    assert isinstance(page, Capture)


def test_entities_are_no_bomb(taken):
    bomb = '<!DOCTYPE a [<!ENTITY a "' + "x" * 1000 + '">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9)
    ).replace("&a0;", "&a;") + "]><rss><channel><item><title>&a8;</title></item></channel></rss>"  # fmt: skip
    for each in taken(bomb.encode(), "post.rss"):
        assert isinstance(each, Problem) or len(each.payload) < 100_000
