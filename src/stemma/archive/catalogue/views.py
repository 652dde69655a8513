"""What the catalogue answers: frozen views for the screens on which people look things over and set them right."""

from __future__ import annotations

from dataclasses import dataclass

from stemma.archive.views import Line
from stemma.records import Judgement, Problem


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in a list."""

    id: str
    name: str  #: preferred form
    kind: str
    forms: tuple[str, ...]  #: other forms, the most used first, a few
    statements: int  #: by this one


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of a list of people, the most quoted first."""

    rows: tuple[Listed, ...]
    total: int  #: of the whole list
    after: str  #: where the next part begins; "": there is none


@dataclass(frozen=True, slots=True)
class Letter:
    """A first letter under which there are names."""

    name: str
    script: str
    first: str  #: folded forms from this on ...
    end: str  #: ... and before this


@dataclass(frozen=True, slots=True)
class Role:
    """A role as worded, with the pages that word it so, the newest first."""

    wording: str
    places: tuple[tuple[str | None, str | None, str], ...]  #: day, outlet, id of the document


@dataclass(frozen=True, slots=True)
class Activity:
    """Statements by somebody over time, by day of publication."""

    periods: tuple[tuple[str, int], ...]  #: name of the period, statements; those without a statement too
    by: str  #: day | month | year: what a period is
    undated: int


@dataclass(frozen=True, slots=True)
class Carriers:
    """Which outlets carry somebody's words."""

    outlets: tuple[tuple[str | None, int], ...]  #: outlet, statements; the most frequent first; None: not known
    of: int  #: statements that were counted, the newest


@dataclass(frozen=True, slots=True)
class Around:
    """Statements around somebody who does not speak in them."""

    lines: tuple[Line, ...]  #: the newest
    total: int
    exact: bool  #: False: there are more than were counted


@dataclass(frozen=True, slots=True)
class Side:
    """One of two who may be one, as far as the archive tells."""

    id: str
    name: str
    kind: str
    forms: tuple[str, ...]
    roles: tuple[str, ...]
    outlets: tuple[str, ...]
    first: str | None  #: day of the earliest and the latest page that names this one
    last: str | None
    pages: int
    words: str  #: around a mention, on one line; "" where none is shown
    document: str | None  #: the page that has these words


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one, with what speaks for it and against it."""

    left: Side
    right: Side
    ids: tuple[str, str]  #: what a judgement names: mentions where a comparer judged, else the entities
    unsure: Judgement | None  #: a comparer's word that leaves it open
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    kept_apart: tuple[Judgement, ...]  #: words of people that keep them apart and still hold, the newest first


@dataclass(frozen=True, slots=True)
class Seek:
    """What a queue has next."""

    about: str | None  #: id of the record; None: nothing was found as far as it was looked
    on: int | None  #: where looking goes on after this one; None: the queue ends here
    looked: int  #: pages that were looked at


@dataclass(frozen=True, slots=True)
class Failures:
    """What could not be read or had, the newest first."""

    problems: tuple[Problem, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What is kept of one outlet beside its coverage."""

    outlet: str | None
    languages: tuple[tuple[str | None, int], ...]  #: pages of each language, the most frequent first; None: not known
    statements: int
    reservations: tuple[tuple[str, int], ...]  #: pages by what they reserve
    repeated: int  #: lines that the outlet repeats, which are furniture on its pages
