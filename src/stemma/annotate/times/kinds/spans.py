"""Durations and sets: for three days, two-year, every Tuesday, annually; and ages, which are neither."""

from __future__ import annotations

import re

from stemma.annotate.times.grammar import NOT_A_TIME, Hit, Reading, rule
from stemma.annotate.times.parts.lexicon import table

from .amounts import amount_of, duration, unit_of

#: Units that ages are not told in: decades, centuries.
_NO_AGE = frozenset({"DE", "CE"})
_ENDED = re.compile(r"\s+end(?:ed|ing)\b")
#: A rate: money, an amount or "times" in front of "a day".
_RATE = re.compile(r"(?:([A-Za-z]+)|[$£€]\s?[\d.,]+|%|\d)\s+$")


@rule(
    "@amount HYPHEN? ( ANYUNIT ) HYPHEN? old",
    "@amount HYPHEN? ( ANYUNIT ) of age",
    "( age | aged ) ( of )? @exact",
    "@amount years HYPHEN old",
    "@amount UNITS ( old | of age )",
)
def age(hit: Hit) -> Reading:
    """A 47-year-old: an age is no date; but nobody is "a century old", which is a span."""
    unit = unit_of(hit.word("ANYUNIT"))
    if unit in _NO_AGE:
        return Reading("DURATION", duration(amount_of(hit.group("amount")), unit), "length", confidence=0.8)
    return NOT_A_TIME


@rule("( UNIT | UNITS ) HYPHEN ( old | long )")
def aged_span(hit: Hit) -> Reading | None:
    """A century-old feud, a day-long visit."""
    unit = unit_of(hit.word("UNIT") or hit.word("UNITS")) if hit.has("UNIT") else ""
    count = None if hit.has("UNITS") else 1
    return Reading("DURATION", duration(count, unit), "length", confidence=0.8)


@rule(
    "@exact HYPHEN ANYUNIT ( HYPHEN long )?",
    "@exact UNIT",
    "( the )? ( LAST | NEXT | past ) year or so",
    "@amount ( @sort )? ( UNITS | HYPHEN UNIT )",
    "( the )? ( LAST | NEXT | past | NTH ) @amount ( @sort )? ( UNITS )",
    "( these | those | the ) @exact ( @sort )? UNITS",
    "( a | an | CARDINAL ) ( full | whole | entire )? UNIT ( and a half )",
    "@exact ( to | or | HYPHEN | DASH ) @exact HYPHEN? UNITS",
    "@exact ( to | or ) @exact HYPHEN ANYUNIT",
    "the? UNITS ahead",
    "( the )? @exact ( LAST | NEXT ) UNITS",
)
def counted(hit: Hit) -> Reading | None:
    """Three days, two-year, the past 20 years, a few weeks."""
    unit = unit_of(next((hit.word(name) for name in ("ANYUNIT", "UNITS", "UNIT") if hit.has(name)), "Y"))
    phrase = next((name for name in ("amount", "exact") if hit.has(name)), "")
    count = amount_of(hit.group(phrase)) if phrase else None
    if hit.words.endswith("or so"):
        count = 1
    if hit.words.endswith("half"):
        count = (hit.number("CARDINAL") or 1) + 0.5
    if hit.has("NTH") and count is None and "X" not in hit.group(phrase):
        return None
    if count is not None and (count > 1900 or (count == 1 and hit.has("UNIT") and hit.has("exact"))):
        return None
    return Reading("DURATION", duration(count, unit), "counted length", confidence=0.9, kind="span")


@rule(
    "( a | an | CARDINAL ) ( full | whole | entire )? UNIT",
    "( a | an )? half ( a | an )? HYPHEN? UNIT",
    "the ( entire | whole | full ) UNIT",
)
def one_unit(hit: Hit) -> Reading | None:
    """A year, one day, half an hour; "a day" behind a rate is a set."""
    unit, words = unit_of(hit.word("UNIT")), hit.words
    article = words.startswith(("a ", "an "))
    if re.match(r"-(?:ago|earlier|old|end)\b", hit.after):
        return None
    if unit == "TS" or (unit == "Q" and not words.startswith("one")) or hit.number("CARDINAL") > 1:
        return None
    if "half" in words.split() or words.startswith("half"):
        return Reading("DURATION", duration(0.5, unit), "half a unit", confidence=0.8)
    if article and _is_rate(hit) and unit != "CE":
        return Reading("SET", duration(1, unit), "rate", confidence=0.8)
    if words == "one day" and not re.search(
        r"\b(?:for|in|than|least|only|just|within|to|of|lasted|after|about)\s+$", hit.before
    ):
        return None
    if words == "a day" and re.search(r"\b(?:such|what|quite)\s+$", hit.before):
        return None
    if (
        words.startswith("a ")
        and re.match(r"\s+(?:of|when|that|for|in which|to)\b", hit.after)
        and unit in ("D", "CE", "DE")
    ):
        return None
    return Reading("DURATION", duration(1, unit), "one unit", confidence=0.7, kind="span")


def _is_rate(hit: Hit) -> bool:
    match = _RATE.search(hit.before)
    return match is not None and (match[1] is None or match[1].lower() in table()["beside"]["rated"])


@rule("the @cal? year")
def accounting_year(hit: Hit) -> Reading | None:
    """The (fiscal) year ended June 30: a length."""
    return Reading("DURATION", "P1Y", "a year of accounts", confidence=0.7) if _ENDED.match(hit.after) else None


@rule("UNITS", "UNITS and UNITS2")
def bare_units(hit: Hit) -> Reading | None:
    """For decades, over weeks: length unknown."""
    unit = unit_of(hit.word("UNITS"))
    if not re.search(r"\b(?:for|over|after|in|took|take|takes|lasted|spent|within)\s+$", hit.before, re.IGNORECASE):
        return None
    if unit == "TS":
        return None
    return Reading("DURATION", duration(None, unit), "length not told", confidence=0.6)


@rule("RECENT ( UNITS | UNIT ) ( and UNITS2 )?", "the RECENT UNITS", "( LAST | past | these ) UNITS", "the? NEXT UNITS")
def recent_units(hit: Hit) -> Reading | None:
    """Recent weeks, past years, these days, coming months."""
    if hit.words.startswith("these"):
        return Reading("DATE", "PRESENT_REF", "vague", confidence=0.7) if hit.words.endswith("days") else None
    if hit.has("UNIT"):
        return None
    ahead = hit.has("NEXT")
    return Reading("DATE", "FUTURE_REF" if ahead else "PAST_REF", "vague", confidence=0.6)


@rule(
    "EVERY ( @exact | other | NTH )? ( ANYUNIT | WEEKDAY | DAYPART | SEASON | MONTH | WEEKEND )",
    "once? ( a | per ) ( UNIT | night )",
    "( a | per ) UNIT",
    "WEEKDAYS",
    "( on )? ( WEEKDAYS ) ( and )? WEEKDAYS2",
    "WEEKENDS",
    "every WEEKDAY DAYPART",
    "WEEKDAY DAYPARTS",
)
def repeated(hit: Hit) -> Reading | None:
    """Every day, every Tuesday, per week."""
    if hit.has("WEEKDAYS") or (hit.has("WEEKDAY")):
        number = hit.number("WEEKDAYS") if hit.has("WEEKDAYS") else hit.number("WEEKDAY")
        return Reading("SET", f"XXXX-WXX-{number}", "every such weekday", confidence=0.85)
    if hit.has("WEEKENDS") or hit.has("WEEKEND"):
        return Reading("SET", "XXXX-WXX-WE", "every weekend", confidence=0.8)
    if hit.has("SEASON"):
        return Reading("SET", f"XXXX-{hit.word('SEASON')}", "every such season", confidence=0.8)
    if hit.has("MONTH"):
        return Reading("SET", f"XXXX-{hit.number('MONTH'):02d}", "every such month", confidence=0.8)
    if hit.has("DAYPART"):
        return Reading("SET", f"XXXX-XX-XXT{hit.word('DAYPART')}", "every such part of the day", confidence=0.8)
    return _repeated_unit(hit)


def _repeated_unit(hit: Hit) -> Reading | None:
    unit = unit_of(hit.word("ANYUNIT") if hit.has("ANYUNIT") else hit.word("UNIT"))
    if hit.words.startswith("a "):
        return None
    if hit.words.startswith("each ") and unit.startswith("T"):
        return None
    count = amount_of(hit.group("exact")) if hit.has("exact") else 1
    count = 2 if "other" in hit.words.split() else count
    return Reading("SET", duration(count, unit), "repeated", confidence=0.85)


@rule("OFTEN", "twice HYPHEN? OFTEN")
def often(hit: Hit) -> Reading | None:
    """Daily, annually."""
    if hit.words in ("annual", "semiannual", "biannual", "quarterly") or hit.before[-1:] == "-":
        return None
    if re.match(r"\s+[A-Z]", hit.after) and hit.parts.text[hit.start].isupper():
        return None
    return Reading("SET", hit.word("OFTEN"), "repeated", confidence=0.75)
