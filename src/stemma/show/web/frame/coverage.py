"""The line of the header that tells what an archive covers, counted seldom: every page shows it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol, runtime_checkable

from stemma.archive import views
from stemma.archive.views import Coverage
from stemma.show.lines import counted

_FRESH = 10.0  #: seconds for which a count holds, whatever is added meanwhile


class Span(NamedTuple):
    """What an archive covers."""

    outlets: int
    first: str | None  #: earliest stated publication, ISO day or coarser; None: all undated
    last: str | None
    gaps: int  #: stretches of months between an outlet's first and last of which no page of it is here

    @property
    def told(self) -> str:
        """It in words: "41 outlets, 1997-01-02 to today, 3 gaps"."""
        if not self.outlets:
            return "no outlet known"
        days = f"{self.first} to {_day(self.last)}" if self.first != self.last else _day(self.last)
        parts = [counted(self.outlets, "outlets"), days if self.first else "no date known"]
        return ", ".join([*parts, *([counted(self.gaps, "gaps")] if self.gaps else [])])


class Covering(Protocol):
    """What is asked of an archive."""

    def coverage(self) -> Sequence[Coverage]:
        """What is here of each outlet, by month."""

    def revision(self) -> object:
        """Something that differs once the archive changed."""


@runtime_checkable
class Quick(Protocol):
    """What knows a cheaper way to the same."""

    def span(self) -> views.Span:
        """What all outlets cover together."""


class Covered:
    """The span of one archive; it is counted anew when the archive changed, and not more often than in ten seconds."""

    def __init__(self) -> None:
        self._known: tuple[float, object, Span] | None = None

    def of(self, archive: Covering) -> Span:
        """The span by now."""
        now = time.monotonic()
        if self._known and now < self._known[0] + _FRESH:
            return self._known[2]
        revision = archive.revision()
        found = self._known[2] if self._known and self._known[1] == revision else _counted(archive)
        self._known = now, revision, found
        return found


def _counted(archive: Covering) -> Span:
    if isinstance(archive, Quick):
        found = archive.span()
        return Span(found.outlets, found.first, found.last, found.gaps)
    return span(archive.coverage())


def span(coverages: Sequence[Coverage]) -> Span:
    """What several outlets cover together; pages of no known outlet count for the days alone."""
    days = [day for each in coverages for day in (each.first, each.last) if day]
    known = [each for each in coverages if each.outlet is not None]
    return Span(
        outlets=len(known),
        first=min(days, default=None),
        last=max(days, default=None),
        gaps=sum(len(each.gaps) for each in known),
    )


def _day(day: str | None) -> str:
    """The day, or "today"."""
    return "today" if day == date.today().isoformat() else str(day)  # noqa: DTZ011 (the reader's own day)
