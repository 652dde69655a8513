"""Annotate: point at names, times, statements and sourcing phrases in one page."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from stemma.annotate.mentions import inner, mentions, own_names
from stemma.annotate.references import people, references
from stemma.annotate.relays import relays
from stemma.annotate.statements import statements
from stemma.annotate.times import times
from stemma.annotate.tongues import analysis
from stemma.records import Field, Label, Mention, Page, Problem, Reference, Relay, Statement, Time, prose

__all__ = [
    "analysis", "annotate", "inner", "mentions", "own_names", "people", "references", "relays", "statements", "times",
]  # fmt: skip


#: Characters of prose that are looked at: a book of 350 pages. A million take up to 180 MB of memory and five seconds.
MOST_PROSE = 1_000_000


def annotate(page: Page, own: str = "") -> list[Mention | Time | Statement | Reference | Relay | Field | Problem]:
    """Everything that the page says of names, times, statements, their speakers and their carriers, in that order.

    Then the languages of it that are not analysed. ``own`` is the text of a list of names that outrank what is found
    otherwise (``mentions.own``); a text that is none raises ``BadValue``.

    A page of more prose than ``MOST_PROSE`` gives what its first part says, and a Problem that says so.
    """
    size = sum(label.end - label.start for label in prose(page))
    if size > MOST_PROSE:
        return [*annotate(page._replace(labels=tuple(_first(page.labels))), own), _too_long(page, size)]
    named = mentions(page, own)
    timed = times(page)
    said = statements(page, named, timed)
    who, referred = people(page, named, said)
    return [*named, *who, *timed, *said, *referred, *relays(page, (*named, *who), said, referred), *analysis(page)]


def _first(labels: tuple[Label, ...]) -> Iterator[Label]:
    """The labels, those of prose up to the limit; the last of them is cut."""
    room = MOST_PROSE
    for label in labels:
        if label.role not in {"body", "turn"}:
            yield label
        elif room:
            end = min(label.end, label.start + room)
            room -= end - label.start
            yield replace(label, end=end)


def _too_long(page: Page, size: int) -> Problem:
    message = (
        f"the page has {size:,} characters of prose, and only the first {MOST_PROSE:,} were looked at for names and "
        "statements; split it into its pages and add those."
    )
    return Problem(stage="annotate", about=page.document.id, message=message)
