"""Periods by name and by number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.text.periods import DAY, MONTH, YEAR, period_name, period_number


@given(st.dates(), st.sampled_from([YEAR, MONTH, DAY]))
def test_there_and_back(day, size):
    name = day.isoformat()[:size]
    assert period_name(period_number(name), size) == name


@pytest.mark.parametrize(("one", "next_one"), [("2024-12", "2025-01"), ("2024-02-29", "2024-03-01"), ("1999", "2000")])
def test_neighbours(one, next_one):
    assert period_number(one) + 1 == period_number(next_one)


@pytest.mark.parametrize("name", ["", "20", "2024-13", "2024-02-30", "2024-1", "2024-01-01T10"])
def test_what_is_none(name):
    with pytest.raises(ValueError, match=r"."):
        period_number(name)
