"""Calendar arithmetic on TIMEX3 values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.annotate.times.reckoning import bounds, feast, move_months, read_day, shift, weekday_near


@pytest.mark.parametrize(
    ("value", "mod", "days"),
    [
        ("2024", None, ("2024-01-01", "2024-12-31")),
        ("2024-02", None, ("2024-02-01", "2024-02-29")),
        ("2024-06", "START", ("2024-06-01", "2024-06-10")),
        ("2024-06", "MID", ("2024-06-11", "2024-06-20")),
        ("2024-02", "END", ("2024-02-21", "2024-02-29")),
        ("2024-W25", None, ("2024-06-17", "2024-06-23")),
        ("2024-W25-WE", None, ("2024-06-22", "2024-06-23")),
        ("2024-Q2", None, ("2024-04-01", "2024-06-30")),
        ("2024-H2", None, ("2024-07-01", "2024-12-31")),
        ("2024-WI", None, ("2024-12-01", "2025-02-28")),
        ("198", None, ("1980-01-01", "1989-12-31")),
        ("18", None, ("1800-01-01", "1899-12-31")),
        ("2024-02-13/2024-02-16", None, ("2024-02-13", "2024-02-16")),
        ("2024-06-20T09:00", None, ("2024-06-20", "2024-06-20")),
        ("XXXX-WXX-6", None, (None, None)),
        ("PAST_REF", None, (None, None)),
        ("2024-W99", None, (None, None)),
        ("BC0241", None, (None, None)),
    ],
)
def test_bounds(value, mod, days):
    assert bounds(value, mod) == days


def test_feasts():
    assert feast("11-4-4", 2023) == date(2023, 11, 23)
    assert feast("05-1--1", 2024) == date(2024, 5, 27)
    assert [feast("easter", year) for year in (2024, 2025, 1961)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(1961, 4, 2),
    ]
    assert feast("12-25", 0) is None


@given(st.dates(), st.integers(1, 7), st.booleans())
def test_the_nearest_weekday_is_one_and_near(day, weekday, ahead):
    found = weekday_near(day, weekday, ahead)
    assert found in (date.min, date.max) or (found.isoweekday() == weekday and abs((found - day).days) <= 6)


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.integers(-11, 11))
def test_months_go_there_and_back(day, months):
    assert abs((move_months(move_months(day, months), -months) - day).days) <= 3


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.sampled_from(["D", "W", "WE", "M", "Q", "Y", "DE", "CE"]))
def test_the_period_of_a_day_holds_it(day, unit):
    first, last = bounds(shift(day, unit, 0) or "")
    assert first is not None
    assert last is not None
    assert (first <= day.isoformat() <= last) or unit == "WE"


def test_what_is_no_day_reads_as_none():
    assert read_day("2024-06") is None
    assert read_day("2024-02-30") is None
    assert read_day("XXXX-06-01") is None
    assert read_day(None) is None
    assert read_day("2024-06-20T09:14:00Z") == date(2024, 6, 20)
