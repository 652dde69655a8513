"""What else the reporting clause tells: occasion, place and day."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from stemma.annotate.statements.circumstances.addressees import addressee_of
from stemma.annotate.statements.circumstances.days import clause_of
from stemma.annotate.statements.circumstances.occasions import DAY, YEARLESS
from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.grammar.cues import words
from stemma.annotate.statements.grammar.lines import Span
from stemma.records import Evidence, Mention, Time

_OCCASION = re.compile(
    r"\b(?:at|during|in|after|before|following|on)\s+(?:a|an|the|his|her|their|its|this|that|[A-Z]\w+['’]s?)\s"
    r"(?:[\w'’\-]+\s){0,4}?([A-Za-z\-]+)\b(?:\s(?:with|of|in|at|on|for|between)\s[^,.;:“”\"—–]{1,90})?"
)
#: A reporting clause longer than this is looked at in part.
_LONGEST_CLAUSE = 400
_LOCATIVES = ("in", "at", "from")


class Circumstances(NamedTuple):
    """Where and when the words were said, as far as the reporting clause tells."""

    occasion: Span | None = None
    place: Evidence | None = None
    said: Time | None = None
    addressee: Span | None = None


class Landmarks(NamedTuple):
    """Times and places of the page in order, with their starts for bisection."""

    times: list[Time]
    time_starts: list[int]
    places: list[Mention]
    place_starts: list[int]


def landmarks(mentions: Sequence[Mention], times: Sequence[Time]) -> Landmarks:
    """Times and place names of the page, sorted once."""
    timed = sorted(times, key=lambda t: t.evidence.start)
    placed = sorted((m for m in mentions if m.kind == "place"), key=lambda m: m.evidence.start)
    return Landmarks(timed, [t.evidence.start for t in timed], placed, [m.evidence.start for m in placed])


def circumstances(text: str, draft: Draft, marks: Landmarks) -> Circumstances:
    """Occasion, place and day from the stretches of the sentence that are neither content nor another clause.

    "The agency reported on Friday, citing the minister" does not date the minister's words.
    """
    occasion = place = said = None
    clauses = _clause(draft)
    for start, stop in clauses:
        occasion = occasion or _occasion(text, start, stop)
        place = place or _place(text, start, stop, marks)
        said = said or _time(start, stop, marks)
    return Circumstances(occasion, place, None if draft.over else said, addressee_of(text, draft, clauses))


def _clause(draft: Draft) -> list[Span]:
    """The reporting clause as far as it is looked at; a speaker's turn has none."""
    if draft.kind == "transcript":
        return []
    return [(first, min(stop, first + _LONGEST_CLAUSE)) for first, stop in clause_of(draft)]


def _occasion(text: str, start: int, stop: int) -> Span | None:
    for match in _OCCASION.finditer(text, start, stop):
        if match.group(1).lower() in words("occasions"):
            return match.span()
    return None


def _time(start: int, stop: int, marks: Landmarks) -> Time | None:
    """The date in the clause, else what bounds it ("in April"); None where it names two days."""
    first = bisect_left(marks.time_starts, start)
    last = bisect_left(marks.time_starts, stop)
    told = [one for one in marks.times[first:last] if one.type in ("DATE", "TIME")]
    days = [one for one in told if DAY.match(one.value)]
    if days:
        return days[0] if len({one.value[:10] for one in days}) == 1 else None
    bounded = [one for one in told if one.earliest or one.latest]
    near = bounded or [one for one in told if YEARLESS.match(one.value)]  # "on Tuesday" where no year is known
    return near[0] if len(near) == 1 else None


def _place(text: str, start: int, stop: int, marks: Landmarks) -> Evidence | None:
    first = bisect_left(marks.place_starts, start)
    last = bisect_left(marks.place_starts, stop)
    for mention in marks.places[first:last]:
        before = text[max(start, mention.evidence.start - 6) : mention.evidence.start].split()
        if before and before[-1] in _LOCATIVES:
            return mention.evidence
    return None
