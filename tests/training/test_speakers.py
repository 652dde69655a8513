"""The lessons of who speaks, and the learning of the weights."""

from __future__ import annotations

import tomllib

import pytest

pytest.importorskip("scipy", reason="training needs the extra of that name")

from training.speakers.__main__ import written
from training.speakers.fit import aims, fit, weigh
from training.speakers.lessons import Lesson


def lesson(answers: list[list[tuple[str, float]]], right: list[bool], document: str = "x/1") -> Lesson:
    """A source of sort "he" with these answers; the rules have the first."""
    return Lesson(document, "he", "he", None, answers, [""] * len(answers), right, 0)


_TAUGHT = [
    lesson([[("ruled", 1.0), ("far", 1.0)], [("near", 1.0)], [("nobody", 1.0)]], [False, True, False], f"x/{number}")
    for number in range(30)
]


def test_what_is_taught_is_learned_twice_alike():
    weights = fit(_TAUGHT, 4.0, 4.0)
    assert int(weigh(weights, _TAUGHT[0]).argmax()) == 1
    assert weights["he"]["near"] > 0 > weights["he"]["far"]
    assert weights == fit(_TAUGHT, 4.0, 4.0)


def test_before_anything_is_learned_the_rules_are_right():
    weights = fit([lesson([[("ruled", 1.0)], [("near", 1.0)]], [True, False])] * 3, 1e9, 1e9)
    assert weights["he"]["ruled"] == 3.0


def test_where_none_is_right_the_last_answer_is_taught():
    assert aims(lesson([[], [], []], [False, False, False])) == [False, False, True]
    again = lesson([[("described so before", 1.0)], [], []], [True, False, True])
    assert aims(again) == [True, False, False]


def test_the_file_has_a_line_for_each_sign():
    weights = {"he": {"near": 0.5, "far": -0.25, "faint": 0.001}, "it": {"near": 1.0}}
    told = written(weights, _TAUGHT, 4.0)
    assert tomllib.loads(told)["weight"] == {"far": {"he": -0.25}, "near": {"he": 0.5, "it": 1.0}}
    assert '"near" = { he = 0.50, it = 1.00 }' in told.splitlines()
    assert "30 sources of 30 documents" in told
