"""Words that point at a time without naming it: now, recently, the future, that day."""

from __future__ import annotations

import re

from stemma.annotate.times.grammar import Hit, Reading, rule
from stemma.annotate.times.reckoning import shift, year_of

#: Up to Wednesday "the weekend" is the one before, later the one to come.
_EARLY_WEEK = 3


@rule("VAGUE", "right now", "just now")
def vague(hit: Hit) -> Reading | None:
    """Now, currently, recently, soon."""
    value = hit.word("VAGUE") if hit.has("VAGUE") else "PRESENT_REF"
    return Reading("DATE", value, "points without naming", confidence=0.8)


@rule("CURRENT", "the? present HYPHEN? day?", "the present time", "at present", "the time being")
def present(hit: Hit) -> Reading | None:
    """The current one, the present."""
    if hit.words == "present" or (
        hit.words.startswith("the present") and re.match(r"\s+[a-z]{4,}", hit.after) and hit.words.endswith("present")
    ):
        return None
    return Reading("DATE", "PRESENT_REF", "points without naming", confidence=0.7)


@rule(
    "the ( near )? FUTURE",
    "in ( near )? FUTURE",
    "the ( near | short | long ) HYPHEN? term",
    "the RECENT? past",
    "RECENT",
)
def future_or_past(hit: Hit) -> Reading | None:
    """The future, the near term, the past."""
    words = hit.words
    if words.endswith("term") and (
        words.startswith("the long") or re.match(r"[- ]\w*(?:memory|interest|rate|debt|loan)", hit.after)
    ):
        return None
    if words == "recent" or words.endswith("past"):
        if words == "the past" and re.match(r"\s+(?:[a-z]*(?:two|three|four|five|six)|\d)", hit.after):
            return None
        return Reading("DATE", "PAST_REF", "points without naming", confidence=0.7)
    if re.match(r"s\b", hit.after):
        return None
    return Reading("DATE", "FUTURE_REF", "points without naming", confidence=0.75)


@rule(
    "( that | the same | that same | this same ) ( day | week | month | year | weekend )",
    "( the | that ) ( day | year | month | week )",
    "the weekend",
    "the century",
)
def told_unit(hit: Hit) -> Reading | None:
    """That day, the same year, the month: the one the text spoke of last."""
    words = hit.words
    unit = words.rsplit(maxsplit=1)[-1]
    if words.startswith("the ") and "same" not in words and not _stands_alone(hit, unit):
        return None
    day, anchor = hit.context.told()
    if words.startswith("the ") and "same" not in words and not hit.context.narrative:
        day, anchor = hit.context.now()
    told = hit.context.last if hit.context.narrative else hit.context.latest
    if unit == "year" and told and (words.startswith("that") or "same" in words or hit.context.narrative):
        return Reading("DATE", f"{year_of(told):04d}", "the year last spoken of", told, 0.8)
    if day is None:
        return None
    letter = {"day": "D", "week": "W", "month": "M", "year": "Y", "weekend": "WE", "century": "CE"}[unit]
    over = (
        unit == "weekend"
        and words.startswith("the ")
        and day.isoweekday() <= _EARLY_WEEK
        and hit.direction <= 0
        and not re.search(r"\b(?:of|before|until|for)\s$", hit.before)
    )
    value = shift(day, letter, -1 if over else 0)
    return Reading("DATE", value, f"the {unit} last spoken of", anchor, 0.75) if value else None


def _stands_alone(hit: Hit, unit: str) -> bool:
    """Whether "the year" can mean this one, as in "later in the year", "for the year"."""
    if unit in ("day", "century"):
        return unit == "day" and re.search(r"\b(?:later|earlier) in\s+$", hit.before) is not None
    if re.match(r"\s+end(?:ed|ing)\b", hit.after):
        return False
    if unit == "weekend":
        return not re.match(r"\s+(?:of|before|after)\b", hit.after)
    return re.search(r"\b(?:in|of|for|during|end|rest|this|throughout)\s+$", hit.before) is not None and not re.match(
        r"\s+(?:of|before|after|ended|ending|when|that|to|in which|since|until|ago)\b", hit.after
    )
