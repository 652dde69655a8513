"""Annotate: point at names, times, statements and sourcing phrases in one page."""

from __future__ import annotations

from stemma.annotate.mentions import mentions
from stemma.annotate.references import references
from stemma.annotate.relays import relays
from stemma.annotate.statements import statements
from stemma.annotate.times import times
from stemma.records import Mention, Page, Reference, Relay, Statement, Time

__all__ = ["annotate", "mentions", "references", "relays", "statements", "times"]


def annotate(page: Page) -> list[Mention | Time | Statement | Reference | Relay]:
    """Everything that the page says of names, times, statements, their speakers and their carriers, in that order."""
    named = mentions(page)
    timed = times(page)
    said = statements(page, named, timed)
    referred = references(page, named, said)
    return [*named, *timed, *said, *referred, *relays(page, named, said, referred)]
