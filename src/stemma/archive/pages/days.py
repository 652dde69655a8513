"""Days as numbers, and rows of statements that stand in order of their day.

Row = day of publication, then a number within the day: the full-text index gives rows in order, so the newest
statements come first without sorting. Day 0 holds what is undated.
"""

from __future__ import annotations

import re
from datetime import date

from stemma.archive.store.store import Store

WITHIN = 24  #: bits: 16 million statements of one day; a day needs 22 bits (the year 9999), a row has 63
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def day_number(value: str | None) -> int:
    """Days since the year 1 of an ISO day or instant; a month or year counts as its first day; 0 for anything else."""
    if not value or not (match := _DAY.match(value)):
        return 0
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)).toordinal()
    except ValueError:
        return 0


def next_row(store: Store, day: int) -> int:
    """The first free row of a day."""
    low, high = day << WITHIN, (day + 1) << WITHIN
    row = store.one("SELECT max(row) FROM line WHERE row >= ? AND row < ?", low, high)
    return int(row[0]) + 1 if row and row[0] is not None else low + 1
