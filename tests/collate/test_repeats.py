"""Which lines an outlet repeats, and which of those are furniture on a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate import repeats
from stemma.collate.repeats import Place, digest_of, furniture, keys, lines, place, repeated
from stemma.records import REPEATED, REPEATED_TITLE, Document, Field, Label, Page, Repeat, Role

OUTLET = "Velm Courier"
STORY = [
    "The ferry of Dornholt was sold on Tuesday after three years in which nobody had wanted to sail it.",
    "“The ferry was never ours to keep,” said Tamsin Orle, who has steered it since the flood.",
    "Milo Vance, of the harbour office, said that the price would be told when the papers are signed.",
]
APPEAL = "Good reporting costs money, and we ask no fee: please support us with what you can spare this month."
ABOUT = "We are read in nine valleys. “Write what you saw,” our founder Ola Brandt used to say, and so we do."


def page_of(*texts: str, roles: dict[int, Role] | None = None, title: str | None = None) -> Page:
    """A page whose lines are body but for ``roles``; ``title``: what its head says."""
    document = Document(snapshot=f"c{digest_of(repr(texts))}", layout="text/1", text="\n".join(texts))
    labels, at = [], 0
    for n, text in enumerate(texts):
        labels.append(Label(document=document.id, start=at, end=at + len(text), role=(roles or {}).get(n, "body")))
        at += len(text) + 1
    fields = [Field(document=document.id, name="outlet", value=OUTLET, basis="meta")]
    fields += [Field(document=document.id, name="title", value=title, basis="meta")] if title else []
    return Page(document, tuple(labels), tuple(fields))


def found(page: Page, *known: str) -> list[str]:
    """The lines that are furniture where these are repeated."""
    repeats = {f"{OUTLET}\n{digest_of(text)}" for text in known}
    return [page.document.text[each.start : each.end] for each in furniture(page, repeats)]


def key(text: str = APPEAL) -> str:
    return f"{OUTLET}\n{digest_of(text)}"


def test_three_stories_at_three_addresses_make_a_repeat() -> None:
    assert repeated([Place("a", "1"), Place("b", "2")], key()) == []
    assert repeated([Place("a", "1"), Place("b", "2"), Place("c", "2")], key()) == []
    assert repeated([Place("a", "1"), Place("b", "2"), Place("b", "3")], key()) == []
    assert repeated([Place("a", "1"), Place("b", "2"), Place("c", "3")], key()) == [
        Repeat(outlet=OUTLET, line=digest_of(APPEAL))
    ]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("1234"))))
def test_neither_order_nor_number_of_pages_matters(pages: list[tuple[str, str]]) -> None:
    places = [Place(*each) for each in pages]
    assert repeated(places, key()) == repeated(sorted(places), key()) == repeated(places * 2, key())


def test_no_more_pages_are_asked_for_than_needed() -> None:
    endless = (Place(str(n), str(n)) for n in range(10**9))
    assert repeated(endless, key())
    assert next(endless) == Place("3", "3")


def test_a_line_is_known_whatever_its_digits_blanks_and_case() -> None:
    assert digest_of("Viewed  1,204 times on May 3") == digest_of("viewed 7,9 times\non MAY 21")
    assert digest_of("Viewed on May 3") != digest_of("Viewed on June 3")


def test_versions_share_an_address_and_reposts_a_story() -> None:
    one, other = page_of(*STORY, APPEAL), page_of("Now with more words.", *STORY, ABOUT)
    assert place(one, OUTLET, "https://a.example/1").address == place(other, OUTLET, "https://a.example/1").address
    assert place(one, OUTLET, None).address != place(other, OUTLET, None).address
    assert place(one, OUTLET, None).story == place(page_of(*STORY, APPEAL, ABOUT), OUTLET, None).story
    assert key(STORY[0]) in keys(place(one, OUTLET, None))


def test_what_ends_or_begins_a_story_is_furniture() -> None:
    assert found(page_of(*STORY, APPEAL, ABOUT), APPEAL, ABOUT) == [APPEAL, ABOUT]
    assert found(page_of(APPEAL, *STORY, ABOUT), APPEAL, ABOUT) == [APPEAL, ABOUT]


def test_what_stands_within_a_story_stays() -> None:
    assert found(page_of(STORY[0], APPEAL, *STORY[1:]), APPEAL) == []


def test_short_lines_are_furniture_only_between_others() -> None:
    assert found(page_of(*STORY, "More:", APPEAL, "* 0"), "More:", APPEAL, "* 0") == [APPEAL, "* 0"]
    assert found(page_of(*STORY, "* 0"), "* 0") == []


def test_a_set_phrase_at_the_end_stays() -> None:
    phrase = "The talks took place in a warm and friendly atmosphere."
    assert found(page_of(*STORY, phrase), phrase) == []
    assert found(page_of(*STORY, phrase, ABOUT), phrase, ABOUT) == [ABOUT]
    assert found(page_of(*STORY, APPEAL, phrase, ABOUT), APPEAL, phrase, ABOUT) == [APPEAL, phrase, ABOUT]


def test_a_quotation_that_a_series_carries_along_stays() -> None:
    """It stands at the end of every part, and speaks of who and what the story speaks of."""
    series = "“The ferry was never ours,” Tamsin Orle told the harbour office of Dornholt when the flood came."
    page = page_of(*STORY, series)
    assert found(page, series) == []
    assert found(page_of(*STORY, series, ABOUT), series, ABOUT) == [ABOUT]


def test_a_page_of_nothing_but_repeated_lines_is_left_alone() -> None:
    assert found(page_of(*STORY, APPEAL), *STORY, APPEAL) == []


def test_a_repeated_title_goes_where_there_is_another() -> None:
    roles: dict[int, Role] = {0: "title"}
    name = "The news of the nine valleys"
    assert found(page_of(name, *STORY, roles=roles, title="The ferry is sold"), name) == [name]
    assert found(page_of(name, *STORY, roles=roles), name) == []
    assert found(page_of(name, "The ferry is sold", *STORY, roles={0: "title", 1: "title"}), name) == [name]


def laid(page: Page, labels: Sequence[Label]) -> Page:
    """The page with these labels in place of those that stand there."""
    new = {(each.start, each.end): each for each in labels}
    return page._replace(labels=tuple(new.get((each.start, each.end), each) for each in page.labels))


@pytest.mark.parametrize("order", list(permutations([APPEAL, ABOUT, "The news of the nine valleys"])))
def test_labelled_pages_ask_the_same_and_are_told_the_same(order: tuple[str, ...]) -> None:
    page = page_of("The news of the nine valleys", *STORY, *order[:2], roles={0: "title"}, title="The ferry is sold")
    known = {key(text) for text in order}
    labels = furniture(page, known)
    assert {each.reason for each in labels} <= {REPEATED, REPEATED_TITLE}
    after = laid(page, labels)
    assert furniture(after, known) == labels
    assert [(each.start, each.end) for each in lines(after)] == [(each.start, each.end) for each in lines(page)]
    assert place(after, OUTLET, None) == place(page, OUTLET, None)


def test_long_pages_are_looked_at_where_they_begin_and_end() -> None:
    many = [f"{STORY[0]} {chr(97 + n % 26)}{'x' * n}" for n in range(500)]
    page = page_of(APPEAL, *many, ABOUT)
    assert len(lines(page)) == 2 * repeats.EDGE
    assert found(page, APPEAL, ABOUT) == [APPEAL, ABOUT]


def test_other_scripts() -> None:
    story = [
        "오루 시장은 강변에서 열린 개통식에서 다리가 열렸다고 말했다. 시민 삼백 명이 참석했다. 행사는 오후까지 이어졌으며 비가 내리는 가운데 끝났다. 다음 행사는 봄에 열린다."
    ]
    about = "본지는 독자의 후원으로 만들어집니다. 매일 아침 아홉 골짜기에 배달되며, 본 것만 적고 들은 것은 적지 않습니다. 여러분의 도움을 기다립니다."
    assert found(page_of(*story, about), about) == [about]


def test_records_round_trip() -> None:
    (record,) = repeated([Place(str(n), str(n)) for n in range(3)], key())
    assert json.loads(msgspec.json.encode(record))["record"] == "repeat"
