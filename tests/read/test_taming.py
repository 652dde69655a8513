"""Hostile markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.read.taming import DEEPEST, MOST_ATTRIBUTES, MOST_OPTIONS, tame


def tamed_of(page):
    return tame(page).markup


def test_ordinary_pages_are_untouched():
    page = "<div><p>a</p></div>" * 2_000
    assert tamed_of(page) is page


def test_deep_tags_go_and_text_stays():
    page = "<div>" * 20_000 + "<p>words</p>" + "</div>" * 20_000 + "<p>more</p>"
    shallow = tamed_of(page)
    assert shallow.count("<div>") == shallow.count("</div>") == DEEPEST
    assert "<p>words</p>" in shallow
    assert shallow.endswith("<p>more</p>")


def test_paragraphs_do_not_nest():
    page = "<p>a<li>b<br>" * 5_000
    assert tamed_of(page) == page


@pytest.mark.parametrize(
    "tag",
    ['<div a="<>">', "<div a='>'>", "<div ='>", '<div ">', "<div a=b'>", "<div\n/a=/>", "<!--><div>", "<!---><div>"],
)
def test_no_sign_in_a_tag_hides_it(tag):
    assert tamed_of(tag * 6_000 + "words").count("<div") <= DEEPEST


def test_tags_in_comments_and_values_are_none():
    page = '<!-- <div> --><img alt="<div>">' * 6_000
    assert tamed_of(page) == page


@pytest.mark.parametrize("tag", ["<b id={}>", "<font color={}>x<p>", "<P>{}<I>"])
def test_open_formatting_does_not_multiply(tag):
    tamed = tamed_of("".join(tag.format(n) for n in range(20_000)) + "<p>x" * 20_000)
    assert sum(map(tamed.lower().count, ("<b", "<font", "<i"))) * 40_000 < 4_000_000


def test_balanced_formatting_stays():
    page = "<p><b>a</b> <i>b</i></p>" * 5_000
    assert tamed_of(page) == page


@pytest.mark.parametrize("attribute", [" a{}=1", " a{}", "/a{}", ' a{}="x>y"', "\n<{}"])
def test_attributes_of_one_tag_are_bounded(attribute):
    page = "<p" + "".join(attribute.format(n) for n in range(5_000)) + ">words</p>"
    tamed = tamed_of(page)
    assert tamed.endswith(">words</p>")
    assert len(tamed) < len(page) / 4
    assert tamed_of(tamed) == tamed


def test_many_attributes_of_many_tags_stay():
    page = ("<p" + "".join(f" a{n}=1" for n in range(MOST_ATTRIBUTES)) + ">words</p>") * 3
    assert tamed_of(page) == page


def test_a_list_of_options_ends():
    page = "<select>" + "<option>x" * 3 * MOST_OPTIONS + "</select>" + "<option>y" * 5_000
    tamed = tamed_of(page)
    assert tamed.replace("</select>", "") == page.replace("</select>", "")
    assert tamed.index("</select>") == len("<select>") + MOST_OPTIONS * len("<option>x")


def test_more_elements_than_memory_holds(monkeypatch):
    monkeypatch.setattr("stemma.read.taming.MOST_ELEMENTS", 20_000)
    assert tame("<p>" * 30_000) == ("<p>" * 20_000, 30_000)
    assert tame("</P>" * 20_001) == ("</P>" * 20_000, 4)
    assert tame("<p></i>" * 15_000) == ("<p></i>" * 15_000, 0)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="<>/abp='\" \n-!", max_size=300))
def test_only_whole_tags_go(text):
    words = text.replace("<", " ")
    assert words in tamed_of("<div>" * 5_001 + words)
