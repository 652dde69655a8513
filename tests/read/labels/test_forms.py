"""Transcripts and numbered documents."""

from __future__ import annotations

import pytest
from growth import TWICE, calls

from stemma.read.labels.forms import answers_unnamed, extend_articles, extend_transcript, is_aside, opens_turn


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("President of Karvis Mara Orlu: The ferry has left.", "orlu"),
        ("Minister of Ports and Ferries Ilo Cho: It has.", "cho"),
        ("MR CHO: It has.", "cho"), ("QUESTION: Has it?", "question"), ("М. Орлу: Да.", "орлу"),
        ("The board named one condition: the harbour must be open.", None), ("It has left the harbour.", None),
    ],
)  # fmt: skip
def test_openings(line, speaker):
    assert opens_turn(line) == speaker


def test_asides():
    assert is_aside("(Laughter.)")
    assert is_aside("[Applause]")
    assert not is_aside("(Laughter.) We have seen the reports.")


def test_unnamed_answers():
    assert answers_unnamed(["Karvis Post: Has it left?", "Sarva: And when will it be back?"])
    assert not answers_unnamed(["QUESTION: Has it left?", "MR CHO: It has."])


def _extended(rule, texts: list[str], chosen: set[int]) -> list[int]:
    body = [number in chosen for number in range(len(texts))]
    rule(texts, body, {})
    return [number for number, told in enumerate(body) if told]


def test_short_turns_between_long_ones():
    texts = [
        "Menu",
        "Mara Orlu: Has the ferry left?",
        "Ilo Cho: Yes.",
        "It has.",
        "Mara Orlu: When?",
        "Ilo Cho: At noon.",
    ]
    assert _extended(extend_transcript, texts, {1, 5}) == [1, 2, 3, 4, 5]
    assert _extended(extend_transcript, texts, {1}) == [1]  # one line that the scorer told is not enough


def test_comments_below_are_no_transcript():
    texts = ["Story.", "More story.", "Mara Orlu: Well said.", "Ilo Cho: Not so.", "Mara Orlu: But it is."]
    assert _extended(extend_transcript, texts, {0, 1}) == [0, 1]


def test_articles_after_a_colon():
    texts = ["Menu", "The boards declared the following:", "1. One.", "2. Two.", "3. Three.", "Menu"]
    assert _extended(extend_articles, texts, {1}) == [1, 2, 3, 4]


def test_numbers_of_a_menu_are_no_articles():
    texts = ["The board met on Friday.", "It will meet again.", "Most read", "1. One", "2. Two", "3. Three"]
    assert _extended(extend_articles, texts, {0, 1}) == [0, 1]


def test_work_grows_with_the_number_of_lines():
    def work(count):
        texts = ["The boards declared:", *(f"{number % 400}. words of an article" for number in range(1, count))]
        return calls(_extended, extend_articles, texts, {0}) + calls(
            _extended, extend_transcript, ["A: b?"] * count, {0}
        )

    assert work(4_000) < TWICE * work(2_000)
