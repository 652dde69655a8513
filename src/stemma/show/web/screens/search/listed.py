"""The rows of a page of a search: near-identical ones folded under the first, never dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from stemma.archive.views import Found, FoundArticle, Line, Query
from stemma.show import Answers
from stemma.show.web.screens.search.asked import PAGE, Asked
from stemma.text.words import words

_READ = 3 * PAGE  #: hits of one page at most, folded ones included: each costs a millisecond


class Row(NamedTuple):
    """A statement, and further ones of its utterance in the same words."""

    line: Line
    folded: tuple[Line, ...] = ()


class Listed(NamedTuple):
    """One page of a list."""

    rows: tuple[Row, ...] = ()
    articles: tuple[FoundArticle, ...] = ()
    after: str | None = None  #: where the next page begins; None: this is the last

    @property
    def lines(self) -> list[Line]:
        """Every statement on the page, those that are folded too."""
        rows = [line for row in self.rows for line in (row.line, *row.folded)]
        return rows + [line for page in self.articles for line in page.lines]


def listed(archive: Answers, asked: Asked) -> Listed:
    """The page of a search that the address states. Raises ``BadQuery`` and ``BadValue``."""
    if asked.tab == "articles":
        return _articles(archive, asked.query)
    if asked.tab == "utterances":
        return _utterances(archive, asked.query)
    return _statements(archive, asked.query)


def _statements(archive: Answers, query: Query) -> Listed:
    heads: list[tuple[Line, list[Line]]] = []
    alike: dict[tuple[str, tuple[str, ...]], list[Line]] = {}
    last, hits = None, iter(archive.found(query))
    for found in islice(hits, _READ):
        key = _same_words(found.line)
        if key in alike:
            alike[key].append(found.line)
        elif len(heads) == PAGE:
            return Listed(_rows(heads), after=last)
        else:
            heads.append((found.line, alike.setdefault(key, [])))
        last = found.after
    return Listed(_rows(heads), after=last if next(hits, None) else None)


def _rows(heads: list[tuple[Line, list[Line]]]) -> tuple[Row, ...]:
    return tuple(Row(line, tuple(folded)) for line, folded in heads)


def _same_words(line: Line) -> tuple[str, tuple[str, ...]]:
    """What two statements share that are witnesses of one utterance in the same words."""
    if line.utterance is None:
        return line.statement.id, ()
    said = " ".join(piece.exact for piece in line.statement.content)
    return line.utterance, tuple(word.text.casefold() for word in words(said))


def _articles(archive: Answers, query: Query) -> Listed:
    found = list(archive.found_articles(replace(query, limit=PAGE + 1)))
    return Listed(articles=tuple(found[:PAGE]), after=found[PAGE - 1].after if len(found) > PAGE else None)


def _utterances(archive: Answers, query: Query) -> Listed:
    found = list(archive.found_utterances(replace(query, limit=PAGE + 1)))
    rows = tuple(Row(each.line) for each in found[:PAGE])
    return Listed(rows, after=found[PAGE - 1].after if len(found) > PAGE else None)


def every(archive: Answers, query: Query, limit: int) -> Iterator[Found]:
    """Statements of a view as a file has them: none is folded."""
    return islice(iter(archive.found(query)), limit)
