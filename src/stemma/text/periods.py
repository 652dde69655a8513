"""Days, months and years as ISO names and as numbers in a row: "2025-10" is 24,309 months after the year 0.

The length of a name tells what it is: a year, a month or a day (ISO 8601, 4.1.2).
"""

from __future__ import annotations

from datetime import date

YEAR, MONTH, DAY = 4, 7, 10  #: characters of a name
_MONTHS = 12


def period_number(name: str) -> int:
    """The place of a year, month or day among its like. Raises ``ValueError`` for what is none."""
    if len(name) == DAY:
        return date.fromisoformat(name).toordinal()
    first = date.fromisoformat((name + "-01-01")[:DAY])
    if len(name) == MONTH:
        return first.year * _MONTHS + first.month - 1
    if len(name) == YEAR:
        return first.year
    raise ValueError(f"{name!r} is no year, month or day")


def period_name(number: int, size: int) -> str:
    """The name of a period of that many characters by its place."""
    if size == DAY:
        return date.fromordinal(number).isoformat()
    if size == MONTH:
        return f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"
    return f"{number:04}"
