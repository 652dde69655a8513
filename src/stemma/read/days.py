"""Calendar days as pages print them: ISO, with month names, with slashes or dots, in CJK manner, in Juche years."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1990, 2100  #: of a page: the Web's first pages; beyond them a number is no year
_LONG_MONTHS = 6
_SOLAR_1400 = date(2021, 3, 21).toordinal()  #: the first day of 1400
JUCHE = 1911  #: Juche 1 is 1912, the year of Kim Il Sung's birth (DPRK decree of 1997-07-08)

FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}  #: Unicode, Halfwidth forms
_DIGITS = FULL_WIDTH | str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_DIGIT = re.compile(r"\d")
_REMEMBERED = 200  #: characters of such a line
_YEAR_AT = re.compile(
    r"(?:19|20)\d\d\s?[-/.年년]|[/.](?:19|20)\d\d|[Jj][Uu][Cc][Hh][Ee]|주체|令和|平成|昭和|民[國国]|1[34]\d\d/"
)
_BESIDE_NUMBER = re.compile(
    r"(?<![^\W\d_])([^\W\d_]+)(?:\.\s?|\s)(?=\d)|\d(?:st|nd|rd|th|\.|er|º)?(?:\s+de)?[\s-]([^\W\d_]+)", re.IGNORECASE
)
_MACHINE = re.compile(
    r"\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?(?!\d)"
)


class Day(NamedTuple):
    """A day and the characters that name it."""

    start: int
    end: int
    value: str  #: ISO 8601; "--MM-DD" where the year is not given
    sure: bool = True  #: False: day and month could be the other way round


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Month names in small letters and their numbers."""
    return {name: int(number) for number, names in _calendar()["months"].items() for name in names.split()}


@lru_cache(maxsize=1)
def solar_months() -> dict[str, int]:
    """Month names of the Iranian solar calendar and their numbers."""
    return {name: number for number, name in enumerate(_calendar()["solar"]["months"].split(), 1)}


@lru_cache(maxsize=1)
def _eras() -> dict[str, int]:
    """Eras by whose years pages in eastern Asia are dated, and the year before each one's first."""
    return {name: int(year) for name, year in _calendar()["eras"].items()}


@lru_cache(maxsize=1)
def _calendar() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = tomllib.loads((files(__package__) / "calendar.toml").read_text("utf-8"))
    return table


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names, solar = (
        "|".join(sorted(map(re.escape, known), key=lambda name: (-len(name), name)))
        for known in (months(), solar_months())
    )
    eras = "|".join(_eras())
    return re.compile(
        rf"""(?<![\d:])(?:
        (?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d)
        |(?P<y2>(?:19|20)\d\d)\s?[年년]\s?(?P<m2>\d{{1,2}})\s?[月월]\s?(?P<d2>\d{{1,2}})\s?[日일]
        |(?P<d3>\d{{1,2}})[/.](?P<m3>\d{{1,2}})[/.](?P<y3>(?:19|20)\d\d)(?!\d)
        |(?P<d4>\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?(?:\s+de)?[\s-](?P<m4>{names})\b\.?,?(?:\s+de|\s+del)?(?:[\s-](?P<y4>(?:19|20)\d\d))?(?!\d)
        |\b(?P<m5>{names})(?:\.\s?|\s)(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:(?:,\s?|\s)(?P<y5>(?:19|20)\d\d))?(?!\d)
        |(?:Juche|JUCHE|주체)\s?(?P<y6>\d{{2,3}})(?:\s?\(\d{{4}}\)\s?년?)?[.\s]\s?(?P<m6>\d{{1,2}})[.월]\s?(?P<d6>\d{{1,2}})
        |(?P<era>{eras})\s?(?P<y7>\d{{1,3}}|元)年\s?(?P<m7>\d{{1,2}})月\s?(?P<d7>\d{{1,2}})日
        |(?P<d8>\d{{1,2}})\s(?P<m8>{solar})\s?(?:ماه\s)?(?P<y8>1[34]\d\d)(?!\d)
        |(?P<y9>1[34]\d\d)/(?P<m9>\d{{1,2}})/(?P<d9>\d{{1,2}})(?![\d/])
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


def _may_name_day(plain: str) -> bool:
    """Whether a year stands beside a mark, or a month beside a number; most lines with digits name no day."""
    if _YEAR_AT.search(plain):
        return True
    known = months() | solar_months()
    return any((before or after).lower() in known for before, after in _BESIDE_NUMBER.findall(plain))


def find_days(text: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """The days named in ``text[start:end]``, in order. Meant for short lines, not for whole pages."""
    plain = text[start:end]
    found = _remembered(plain) if len(plain) <= _REMEMBERED else _days_of(plain)
    return (day._replace(start=start + day.start, end=start + day.end) for day in found) if start else iter(found)


@lru_cache(maxsize=1024)
def _remembered(plain: str) -> tuple[Day, ...]:
    """Of short lines: several rules look at the same."""
    return tuple(_days_of(plain))


def _days_of(plain: str) -> Iterator[Day]:
    if not _DIGIT.search(plain):
        return
    if not plain.isascii():
        plain = plain.translate(_DIGITS)
    if not _may_name_day(plain):
        return
    for match in _pattern().finditer(plain):
        form = next(number for number in "123456789" if match[f"d{number}"])
        year, month, day = (match[f"{part}{form}"] for part in "ymd")
        if form in "89":
            value, sure = _of_solar(int(year), solar_months().get(month) or int(month), int(day)), True
        else:
            value, sure = _read(_of_era(year, match["era"]) if form == "7" else year, month, day, form)
        if value:
            yield Day(match.start(), match.end(), value, sure)


def _read(year: str | None, month: str, day: str, form: str) -> tuple[str | None, bool]:
    number = int(month) if month.isdigit() else months()[month.lower()]
    day_number, sure = int(day), True
    if form == "3":
        sure = day_number > 12 or number > 12 or day_number == number
        if number > 12:
            number, day_number = day_number, number
    if year is None:
        return (f"--{number:02}-{day_number:02}" if _is_day(2000, number, day_number) else None), sure
    full = int(year) + (JUCHE if form == "6" else 0)
    return (f"{full}-{number:02}-{day_number:02}" if _is_day(full, number, day_number) else None), sure


def _of_era(year: str, era: str) -> str:
    """The year of the common era; a reign's first is called "元"."""
    return str(_eras()[era] + (1 if year == "元" else int(year)))


def _of_solar(year: int, month: int, day: int) -> str | None:
    """The day of the Iranian solar calendar: 31 days in the first six months, leap years eight in 33.

    That rule gives the true equinox's years from 1178 to 1633 (A. Birashk, A Comparative Calendar, 1993).
    """
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= _LONG_MONTHS else 30)):
        return None
    found = date.fromordinal(_SOLAR_1400 + _solar_days(year, month, day) - _solar_days(1400, 1, 1))
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _solar_days(year: int, month: int, day: int) -> int:
    cycle, rest = divmod(year + 1595, 33)  # 1595: so that cycles begin where the rule has them
    return 365 * (year + 1595) + 8 * cycle + (rest + 3) // 4 + day + 30 * (month - 1) + min(month - 1, _LONG_MONTHS)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return FIRST_YEAR <= year <= LAST_YEAR


def read_stamp(value: str) -> str | None:
    """A machine-readable or printed date of a page's head as ISO 8601, with the time if it has one; None: no date."""
    match = _MACHINE.match(value)
    if match:
        year, month, day, clock, zone = match.groups()
        if not _is_day(int(year), int(month), int(day)):
            return None
        zone = {"UTC": "Z", "GMT": "Z"}.get(zone, zone) or ""
        return f"{year}-{month}-{day}" + (f"T{clock}{zone}" if clock else "")
    found = next(iter(find_days(value[:80])), None)
    return found.value if found and found.sure and not found.value.startswith("--") else None


def fill_year(month_day: str, near: str, *, latest: bool = False) -> str | None:
    """The day of "--MM-DD" that is nearest to the ISO day ``near``; with ``latest``, the last one not after it."""
    around = date.fromisoformat(near[:10])
    days = []
    for year in (around.year - 1, around.year, around.year + 1):
        month, day = int(month_day[2:4]), int(month_day[5:7])
        if _is_day(year, month, day) and not (latest and date(year, month, day) > around):
            days.append(date(year, month, day))
    return min(days, key=lambda day: abs((day - around).days)).isoformat() if days else None
