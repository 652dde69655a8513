"""Annotate: point at names, times, statements and sourcing phrases in one page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from stemma.annotate.mentions import inner, mentions, own_names
from stemma.annotate.references import people, references
from stemma.annotate.relays import relays
from stemma.annotate.statements import statements
from stemma.annotate.statements.grammar.cues import cue_places
from stemma.annotate.times import times
from stemma.annotate.tongues import analysis
from stemma.records import Field, Label, Mention, Page, Problem, Reference, Relay, Statement, Time, prose

__all__ = [
    "analysis", "annotate", "inner", "mentions", "own_names", "people", "references", "relays", "statements", "times",
]  # fmt: skip


#: Characters of prose that are looked at: a book of 350 pages. A million take up to 180 MB of memory and five seconds.
MOST_PROSE = 1_000_000
#: Reporting words that are looked at: one in eleven words of that book; dense prose has one in twelve.
MOST_CUES = 15_000
_NEVER_FULL = 4 * MOST_CUES  #: characters: the shortest reporting words have three letters and a blank


def annotate(
    page: Page, own: str = "", *, by_rules: bool = False
) -> list[Mention | Time | Statement | Reference | Relay | Field | Problem]:
    """Everything that the page says of names, times, statements, their speakers and their carriers, in that order.

    Then the languages of it that are not analysed. ``own`` is the text of a list of names that outrank what is found
    otherwise (``mentions.own``); a text that is none raises ``BadValue``. ``by_rules``: the network is left out.

    A page of more prose than ``MOST_PROSE``, or more reporting words than ``MOST_CUES``, gives what its first part
    says, and a Problem that says so.
    """
    size = sum(label.end - label.start for label in prose(page))
    room = min(size, MOST_PROSE) if size < _NEVER_FULL else _room(page)
    if size > room:
        first = page._replace(labels=tuple(_first(page.labels, room)))
        return [*annotate(first, own, by_rules=by_rules), _too_long(page, size, room)]
    named = mentions(page, own)
    timed = times(page)
    said = statements(page, named, timed, by_rules=by_rules)
    who, referred = people(page, named, said)
    return [*named, *who, *timed, *said, *referred, *relays(page, (*named, *who), said, referred), *analysis(page)]


def _room(page: Page) -> int:
    """How many characters of prose are looked at."""
    left, room = MOST_CUES, 0
    for label in prose(page):
        end = label.start + min(label.end - label.start, MOST_PROSE - room)
        places = list(islice(cue_places(page.document.text, label.start, end), left + 1))
        if len(places) > left:
            return room + places[left] - label.start
        left -= len(places)
        room += end - label.start
    return room


def _first(labels: tuple[Label, ...], room: int) -> Iterator[Label]:
    """The labels, those of prose up to so many characters; the last of them is cut."""
    for label in labels:
        if label.role not in {"body", "turn"}:
            yield label
        elif room:
            end = min(label.end, label.start + room)
            room -= end - label.start
            yield replace(label, end=end)


def _too_long(page: Page, size: int, room: int) -> Problem:
    message = (
        f"the page has {size:,} characters of prose, and only the first {room:,} were looked at for names and "
        "statements; split it into its pages and add those."
    )
    return Problem(stage="annotate", about=page.document.id, message=message)
