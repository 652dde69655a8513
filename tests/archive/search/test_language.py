"""The query language by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.answers.search.language import MOST_TERMS, parse, quoted, stating, without
from stemma.errors import BadQuery


def told(text):
    return [(term.field, term.minus, term.value) for term in parse(text)]


def expressions(text):
    return [term.expression for term in parse(text)]


def test_words_phrases_beginnings_and_what_is_left_out():
    assert told('lamps "far shore" -bridge') == [
        (None, False, "lamps"),
        (None, False, "far shore"),
        (None, True, "bridge"),
    ]
    assert expressions('harb* "far sh"*') == ['"harb" *', '"far sh" *']
    assert expressions("“far shore”") == ['"far shore"']


def test_fields_and_what_only_looks_like_one():
    assert told('said:"Kim Vael" -outlet:SARVA by:Vael') == [
        ("said", False, "Kim Vael"), ("outlet", True, "SARVA"), ("said", False, "Vael"),
    ]  # fmt: skip
    assert told("https://orvo.example/1 10:30 Note: x") == [
        (None, False, "https://orvo.example/1"), (None, False, "10:30"), (None, False, "Note:"), (None, False, "x"),
    ]  # fmt: skip


def test_near():
    assert expressions('lamps near/5 "far shore"') == ['NEAR("lamps" "far shore", 5)']
    assert expressions("-a NEAR/2 b near/2 c*") == ['NEAR("a" "b" "c" *, 2)']
    assert parse("-a near/2 b")[0].minus
    assert expressions("北京 near/9 港口") == ['NEAR("北京" "港口", 9)']


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ('lamps "far', 6, "quotation mark is open"),
        ('lamps ""', 6, "nothing stands between"),
        ("said:", 4, "right behind the colon"),
        ("said: Vael", 5, "right behind the colon"),
        ("ferry sayd:Vael", 6, "no field"),
        ("near/5 shore", 0, "between two words"),
        ("lamps near/5", 6, "second is missing"),
        ("lamps near/ shore", 11, "a number"),
        ("lamps near/0 shore", 11, "a number"),
        ("lamps near/5 -shore", 13, "a minus"),
        ("lamps near/5 said:Vael", 13, "between two words"),
        ("a near/2 b near/3 c", 11, "one distance"),
        ("***", 0, "at least one word"),
        ("- -", 0, "at least one word"),
        ("a " * (MOST_TERMS + 1), 2 * MOST_TERMS, "at most"),
    ],
)
def test_errors_point_at_the_character(text, at, why):
    with pytest.raises(BadQuery, match=why) as caught:
        parse(text)
    assert caught.value.at == at


_PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "-",
        "*",
        ":",
        " ",
        "near/",
        "near/5",
        "said:",
        "-via:",
        "to:",
        "x",
        "北京",
        "김정",
        "AND",
        "(",
        "5",
        "\0",
        "foo:",
    ]
)


@given(st.text(max_size=40) | st.lists(_PIECES, max_size=12).map("".join))
def test_any_text_is_understood_or_the_error_points_into_it(text):
    terms, at = (), None
    try:
        terms = parse(text)
    except BadQuery as error:
        at = error.at
        told = True
    else:
        told = False
    if told:
        assert at is not None
        assert 0 <= at < len(text)
    else:
        assert all(0 <= term.start < term.end <= len(text) for term in terms)
        assert [term.start for term in terms] == sorted(term.start for term in terms)
        assert all(term.field or term.expression for term in terms)


@given(st.text(min_size=1, max_size=20).filter(lambda text: text.replace('"', "").replace("“", "").strip()))
def test_what_a_facet_states_is_read_as_it_was_meant(value):
    (term,) = parse(stating("said", value, minus=True))
    assert (term.field, term.minus) == ("said", True)
    assert term.value == quoted(value).strip('"')


def test_a_query_without_one_of_its_terms():
    text = 'lamps  -said:"Kim Vael" shore'
    assert [without(text, term) for term in parse(text)] == [
        '-said:"Kim Vael" shore',
        "lamps shore",
        'lamps -said:"Kim Vael"',
    ]
