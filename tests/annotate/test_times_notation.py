"""From text to parts, and the notation of patterns over them."""

from __future__ import annotations

import re

import pytest

from stemma.annotate.times.parts.lexicon import OTHER, lexicon
from stemma.annotate.times.parts.notation import compile_pattern
from stemma.annotate.times.parts.tokens import scan


def kinds(text: str) -> list[str]:
    """The first kind of each part."""
    names = {code: name for name, codes in reversed(lexicon().kinds.items()) for code in codes}
    return [names.get(code, code) for code in scan(text).codes]


def test_parts_have_their_places():
    parts = scan("on Sept. 5, 2023", 3)
    assert [parts.text[a:b] for a, b in zip(parts.starts, parts.ends, strict=True)] == ["Sept.", "5", ",", "2023"]
    assert parts.values[0] == 9


def test_unknown_parts_in_a_row_count_as_one():
    assert scan("fish and chips taste fine on Monday").codes.count(OTHER) == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("7", "LOW"), ("23", "MID"), ("30", "HIGH"), ("1999", "YEAR"), ("450", "NUM"), ("2.5", "DECIMAL"),
        ("1,200", "DECIMAL"), ("1980s", "DECADE"), ("'80s", "SHORTDECADE"), ("'89", "SHORTYEAR"), ("14th", "ORD"),
        ("12:30", "CLOCK"), ("2025.04.29", "NUMERIC"), ("May", "MONTH"), ("$", "MONEY"),
    ],
)  # fmt: skip
def test_kinds_of_parts(text, kind):
    assert scan(text).codes in lexicon().kinds[kind]


def test_a_month_that_is_a_verb_needs_its_capital():
    assert scan("may").codes == OTHER
    assert scan("May").codes != OTHER


def test_a_pattern_knows_what_it_may_begin_with():
    piece = compile_pattern("( the )? MONTH DAYNUM ( ,? YEAR )?")
    assert piece.first == frozenset(lexicon().kinds["the"]) | frozenset(lexicon().kinds["MONTH"])
    match = re.match(piece.expression, scan("May 5, 2020").codes)
    assert match is not None
    assert match.span("YEAR") == (3, 4)


def test_a_second_part_of_a_kind_has_a_number():
    match = re.match(compile_pattern("MONTH to MONTH2").expression, scan("May to June").codes)
    assert match is not None
    assert match.start("MONTH2") == 2


def test_an_unknown_word_in_a_pattern_is_told():
    with pytest.raises(KeyError):
        compile_pattern("the wombat of MONTH")


def test_hyphen_and_dash_differ():
    assert scan("two-year").codes[1] == lexicon().hyphen
    assert scan("two - year").codes[1] == lexicon().dash
