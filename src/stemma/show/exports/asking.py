"""What an export asks of an archive, and what is wished of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from stemma.archive.captures.wacz import Packed
from stemma.archive.leaving import Sheet
from stemma.archive.views import Article, Line, Query, Stone, Utterance
from stemma.errors import BadValue, NoSuchRecord, Withdrawn
from stemma.records import Document, Run, Snapshot
from stemma.show import Answers, View, whole
from stemma.show.lines import QUOTATION


class Leaving(Protocol):
    """The questions that ``stemma.archive.leaving.Leaving`` answers."""

    def sheet(self, document_id: str, /) -> Sheet:
        """A page as a whole."""

    def silent(self) -> Iterator[str]:
        """Ids of pages without a statement."""

    def kind(self, entity_id: str, /) -> str:
        """Whether an entity is a person, an organization ..."""

    def understood(self, query: Query, /) -> dict[str, object]:
        """A query as it is carried out."""

    def newest(self) -> str | None:
        """The latest stated time of a capture."""

    def texts(self, sha256: str, /) -> Sequence[tuple[Snapshot, Document]]:
        """Texts of captures with these bytes."""

    def write_wacz(self, path: Path, only: Iterable[str] | None, /, *, reserved: bool) -> Packed:
        """Captures as a file."""


class Source(Answers, Protocol):
    """An archive that can be exported; ``stemma.archive.Archive`` is one."""

    @property
    def leaving(self) -> Leaving:
        """What exports ask beside the answers."""

    def runs(self) -> Sequence[Run]:
        """Runs that records name."""

    def export(self, *, bodies: bool = False, reserved: bool = False) -> Iterator[bytes]:
        """Every record."""

    def gold(self, *, reserved: bool = False) -> Iterator[bytes]:
        """What people vouch for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an export is of: the statements of a query, or with ``only`` those of one page, utterance or statement."""

    query: Query = Query(limit=None)  # noqa: RUF009 (frozen)
    only: str = ""  #: whole id; "": the query
    typed: Query | None = None  #: what a person asked, where it is carried out otherwise: a name in another spelling

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.only and self.query == Query(limit=None, day=self.query.day)

    def lines(self, archive: Answers) -> Iterable[Line]:
        """The statements. Raises ``BadQuery``, ``Withdrawn``, and ``BadValue`` for an id of anything else."""
        if not self.only:
            return archive.find(self.query)
        match found := _named(archive, self.only):
            case Line():
                return [found]
            case Article() | Utterance():
                return found.lines
            case Stone():
                raise Withdrawn(found.id, found.when, found.ground, found.correction.id)
            case _:
                raise BadValue("export", self.only, "the id of an utterance, a statement or a page, or words to find")

    def utterances(self, archive: Answers) -> Iterator[str]:
        """Ids of the utterances of several witnesses among these; of a single statement or utterance its own."""
        found = _named(archive, self.only) if self.only else None
        if isinstance(found, Utterance):
            yield found.id
        elif isinstance(found, Line):
            yield found.utterance or "w" + found.statement.id[1:]
        else:
            yield from (line.utterance for line in self.lines(archive) if line.witnesses > 1 and line.utterance)

    def count(self, archive: Answers) -> int:
        """How many statements it is of."""
        total = len(list(self.lines(archive))) if self.only else archive.count(self.query)
        beyond = max(0, total - self.query.offset)
        return beyond if self.query.limit is None else min(beyond, self.query.limit)


def _named(archive: Answers, wanted: str) -> View | None:
    """What an id means; None where it is none. Raises ``AmbiguousId``."""
    for ask in (archive.utterance, archive.record):
        with suppress(NoSuchRecord):
            return whole(archive, ask(wanted))
    return None


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the words goes with an export."""

    bodies: bool = False  #: whole texts of pages and statements
    reserved: bool = False  #: also the words of pages that reserve what is done with them
    base: str = ""  #: of a critical apparatus: the witness that others are laid beside
    title: str = "stemma"  #: what a database is called by programs that read it

    @property
    def limit(self) -> int | None:
        """Characters of a statement; None: all."""
        return None if self.bodies else QUOTATION
