"""Periods with a name: decades, centuries, seasons, quarters, halves, feasts, fiscal years."""

from __future__ import annotations

import re
from datetime import date

from stemma.annotate.times.grammar import Hit, Reading, rule
from stemma.annotate.times.reckoning import feast, month_value, move_days, quarter_value, year_of

_TENS_OF_MONTH = {1: "START", 2: "MID", 3: "END"}
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
#: "spring", "fall" and the rest are verbs and things as well: bare they need one of these in front.
_SEASON_CUE = re.compile(r"\b(?:in|the|during|by|until|of|since|every|each|from|through|and|for|early|late|mid)[ -]+$")
_NAMED_FOR_IT = re.compile(r" (?:Olympi|Paralympi|Deaflympi|Games|Universiade|Palace|Schools?\b|Festivals?\b|Fair\b)")
#: "In spring and autumn" speaks of every year's.
_SEASON_BEHIND = re.compile(r" (?:and|or) (?:in )?(?:spring|summer|autumn|winter|fall)\b(?! of)")
_SEASON_BEFORE = re.compile(r"\b(?:spring|summer|autumn|winter|fall) (?:and|or) (?:in )?$")


@rule("the? DECADE", "the? SHORTDECADE", "the NINETIES")
def decade(hit: Hit) -> Reading | None:
    """The 1980s, the '80s, the eighties: TIMEX3 writes three digits."""
    if hit.has("DECADE"):
        return Reading("DATE", f"{hit.number('DECADE') // 10:03d}", "explicit decade", confidence=0.97)
    tens = hit.number("SHORTDECADE") // 10 if hit.has("SHORTDECADE") else hit.number("NINETIES")
    return Reading("DATE", f"{_century_of(hit, tens)}{tens}", "decade of the last hundred years", confidence=0.8)


def _century_of(hit: Hit, tens: int) -> int:
    day, _ = hit.context.told() if hit.context.narrative else hit.context.now()
    year = day.year if day else 2000
    return year // 100 - (1 if tens * 10 > year % 100 else 0)


@rule("the? NTH HYPHEN? century ERA?", "the? TENS HYPHEN? NTH HYPHEN? century ERA?")
def century(hit: Hit) -> Reading | None:
    """The 19th century is 18: TIMEX3 writes the first two digits."""
    count = hit.number("NTH") + (hit.number("TENS"))
    if hit.word("ERA") == "BC":
        return Reading("DATE", f"BC{count:02d}", "explicit century", confidence=0.95)
    return Reading("DATE", f"{count - 1:02d}", "explicit century", confidence=0.95) if count > 3 else None


@rule("the? SEASON ( of | in )? YEAR", "YEAR SEASON", "the? SEASON of the year YEAR")
def season_of_year(hit: Hit) -> Reading | None:
    """The spring of 1941."""
    if (hit.words.startswith("spring ") and hit.words.endswith("spring")) or _is_name(hit):
        return None
    return Reading("DATE", f"{hit.number('YEAR'):04d}-{hit.word('SEASON')}", "explicit season", confidence=0.95)


def _is_name(hit: Hit) -> bool:
    """Whether a season is part of a name: "the 2014 Winter Games" were held in that year, whatever the weather."""
    return _NAMED_FOR_IT.match(hit.after) is not None


@rule("the? SEASON")
def bare_season(hit: Hit) -> Reading | None:
    """A season alone: the nearest by the tense; in a history that of the last date."""
    season = hit.word("SEASON")
    paired = _SEASON_BEHIND.match(hit.after) or _SEASON_BEFORE.search(hit.before)
    if (
        not (paired or hit.words.startswith("the ") or _SEASON_CUE.search(hit.before))
        or re.match(r"[- ]\w*(?:board|time|ing)\b", hit.after)
        or _is_name(hit)
    ):
        return None
    if hit.words in ("fall", "the fall") and (
        not hit.before.endswith("in ") and re.match(r" (?:of|in|from|to)\b", hit.after)
    ):
        return None
    if paired and not hit.words.startswith("the "):
        return Reading("SET", f"XXXX-{season}", "seasons of every year", confidence=0.6)
    day, anchor = hit.context.now()
    if day is None:
        return Reading("DATE", f"XXXX-{season}", "season of an unknown year", None, 0.5)
    if hit.context.narrative:
        return Reading("DATE", f"{day.year:04d}-{season}", "season of the last date's year", anchor, 0.7)
    return Reading("DATE", f"{_season_year(day, season, hit.direction):04d}-{season}", "nearest season", anchor, 0.75)


def _season_year(day: date, season: str, direction: int) -> int:
    begun = day.month >= _SEASON_MONTH[season]
    if direction > 0:
        return day.year if day.month < _SEASON_MONTH[season] + 3 else day.year + 1
    return day.year if begun else day.year - 1


@rule("the? SEASONS")
def seasons_of_every_year(hit: Hit) -> Reading | None:
    """Seasons in general."""
    return Reading("SET", f"XXXX-{hit.word('SEASONS')}", "season of every year", confidence=0.6)


@rule("the ( NTH | LAST ) ( CARDINAL | LOW ) days of MONTH YEAR?")
def tens_of_month(hit: Hit) -> Reading | None:
    """The first ten days of June: a third of the month, as Korean and Chinese reckoning has it."""
    which = "END" if hit.has("LAST") else _TENS_OF_MONTH.get(hit.number("NTH"))
    if which is None or 10 not in (hit.number("CARDINAL"), hit.number("LOW")):
        return None
    month, year = hit.number("MONTH"), hit.number("YEAR")
    day, anchor = hit.context.now()
    if not year and day is None:
        return Reading("DATE", f"XXXX-{month:02d}", "no year", None, 0.5)
    if day and not year:
        year = day.year - (month > day.month + 6)
    return Reading("DATE", month_value(year, month), "ten days of a month", anchor, 0.8, mod=which)


@rule("q LOW ( of? YEAR )?")
def written_quarter(hit: Hit) -> Reading | None:
    """Q3 2023."""
    return _numbered_quarter(hit, hit.number("LOW"), hit.number("YEAR")) if hit.number("LOW") <= 4 else None


@rule(
    "@whose? ( @cal HYPHEN? )? ( NTH | latest | LAST | CURRENT ) ( @cal )? QUARTER",
    "NTH HYPHEN QUARTER",
    "@whose? ( @cal HYPHEN? )? NTH QUARTER ( of | in ) @cal? YEAR",
    "( the | @whose )? YEAR @cal? NTH HYPHEN? QUARTER",
    "the YEAR QUARTER",
    "the YEAR period",
    "( the | this ) QUARTER",
    "the latest period",
)
def quarter(hit: Hit) -> Reading | None:
    """Quarters: the last one ended, or the one the text is about."""
    number = hit.number("NTH")
    if number > 4:
        return None
    year = hit.number("YEAR")
    if number:
        return _numbered_quarter(hit, number, year)
    return _named_quarter(hit, year)


def _numbered_quarter(hit: Hit, number: int, year: int) -> Reading | None:
    if year:
        return Reading("DATE", f"{year:04d}-Q{number}", "explicit quarter", confidence=0.95)
    day, anchor = hit.context.now()
    if day is None:
        return Reading("DATE", f"XXXX-Q{number}", "quarter of an unknown year", None, 0.5)
    now = (day.month + 2) // 3
    ahead = number - now
    back = ahead > 2 or (ahead == 2 and hit.direction <= 0)
    found = day.year - 1 if back else day.year
    if now == 4 and number == 1 and hit.direction > 0 and "fiscal" not in hit.words:
        found = day.year + 1
    return Reading("DATE", f"{found:04d}-Q{number}", "nearest quarter", anchor, 0.8)


def _named_quarter(hit: Hit, year: int) -> Reading | None:
    if hit.words.startswith("the quarter") and re.match(r"[- ](?:century|mile|finals?|of a|inch|hour)", hit.after):
        return None
    last = None if hit.has("CURRENT") else hit.context.last_quarter
    if year:
        return Reading("DATE", f"{year:04d}{last[4:]}" if last else f"{year:04d}-QX", "quarter spoken of", last, 0.7)
    if last:
        return Reading("DATE", last, "quarter spoken of", last, 0.75)
    if hit.words.endswith("period"):
        return None
    day, anchor = hit.context.now()
    if day is None:
        return Reading("DATE", "XXXX-QX", "quarter of an unknown year", None, 0.4)
    back = 0 if hit.has("CURRENT") or hit.words.startswith("this") else 1
    return Reading("DATE", quarter_value(day.year, (day.month + 2) // 3 - back), "last quarter ended", anchor, 0.7)


@rule(
    "the year HYPHEN ( ago | SHIFT ) ( @cal? NTH QUARTER | QUARTER | period )",
    "year HYPHEN ( ago | SHIFT )",
    "the ( corresponding | same | comparable ) ( QUARTER | period ) ( last | a )? ( LAST | SHIFT ) year",
    "the ( corresponding | same | comparable ) ( QUARTER | period ) ( of | in )? ( the )? LAST year",
    "the ( corresponding | same | comparable ) ( QUARTER | period ) a year ( ago | SHIFT )",
)
def year_ago_quarter(hit: Hit) -> Reading | None:
    """The year-ago quarter: a year before the quarter spoken of."""
    last = hit.context.last_quarter
    day, anchor = hit.context.now()
    if hit.has("NTH") and hit.number("NTH") and day:
        return Reading("DATE", f"{day.year - 1:04d}-Q{hit.number('NTH')}", "a year before", anchor, 0.8)
    if last:
        return Reading(
            "DATE", f"{(year_of(last) or 1) - 1:04d}{last[4:]}", "a year before the quarter", last, 0.8, kind="aside"
        )
    if day is None:
        return None
    return Reading("DATE", f"{day.year - 1:04d}", "a year before", anchor, 0.6)


@rule("the? NTH half ( ( of | in ) ( YEAR | the year ) )?", "the ( LAST | latter ) half of YEAR")
def half(hit: Hit) -> Reading | None:
    """The first half (of 2024)."""
    number = hit.number("NTH") if hit.has("NTH") else 2
    day, anchor = hit.context.now()
    year = hit.number("YEAR") or (day.year if day else 0)
    if number not in (1, 2) or not year or re.match(r" of (?:the )?(?!year)\w+", hit.after):
        return None
    return Reading("DATE", f"{year:04d}-H{number}", "half of the year", anchor, 0.85)


@rule(
    "( LAST | this )? FEAST ( day | eve | night )? ( of | , )? YEAR?",
    "FEASTDAY ( POSS )? day ( of | , )? YEAR?",
    "new year POSS ( day | eve ) YEAR?",
)
def feast_day(hit: Hit) -> Reading | None:
    """Christmas Eve 1941; Thanksgiving."""
    written = hit.words
    name = next((hit.word(group) for group in ("FEASTDAY", "FEAST") if hit.has(group)), "01-01")
    day, anchor = hit.context.now()
    explicit = hit.number("YEAR")
    if not explicit and day is None:
        return Reading("DATE", "XXXX-" + name if name[2:3] == "-" else "XXXX", "feast of an unknown year", None, 0.4)
    year = explicit or (day.year if day else 0)
    found = feast(name, year)
    if found is None:
        return None
    if not explicit and day and (found - day).days > 120 and hit.direction <= 0:
        found = feast(name, year - 1) or found
    found = move_days(found, -1) if "eve" in written.split() else found
    return Reading("DATE", found.isoformat(), "feast", None if explicit else anchor, 0.8)
