"""Times of day: clock times with zones, noon, parts of the day."""

from __future__ import annotations

import re

from stemma.annotate.times.grammar import Hit, Reading, rule
from stemma.annotate.times.reckoning import move_days

_HOURS, _MINUTES = 24, 60
_TIME = r"\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?"
#: The other time of a span of two.
_ON_TO, _FROM = re.compile(rf"\s?[-–—]\s?{_TIME}", re.IGNORECASE), re.compile(rf"{_TIME}\s?[-–—]\s?$", re.IGNORECASE)
_OPEN_ON = re.compile(
    r"\b(?:Mo|Tu|We|Th|Fr?|Sa|Su|Mon|Tue|Wed|Thu|Fri|Sat|Sun|[Dd]aily|[Hh]ours|[Oo]pen|[Ww]eekdays)\b[:,]?\s?"
    rf"(?:{_TIME}\s?[-–—]\s?)?$"
)


@rule(
    "( CLOCK | HOURNUM ) AMPM ( local time )? ( ZONE | OPEN ZONE CLOSE | OPEN ( CLOCK2 | NUM | YEAR ) ZONE CLOSE )?",
    "CLOCK ( ZONE | OPEN ZONE CLOSE | local time | ( hours | h | hr ) )?",
    "HOURNUM ( o'clock | o’clock )",
    "CARDINAL ( o'clock | o’clock | AMPM )",
    "HOURNUM in the DAYPART",
)
def clock_time(hit: Hit) -> Reading | None:
    """8 a.m. GMT, 19:30, six o'clock, 9 in the morning, 10 a.m. (0700 GMT)."""
    if hit.has("CLOCK"):
        hour, minute = (int(part) for part in re.split("[:.]", hit.word("CLOCK"))[:2])
    else:
        hour, minute = hit.number("HOURNUM" if hit.has("HOURNUM") else "CARDINAL"), 0
    if hit.has("AMPM"):
        hour = hour % 12 + hit.number("AMPM")
    elif hit.has("DAYPART") and hit.word("DAYPART") in ("AF", "EV"):
        hour = hour % 12 + 12
    elif hit.has("CLOCK") and not _is_time(hit):
        return None
    if hour > _HOURS or minute >= _MINUTES:
        return None
    if _is_of_every_day(hit):
        return Reading("TIME", f"T{hour:02d}:{minute:02d}", "hours of every such day", None, 0.7)
    zone = hit.word("ZONE")
    reason = f"time of day, zone {zone}" if zone else "time of day"
    return _on_the_day(hit, f"{hour:02d}:{minute:02d}", reason, "clock")


def _is_time(hit: Hit) -> bool:
    """A bare 12:30 is a time unless it reads as a score or a verse."""
    return not re.search(r"[A-Z][a-z]+ $", hit.before) or re.search(r"\b(?:At|On|By|From)\s$", hit.before) is not None


def _is_of_every_day(hit: Hit) -> bool:
    """Opening hours: a span of two times behind clipped names of weekdays, or in a list of such spans."""
    begins = _ON_TO.match(hit.after) is not None
    return (begins or _FROM.search(hit.before) is not None) and _OPEN_ON.search(hit.before) is not None


def _on_the_day(hit: Hit, clock: str, reason: str, kind: str) -> Reading:
    day, anchor = hit.context.told() if hit.context.narrative else hit.context.now()
    if day is None:
        return Reading("TIME", f"XXXX-XX-XXT{clock}", f"{reason}; the day is unknown", None, 0.6, kind=kind)
    return Reading("TIME", f"{day.isoformat()}T{clock}", reason, anchor, 0.75, kind=kind)


@rule("( YEAR | NUM ) ZONE")
def hour_of_zone(hit: Hit) -> Reading | None:
    """2130 GMT."""
    hour, minute = divmod(hit.number("YEAR") or hit.number("NUM"), 100)
    if hour > _HOURS or minute >= _MINUTES:
        return None
    return _on_the_day(hit, f"{hour:02d}:{minute:02d}", f"time of day, zone {hit.word('ZONE')}", "clock")


@rule("NOON")
def noon(hit: Hit) -> Reading | None:
    """Noon, midday, midnight."""
    return _on_the_day(hit, hit.word("NOON"), "time of day", "clock")


@rule("( this | that | the same | LAST ) DAYPART", "the ( NEXT | LAST ) DAYPART", "the DAYPART", "the DAYPART before")
def part_of_told_day(hit: Hit) -> Reading | None:
    """This morning, that evening, last night, the next morning."""
    part = hit.word("DAYPART")
    words = hit.words
    if (
        re.match(r"the \w+$", words)
        and re.match(r"\s+(?:[a-z]+s\b|sky|shift|air)", hit.after)
        and not re.match(r"\s+(?:was|of|hours)", hit.after)
    ):
        return None
    day, anchor = hit.context.now() if words.startswith(("this", "last")) else hit.context.told()
    if day is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", "the day is unknown", None, 0.5, kind="daypart")
    step = -1 if words.startswith(("last", "the previous")) or words.endswith("before") else 0
    step = 1 if re.match(r"the (?:next|following)", words) else step
    return Reading(
        "TIME", f"{move_days(day, step).isoformat()}T{part}", "part of the day", anchor, 0.75, kind="daypart"
    )


@rule("DAYPART")
def bare_part(hit: Hit) -> Reading | None:
    """A part of the day that joins the day beside it; alone it is none."""
    return Reading("TIME", f"T{hit.word('DAYPART')}", "part of the day", None, 0.4, kind="part")
