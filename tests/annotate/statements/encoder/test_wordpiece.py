"""Word pieces: the longest first, small letters without marks, and the characters that each stands for."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.annotate.statements.encoder.wordpiece import WordPieces

_PIECES = ["[UNK]", "har", "##bour", "##b", "##our", "the", "“", ",", "na", "##ive", "港", "e", "##n"]


def cut(text: str) -> list[tuple[str, str]]:
    words = WordPieces(_PIECES)
    return [(_PIECES[p.number], text[p.start : p.end]) for p in words.cut(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The harbour,", [("the", "The"), ("har", "har"), ("##bour", "bour"), (",", ",")]),
        ("“the", [("“", "“"), ("the", "the")]),
        ("Naïve", [("na", "Na"), ("##ive", "ïve")]),
        ("en", [("e", "e"), ("##n", "n")]),
        ("the港the", [("the", "the"), ("港", "港"), ("the", "the")]),
        ("harx", [("[UNK]", "harx")]),
        ("the\u200bhar", [("[UNK]", "the\u200bhar")]),
        ("\u0301", []),
    ],
)
def test_pieces_and_their_characters(text, pieces):
    assert cut(text) == pieces


def test_a_word_beyond_the_limit_is_unknown_as_a_whole():
    assert cut("e" + "n" * 99)[-1] == ("##n", "n")
    assert cut("e" + "n" * 100) == [("[UNK]", "e" + "n" * 100)]


@given(st.text(max_size=60))
def test_pieces_stand_in_order_and_never_overlap(text):
    places = [(p.start, p.end) for p in WordPieces(_PIECES).cut(text, 0, len(text))]
    assert all(a < b for a, b in places)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(places))
