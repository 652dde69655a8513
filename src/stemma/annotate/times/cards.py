"""Teaser cards: a list of other articles on the page dates its entries itself, never by this article's day."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from .context import Context
from .finding import Found, found_in
from .parts.lexicon import table
from .reckoning import make_date, read_day

#: A line that is a day and nothing else.
_ALONE = re.compile(r"(?:(?P<m>[A-Z][a-z]{2,8})\.? (?P<d>\d{1,2}), (?P<y>\d{4})|(?P<iso>\d{4}-\d\d-\d\d))$")
_LINE = re.compile(r"\S[^\n]*")
#: A card's date stands at most so many lines from its words.
_REACH = 5


def card_days(text: str, lines: list[tuple[int, int]]) -> list[date | None]:
    """For every line the day of its card: the nearest line that is a day and nothing else, the next one first."""
    days = [_day_alone(text[start:end].strip()) for start, end in lines]
    dated = [number for number, day in enumerate(days) if day]
    return [days[nearest] if (nearest := _nearest(dated, number)) is not None else None for number in range(len(lines))]


def _nearest(dated: list[int], number: int) -> int | None:
    at = bisect_left(dated, number)
    beside = [*dated[at : at + 1], *dated[max(0, at - 1) : at]]
    best = min(beside, key=lambda other: abs(other - number), default=None)
    return best if best is not None and abs(best - number) <= _REACH else None


def _day_alone(line: str) -> date | None:
    match = _ALONE.match(line)
    if match is None:
        return None
    if match["iso"]:
        return make_date(*(int(part) for part in match["iso"].split("-")))
    month = table()["MONTH"].get(match["m"].lower())
    return make_date(int(match["y"]), month, int(match["d"])) if month else None


def find_beside_cards(text: str, furniture: list[tuple[int, int]], dct: str | None) -> list[Found]:
    """The expressions of a whole page of news: a card's lines count from its own day, all else from ``dct``.

    ``furniture``: its stretches, in order.
    """
    lines = [match.span() for start, end in furniture for match in _LINE.finditer(text, start, end)]
    carded = [(span, day) for span, day in zip(lines, card_days(text, lines), strict=True) if day]
    found = found_in(text, _between([span for span, _ in carded], len(text)), Context(read_day(dct)))
    for span, day in carded:
        found += found_in(text, [span], Context(day))
    return sorted(found)


def _between(spans: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for span in spans for edge in span), size]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
