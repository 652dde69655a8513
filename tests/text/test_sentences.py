from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It rained. The fleet left.", ["It rained.", "The fleet left."]),
        ("Mr. Dorn met Gen. Vael on Feb. 3. They spoke.", ["Mr. Dorn met Gen. Vael on Feb. 3.", "They spoke."]),
        ("“We go.” She left the U.N. Council early.", ["“We go.”", "She left the U.N. Council early."]),
        ("J. R. Tavel said so! Why? No…", ["J. R. Tavel said so!", "Why?", "No…"]),
        ("Prices rose 3.5 percent. e.g. this stays.", ["Prices rose 3.5 percent. e.g. this stays."]),
        ("他说。好！走", ["他说。", "好！", "走"]),
        ("a line\nanother line", ["a line", "another line"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == wanted


@given(st.text(alphabet="aB .!?\n“”。-'1", max_size=80))
def test_sentences_hold_every_letter_once_and_in_order(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_a_window_of_the_text() -> None:
    text = "One here. Two here. Three here."
    assert [text[a:b] for a, b in sentences(text, 10, 19)] == ["Two here."]
