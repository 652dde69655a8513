"""How many hits each day, month, quarter or year of publication has: exactly, over all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from stemma.archive.answers.search.counting.ranking import asked
from stemma.archive.answers.search.selecting import Selection, selections
from stemma.archive.pages.days import WITHIN
from stemma.archive.store.store import Store
from stemma.archive.views import Bar, Days, Query, Unit

_DAYS = 45  #: days up to which each has a bar of its own
_BARS = 60  #: most bars of months or quarters: on 1,000 pixels each is 16 wide
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_DATED = 1 << WITHIN  #: the first row that has a day


def days(store: Store, query: Query) -> Days:
    """The hits of a query by day of publication. Raises ``BadQuery``."""
    known = store.counts.recall(key := ("days", store.revision(), asked(query)))
    if known is None:
        known = _counted(store, query)
        store.counts.remember(key, known)
    assert isinstance(known, Days)
    return known


def _counted(store: Store, query: Query) -> Days:
    parts = selections(store, query)
    if all(part.plain for part in parts):
        return _by_ranges(store, parts)
    counts: Counter[int] = Counter()
    for part in parts:
        sql = f"SELECT {part.row} >> {WITHIN}, count(*) {part.source} GROUP BY 1"
        counts.update(dict(store.all(sql, *part.values)))
    undated = counts.pop(0, 0)
    if not counts:
        return Days("day", (), undated, undated)
    unit, bounds = _bounds(min(counts), max(counts))
    sums = [0] * len(bounds)
    for day, count in counts.items():
        sums[bisect_right(bounds, day) - 1] += count
    return _made(unit, bounds, sums, undated)


def _by_ranges(store: Store, parts: Sequence[Selection]) -> Days:
    """The same for words alone: the index knows where a day begins, and counts fastest without looking at rows."""
    undated = sum(_between(store, part, 0, 1) for part in parts)
    ends = [day for part in parts for day in _ends(store, part)]
    if not ends:
        return Days("day", (), undated, undated)
    unit, bounds = _bounds(min(ends), max(ends))
    sums = [sum(_between(store, part, *pair) for part in parts) for pair in pairwise(bounds)]
    return _made(unit, bounds, [*sums, 0], undated)


def _ends(store: Store, part: Selection) -> Iterator[int]:
    """The first and the last day that has a hit."""
    dated = part.also(f"{part.row} >= ?", _DATED)
    for order in ("ASC", "DESC"):
        for (row,) in store.all(f"SELECT {part.row} {dated.source} ORDER BY {part.row} {order} LIMIT 1", *dated.values):
            yield row >> WITHIN


def _between(store: Store, part: Selection, first: int, end: int) -> int:
    some = part.also(f"{part.row} >= ? AND {part.row} < ?", first << WITHIN, end << WITHIN)
    return int(store.all(f"SELECT count(*) {some.source}", *some.values)[0][0])


def _bounds(first: int, last: int) -> tuple[Unit, list[int]]:
    """First days of the bars, and the first day behind the last."""
    if last - first < _DAYS:
        return "day", list(range(first, last + 2))
    start, end = date.fromordinal(first), date.fromordinal(last)
    months = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    decade: Unit = "decade"
    unit = next((unit for unit, size in _MONTHS.items() if months[1] // size - months[0] // size < _BARS), decade)
    size = _MONTHS[unit]
    return unit, [_first_of(number * size) for number in range(months[0] // size, months[1] // size + 2)]


def _first_of(month: int) -> int:
    """The first day of a month, counted from the year 0; outside of the calendar the nearest one in it."""
    year = month // 12
    if not date.min.year <= year <= date.max.year:
        return 1 if year < 1 else date.max.toordinal() + 1
    return date(year, month % 12 + 1, 1).toordinal()


def _made(unit: Unit, bounds: Sequence[int], sums: Sequence[int], undated: int) -> Days:
    bars = tuple(
        Bar(date.fromordinal(first).isoformat(), date.fromordinal(end - 1).isoformat(), count)
        for (first, end), count in zip(pairwise(bounds), sums, strict=False)
    )
    return Days(unit, bars, undated, undated + sum(bar.count for bar in bars))
