"""Datelines of many agencies, none of them real."""

from __future__ import annotations

import pytest

from stemma.read.datelines import find_dateline

_GOOD = [
    ("KARVIS, October 24. /SARVA/.", "KARVIS", "--10-24", "SARVA"),
    ("Velm, May 3 (NAK) --", "Velm", "--05-03", "NAK"),
    ("NEW KARVIS, Velm, March 3, 2031 (SARVA) -", "NEW KARVIS, Velm", "2031-03-03", "SARVA"),
    ("KARVIS (Reuters) —", "KARVIS", None, "Reuters"),
    ("(Reuters) —", None, None, "Reuters"),
    ("KARVIS. May 28 (Sarva) -", "KARVIS", "--05-28", "Sarva"),
    ("KARVIS, 28 May - Sarva News.", "KARVIS", "--05-28", "Sarva News"),
    ("КАРВИС, 28 мая. /САРВА/.", "КАРВИС", "--05-28", "САРВА"),
    ("(카르비스 5월 3일발 사르바통신)", "카르비스", "--05-03", "사르바통신"),
    ("（카르비스　５월　３일발　사르바통신）", "카르비스", "--05-03", "사르바통신"),
    ("新华社卡尔维斯5月3日电", "卡尔维斯", "--05-03", "新华社"),
    ("KARVIS, May 3 –", "KARVIS", "--05-03", None),
]


@pytest.mark.parametrize(("words", "place", "day", "agency"), _GOOD)
def test_forms(words, place, day, agency):
    text = f"{words} The board met on Friday."
    found = find_dateline(text, 0, len(text))
    assert text[found.start : found.end] == words
    assert found.place == place
    assert (found.day and found.day.value) == day
    assert (found.agency and text[slice(*found.agency)]) == agency


@pytest.mark.parametrize(
    "text",
    [
        "The plan (NAK) — which nobody liked — was dropped.", "Karvis said in May 3 - 4 boats had sailed.", "(Photo) - a boat",
        "In Karvis, May 3 was a holiday - again.", "Well-known boats sail.", "-0-", "", "The board (SARVA) -- met.",
    ],
)  # fmt: skip
def test_prose(text):
    assert find_dateline(text, 0, len(text)) is None
