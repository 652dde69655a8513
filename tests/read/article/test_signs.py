"""A page as arrays: the same counts that a look at each line gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.read.article.signs import Kind, read_signs
from stemma.read.layout import lay_out_text

_PAGES = st.text(st.sampled_from("ab Zé0９,.!“”\n\u2028中ハ한ب😀\ud83d\t-@©\u0301\x1c"), max_size=60).filter(
    lambda text: lay_out_text(text).lines
)


def _lines(text):
    sheet = lay_out_text(text)
    return [sheet.text[line.start : line.end] for line in sheet.lines], read_signs(text, sheet.lines)


@given(_PAGES)
def test_counts_are_those_of_the_lines(text):
    lines, signs = _lines(text)
    counts = signs.counts()
    assert counts[Kind.LOW].tolist() == [sum(map(str.islower, line)) for line in lines]
    assert counts[Kind.HIGH].tolist() == [sum(map(str.isupper, line)) for line in lines]
    assert counts[Kind.DIGIT].tolist() == [sum(map(str.isdecimal, line)) for line in lines]
    assert signs.tally(signs.has(Kind.COMMA)).tolist() == [line.count(",") for line in lines]
    assert signs.holds(signs.has(Kind.SIGN)).tolist() == ["@" in line for line in lines]


@given(_PAGES)
def test_each_word_stands_in_its_line(text):
    lines, signs = _lines(text)
    assert len(signs.tokens) == len(signs.token_lines)
    for token, number in zip(signs.tokens.tolist(), signs.token_lines.tolist(), strict=True):
        assert signs.vocabulary[token] in lines[number].lower()


def test_words_are_runs_of_letters():
    lines, signs = _lines("The Harbour-board’s 3rd bridge.\n中国 북쪽섬")
    words = [signs.vocabulary[token] for token in signs.tokens]
    assert words == ["the", "harbour", "board", "s", "rd", "bridge", "中", "国", "북쪽섬"]
    assert len(lines) == 2
    assert signs.look_up({"bridge": 4})[5] == 4


def test_a_long_page_is_looked_at_from_its_lines_beginnings():
    sheet = lay_out_text(f"{'a' * 3_000_000} end\nThe bridge is open.")
    signs = read_signs(sheet.text, sheet.lines)
    assert signs.vocabulary[1:] == ["the", "bridge", "is", "open"]
    assert signs.starts[1] < 2_000_000
