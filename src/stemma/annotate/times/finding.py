"""Find the time expressions of a text: parts, then rules, then the joining of neighbours, in order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from .context import Context, Mode
from .grammar import Choice, Hit, Reading, choices
from .joining import Placed, joined, modified
from .kinds import calendar, clock, periods, relative, spans, vague
from .parts.lexicon import OTHER, lexicon
from .parts.tokens import Parts, scan
from .reckoning import bounds, read_day

#: Families in the order in which they win where matches are equally long.
FAMILIES = (calendar, periods, clock, relative, vague, spans)
#: Kinds and words without which a stretch holds no time expression.
_CORE = (
    "MONTH", "WEEKDAY", "WEEKDAYS", "ANYUNIT", "WEEKEND", "WEEKENDS", "SEASON", "SEASONS", "DAYPART", "NOON",
    "YEAR", "DECADE", "SHORTDECADE", "SHORTYEAR", "NINETIES", "CLOCK", "NUMERIC", "TODAY", "AMPM", "ERA", "OFTEN",
    "VAGUE", "CURRENT", "RECENT", "FUTURE", "FEAST", "FEASTDAY", "juche", "o'clock", "o’clock", "past", "present",
    "term", "period", "half", "age", "aged", "TENS",
)  # fmt: skip


class Found(NamedTuple):
    """A time expression at ``text[start:end]``; the fields are those of ``records.Time``."""

    start: int
    end: int
    type: str
    value: str
    earliest: str | None
    latest: str | None
    anchor: str | None
    reason: str
    confidence: float


@cache
def _grammar() -> dict[str, Choice]:
    return choices()


@cache
def _stretch() -> re.Pattern[str]:
    """Parts that the vocabulary knows, in a row."""
    return re.compile(f"[^{re.escape(OTHER)}]+")


@cache
def _core() -> re.Pattern[str]:
    codes = {code for name in _CORE for code in lexicon().kinds[name]}
    return re.compile("[" + "".join(sorted(codes)) + "]")


def find(text: str, dct: str | None, mode: Mode = "news") -> list[Found]:
    """The time expressions of a text, in order and never overlapping.

    ``dct`` is the document's day (ISO 8601; None: unknown, and what needs it stays XXXX). In the mode
    "narrative" values lean on the last date in the text rather than on ``dct``.

    >>> [(f.start, f.end, f.type, f.value) for f in find("It opened on Monday.", "2024-06-20")]
    [(13, 19, 'DATE', '2024-06-17')]
    """
    context = Context(read_day(dct), mode)
    return found_in(text, [(0, len(text))], context)


def found_in(text: str, stretches: Iterable[tuple[int, int]], context: Context) -> list[Found]:
    """The expressions within some stretches of a text; the context runs on from each to the next."""
    scanned = [scan(text, start, end) for start, end in stretches]
    if context.day_first is None:
        context.day_first = _day_comes_first(scanned)
    return [found for parts in scanned for found in _found(parts, context)]


_SHORT = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2\d{2,4}$")


def _day_comes_first(scanned: list[Parts]) -> bool | None:
    """By the numeric dates that can be read in one way only; None where there are none or they differ."""
    numeric = lexicon().kinds["NUMERIC"][0]
    orders = set()
    for parts in scanned:
        if numeric not in parts.codes:
            continue
        for code, value in zip(parts.codes, parts.values, strict=True):
            match = _SHORT.match(str(value)) if code == numeric else None
            if match and (int(match[1]) > 12) != (int(match[3]) > 12):
                orders.add(int(match[1]) > 12)
    return orders.pop() if len(orders) == 1 else None


def _found(parts: Parts, context: Context) -> list[Found]:
    kept: list[Placed] = []
    core = _core()
    for stretch in _stretch().finditer(parts.codes):
        if core.search(parts.codes, *stretch.span()):
            kept.extend(_read(parts, *stretch.span(), context))
    return [_finish(parts, placed) for placed in kept if not placed.reading.skip and placed.reading.kind != "part"]


def _read(parts: Parts, left: int, right: int, context: Context) -> list[Placed]:
    """The expressions of one row of known parts."""
    kept: list[Placed] = []
    at = floor = left
    while at < right:
        placed = _longest(parts, at, right, context)
        if placed is None:
            at += 1
            continue
        at = placed.right
        if kept and (both := joined(kept[-1], placed, parts.codes)):
            kept[-1] = placed = both
        else:
            placed = modified(placed, parts.codes, parts.values, floor)
            kept.append(placed)
        floor = placed.right
        if not placed.reading.skip and placed.reading.kind not in ("part", "aside"):
            context.mention(placed.reading.value, parts.starts[placed.left])
    return kept


def _longest(parts: Parts, at: int, right: int, context: Context) -> Placed | None:
    """The longest match that means something; of equal ones the first entered."""
    choice = _grammar().get(parts.codes[at])
    if choice is None or not choice.any.match(parts.codes, at, right):
        return None
    matches = []
    for number, candidate in enumerate(choice.rules):
        if match := candidate.pattern.match(parts.codes, at, right):
            matches.append((-match.end(), number, match, candidate))
    for _, _, match, candidate in sorted(matches, key=lambda entry: entry[:2]):
        if match.end() > at and (reading := candidate.meaning(Hit(parts, match, context))):
            return Placed(at, match.end(), reading)
    return None


def _finish(parts: Parts, placed: Placed) -> Found:
    reading = placed.reading
    earliest, latest = reading.span or _days(reading)
    start, end = parts.starts[placed.left], parts.ends[placed.right - 1]
    return Found(
        start, end, reading.type, reading.value, earliest, latest, reading.anchor, reading.reason, reading.confidence
    )


def _days(reading: Reading) -> tuple[str | None, str | None]:
    return (None, None) if reading.type in ("DURATION", "SET") else bounds(reading.value, reading.mod)
