"""S7: each queue gives one thing a screen; a decision is a word of the reader's, noted, and taken back without end."""

from __future__ import annotations

import re

import pytest

from stemma.archive.views import Article, Line
from stemma.records import Correction, Judgement
from tests.show.web.desk.conftest import Visitor, hidden, told

QUEUES = ("doubted", "unnamed", "dates", "names", "furniture")


def sending(page: str) -> dict[str, str]:
    form = page[page.index('id="decide"') :]
    return {name: hidden(form, name) for name in ("queue", "about", "on")}


def test_the_desk_lists_what_waits(visitor: Visitor) -> None:
    page = told(visitor.get("/review"))
    for words in (
        "Speakers in doubt 12",
        "Speakers not identified 35",
        "Unclear dates 1",
        "Names that may be one",
        "Failed captures 0",
    ):
        assert words in page, words


@pytest.mark.parametrize("queue", QUEUES)
def test_one_decision_leads_to_the_next_thing(visitor: Visitor, queue: str) -> None:
    page = visitor.get(f"/review/{queue}")
    known = sending(page.text)
    if queue == "names":
        known["judgement"] = hidden(page.text, "judgement")
    done = visitor.post("/review/say", **known, **({"verdict": "unsure"} if queue == "names" else {"deed": "accept"}))
    assert done.status == 303, told(done)
    assert done.headers["location"].startswith(f"/review/{queue}")
    following = visitor.get(done.headers["location"])
    assert f'name="about" value="{known["about"]}"' not in following.text
    word = visitor.archive.words()[0]
    assert isinstance(word, Judgement if queue == "names" else Correction)
    assert word.by == "Dana Wirt"
    assert "1 decided, 1 in this sitting" in told(visitor.get(f"/review/{queue}/{known['about']}"))


def test_accepting_confirms_what_was_derived(visitor: Visitor) -> None:
    known = sending(visitor.get("/review/doubted").text)
    before = visitor.archive.line(known["about"])
    visitor.post("/review/say", **known, deed="accept")
    after = visitor.archive.line(known["about"])
    assert isinstance(before, Line)
    assert isinstance(after, Line)
    assert [who.name for who in after.speakers] == [who.name for who in before.speakers]
    assert after.speakers[0].confidence == 1
    assert "people agreed in 100 %" in told(visitor.get("/review"))
    assert "confirmed by Dana Wirt" in told(visitor.get(f"/s/{known['about']}"))


def test_another_name_is_set_by_digit_by_hand_and_as_not_known(visitor: Visitor) -> None:
    page = visitor.get("/review/doubted")
    known = sending(page.text)
    digit = re.search(r'name="set" value="([^"]+)" class="choice" data-key="1"', page.text)
    assert digit
    for fields, name in (
        ({"set": digit[1]}, digit[1].partition(" (")[0]),  # "HPR (outlet)": a name and its kind
        ({"deed": "other", "other": "Ilse Marn"}, "Ilse Marn"),
        ({"set": ""}, ""),
    ):
        visitor.post("/review/say", **known, **fields)
        line = visitor.archive.line(known["about"])
        assert isinstance(line, Line)
        assert [who.name for who in line.speakers] == [name] * bool(name)
    visitor.post("/review/say", **known, deed="accept", other="Milo Vance")  # Enter in the field of another name
    line = visitor.archive.line(known["about"])
    assert isinstance(line, Line)
    assert line.speakers[0].name == "Milo Vance"


def test_everything_is_taken_back_one_after_the_other(visitor: Visitor) -> None:
    decided = []
    for queue in QUEUES:
        known = sending((page := visitor.get(f"/review/{queue}")).text)
        more = (
            {"verdict": "same", "judgement": hidden(page.text, "judgement")} if queue == "names" else {"deed": "accept"}
        )
        visitor.post("/review/say", **known, **more)
        decided.append((queue, known["about"]))
    assert visitor.post("/review/say", **sending(visitor.get("/review/doubted").text), deed="pass").status == 303
    assert "/review/doubted/" in visitor.post("/review/undo").headers["location"]
    for queue, about in reversed(decided):
        assert visitor.post("/review/undo").headers["location"] == f"/review/{queue}/{about}"
    assert visitor.post("/review/undo").status == 400
    assert told(visitor.get("/review")).count("decided") == 0
    assert visitor.archive.stats().words.undone == len(QUEUES)


def test_what_is_left_for_later_does_not_come_again_now(visitor: Visitor) -> None:
    seen = set()
    for _ in range(4):
        known = sending(visitor.get("/review/unnamed").text)
        assert known["about"] not in seen
        seen.add(known["about"])
        visitor.post("/review/say", **known, deed="pass")
    assert not visitor.archive.words()


def test_a_span_is_marked_anew_from_word_to_word(visitor: Visitor) -> None:
    page = visitor.get("/review/doubted")
    known = sending(page.text)
    starts, ends = (
        re.findall(r'<option value="(\d+)"', part.split("</select>")[0])
        for part in page.text.split("<select name=")[1:3]
    )
    visitor.post("/review/say", **known, deed="mark", first=starts[2], last=ends[5])
    line = visitor.archive.line(known["about"])
    assert isinstance(line, Line)
    assert [(piece.start, piece.end) for piece in line.statement.content] == [(int(starts[2]), int(ends[5]))]
    visitor.post("/review/say", **known, deed="mark", first=starts[10], last=ends[12], adding="1")
    line = visitor.archive.line(known["about"])
    assert isinstance(line, Line)
    assert len(line.statement.content) == 2
    wrong = visitor.post("/review/say", **known, deed="mark", first=ends[12], last=starts[2], why="typed with care")
    assert wrong.status == 400
    assert "typed with care" in wrong.text


def test_a_stretch_of_a_page_gets_another_role(visitor: Visitor) -> None:
    known = sending(visitor.get("/review/furniture").text)
    visitor.post("/review/say", **known, set="caption")
    word = visitor.archive.words()[0]
    assert isinstance(word, Correction)
    assert (word.field, word.value, word.about) == ("role", "caption", known["about"])


def test_a_day_is_chosen_for_a_page(visitor: Visitor) -> None:
    known = sending(visitor.get("/review/dates").text)
    assert visitor.post("/review/say", **known, deed="other", other="no day").status == 400
    visitor.post("/review/say", **known, deed="other", other="2025-10-30")
    article = visitor.archive.article(known["about"])
    assert isinstance(article, Article)
    assert article.published == "2025-10-30"
    assert "Nothing more waits here" in told(visitor.get("/review/dates"))


def test_from_a_statement_to_its_speaker_and_back(visitor: Visitor) -> None:
    statement = sending(visitor.get("/review/unnamed").text)["about"]
    page = visitor.get(f"/review/speaker/{statement}")
    assert page.status == 200
    done = visitor.post("/review/say", **sending(page.text), deed="other", other="Ilse Marn")
    assert done.headers["location"] == f"/s/{statement}"
    assert visitor.get("/review/speaker/szzzzzzz").status == 404
    assert visitor.get("/review/nonsense").status == 404


def test_the_name_is_asked_once_and_kept(visitor: Visitor) -> None:
    visitor.name = ""
    done = visitor.post("/name", name="  김  바엘 ", back="/review/doubted")
    assert done.headers["location"] == "/review/doubted"
    cookie = done.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    visitor.name = cookie.split("by=")[1].split(";")[0]
    assert "You sign as 김 바엘" in told(visitor.get("/review"))
    assert visitor.post("/name", name=" ").status == 400
