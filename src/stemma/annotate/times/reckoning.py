"""Calendar arithmetic on TIMEX3 values: shifting them, reading them, and the days they lie between."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

_DAYS_A_WEEK = 7
_MONTHS = 12
#: First month of a season in the northern hemisphere (meteorological reckoning); winter runs into the next year.
_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_YEAR = re.compile(r"\d{4}$")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?$")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")
_PIECE = re.compile(r"(\d{4})-(?:Q([1-4])|H([12])|(SP|SU|FA|WI))$")
_SPAN = re.compile(r"\d{2,3}$")
_THIRDS = {"START": 0, "MID": 1, "END": 2}

Days = tuple[date, date]


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_day(value: str | None) -> date | None:
    """The calendar day that a value names or begins with; None for anything coarser or unknown."""
    match = _DAY.match(value or "")
    return make_date(*(int(part) for part in match.groups())) if match else None


def year_of(value: str) -> int | None:
    """The year that a value lies in, None where it names none."""
    return int(value[:4]) if value[:4].isdigit() and len(value) >= 4 else None


def month_of(value: str) -> int | None:
    """The month that a value lies in, None where it names none."""
    return int(value[5:7]) if re.match(r"\d{4}-\d\d", value) else None


def month_value(year: int, month: int) -> str:
    """``YYYY-MM``; months beyond 12 or below 1 count into the years around."""
    years, rest = divmod(month - 1, _MONTHS)
    return f"{year + years:04d}-{rest + 1:02d}"


def week_value(day: date) -> str:
    """The ISO 8601 week of a day, ``YYYY-Www``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_value(year: int, quarter: int) -> str:
    """``YYYY-Qn``; quarters beyond 4 or below 1 count into the years around."""
    years, rest = divmod(quarter - 1, 4)
    return f"{year + years:04d}-Q{rest + 1}"


def move_days(day: date, days: int) -> date:
    """The day so many days on, held within the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def move_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last."""
    years, rest = divmod(day.month - 1 + months, _MONTHS)
    year = min(max(day.year + years, MINYEAR), MAXYEAR)
    return date(year, rest + 1, min(day.day, monthrange(year, rest + 1)[1]))


def shift(day: date, unit: str, count: int) -> str | None:
    """The value of the period of ``unit`` (D W M Q Y DE CE WE) that lies ``count`` units from the one of ``day``."""
    match unit:
        case "D":
            return move_days(day, count).isoformat()
        case "W" | "2W":
            return week_value(move_days(day, count * _DAYS_A_WEEK * int(unit[:-1] or 1)))
        case "WE":
            return week_value(move_days(day, count * _DAYS_A_WEEK)) + "-WE"
        case "M":
            return month_value(day.year, day.month + count)
        case "Q":
            return quarter_value(day.year, (day.month + 2) // 3 + count)
        case "Y":
            return _year_value(day.year + count)
        case "DE":
            return _year_value(day.year + 10 * count)[:3]
        case "CE":
            return _year_value(day.year + 100 * count)[:2]
    return None


def _year_value(year: int) -> str:
    return f"{min(max(year, MINYEAR), MAXYEAR):04d}"


def weekday_near(day: date, weekday: int, ahead: bool, strict: bool = False) -> date:
    """The nearest such weekday (1 Monday ... 7 Sunday) ahead of or behind ``day``, itself included unless strict."""
    step = (weekday - day.isoweekday()) % _DAYS_A_WEEK if ahead else -((day.isoweekday() - weekday) % _DAYS_A_WEEK)
    if strict and step == 0:
        step = _DAYS_A_WEEK if ahead else -_DAYS_A_WEEK
    return move_days(day, step)


def feast(rule: str, year: int) -> date | None:
    """The day of a feast: ``MM-DD``, ``MM-WEEK-DAY`` (which week, -1 the last; weekday) or ``easter``."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if rule == "easter":
        return _easter(year)
    month, which, *weekday = rule.split("-", 2)
    if not weekday:
        return make_date(year, int(month), int(which))
    if weekday[0] == "-1":
        last = date(year, int(month), monthrange(year, int(month))[1])
        return weekday_near(last, int(which), ahead=False)
    first = weekday_near(date(year, int(month), 1), int(weekday[0]), ahead=True)
    return move_days(first, (int(which) - 1) * _DAYS_A_WEEK)


def _easter(year: int) -> date:
    """Western Easter, by the anonymous Gregorian method (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def bounds(value: str, mod: str | None = None) -> tuple[str | None, str | None]:
    """First and last day that a value may mean, narrowed to a third by the mod START, MID or END; None: unknown.

    Ranges ("a/b") run from the first day of a to the last of b.
    """
    if "/" in value:
        first, _, last = value.partition("/")
        return bounds(first)[0], bounds(last)[1]
    days = _days(value)
    if days is None:
        return None, None
    first_day, last_day = _third(*days, _THIRDS[mod]) if mod in _THIRDS else days
    return first_day.isoformat(), last_day.isoformat()


def _days(value: str) -> Days | None:
    try:
        return _days_unchecked(value)
    except ValueError:
        return None


def _days_unchecked(value: str) -> Days | None:
    if day := read_day(value):
        return day, day
    if _YEAR.match(value):
        return date(int(value), 1, 1), date(int(value), 12, 31)
    if match := _MONTH.match(value):
        return _months(int(match[1]), int(match[2]), 1)
    if match := _WEEK.match(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return move_days(monday, 5 if match[3] else 0), move_days(monday, 6)
    if match := _PIECE.match(value):
        return _pieces(match)
    if _SPAN.match(value):
        missing = 4 - len(value)
        return date(int(value + "0" * missing) or 1, 1, 1), date(int(value + "9" * missing), 12, 31)
    return None


def _pieces(match: re.Match[str]) -> Days:
    year, quarter, half, season = match.groups()
    if quarter:
        return _months(int(year), 3 * int(quarter) - 2, 3)
    if half:
        return _months(int(year), 6 * int(half) - 5, 6)
    return _months(int(year), _SEASON_STARTS[season], 3)


def _months(year: int, month: int, count: int) -> Days:
    first = date(year, month, 1)
    return first, move_days(move_months(first, count), -1)


def _third(first: date, last: date, which: int) -> Days:
    """The third of a span; of a month its three tens of days, as "the first ten days of June" counts them."""
    size = (last - first).days + 1
    step = 10 if 28 <= size <= 31 else size // 3
    if step == 0:
        return first, last
    begin = move_days(first, step * which)
    return begin, last if which == 2 else move_days(begin, step - 1)
