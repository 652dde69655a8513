"""Days as pages print them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read.days import fill_year, find_days, read_stamp


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2031-05-03", "2031-05-03"), ("2031.5.3.", "2031-05-03"), ("03/05/2031", "2031-05-03"), ("3.5.2031", "2031-05-03"),
        ("May 3, 2031", "2031-05-03"), ("3 May 2031", "2031-05-03"), ("3rd May", "--05-03"), ("Oct. 24", "--10-24"),
        ("3 мая 2031", "2031-05-03"), ("3. Mai 2031", "2031-05-03"), ("3 de mayo de 2031", "2031-05-03"),
        ("2031年5月3日", "2031-05-03"), ("2031년 5월 3일", "2031-05-03"), ("２０３１年５月３日", "2031-05-03"),
        ("Juche120.5.3.", "2031-05-03"), ("주체120(2031)년 5월 3일", "2031-05-03"), ("05/13/2031", "2031-05-13"),
        ("Ｍａｙ．３，２０３１", "2031-05-03"), ("May.3,2031", "2031-05-03"), ("11:02 May 3, 2031", "2031-05-03"),
        ("۱۳ اردیبهشت ۱۴۱۰", "2031-05-03"), ("13 اردیبهشت ماه 1410", "2031-05-03"), ("۱۴۱۰/۰۲/۱۳", "2031-05-03"),
        ("30 اسفند 1403", "2025-03-20"), ("1 فروردین 1405", "2026-03-21"),
        ("令和１３年５月３日", "2031-05-03"), ("令和元年5月1日", "2019-05-01"), ("民國120年5月3日", "2031-05-03"),
    ],
)  # fmt: skip
def test_forms(words, value):
    assert [day.value for day in find_days(f"({words})")] == [value]


@pytest.mark.parametrize(
    "words",
    [
        "31 February 2031",
        "2031-13-01",
        "12345",
        "1.2.3",
        "maybe 3",
        "99/99/2031",
        "1410/13/01",
        "۳۱ مهر ۱۴۱۰",
        "22 بهمن 1357",
    ],
)
def test_no_days(words):
    assert list(find_days(words)) == []


def test_spans():
    text = "Date: 03/05/2031 | x"
    day = next(find_days(text))
    assert (text[day.start : day.end], day.sure) == ("03/05/2031", False)


@pytest.mark.parametrize(
    ("value", "stamp"),
    [
        ("2031-05-03T09:14:00Z", "2031-05-03T09:14:00Z"), ("2031-05-03 09:14:00 +0200", "2031-05-03T09:14:00+0200"),
        ("20310503", "2031-05-03"), ("Sat, 3 May 2031 09:14:00 GMT", "2031-05-03"), ("2031-00-00", None), ("soon", None),
        ("03/05/2031", None), ("May 3", None),
    ],
)  # fmt: skip
def test_stamps(value, stamp):
    assert read_stamp(value) == stamp


@given(st.dates(date(1999, 1, 1), date(2090, 1, 1)), st.integers(-170, 170))
def test_year_is_the_nearest(day, shift):
    near = (day + timedelta(days=shift)).isoformat()
    if (day.month, day.day) != (2, 29):
        assert fill_year(day.strftime("--%m-%d"), near) == day.isoformat()


def test_year_before_the_capture():
    assert fill_year("--12-30", "2031-03-01", latest=True) == "2030-12-30"


def test_one_word_of_a_hundred_thousand_letters():
    assert _days("a" * 200_000 + " 3 May 2031") == ["2031-05-03"]


def _days(text):
    """The days of a line that would take hours if each letter began a search of its own."""
    return [day.value for day in find_days(text)]
