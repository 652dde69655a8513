"""The model of the kinds: its table, its odds, names inside names."""

from __future__ import annotations

import pytest

from stemma.annotate.mentions import inner, mentions
from stemma.annotate.mentions.candidates import candidates
from stemma.annotate.mentions.kinds import signs
from stemma.annotate.mentions.kinds.forms import form, shape_of
from stemma.annotate.mentions.kinds.weights import KINDS, odds


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("Tarvo", "Xx"),
        ("McTarvo", "XxXx"),
        ("Min-sol", "Xx-x"),
        ("T.", "X."),
        ("KVD", "X3"),
        ("TARVO", "V5"),
        ("T90", "X9"),
    ],
)
def test_shape(word, shape):
    assert shape_of(word) == shape


def test_signs_of_places_count_over_the_root_of_their_number():
    text = "We went to Qorvan. They live in Qorvan. He left Qorvan."
    seen = signs(text, list(candidates(text, 0, len(text))))["Qorvan"]
    assert seen["-1:in"] == pytest.approx(3**-0.5)
    assert seen["r:word"] == 1


def test_shares_are_a_distribution_and_no_sign_is_needed():
    told = odds({("Qorvan", "word"): {}, ("Tamm", "word"): {"-1:mr": 1.0, "no such sign": 5.0}})
    assert set(told) == {"Qorvan", "Tamm"}
    assert all(0 < one.share <= 1 and (one.kind is None or one.kind in KINDS) for one in told.values())
    assert odds({}) == {}


def test_confidence_is_the_share_of_the_kind(make_page):
    one = next(
        one for one in mentions(make_page("We live in Qorvan, near Qorvan bay.")) if one.reason == "words around it"
    )
    assert 0.4 <= one.confidence <= 1


def test_form_is_of_the_words_alone():
    assert form("Qorvan", "word") == form("Qorvan", "word")
    assert "city:1:1" in form("Moscow", "word")
    assert "first+G" in form("Maren Holt", "words") or "first+g" in form("Maren Holt", "words")


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("The University of Helsinki was shut.", [("Helsinki", "place")]),
        ("The David Holt Foundation paid.", [("David Holt", "person")]),
        ("The Russian Academy of Sciences met.", []),
    ],
)
def test_names_inside_names(make_page, text, inside):
    page = make_page(text)
    found = [one for mention in mentions(page) for one in inner(mention)]
    assert [(text[start:end], kind) for start, end, kind in found] == inside
