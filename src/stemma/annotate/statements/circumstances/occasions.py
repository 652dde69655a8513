"""The day of a dateline, and what a report of one occasion lends its day to.

A dateline is never by itself the day on which somebody spoke. It is where the report says so: with "today", with the
day of the week on which the report's own first sentence has things happen, or by telling of nothing but one occasion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stemma.annotate.statements.grammar.lines import Span
from stemma.records import Page, Time, prose
from stemma.text.sentences import sentences

#: A calendar day; of a page without a year it has none.
DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d")


#: Of a day whose words are known and whose year is not.
NO_YEAR = "XXXX-XX-XX"
#: A day of the week, or "today", where no year is known.
YEARLESS = re.compile(r"XXXX-(?:WXX-[1-7]|XX-XX)")


class Said(NamedTuple):
    """The day on which words were said: the words that tell it, and how."""

    day: str  #: ISO; "XXXX-05-02" where no year is known
    words: Span | None
    basis: str


_TODAY = re.compile(r"(?:earlier\s)?(?:today|tonight|this (?:morning|afternoon|evening))", re.IGNORECASE)
_WEEKDAY = re.compile(r"XXXX-WXX-[1-7]")
_BY_TODAY = "the dateline, as the day that the clause calls today"
_BY_WEEKDAY = "the dateline, as the day of the week that the lead names"
_BY_VISIT = "the dateline of a report that tells of one occasion"
#: What a report of one occasion says in its first sentence that somebody did: state-media usage above all.
_DID = re.compile(
    r"\b(?:received(?! (?:a|an|the) (?:[\w-]+ ){0,2}(?:letter|message|telegram|note))|inspected|toured|met|addressed"
    r"|attended|presided over|visited|took part in|paid a|gave (?:field )?guidance|guided"
    r"|exchanged (?:\w+ ){0,2}?messages|sent (?:a|the) (?:\w+ ){0,2}?message"
    r"|held (?:\w+\s){0,3}(?:talks|meeting|session|briefing|conversation)|made a (?:speech|report)|delivered a speech"
    r"|(?:talks|meeting|session|rally|ceremony|banquet|reception|congress)\b[^.]{0,120}?"
    r"\b(?:(?:was|were) held|took place|opened))\b",
    re.IGNORECASE,
)
_LEAD = 600  #: characters of a first sentence


def dateline(page: Page, times: Sequence[Time]) -> Said | None:
    """The day that the dateline names, and its words; "XXXX-05-02" where no year is told."""
    for field in page.fields:
        if field.name == "published" and field.basis == "dateline" and field.evidence:
            return Said(field.value[:10], (field.evidence.start, field.evidence.end), _BY_VISIT)
    lines = [(label.start, label.end) for label in page.labels if label.role == "dateline"]
    told = [
        one for one in times if any(start <= one.evidence.start < end for start, end in lines) and DAY.match(one.value)
    ]
    if len({one.value[:10] for one in told}) != 1:
        return None
    return Said(told[0].value[:10], (told[0].evidence.start, told[0].evidence.end), _BY_VISIT)


def lead(page: Page) -> Span | None:
    """The first sentence of the story."""
    for label in prose(page):
        for start, end in sentences(page.document.text, label.start, label.end):
            return start, min(end, start + _LEAD)
    return None


class Dateline:
    """What the day of a dateline may be lent to."""

    def __init__(self, page: Page, times: Sequence[Time]) -> None:
        self.day = dateline(page, times)
        first = lead(page) if self.day else None
        inside = [one for one in times if first and first[0] <= one.evidence.start < first[1]]
        weekdays = {one.value for one in inside if _WEEKDAY.fullmatch(one.value)}
        self.weekday = weekdays.pop() if len(weekdays) == 1 else ""
        self.others = {one.value[:10] for one in inside if DAY.match(one.value)} - {self.day.day if self.day else ""}
        today = any(_TODAY.fullmatch(one.evidence.exact) for one in inside)
        tells = bool(first and _DID.search(page.document.text, *first))
        self.visit = tells and not self.others and (today or bool(self.weekday))
        self.start = first[0] if first else 0

    def told(self, time: Time | None) -> Said | None:
        """The day that "today" or the weekday of the lead means in a clause, on a page that tells no year."""
        if self.day is None or time is None:
            return None
        if _TODAY.fullmatch(time.evidence.exact):
            return self.day._replace(basis=_BY_TODAY)
        return self.day._replace(basis=_BY_WEEKDAY) if self.weekday and time.value == self.weekday else None
