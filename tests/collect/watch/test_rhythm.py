"""When to ask again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collect.watch import rhythm

AGAIN = (3600.0, 86_400.0)


def test_a_page_is_asked_for_at_its_ages_then_no_more():
    assert rhythm.next_page(10.0, 0.0, AGAIN) == 3600.0
    assert rhythm.next_page(3600.0, 0.0, AGAIN) == 86_400.0
    assert rhythm.next_page(90_000.0, 0.0, AGAIN) is None


@given(st.floats(60, 1e6), st.integers(0, 200))
def test_a_source_is_asked_at_least_daily_or_by_its_rhythm(every, failures):
    wait = rhythm.next_listing(0.0, every, failures)
    assert every <= wait <= max(every, 86_400.0)


def test_a_page_that_fails_is_asked_for_rarer_then_no_more():
    waits = [rhythm.after_failure(0.0, failures, AGAIN) for failures in range(1, 9)]
    assert waits[:3] == [3600.0, 7200.0, 14_400.0]
    assert waits[-1] is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("0", 0.0), (" 5 ", 5.0), ("99999999999", 7 * 86_400.0), ("-1", None), ("soon", None), ("", None),
     ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("Thu, 99 Jan 1970 00:00:00 GMT", None),
     ("²", None)],
)  # fmt: skip
def test_what_a_server_asks_for(value, seconds):
    assert rhythm.wait_asked(value, 100.0) == seconds
