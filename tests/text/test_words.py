from __future__ import annotations

import pytest

from stemma.text.words import fold, words


def test_words_with_their_places() -> None:
    text = "Choi Son-hee’s visit, 2025"
    assert [w.text for w in words(text)] == ["Choi", "Son-hee’s", "visit", "2025"]
    assert all(text[w.start : w.end] == w.text for w in words(text))
    assert [w.text for w in words(text, 5, 12)] == ["Son-hee"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Dorn   POST ", "dorn post"),
        ("Ch'ŏe", "ch'oe"),
        ("Ｋim", "kim"),
        ("Straße", "strasse"),
        ("김정", "김정"),
        ("Йод", "иод"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
