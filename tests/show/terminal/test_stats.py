"""Coverage on a terminal: strips, calendars, and the words for a gap."""

from __future__ import annotations

import io
from typing import Any

import pytest

from stemma.archive.views import Coverage, Gap, Period, Sizes, Stats, Trouble, Use, Words
from stemma.records import Run
from stemma.show.jsonform import json_form
from stemma.show.terminal import screen
from stemma.show.terminal.stats import BLOCKS, DIGITS, account, axis_of, calendar, height, strip

NO_PAGE = "no page of this outlet is in this archive"


def printed(renderable: Any, width: int = 100) -> str:
    stream = io.StringIO()
    screen(stream, width).print(renderable)
    return stream.getvalue()


def covered(
    months: dict[str, int], outlet: str | None = "Orvo Wire", by: str = "month", gaps: tuple[Gap, ...] = ()
) -> Coverage:
    names = sorted(months)
    return Coverage(
        outlet=outlet, by=by, pages=sum(months.values()), statements=7, undated=2, vague=1, days=3,
        first=names[0] if names else None, last=names[-1] if names else None,
        periods=tuple(Period(name, months[name], 1) for name in names), gaps=gaps,
    )  # fmt: skip


def counts(**changed: Any) -> Stats:
    made: dict[str, Any] = {
        "pages": 1_200, "documents": 1_198, "statements": 9_000, "outlets": 2, "outletless": 3, "undated": 4,
        "languages": (("en", 1_000), (None, 198)), "reservations": (("tdm", 5),),
        "troubles": (Trouble("collect", "it is empty", 12, "pxyz"), Trouble("read", "\x1b[31mred", 1, "p2")),
        "runs": (Use(Run(stage="read", version="1"), False, 40), Use(Run(stage="read", version="2"), True, 1_158)),
        "sizes": Sizes(12_345_678, 2_000_000, 999, 5_000_000), "words": Words(2, 1, 0, 0, 1),
    }  # fmt: skip
    return Stats(**(made | changed))


def test_a_strip_has_a_column_for_each_month():
    view = covered({"2030-11": 1, "2030-12": 8, "2031-02": 4})
    axis = axis_of([view, covered({"2030-10": 1, "2031-03": 1}, "B")], 60)
    assert strip(view, axis, BLOCKS).plain == " ▁█·▄ "
    assert strip(view, axis, DIGITS).plain == " 18.4 "


def test_a_gap_is_a_gap_of_this_archive():
    text = printed(
        account(counts(), [covered({"2030-11": 3, "2031-02": 1}, gaps=(Gap("2030-12", "2031-01", 2),))], 100)
    )
    assert NO_PAGE in " ".join(text.split())
    assert "nothing of what was published" in " ".join(text.split())
    assert "2030-12 to 2031-01 (2)" in text


def test_the_account_tells_all_counts():
    text = printed(account(counts(), [covered({"2030-11": 3})], 100))
    for words in (
        "1,200 pages", "1,198 with text", "2 pages kept that could not be read or were withdrawn", "en 1,000, not known 198",
        "tdm on 5 pages", "Problems (13)", "it is empty  pxyz", "2.0 MB for 1,200 pages of 12.3 MB", "999 bytes",
        "read/1 (40 pages rest on it)", "stemma upgrade", "2 corrections, 1 judgement, 1 taken back", "No gaps",
    ):  # fmt: skip
        assert words in text, words
    assert "\x1b" not in text


def test_an_empty_archive_and_one_without_days():
    nothing = counts(pages=0, documents=0, troubles=(), runs=(), words=Words(0, 0, 0, 0, 0), languages=())
    assert "No page is in this archive yet" in printed(account(nothing, [], 100))
    text = printed(account(nothing, [covered({})], 100))
    assert "No page here has a day of publication" in text
    assert "Orvo Wire" in text
    assert "Nobody has corrected" in text


@pytest.mark.parametrize("width", [40, 72, 110, 200])
def test_no_line_is_wider_than_the_screen(width):
    months = {f"{year}-{month:02}": year % 7 + month for year in range(1990, 2030) for month in range(1, 13)}
    views = [covered(months, f"Outlet of quite a long name {n}") for n in range(30)]
    lines = printed(account(counts(), views, min(width, 110)), width).splitlines()
    assert max(map(len, lines)) <= min(width, 110)
    assert any("and 6 more outlets" in line for line in lines)


def test_stray_days_do_not_squeeze_the_rest():
    months = {"0001-01": 1, "9999-12": 1} | {f"2031-{month:02}": 500 for month in range(1, 13)}
    axis = axis_of([covered(months)], 60)
    assert axis.columns == 12
    assert "2 pages of days far from all others" in printed(account(counts(), [covered(months)], 100))


@pytest.mark.parametrize(("count", "mark"), [(1, "▁"), (5, "▄"), (10, "█"), (900, "█")])
def test_heights(count, mark):
    assert height(count, 10, BLOCKS) == mark


def test_a_calendar_of_months():
    text = printed(calendar(covered({"2029-12": 4, "2032-01": 12_345}, gaps=(Gap("2030-01", "2031-12", 24),))))
    rows = {line[:4]: line for line in text.splitlines()}
    assert rows["2029"].split() == ["2029", "4", "4"]
    assert "2030 to 2031" in rows["2030"]
    assert rows["2030"].count("·") == 12
    assert rows["2032"].split() == ["2032", "12k", "12,345"]
    assert NO_PAGE in text


def test_a_calendar_of_days_has_no_day_that_is_none():
    view = covered({"2031-01-31": 1, "2031-03-01": 8}, by="day", gaps=(Gap("2031-02-01", "2031-02-28", 28),))
    rows = {line[:7]: line for line in printed(calendar(view)).splitlines()}
    assert rows["2031-01"].split() == ["2031-01", "▁", "1"]
    assert "2031-02 ·" in rows["2031-02"]
    assert rows["2031-03"].split() == ["2031-03", "█", "8"]


def test_a_calendar_of_years():
    text = printed(calendar(covered({"1999": 1, "2001": 2}, by="year")))
    assert "1990s" in text
    assert "2000s" in text


def test_an_outlet_without_days():
    assert "No page of this outlet has a day" in printed(calendar(covered({})))


def test_a_name_steers_nothing():
    assert "\x1b" not in printed(calendar(covered({"2031-01": 1}, "\x1b[31mRed\u202e")))


def test_json_names_the_view():
    assert json_form(covered({"2031-01": 1}))["view"] == "coverage"
    assert json_form(counts())["view"] == "stats"
