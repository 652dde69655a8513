"""Hostile nesting."""

from __future__ import annotations

from stemma.read.nesting import DEEPEST, make_shallow


def test_ordinary_pages_are_untouched():
    page = "<div><p>a</p></div>" * 2_000
    assert make_shallow(page) is page


def test_deep_tags_go_and_text_stays():
    page = "<div>" * 20_000 + "<p>words</p>" + "</div>" * 20_000 + "<p>more</p>"
    shallow = make_shallow(page)
    assert shallow.count("<div>") == shallow.count("</div>") == DEEPEST
    assert "<p>words</p>" in shallow
    assert shallow.endswith("<p>more</p>")


def test_paragraphs_do_not_nest():
    page = "<p>a<li>b<br>" * 5_000
    assert make_shallow(page) == page
