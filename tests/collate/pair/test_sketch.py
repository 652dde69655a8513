from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.pair.sketch import (
    WINDOW,
    alike,
    lexicon,
    marks_of,
    number_of,
    places_of,
    plain_word,
    sketch,
    weight_of,
)

WORDS = st.lists(
    st.sampled_from(
        ["the", "of", "harbour", "minister", "opened", "seven", "bridges", "Karvis", "and", "not", "steel", "again"]
    ),
    max_size=60,
)


def test_a_word_is_one_number_whatever_its_case_and_accents():
    assert number_of("Čapek") == number_of("capek")
    assert number_of("Minister’s") == number_of("minister")
    assert number_of("bridge") != number_of("bridges")


def test_function_words_weigh_less():
    assert weight_of(number_of("harbour")) == 1.0
    assert 0 < weight_of(number_of("The")) < 0.5


def test_the_lists_do_not_hold_a_word_twice_over_in_another_case():
    assert all(word == plain_word(word) for name in ("function", "negation", "number") for word in lexicon(name))


def test_a_text_without_words_has_no_keys():
    assert len(sketch("").keys) == len(sketch(" — ! ").keys) == 0


@given(WORDS)
def test_every_key_stands_where_it_is_said_to(words):
    own = sketch(" ".join(words))
    for key, place in zip(own.keys, own.places, strict=True):
        assert place < len(words)
        assert places_of(key, own)


@given(WORDS, WORDS)
def test_texts_that_share_a_long_run_share_a_key(before, after):
    run = [
        "seven",
        "steel",
        "bridges",
        "over",
        "the",
        "northern",
        "harbour",
        "were",
        "opened",
        "again",
        "after",
        "a",
        "long",
        "winter",
        "of",
        "heavy",
        "repairs",
    ]
    assert len(run) > WINDOW + 5
    one, other = sketch(" ".join(before + run)), sketch(" ".join(run + after))
    assert set(one.keys) & set(other.keys)


def test_signs_of_scripts_without_spaces_are_words():
    assert len(sketch("海の橋 opened").words) == 4


def test_marks_follow_from_the_words_around_a_key():
    quote = "we will keep the harbour open for every ship that asks for shelter"
    one, other = sketch(f"The fog lifted early. {quote}."), sketch(f"Prices rose in Velm; {quote}, he wrote.")
    shared = sorted(set(one.keys) & set(other.keys))
    assert shared
    for key in shared:
        pairs = product(marks_of(key, one), marks_of(key, other))
        assert any(alike(np.array([a], np.uint64), np.array([b], np.uint64))[0] for a, b in pairs)


def test_a_key_at_the_end_of_a_text_has_marks_on_one_side_alone():
    last = sketch("ships shelter")
    assert list(last.marks) == [0]
