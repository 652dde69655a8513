"""Time expressions of a page: TIMEX3 type and value, bounds, and the anchor that each was reckoned from."""

from __future__ import annotations

from typing import cast

from stemma.records import Page, Role, Time, TimeType, evidence, prose

from .cards import find_beside_cards
from .context import Context, Mode
from .finding import Found, find, found_in
from .reckoning import read_day

__all__ = ["Found", "Mode", "find", "find_beside_cards", "published_day", "times"]

_READ: tuple[Role, ...] = ("title", "dateline", "body", "turn")


def times(page: Page) -> tuple[Time, ...]:
    """The time expressions of a page's title, dateline and prose, in order; nothing from its furniture.

    Values follow TimeML's TIMEX3 (ISO 8601, with X for what is unknown). They count from the day the page was
    published, else from its dateline; where neither is known a bare weekday is ``XXXX-WXX-6`` and its like,
    never a guess. ``earliest`` and ``latest`` are None where the days are not bounded.
    """
    context = Context(read_day(published_day(page)))
    stretches = [(label.start, label.end) for label in prose(page, _READ)]
    return tuple(_record(page, found) for found in found_in(page.document.text, stretches, context))


def published_day(page: Page) -> str | None:
    """The document's day (ISO 8601): the surest ``published`` field, else the dateline's; None where unknown."""
    fields = [field for field in page.fields if field.name == "published" and read_day(field.value)]
    if fields:
        return max(fields, key=lambda field: field.confidence).value
    text = page.document.text
    datelines = [text[label.start : label.end] for label in page.labels if label.role == "dateline"]
    days = [found.value for line in datelines for found in find(line, None) if read_day(found.value)]
    return days[0] if days else None


def _record(page: Page, found: Found) -> Time:
    document = page.document
    return Time(
        document=document.id,
        evidence=evidence(document, found.start, found.end),
        type=cast("TimeType", found.type),
        value=found.value,
        earliest=found.earliest,
        latest=found.latest,
        anchor=found.anchor,
        reason=found.reason,
        confidence=found.confidence,
    )
