"""Words of like sense, inflected or not."""

import pytest

from stemma.collate.occasion.synonyms import NARROWER, SAME, is_common, nearness, words_of


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("peak", "pinnacle", SAME),
        ("fought", "fighting", SAME),
        ("provided", "provision", SAME),
        ("praising", "commended", NARROWER),
        ("relationships", "partnership", NARROWER),
        ("harbour", "lanterns", 0.0),
        ("velm", "velm", 0.0),
        ("korean", "dprk", SAME),
        ("moscow", "russian", SAME),
        ("moscow", "korean", 0.0),
    ],
)
def test_two_words_are_as_near_as_their_senses(one, other, near):
    assert nearness(one, other) == nearness(other, one) == near


@pytest.mark.parametrize(
    ("form", "word"), [("parties", "party"), ("stopped", "stop"), ("houses", "house"), ("fought", "fight")]
)
def test_a_form_is_led_back_to_its_word(form, word):
    assert word in words_of(form)


def test_common_words_are_known_in_any_form():
    assert is_common("started")
    assert is_common("year")
    assert not is_common("pinnacle")
