"""A page as arrays: the same counts that a look at each line gives."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from stemma.read.article.signs import Kind, habit_bits, read_signs, word_bits
from stemma.read.layout import lay_out_text

_PAGES = st.text(st.sampled_from("ab Zé0９,.!“”\n\u2028中ハ한ب😀\ud83d\t-@©\u0301\x1c"), max_size=60).filter(
    lambda text: lay_out_text(text).lines
)
_SAID = st.lists(
    st.sampled_from([*list(word_bits())[::7], "karvis", "harbourmaster", "中", "\n", "3", "-"]), min_size=1
)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|©")


def _lines(text):
    sheet = lay_out_text(text)
    return [sheet.text[line.start : line.end] for line in sheet.lines], read_signs(text, sheet.lines)


@given(_PAGES)
def test_counts_are_those_of_the_lines(text):
    lines, signs = _lines(text)
    counts = signs.counts()
    assert signs.texts == lines
    assert counts[Kind.LOW].tolist() == [sum(map(str.islower, line)) for line in lines]
    assert counts[Kind.HIGH].tolist() == [sum(map(str.isupper, line)) for line in lines]
    assert counts[Kind.DIGIT].tolist() == [sum(map(str.isdecimal, line)) for line in lines]
    assert signs.tally(signs.places(Kind.COMMA)).tolist() == [line.count(",") for line in lines]
    assert signs.holds(Kind.SIGN).tolist() == ["@" in line for line in lines]


@given(_SAID)
def test_words_tell_what_the_lists_say(words):
    text = " ".join(words)
    if not text.strip():
        return
    lines, signs = _lines(text)
    told = [[word_bits().get(word, 0) for word in _WORD.findall(line.lower())] for line in lines]
    assert signs.stops.tolist() == [sum(map(len, told[: number + 1])) for number in range(len(told))]
    for number, bits in enumerate(told):
        expected = 0
        for bit in bits:
            expected |= bit
        assert signs.tell()[number] == expected
        assert signs.bits[signs.firsts[number] : signs.stops[number]].tolist() == bits


def test_words_are_runs_of_letters():
    words = ["the", "photo", "board", "s", "rd", "bridge", "ends", "中", "国", "북쪽섬"]
    _, signs = _lines("The Photo-board’s 3rd BRIDGE ends.\n中国 북쪽섬\n12.")
    assert (signs.stops - signs.firsts).tolist() == [7, 3, 0]
    assert signs.bits.tolist() == [*(word_bits().get(word, 0) for word in words), 0]
    assert signs.tell()[0] & habit_bits()["caption"]
    assert signs.tell()[2] == 0


def test_a_long_page_is_looked_at_from_its_lines_beginnings():
    sheet = lay_out_text(f"{'a' * 3_000_000} end\nPhoto of the bridge.")
    signs = read_signs(sheet.text, sheet.lines)
    assert (signs.stops - signs.firsts).tolist() == [1, 4]
    assert signs.bounds[2] < 2_000_000
    assert signs.tell()[1] & habit_bits()["caption"]
