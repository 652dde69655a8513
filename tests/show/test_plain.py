"""What a page may not do to a screen."""

from __future__ import annotations

import codecs
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.show.plain import approximate, ascii_json, cell, one_line, plain, shortened, sound


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\u241b[2J"),
        ("a\x07b", "a\u2407b"),
        ("a\x9b31m", "a\ufffd31m"),
        ("\u202eabc\u202c", "\ufffdabc\ufffd"),
        ("a\u200fb\u00adc\ufeff", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\tb\nc\r\n", "a\tb\nc\n"),
        ("\x7f", "\u2421"),
        ("\ud800", "\ufffd"),
        ("\U000e0041", "\ufffd"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_no_control_is_left(text: str) -> None:
    shown = plain(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c not in "\t\n"]
    assert not [
        c
        for c in shown
        if unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    ]
    assert plain(shown) == shown
    shown.encode()


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@given(st.text(), st.integers(3, 50))
def test_shortened_keeps_its_limit(text: str, limit: int) -> None:
    assert len(shortened(text, limit)) <= max(limit, 3)
    assert shortened(text, None) == text


@given(st.text())
def test_escaped_json_is_the_same_value(text: str) -> None:
    line = ascii_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(line) == text
    assert not set(line) & set("\u202e\x9b\u2028\x7f")


def test_a_screen_without_typography_gets_plain_marks() -> None:
    codecs.register_error("test.approximate", approximate)
    assert "“a” – b … é등".encode("ascii", "test.approximate") == b'"a" - b ... ??'
    assert "“é”".encode("latin-1", "test.approximate") == b'"\xe9"'


@given(st.text(st.sampled_from("a \t\n\x00\x1b\u00a0\u00ad\u200b\u202e\u2028\ud800\U000e0041é𝒳")))
def test_a_line_is_the_same_by_the_short_way(text: str) -> None:
    assert one_line(text) == plain(re.sub(r"\s+", " ", text).strip())


@given(st.text(st.sampled_from("'=+-@＝ \t\r\nab\x00\ud800")))
def test_no_cell_is_a_formula_and_each_can_be_undone(text: str) -> None:
    shown = cell(text)
    shown.encode()
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    kept = sound(text).replace("\x00", "␀")
    assert (shown[1:] if shown != kept else shown) == kept
    assert (shown != kept) == bool(re.match(r"'*[=+\-@\t\r\n＝]", kept))


def test_cells_of_other_values() -> None:
    assert [cell(each) for each in (None, 3, 0.5, True, "a")] == ["", "3", "0.5", "true", "a"]
