"""What the screens ask on which people look things over: lists of people, who may be one, what waits, what is held."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stemma.archive.answers.coverage import By, coverage, troubles
from stemma.archive.catalogue import holdings, kin, people, queues
from stemma.archive.catalogue.people import SPEAKING
from stemma.archive.catalogue.queues import Queue
from stemma.archive.catalogue.views import (
    Activity,
    Around,
    Carriers,
    Failures,
    Holding,
    Letter,
    Listing,
    Pair,
    Role,
    Seek,
)
from stemma.archive.store.store import Store
from stemma.archive.views import Coverage, Person, Trouble
from stemma.records import Judgement

__all__ = ["SPEAKING", "Catalogue", "Queue"]


class Catalogue:
    """Questions over one archive that its screens ask; each costs about the same however large it is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.folder = store.folder
        self._covered: dict[By, tuple[object, list[Coverage]]] = {}

    # People

    def people(self, after: str = "", kinds: Sequence[str] = SPEAKING) -> Listing:
        """Who speaks, the most quoted first, from a key on (``Listing.after``). Raises ``BadValue``."""
        return people.listing(self._store, after, kinds)

    def people_under(self, letter: Letter, after: str = "", kinds: Sequence[str] = SPEAKING) -> Listing:
        """Those of whom some form begins with a letter, whether they speak or not."""
        return people.under(self._store, letter, after, kinds)

    def people_called(self, name: str, after: str = "") -> Listing:
        """Those whom a form of a name may mean, of every kind."""
        return people.called(self._store, name, after)

    def letters(self, kinds: Sequence[str] = SPEAKING) -> list[Letter]:
        """The first letters under which there are names, script by script."""
        return people.letters(self._store, kinds)

    def roles(self, person: Person) -> list[Role]:
        """Roles of somebody as worded, the newest first, with day, outlet and page."""
        return people.roles(self._store, person)

    def activity(self, entity: str) -> Activity:
        """Statements by somebody over time."""
        return people.activity(self._store, entity)

    def carriers(self, entity: str) -> Carriers:
        """Which outlets carry the newest statements by somebody."""
        return people.carriers(self._store, entity)

    def about(self, person: Person) -> Around:
        """The newest statements in whose words somebody is named."""
        return people.about(self._store, person)

    def addressed(self, entity: str) -> Around:
        """Statements said to somebody, on the newest pages that name this one."""
        return people.addressed(self._store, entity)

    def pairs_of(self, entity: str) -> list[Pair]:
        """Those who may be one with somebody, the likeliest first."""
        return kin.pairs_of(self._store, entity)

    def pair_of(self, judgement: Judgement) -> Pair:
        """The two of a judgement, with what speaks for and against. Raises ``BadValue`` for a stale one."""
        return kin.pair_of(self._store, judgement)

    def pair_between(self, one: str, other: str) -> Pair:
        """The same of two entities. Raises ``NoSuchRecord`` and ``AmbiguousId``."""
        return kin.pair_between(self._store, one, other)

    def parted(self, entity: str, forms: Sequence[str]) -> list[tuple[str, str]]:
        """Pairs of mentions to be kept apart so that forms leave somebody. Raises ``BadValue``."""
        return kin.parted(self._store, entity, forms)

    # What waits

    def seek(self, queue: Queue, start: int | None = None, passed: Collection[str] = ()) -> Seek:
        """The next of a queue from a place on, without those passed."""
        return queues.seek(self._store, queue, start, passed)

    def waiting(self, queue: Queue) -> tuple[int, str]:
        """How much waits in a queue, and what that number counts."""
        return queues.count(self._store, queue)

    def failures(self, limit: int) -> Failures:
        """What could not be read or had, the newest first."""
        return queues.failures(self._store, limit)

    # What is held

    def holdings(self) -> dict[str | None, Holding]:
        """Each outlet with languages, statements, reservations and repeated lines."""
        return holdings.holdings(self._store)

    def coverage(self, by: By = "month") -> list[Coverage]:
        """What is here of each outlet by period, the one with most pages first; counted anew once it changed."""
        known, revision = self._covered.get(by), self._store.revision()
        if known is None or known[0] != revision:
            known = self._covered[by] = revision, coverage(self._store, by)
        return known[1]

    def troubles(self) -> tuple[Trouble, ...]:
        """Problems by kind, the most frequent first; of very many the newest."""
        return troubles(queues.failures(self._store, 5_000).problems)
