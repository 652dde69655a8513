"""Times told from another: today, last week, three days ago, the next day, that year."""

from __future__ import annotations

import re
from datetime import date

from stemma.annotate.times.grammar import Hit, Reading, rule
from stemma.annotate.times.reckoning import (
    month_value,
    move_days,
    move_months,
    read_day,
    shift,
    week_value,
    weekday_near,
    year_of,
)

from .amounts import amount_of, duration, unit_of
from .calendar import day_without_year

_SATURDAY = 5  #: as ``date.weekday`` counts
UNKNOWN = "the document's day is unknown"


@rule("TODAY", "the day ( after | before ) TODAY")
def today(hit: Hit) -> Reading | None:
    """Today, yesterday, tomorrow, tonight."""
    day, anchor = (hit.context.day, hit.context.dct)
    count = hit.number("TODAY")
    if hit.words.startswith("the "):
        count += 1 if "after" in hit.words else -1
    night = hit.words.startswith("tonig")
    if day is None or hit.context.narrative:
        if hit.context.narrative and count == 0 and not night:
            return Reading("DATE", "PRESENT_REF", "the writer's present", None, 0.6)
        return Reading("TIME" if night else "DATE", "XXXX-XX-XX" + ("TNI" if night else ""), UNKNOWN, None, 0.6)
    value = move_days(day, count).isoformat()
    if night:
        return Reading("TIME", value + "TNI", "the document's day", anchor, 0.95)
    return Reading("DATE", value, "counted from the document's day", anchor, 0.95)


@rule(
    "WEEKDAY",
    "( this | LAST | NEXT | this past | this NEXT | the same | that ) WEEKDAY",
    "WEEKDAY ( of )? ( LAST | NEXT | this ) week",
    "( the )? LAST WEEKDAY",
    "on? WEEKDAY ( the )? DAYNUM",
)
def weekday(hit: Hit) -> Reading | None:
    """Monday, last Monday, next Monday."""
    number = hit.number("WEEKDAY")
    if len(hit.words.split()[-1].strip(".")) <= 3 and not re.match(r"\s*[.,]?\s*(?:$|\d)", hit.after):
        return None
    day, anchor = (hit.context.day, hit.context.dct) if not hit.context.narrative else hit.context.told()
    if day is None:
        return Reading("DATE", f"XXXX-WXX-{number}", f"weekday; {UNKNOWN}", None, 0.6)
    if hit.has("LAST"):
        return _day(weekday_near(day, number, ahead=False, strict=True), "last such weekday", anchor)
    if hit.has("NEXT"):
        return _day(weekday_near(day, number, ahead=True, strict=True), "next such weekday", anchor)
    if hit.words.startswith("this past"):
        return _day(weekday_near(day, number, ahead=False, strict=True), "last such weekday", anchor)
    if hit.direction > 0 and hit.after[:2] not in ("'s", "’s"):
        return _day(weekday_near(day, number, ahead=True), "nearest ahead: the clause speaks of what comes", anchor)
    if hit.words.startswith("this "):
        return _day(weekday_near(day, number, ahead=hit.direction == 0), "such weekday of this week", anchor)
    return _day(weekday_near(day, number, ahead=False), "nearest past weekday", anchor)


def _day(day: date, reason: str, anchor: str | None, confidence: float = 0.85) -> Reading:
    return Reading("DATE", day.isoformat(), reason, anchor, confidence)


@rule(
    "( the )? ( LAST | NEXT | this | CURRENT ) ( ANYUNIT | WEEKEND )",
    "( the | this ) ( past | NEXT | LAST | CURRENT ) ( ANYUNIT | WEEKEND )",
    "( the | this | that | LAST | NEXT ) @cal UNIT",
    "( the | that ) ( CURRENT | LAST | NEXT ) @cal UNIT",
)
def unit_beside(hit: Hit) -> Reading | None:
    """Last week, this month, next year, the next day."""
    unit = "WE" if "weekend" in hit.words else unit_of(hit.word("ANYUNIT") if hit.has("ANYUNIT") else hit.word("UNIT"))
    step = _step(hit)
    if unit.startswith("T") or (re.search(r"(?<!centurie)s$", hit.words) and not hit.words.endswith("previous")):
        return _plural_beside(hit, unit, step)
    if unit in ("DE", "CE") and step <= 0 and "this" not in hit.words:
        return Reading("DURATION", f"P{'10' if unit == 'DE' else '100'}Y", "the span up to now", None, 0.7)
    if hit.words.startswith("the last") and unit != "WE":
        return Reading("DURATION", f"P1{unit}", "the last one of several", None, 0.5) if unit != "D" else None
    told = re.match(r"the (?:next|following|previous|preceding|prior)", hit.words) or hit.context.narrative
    day, anchor = hit.context.told() if told else hit.context.now()
    if day is None:
        return Reading("DATE", _unknown(unit), UNKNOWN, None, 0.4)
    if unit == "Q" and step < 0 and hit.context.last_quarter is None:
        step = -1
    if unit == "WE" and hit.words.startswith("this") and hit.direction < 0 and day.weekday() < _SATURDAY:
        step = -1
    value = shift(day, unit, step)
    return Reading("DATE", value, f"counted from {anchor}", anchor, 0.85) if value else None


def _plural_beside(hit: Hit, unit: str, step: int) -> Reading | None:
    """The coming weeks, these past years."""
    if unit.startswith("T"):
        return Reading("DURATION", f"PT{'X' if hit.words.endswith('s') else '1'}{unit[1:]}", "span", None, 0.5)
    if "this" in hit.words:
        return None
    return Reading("DATE", "FUTURE_REF" if step > 0 else "PAST_REF", "vague", None, 0.6)


def _step(hit: Hit) -> int:
    if "past" in hit.words.split():
        return 0 if "year" in hit.words else -1
    if hit.has("NEXT"):
        return 1
    return -1 if hit.has("LAST") else 0


def _unknown(unit: str) -> str:
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}.get(unit, "XXXX")


@rule(
    "( LAST | this | NEXT | this past | this NEXT ) ( MONTH | SEASON )",
    "the ( LAST | NEXT ) ( SEASON | MONTH )",
    "MONTH ( of )? ( LAST | this | NEXT | that | the same ) year",
    "MONTH ( of the )? ( LAST | same | NEXT ) year",
)
def month_beside(hit: Hit) -> Reading | None:
    """Last April, this fall, October this year."""
    day, anchor = hit.context.now()
    told = re.search(r"\b(?:that|same|following|next|previous) year$", hit.words) and hit.context.narrative
    if re.search(r"\b(?:that|same) year$", hit.words) or told:
        day, anchor = hit.context.told(coarse=not told)
    season = hit.word("SEASON")
    if day is None:
        return Reading("DATE", f"XXXX-{season}" if season else f"XXXX-{hit.number('MONTH'):02d}", UNKNOWN, None, 0.5)
    step = -1 if "past" in hit.words.split() else _step(hit)
    if hit.words.endswith("year"):
        return Reading("DATE", month_value(day.year + step, hit.number("MONTH")), "counted from the year", anchor, 0.9)
    if season:
        return Reading("DATE", f"{_season(day, season, step):04d}-{season}", "nearest season", anchor, 0.8)
    return Reading("DATE", _month(day, hit.number("MONTH"), step, hit.direction), "nearest month", anchor, 0.85)


def _month(day: date, month: int, step: int, direction: int) -> str:
    if step < 0:
        return month_value(day.year - (month >= day.month), month)
    if step > 0:
        return month_value(day.year + (month <= day.month), month)
    return month_value(day.year, month) if direction <= 0 or month >= day.month else month_value(day.year + 1, month)


def _season(day: date, season: str, step: int) -> int:
    starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    if step < 0:
        return day.year - (day.month < starts + 3)
    return day.year + (step > 0 and day.month >= starts)


@rule(
    "@amount ANYUNIT ( or so )? ( ago | back )", "@amount ANYUNIT from now", "( ANYUNIT ) ago", "@amount WEEKENDS ago"
)
def counted_from_now(hit: Hit) -> Reading | None:
    """Three days ago, a year ago, decades ago."""
    unit = unit_of(hit.word("ANYUNIT")) if hit.has("ANYUNIT") else "WE"
    ahead = hit.words.endswith("now")
    count = amount_of(hit.group("amount")) if hit.has("amount") else None
    if count is None:
        return Reading("DATE", "FUTURE_REF" if ahead else "PAST_REF", "vague amount", None, 0.7)
    day, anchor = hit.context.now()
    if hit.words in ("a year ago", "one year ago") and hit.context.last_quarter and not hit.context.narrative:
        last = hit.context.last_quarter
        return Reading(
            "DATE", f"{(year_of(last) or 1) - 1:04d}{last[4:]}", "a year before the quarter", last, 0.6, kind="aside"
        )
    return _counted(day, anchor, unit, count if ahead else -count)


def _counted(day: date | None, anchor: str | None, unit: str, count: float) -> Reading | None:
    if day is None:
        return Reading("DATE", _unknown(unit), UNKNOWN, None, 0.4)
    if unit.startswith("T"):
        return Reading("DURATION", duration(abs(count), unit), f"counted from {anchor}", anchor, 0.4)
    if count != int(count):
        day, unit, count = move_months(day, round(12 * count)) if unit == "Y" else day, "M" if unit == "Y" else unit, 0
    value = shift(day, unit, int(count))
    return Reading("DATE", value, f"counted from {anchor}", anchor, 0.85) if value else None


@rule(
    "@amount ANYUNIT ( SHIFT | before | after | hence | previously )",
    "@amount ANYUNIT later",
    "@amount ANYUNIT before that",
)
def counted_from_told(hit: Hit) -> Reading | None:
    """Two days later, a year earlier: from the last date told."""
    unit = unit_of(hit.word("ANYUNIT"))
    back = re.search(r"earlier|before|previously", hit.words) is not None
    if re.search(r"before$|after$", hit.words) and re.match(r"\s+[\w\"“]", hit.after):
        return None
    count = amount_of(hit.group("amount"))
    if count is None:
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF", "vague amount", None, 0.5)
    last = hit.context.last_quarter
    if unit == "Y" and back and last and not hit.context.narrative:
        return Reading(
            "DATE", f"{(year_of(last) or 1) - 1:04d}{last[4:]}", "a year before the quarter", last, 0.7, kind="aside"
        )
    day, anchor = hit.context.told(coarse=not back and unit in ("M", "Y", "DE", "CE"))
    reading = _counted(day, anchor, unit, -count if back else count)
    return reading._replace(kind="aside") if reading and back and not hit.context.narrative else reading


@rule("the ( day | week | month | year | night ) ( before | after )")
def unit_beside_told(hit: Hit) -> Reading | None:
    """The day before, where no event follows that it would count from."""
    if re.match(r"\s+[\w\"“]", hit.after):
        return None
    day, anchor = hit.context.told()
    unit = {"day": "D", "week": "W", "month": "M", "year": "Y", "night": "D"}[hit.words.split()[1]]
    return _counted(day, anchor, unit, -1 if hit.words.endswith("before") else 1)


@rule("the week ( of | ending ) MONTH DAYNUM")
def week_of(hit: Hit) -> Reading | None:
    """The week of July 9."""
    day = read_day(getattr(day_without_year(hit, hit.number("MONTH"), hit.number("DAYNUM")), "value", None))
    return Reading("DATE", week_value(day), "week of the day", hit.context.dct, 0.85) if day else None


@rule("year HYPHEN? end", "the? year POSS end")
def year_end(hit: Hit) -> Reading | None:
    """By year-end."""
    day, anchor = hit.context.now()
    if day is None:
        return None
    year = day.year - 1 if re.search(r"\b(?:since|from)\s$", hit.before) and day.month < 12 else day.year
    return Reading("DATE", f"{year:04d}-12-31", "last day of the year", anchor, 0.7)
