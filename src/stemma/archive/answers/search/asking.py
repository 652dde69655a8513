"""The questions of a search, as methods of an archive."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.answers import coverage, find, overview
from stemma.archive.answers.search import explaining, tabs
from stemma.archive.answers.search.counting import days, facets
from stemma.archive.store.store import Store
from stemma.archive.views import Days, Facets, Found, FoundArticle, Line, Query, Span, Understood, WayOut


class Searches:
    """What an archive answers to a query; every method raises ``BadQuery`` for one that cannot be read."""

    _store: Store

    def find(self, query: Query) -> Iterator[Line]:
        """Statements that fit, newest first, undated last. Raises ``BadQuery``."""
        return find.find(self._store, query)

    def count(self, query: Query) -> int:
        """How many statements fit, whatever the limit. Raises ``BadQuery``."""
        return find.count(self._store, query)

    def found(self, query: Query) -> Iterator[Found]:
        """Statements that fit, each with the cursor behind it. Raises ``BadQuery`` and ``BadValue``."""
        return tabs.found(self._store, query)

    def found_articles(self, query: Query) -> Iterator[FoundArticle]:
        """Pages that hold statements that fit, newest first. Raises ``BadQuery`` and ``BadValue``."""
        return tabs.articles(self._store, query)

    def count_articles(self, query: Query) -> int:
        """How many pages hold statements that fit. Raises ``BadQuery``."""
        return tabs.count_articles(self._store, query)

    def found_utterances(self, query: Query) -> Iterator[Found]:
        """Of each utterance among the newest 20,000 hits the newest witness. Raises ``BadQuery`` and ``BadValue``."""
        return tabs.utterances(self._store, query)

    def count_utterances(self, query: Query) -> int:
        """Of how many utterances the statements that fit are witnesses. Raises ``BadQuery``."""
        return tabs.count_utterances(self._store, query)

    def carried(self, limit: int) -> list[Line]:
        """The earliest witness of each of the most carried utterances; the other witnesses are not read."""
        return overview.carried(self._store, limit)

    def span(self) -> Span:
        """What all outlets cover together, for one line."""
        return coverage.span(self._store)

    def understood(self, query: Query) -> tuple[Understood, ...]:
        """The terms of a query as they were understood. Raises ``BadQuery``."""
        return explaining.understood(self._store, query)

    def ways_out(self, query: Query) -> tuple[WayOut, ...]:
        """Of a query that nothing fits: what each term finds alone, and other questions. Raises ``BadQuery``."""
        return explaining.ways_out(self._store, query)

    def facets(self, query: Query) -> Facets:
        """Facets over the newest 20,000 hits. Raises ``BadQuery``."""
        return facets.facets(self._store, query)

    def days(self, query: Query) -> Days:
        """All hits by day of publication, with their number. Raises ``BadQuery``."""
        return days.days(self._store, query)
