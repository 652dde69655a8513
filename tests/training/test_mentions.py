"""The lessons of the kinds of names, and the learning."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from stemma.annotate.mentions.kinds.weights import KINDS
from training.mentions.fit import fit
from training.mentions.lessons import Lesson, disguised, lessons, marked

_TEXT = (
    "We met Maren Tolvik in Qorvan. Tolvik left Qorvan. She likes Qorvan and the Lakes Party for Water of the North."
)
_KINDS = {"Maren Tolvik": "person", "Qorvan": "place"}


def test_lessons_hold_each_open_name_once():
    taught = list(lessons(_TEXT, _KINDS))
    assert [KINDS[one.kind] for one in taught].count("place") == 1
    assert all(one.signs for one in taught)


def test_disguise_keeps_the_kinds():
    text, kinds = disguised(_TEXT, _KINDS, Random("a"))
    assert "Qorvan" not in text
    assert any(kind == "place" and name in text for name, kind in kinds.items())
    assert (text, kinds) == disguised(_TEXT, _KINDS, Random("a"))


def test_names_of_the_corpus_are_marked_once():
    assert set(marked().values()) == set(KINDS) - {"none"}
    assert len(marked()) > 6000


def test_what_is_taught_is_learned():
    taught = [Lesson({"a": 1.0}, 0), Lesson({"b": 1.0}, 3)] * 20
    names, weights = fit(taught)
    told = {name: KINDS[int(weights[number].argmax())] for number, name in enumerate(names)}
    assert (told["a"], told["b"]) == ("person", "place")
    assert np.array_equal(fit(taught)[1], weights)


@pytest.mark.parametrize("seed", range(3))
def test_disguised_pages_still_teach(seed):
    assert list(lessons(*disguised(_TEXT, _KINDS, Random(seed))))
