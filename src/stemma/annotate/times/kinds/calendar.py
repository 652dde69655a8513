"""Calendar dates: days, months, years, eras, numeric forms; and the year of a date that has none."""

from __future__ import annotations

import re
from datetime import date

from stemma.annotate.times.grammar import NOT_A_TIME, Hit, Reading, rule
from stemma.annotate.times.parts.lexicon import table
from stemma.annotate.times.reckoning import make_date, month_of, month_value, year_of

#: Juche 1 is 1912, the year of Kim Il Sung's birth (decree of 1997).
_JUCHE = 1911
#: A year of two digits below this is of the 21st century (POSIX strptime: 69).
_PIVOT = 69
_FIRST_EARLY, _FIRST_YEAR = 100, 1000  #: years of three digits
#: Without a cue of tense a day and month further ahead than this is of the past (measured: README of the bench).
_AHEAD = 45
#: In a history a month so far before the last one mentioned is of the next year.
_STEP_BACK = 8
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
#: What follows a year of three digits, which could be a number of anything else.
_ENDS_A_DATE = re.compile(r"\s*(?:[).,;:]|$)")
_NUMBERS = re.compile(r"\d+")


@rule("NUMERIC", "OPEN? juche NUMERIC CLOSE?")
def numeric_date(hit: Hit) -> Reading | None:
    """2025-10-24, 29/04/2025, 2025.04.29., Juche113.6.20., 2024年6月20日."""
    written = hit.word("NUMERIC")
    numbers = [int(part) for part in _NUMBERS.findall(written)[:3]]
    if "juche" in hit.words:
        return _day_reading(_JUCHE + numbers[0], numbers[1], numbers[2], "Juche year + 1911")
    if numbers[0] > 999:
        reading = _day_reading(numbers[0], numbers[1], numbers[2], "explicit, year first")
        clock = written.partition("T")[2][:5]
        return reading._replace(type="TIME", value=f"{reading.value}T{clock}") if reading and clock else reading
    if numbers[2] < 100 and "." in written:
        return None
    year = numbers[2] if numbers[2] > 99 else _full_year(numbers[2])
    return _either_order(hit, numbers[0], numbers[1], year)


def _either_order(hit: Hit, left: int, right: int, year: int) -> Reading | None:
    """Day or month first: by what the calendar allows, then by the text's other dates, else both."""
    day_first, month_first = make_date(year, right, left), make_date(year, left, right)
    if not (day_first and month_first) or left == right:
        found = day_first or month_first
        order = "day first" if day_first else "month first"
        return Reading("DATE", found.isoformat(), f"explicit, {order}", confidence=0.98) if found else None
    if hit.context.day_first is not None:
        found = day_first if hit.context.day_first else month_first
        return Reading("DATE", found.isoformat(), "explicit, order as elsewhere in the text", confidence=0.85)
    if hit.context.day in (day_first, month_first):
        return Reading("DATE", str(hit.context.dct), "explicit, the document's day", confidence=0.9)
    first, last = sorted((day_first.isoformat(), month_first.isoformat()))
    return Reading(
        "DATE", f"{year:04d}-XX-XX", f"day and month in either order: {first} or {last}",
        confidence=0.4, span=(first, last),
    )  # fmt: skip


@rule(
    "( WEEKDAY ,? )? MONTH ( the )? DAYNUM ( ,? YEAR )?",
    "( LAST | this ) MONTH DAYNUM",
    "( WEEKDAY ,? )? ( the )? DAYNUM of? MONTH ( ,? YEAR ( года | г )? )?",
    "( WEEKDAY ,? )? MONTH ( the )? ORDINAL ( ,? YEAR )?",
    "( WEEKDAY ,? )? YEAR MONTH DAYNUM",
    "( WEEKDAY ,? )? DAYNUM HYPHEN MONTH HYPHEN YEAR",
    "MONTH TENS HYPHEN? ORDINAL ( ,? YEAR )?",
    "DAYNUM of? MONTH NUM",
    "MONTH DAYNUM , NUM",
)
def month_and_day(hit: Hit) -> Reading | None:
    """March 3, 1999; Sunday, Dec. 5; the 5th of May."""
    month = hit.number("MONTH")
    day = hit.number("DAYNUM")
    if hit.has("ORDINAL"):
        day = hit.number("ORDINAL") + (hit.number("TENS"))
    year = hit.number("YEAR") or _early_year(hit)
    if not day or not make_date(2000, month, day) or year is None:
        return None
    return _day_reading(year, month, day, "explicit") if year else day_without_year(hit, month, day)


def _early_year(hit: Hit) -> int | None:
    """A year of three digits; 0 where there is none, None where the number may count something."""
    if not hit.has("NUM"):
        return 0
    year = hit.number("NUM")
    return year if _FIRST_EARLY <= year < _FIRST_YEAR and _ENDS_A_DATE.match(hit.after) else None


#: The rest of days that share a month.
_DAYS_OF_MONTH = re.compile(
    r"\s*(?:to|and|or|through|until|[-–—/])\s*\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?"
    r"(January|February|March|April|May|June|July|August|September|October|November|December)\b(?:,? (\d{4}))?"
)


@rule(
    "MONTH DAYNUM ( to | LINE | through ) DAYNUM2 ( ,? YEAR )?",
)
def days_from_to(hit: Hit) -> Reading | None:
    """Feb. 13 to 16: one span of days, written first/last."""
    month, year = hit.number("MONTH"), hit.number("YEAR")
    first, last = hit.number("DAYNUM"), hit.number("DAYNUM2")
    if first >= last or not (make_date(2000, month, first) and make_date(2000, month, last)):
        return None
    begin = _day_reading(year, month, first, "explicit span of days") if year else day_without_year(hit, month, first)
    if begin is None:
        return None
    return begin._replace(value=f"{begin.value}/{begin.value[:4]}-{month:02d}-{last:02d}", kind="range")


@rule("DAYNUM")
def day_before_its_month(hit: Hit) -> Reading | None:
    """The first day of "15 to 22 February"."""
    match = _DAYS_OF_MONTH.match(hit.after)
    if match is None:
        return None
    month, day = table()["MONTH"][match[1].lower()], hit.number("DAYNUM")
    if not make_date(2000, month, day):
        return None
    return _day_reading(int(match[2]), month, day, "explicit") if match[2] else day_without_year(hit, month, day)


def day_without_year(hit: Hit, month: int, day: int) -> Reading | None:
    """The year by the last date in a history, else by the tense and the nearness to the document's day."""
    if hit.context.narrative and hit.context.last:
        return _told_year(hit, month, day)
    here = hit.context.day
    if here is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}", "no year, and the document's day is unknown", None, 0.6)
    candidates = [found for year in (here.year - 1, here.year, here.year + 1) if (found := make_date(year, month, day))]
    behind = max((found for found in candidates if found <= here), default=None)
    ahead = min((found for found in candidates if found > here), default=None)
    chosen, reason = _nearest(hit, here, behind, ahead)
    return Reading("DATE", chosen.isoformat(), reason, hit.context.dct, 0.85) if chosen else None


def _nearest(hit: Hit, here: date, behind: date | None, ahead: date | None) -> tuple[date | None, str]:
    if behind is None or ahead is None:
        return behind or ahead, "nearest year"
    if hit.has("LAST"):
        return behind, "the last such day"
    away, ago = (ahead - here).days, (here - behind).days
    direction = hit.leaning("day")
    if ago <= 2 or (direction <= 0 and away > _AHEAD) or (direction < 0 and ago < 2 * away):
        return behind, "nearest past"
    if direction > 0 and away < 300:
        return ahead, "nearest ahead: the clause speaks of what comes"
    return (ahead, "nearest") if away < ago else (behind, "nearest")


def _told_year(hit: Hit, month: int, day: int = 0) -> Reading | None:
    last = hit.context.last or ""
    year = year_of(last) or 0
    before = month_of(last)
    if before and month + _STEP_BACK <= before:
        year += 1
    elif before and before + _STEP_BACK + 3 <= month:
        year -= 1
    value = month_value(year, month)
    if day:
        if not make_date(year, month, day):
            return None
        value += f"-{day:02d}"
    return Reading("DATE", value, "year from the last date in the text", last, 0.75)


@rule(
    "MONTH of? YEAR",
    "MONTH , YEAR",
    "MONTH SHORTYEAR",
    "the month of MONTH YEAR",
    "MONTH HYPHEN YEAR",
)
def month_of_year(hit: Hit) -> Reading | None:
    """August 1963."""
    year = hit.number("YEAR") if hit.has("YEAR") else _full_year(hit.number("SHORTYEAR"))
    return Reading("DATE", month_value(year, hit.number("MONTH")), "explicit", confidence=0.97)


@rule("MONTH", "the month of MONTH")
def bare_month(hit: Hit) -> Reading | None:
    """A month alone: the nearest by the tense of the clause."""
    month = hit.number("MONTH")
    if hit.words in ("may", "march", "august") and not _month_fits(hit):
        return None
    if len(hit.words) <= 4 and hit.words not in ("may", "june", "july") and not hit.words.endswith("."):
        return None
    if _is_of_every_year(hit):
        return Reading("DATE", f"XXXX-{month:02d}", "the month of every year", confidence=0.7)
    if begin := _begin_of_span(hit):
        year = begin[0] + (month < begin[1])
        return Reading("DATE", month_value(year, month), "the end of a span", month_value(*begin), 0.85)
    if hit.context.narrative and hit.context.last:
        return _told_year(hit, month)
    here = hit.context.day
    if here is None:
        return Reading("DATE", f"XXXX-{month:02d}", "no year, and the document's day is unknown", None, 0.6)
    return _month_near(hit, here, month)


#: Words of a sentence that tells how it is every year.
_HABIT = re.compile(
    r"\b(?:every|each) (?:year|spring|summer|autumn|winter)\b"
    r"|\b(?:annually|climate|monsoons?|rainfall|temperatures?|usually|regularly|typically)\b"
    r"|\b(?:rainy|dry|wet|high|low|peak|tourism|tourist|growing|breeding|flowering|hunting) season\b"
    r"|\b(?:best (?:time|month)s?|ideal (?:time|month)s?)\b",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|would|shall|is to|are to)\b")
_HABIT_REACH = 120  #: characters on either side
_SPAN = re.compile(r"\b(January|February|March|April|May|June|July|August|September|October|November|December) "
                   r"(?:to|and|or|through|until|till|[-–—]) (?:(?:early|late|mid)[ -])?$")  # fmt: skip
_MONTH_VALUE = re.compile(r"(\d{4})-(\d\d)$")


def _is_of_every_year(hit: Hit) -> bool:
    """Whether the sentence tells of what comes again each year, and of nothing that was or will be."""
    text = hit.parts.text
    before = _SENTENCE_END.split(text[max(0, hit.start - _HABIT_REACH) : hit.start])[-1]
    behind = _SENTENCE_END.split(text[hit.end : hit.end + _HABIT_REACH])[0]
    sentence = f"{before} {behind}"
    return _HABIT.search(sentence) is not None and hit.direction >= 0 and not _WILL.search(sentence)


def _begin_of_span(hit: Hit) -> tuple[int, int] | None:
    """Year and month from which a span of two months runs that ends here; None where none does."""
    told = _MONTH_VALUE.match(hit.context.last or "")
    if hit.context.narrative or not told or not _SPAN.search(hit.before):
        return None
    return int(told[1]), int(told[2])


def _month_fits(hit: Hit) -> bool:
    """A month, not a name or a verb: after a preposition or in front of one."""
    return bool(
        re.search(r"\b(in|since|by|until|till|from|to|for|of|last|next|this|early|late|mid|through|and|between|during"
                  r"|before|after)[ -]*$", hit.before, re.IGNORECASE)
    )  # fmt: skip


def _month_near(hit: Hit, here: date, month: int) -> Reading:
    back = (here.month - month) % 12
    if back and hit.leaning("month") > 0 and 12 - back <= 8:
        value = month_value(here.year, here.month + 12 - back)
        return Reading("DATE", value, "nearest ahead: the clause speaks of what comes", hit.context.dct, 0.8)
    return Reading("DATE", month_value(here.year, here.month - back), "nearest past month", hit.context.dct, 0.85)


@rule("MONTH of? YEAR ERA", "YEAR ERA", "NUM ERA", "COUNT ERA", "ERA YEAR", "ERA COUNT")
def year_of_era(hit: Hit) -> Reading | None:
    """241 BC, AD 79."""
    year = next((hit.number(name) for name in ("YEAR", "NUM", "COUNT") if hit.has(name)), 0)
    if not year:
        return None
    if hit.word("ERA") == "BC":
        return Reading("DATE", f"BC{year:04d}", "explicit, before Christ", confidence=0.97)
    return Reading("DATE", f"{year:04d}", "explicit", confidence=0.97)


_YEARS_BEFORE_CHRIST = re.compile(r"\s*(?:to|and|or|until|[-–—])\s*\d{1,4} (?:B\.?C\.?E?)")


@rule("NUM", "COUNT")
def year_before_its_era(hit: Hit) -> Reading | None:
    """The first year of "264 to 241 BC"."""
    year = hit.number("NUM") or hit.number("COUNT")
    if not year or not _YEARS_BEFORE_CHRIST.match(hit.after):
        return None
    return Reading("DATE", f"BC{year:04d}", "explicit, before Christ", confidence=0.9)


@rule("the? year YEAR", "@cal YEAR", "fy YEAR", "@cal? year YEAR", "the? SHORTYEAR")
def worded_year(hit: Hit) -> Reading | None:
    """The year 1999; fiscal 1989; '89."""
    if hit.has("SHORTYEAR"):
        return Reading("DATE", f"{_full_year(hit.number('SHORTYEAR')):04d}", "explicit", confidence=0.8)
    return Reading("DATE", f"{hit.number('YEAR'):04d}", "explicit", confidence=0.97, kind="year")


@rule("the? year CARDINAL HUNDRED", "CARDINAL TENS HYPHEN? CARDINAL2", "in CARDINAL TENS")
def spoken_year(hit: Hit) -> Reading | None:
    """Nineteen eighty-two; the year two thousand."""
    head = hit.number("CARDINAL")
    if hit.has("HUNDRED"):
        return Reading("DATE", f"{head * hit.number('HUNDRED'):04d}", "explicit, in words", confidence=0.9)
    if not 17 <= head <= 20 or hit.words.startswith("in"):
        return None
    year = head * 100 + hit.number("TENS") + hit.number("CARDINAL2")
    return Reading("DATE", f"{year:04d}", "explicit, in words", confidence=0.85)


@rule("juche COUNT OPEN YEAR CLOSE", "juche COUNT")
def juche_year(hit: Hit) -> Reading | None:
    """Juche 113 (2024): the year in brackets is checked against the era."""
    year = _JUCHE + hit.number("COUNT")
    if hit.has("YEAR") and hit.number("YEAR") != year:
        return Reading("DATE", f"{hit.number('YEAR'):04d}", f"explicit; the Juche year says {year}", confidence=0.5)
    return Reading("DATE", f"{year:04d}", "Juche year + 1911", confidence=0.97)


#: Numbers between these are years unless they count things; others only where a word says so.
_FIRST_LIKELY, _LAST_LIKELY = 1700, 2060
#: Marks that make a number an amount, a number of something or a decimal.
_GLUED = frozenset("$£€#.:'")
#: Words in front of which an unlikely year is an amount.
_AMOUNT_BEFORE = re.compile(r"\b(?:about|than|around|to|of|and|the|by|for|as)\s$")
#: Marks in front of which a number is a year.
_MARK_BEFORE = re.compile(r"(?:[(\[,;:]\s*|\d[-–/—] ?|\b(?:mid|post|pre)-)$")
_LAST_WORD = re.compile(r"([a-z]+)\.?[ \n-]+$", re.IGNORECASE)
_NOT_A_YEAR = re.compile(r"\s*%|[.,]\d|[-–]\w*(?:inch|foot|mile|man|strong)\b")
_NEXT_WORD = re.compile(r"[\s–-]?([A-Za-z-]+)")
_PLURAL = re.compile(r"\s+(?:[a-z]+(?:ed|an|ish|ese|al|ing|ive|ary)\s+)?[a-z]+s\b(?<!was)(?<!has)(?<!is)(?<!this)")


@rule("YEAR")
def bare_year(hit: Hit) -> Reading | None:
    """A number that looks like a year, where nothing says that it counts things."""
    year, before = hit.number("YEAR"), hit.before[-1:]
    if before in _GLUED or _NOT_A_YEAR.match(hit.after) or _counts(hit):
        return None
    of_things = _PLURAL.match(hit.after) is not None
    if _FIRST_LIKELY <= year <= _LAST_LIKELY:
        is_year = not of_things or _cued(hit)
    else:
        is_year = not of_things and _cued(hit) and not _AMOUNT_BEFORE.search(hit.before)
    return Reading("DATE", f"{year:04d}", "explicit", confidence=0.9, kind="year") if is_year else None


def _cued(hit: Hit) -> bool:
    """Whether the word or mark in front speaks of a year."""
    word = _LAST_WORD.search(hit.before)
    if word and word[1].lower() in table()["beside"]["year_after"]:
        return True
    return _MARK_BEFORE.search(hit.before) is not None


@rule("( MONEY | PERCENT ) YEAR", "YEAR PERCENT", "YEAR HUNDRED")
def amount_of_money(_hit: Hit) -> Reading:
    """Digits behind a currency sign are no year."""
    return NOT_A_TIME


def _counts(hit: Hit) -> bool:
    """Whether the number counts what follows: 1942 people."""
    word = _NEXT_WORD.match(hit.after)
    return word is not None and word[1].lower() in table()["beside"]["counted"]


def _full_year(two: int) -> int:
    return two + (2000 if two < _PIVOT else 1900)


def _day_reading(year: int, month: int, day: int, reason: str) -> Reading | None:
    found = make_date(year, month, day)
    return Reading("DATE", found.isoformat(), reason, confidence=0.98) if found else None
