"""The room ``show``: what the archive answers, rendered for a terminal, a browser, a program or a footnote.

It asks through ``Answers``: pages can be drawn from anything that answers alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Protocol

from stemma.archive.views import (
    Article,
    Coverage,
    Days,
    Facets,
    Found,
    FoundArticle,
    Line,
    Moment,
    Outlet,
    Person,
    Query,
    Stats,
    Stone,
    Totals,
    Understood,
    Unresolved,
    Utterance,
    WayOut,
)  # fmt: skip
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.records import AnyRecord, Correction, Document, Judgement, Problem, Record, Run, Snapshot, Statement
from stemma.show.lines import run_name
from stemma.text.words import fold

#: What can be shown by itself.
View = Stone | Line | Article | Person | Utterance | Totals | Record
#: What can be cited.
Citable = Line | Article | Snapshot
_ID = re.compile(r"[a-z][a-z2-7]*")  #: a letter and digits of base 32 (RFC 4648, lower case)
PORT = 8742  #: where the reader in the browser listens unless told otherwise


class Listings(Protocol):
    """Pages and captures one after the other, as ``stemma.archive.catalogue.listing.Listing`` gives them."""

    def documents(self, after: str = "", limit: int = 100) -> Sequence[str]:
        """Ids of shown documents in the order of ids, from the first one behind ``after``."""

    def snapshots(self, after: str = "", limit: int = 100) -> Sequence[str]:
        """Ids of snapshots in the order of ids, from the first one behind ``after``."""

    def fresh(self, mark: int) -> tuple[frozenset[str], int]:
        """Ids of the documents of pages that came behind a mark, and the mark behind them; 0: before all."""


class Answers(Protocol):
    """The questions that ``stemma.archive.Archive`` answers; ids may be shortened to what is unique.

    A method that takes an id raises ``NoSuchRecord`` or ``AmbiguousId``.
    """

    def find(self, query: Query, /) -> Iterable[Line]:
        """Statements that fit the query. Raises ``BadQuery`` for words that cannot be read."""

    def count(self, query: Query, /) -> int:
        """How many statements fit the query, whatever its limit and offset."""

    def found(self, query: Query, /) -> Iterable[Found]:
        """Statements that fit, each with the cursor behind it."""

    def found_articles(self, query: Query, /) -> Iterable[FoundArticle]:
        """Pages that hold statements that fit, newest first."""

    def count_articles(self, query: Query, /) -> int:
        """How many pages hold statements that fit."""

    def found_utterances(self, query: Query, /) -> Iterable[Found]:
        """Of each utterance among the newest 20,000 hits the newest witness."""

    def count_utterances(self, query: Query, /) -> int:
        """Of how many utterances the statements that fit are witnesses."""

    def carried(self, limit: int, /) -> Sequence[Line]:
        """The earliest witness of each of the most carried utterances of two witnesses or more."""

    def understood(self, query: Query, /) -> Sequence[Understood]:
        """The terms of a query as they were understood."""

    def ways_out(self, query: Query, /) -> Sequence[WayOut]:
        """Of a query that nothing fits: what each term finds alone, and other questions."""

    def facets(self, query: Query, /) -> Facets:
        """Facets over the newest 20,000 hits."""

    def days(self, query: Query, /) -> Days:
        """All hits by day of publication, with their number."""

    def line(self, record_id: str, /) -> Line | Stone:
        """A statement with what must stand beside it; a stone where it was withdrawn."""

    def article(self, record_id: str, /) -> Article | Stone:
        """A document with everything found in it, or its stone."""

    def record(self, record_id: str, /) -> AnyRecord | Stone:
        """Any record, or its stone."""

    def person(self, record_id: str, /) -> Person | Stone:
        """An entity, or the stone of somebody who is not listed."""

    def persons(self, name: str, /) -> Iterable[Person]:
        """The entities that any form of a name may mean."""

    def utterance(self, record_id: str, /) -> Utterance | Stone:
        """One speech act with its witnesses, or the stone of one of them."""

    def utterances(self, limit: int, /) -> Iterable[Utterance]:
        """The most carried speech acts, most witnesses first."""

    def timeline(self, query: Query, /) -> Iterable[Moment]:
        """The newest dated statements that fit, in order of time."""

    def undated(self, query: Query, /) -> int:
        """How many statements fit of which no day is known."""

    def unresolved(self, limit: int, /) -> Unresolved:
        """What could not be told."""

    def corrections_of(self, record_id: str, /) -> Iterable[Correction]:
        """What people said of a record by its whole id and of those words, undone or not, oldest first."""

    def sides(self, judgement_id: str, /) -> tuple[str, str]:
        """How the two of a judgement are written, by its whole id; "name withheld" for one who is not to be told."""

    def problems(self) -> Iterable[Problem]:
        """What went wrong while pages were added."""

    @property
    def listing(self) -> Listings:
        """Pages and captures one after the other."""

    def words(self) -> Sequence[Correction | Judgement]:
        """All that people said, newest first."""

    def stats(self) -> Stats:
        """What the archive holds and lacks, counted."""

    def totals(self) -> Totals:
        """Counts of the whole archive."""

    def outlets(self) -> Sequence[Outlet]:
        """The carriers, the one with most pages first."""

    def coverage(self) -> Sequence[Coverage]:
        """What is here of each outlet by month, the one with most pages first; pages without outlet last."""

    def revision(self) -> object:
        """Something that differs once the archive changed, by whomever; costs next to nothing."""


def moments(lines: Iterable[Line]) -> list[Moment]:
    """The dated ones of some statements in order of time."""
    dated = [(line.statement.said or (line.published or "")[:10], line) for line in lines]
    found = [Moment(day, "said" if line.statement.said else "published", line) for day, line in dated if day]
    return sorted(found, key=lambda one: one.day)


def first(lines: Iterable[Line], limit: int) -> Sequence[Line]:
    """At most ``limit`` of the lines."""
    return [line for line, _ in zip(lines, range(limit), strict=False)]


def views(archive: Answers, wanted: str) -> list[View]:
    """What an id (or its beginning) or somebody's name means; a name may mean several.

    A beginning of several ids is a name only where somebody is called exactly so.

    Raises ``NoSuchRecord`` where it means nothing, ``AmbiguousId`` where it begins several ids and is no name.
    """
    questions: tuple[Callable[[str], View], ...] = (archive.record, archive.person, archive.utterance)
    failures: list[AmbiguousId | NoSuchRecord] = []
    for ask in questions if is_id(wanted) else ():
        try:
            return [whole(archive, ask(wanted))]
        except (AmbiguousId, NoSuchRecord) as failure:
            failures.append(failure)
    ambiguous = next((failure for failure in failures if isinstance(failure, AmbiguousId)), None)
    named = list(archive.persons(wanted))
    if ambiguous:
        named = [person for person in named if fold(wanted) in {fold(form.name) for form in person.forms}]
    if not named:
        raise ambiguous or NoSuchRecord(wanted)
    return [*named]


def is_id(wanted: str) -> bool:
    """Whether this can be an id or its beginning: a small letter, then digits of base 32."""
    return _ID.fullmatch(wanted) is not None


def whole(archive: Answers, found: View) -> View:
    """The view of a record where there is one that says more: a statement's line, a document's article."""
    match found:
        case Statement():
            with suppress(NoSuchRecord):  # a newer reading or a person no longer finds it
                return archive.line(found.id)
            return found
        case Document():
            return archive.article(found.id)
        case _:
            return found


def method(archive: Answers, run: str) -> str | None:
    """Name and version of the stage that found a record, like "annotate/1"; ``None`` where the run is not kept."""
    try:
        made_by = archive.record(run) if run else None
    except (AmbiguousId, NoSuchRecord):
        return None
    return run_name(made_by) if isinstance(made_by, Run) else None
