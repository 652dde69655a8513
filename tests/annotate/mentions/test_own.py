"""Names that the people of an archive list outrank whatever else is found."""

from __future__ import annotations

import pytest

from stemma.annotate.mentions import mentions, own_names
from stemma.errors import BadValue


def found(page, own=""):
    return [(one.evidence.exact, one.kind) for one in mentions(page, own)]


def test_a_listed_kind_outranks(make_page):
    page = make_page("The Moscow left Karvis at dawn, and the Moscow came back.")
    assert found(page)[0] == ("Moscow", "place")
    assert ("Moscow", "organization") in found(page, 'organization = ["Moscow"]')


def test_none_takes_a_name_away(make_page):
    page = make_page("In Moscow it rained.")
    assert found(page) == [("Moscow", "place")]
    assert found(page, 'none = ["Moscow"]') == []


def test_a_name_that_nothing_else_finds(make_page):
    assert found(make_page("they say that qel waits, and qelling too."), 'person = ["qel"]') == [("qel", "person")]


def test_a_longer_name_of_known_kind_stays_whole(make_page):
    page = make_page("The Karvis Harbour Board met.")
    assert found(page, 'place = ["Karvis"]') == [("Karvis Harbour Board", "organization")]


def test_short_forms_follow_a_listed_person(make_page):
    page = make_page("We met Qeld Uarn there. Then Uarn left.")
    assert found(page, 'person = ["Qeld Uarn"]') == [("Qeld Uarn", "person"), ("Uarn", "person")]


def test_scripts_without_blanks_need_no_edges(make_page):
    assert found(make_page("我们见到奥鲁了。"), 'person = ["奥鲁"]') == [("奥鲁", "person")]


def test_listed_names_in_headlines(make_page):
    page = make_page("Minister Praises Tidewater Over New Bridge\n\nA bridge was opened.")
    assert ("Tidewater", "outlet") in found(page, 'outlet = ["Tidewater"]')


@pytest.mark.parametrize("text", ["person = 3", "people = []", 'person = ["a"', "person = [1]"])
def test_a_list_that_cannot_be_read_is_told(text):
    with pytest.raises(BadValue, match="names"):
        own_names(text)


def test_an_empty_list_is_none():
    assert own_names("") is None
    assert own_names("person = []\n") is None
