"""Pieces with their signs, and the windows in which they are read."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from stemma.annotate.statements.encoder.pieces import Pieces, Unit, Window, cut, units, windows
from stemma.annotate.statements.encoder.wordpiece import WordPieces
from stemma.annotate.statements.quotes import pair

_WORDS = WordPieces(["[UNK]", *["“", "”", ".", ",", "we", "won", "she", "said", "in", "2031"]])
_LOWER, _TITLE, _UPPER, _NUMBER = 1, 2, 3, 4


def pieces(text: str) -> Pieces:
    stretches, at = [], 0
    for line in text.split("\n"):
        stretches.append((at, at + len(line)))
        at += len(line) + 1
    return cut(_WORDS, text, stretches, [q for start, end in stretches for q in pair(text, start, end)])


def test_signs_tell_case_gap_and_quotation():
    found = pieces("WE won\n“We won,” she said in 2031.")
    assert found.signs[:, 0].tolist() == [_UPPER, _LOWER, 0, _TITLE, _LOWER, 0, 0, _LOWER, _LOWER, _LOWER, _NUMBER, 0]
    assert found.signs[:, 1].tolist() == [4, 1, 3, 0, 1, 0, 0, 1, 1, 1, 1, 0]
    assert found.signs[:, 2].tolist() == [0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]
    assert found.stretches.tolist() == [0, 2, 12]


def sentences(*firsts: int, begins: tuple[int, ...] = (), marks: tuple[int, ...] = ()) -> list[Unit]:
    """Sentences by their first pieces; those that begin a stretch, and those of these that open with a mark."""
    return [Unit(first, first in begins, first in begins and first not in marks) for first in firsts]


def shape(parts: Iterator[Window]) -> list[tuple[int, ...]]:
    return [tuple(part) for part in parts]


def test_units_are_sentences_with_pieces():
    text = "“We won,” she said.\n\nWe won. She said."
    stretches = [(0, 19), (20, 20), (21, 38)]
    found = cut(_WORDS, text, stretches, [])
    made = units(found, text, [(0, 19), (20, 20), (21, 28), (29, 38)], stretches)
    assert made == [Unit(0, True, False), Unit(8, True, True), Unit(11, False, False)]


def test_no_sentences_no_windows():
    assert shape(windows([], 0)) == []


def test_stretches_that_fit_are_read_together():
    assert shape(windows(sentences(0, 30, 60, begins=(0, 30, 60)), 90, 60)) == [(0, 60, 0, 60), (60, 90, 60, 90)]


def test_a_window_ends_with_a_stretch_where_it_well_can():
    assert shape(windows(sentences(0, 40, 50, begins=(0, 40)), 90, 60)) == [(0, 40, 0, 40), (40, 90, 40, 90)]
    assert shape(windows(sentences(0, 10, 50, begins=(0, 10)), 90, 60)) == [(0, 50, 0, 50), (50, 90, 50, 90)]


def test_within_a_stretch_and_before_a_mark_what_stands_before_is_read_too():
    assert shape(windows(sentences(0, 40, 55, begins=(0,)), 95, 60)) == [(0, 55, 0, 55), (40, 95, 55, 95)]
    quoted = sentences(0, 50, begins=(0, 50), marks=(50,))
    assert shape(windows(sentences(0, 20, 50, begins=(0, 50), marks=(50,)), 80, 60)) == [
        (0, 50, 0, 50),
        (20, 80, 50, 80),
    ]
    assert shape(windows(quoted, 70, 60)) == [(0, 50, 0, 50), (50, 70, 50, 70)]


@given(st.lists(st.tuples(st.integers(1, 300), st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_every_piece_is_kept_once(drawn):
    at, made = 0, []
    for size, begins, mark in drawn:
        made.append(Unit(at, begins or at == 0, (begins or at == 0) and not mark))
        at += size
    parts = list(windows(made, at, 120))
    assert [n for part in parts for n in range(part.kept, part.until)] == list(range(at))
    assert all(part.stop - part.first <= 120 and part.first <= part.kept <= part.until <= part.stop for part in parts)
