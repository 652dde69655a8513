"""The same query told otherwise: by the articles that hold its hits, by the utterances that these are witnesses of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

import msgspec

from stemma.archive.answers.articles import article_at
from stemma.archive.answers.lines import line_at
from stemma.archive.answers.search.counting.sample import newest_rows
from stemma.archive.answers.search.hits import Hit, hits
from stemma.archive.answers.search.selecting import selections
from stemma.archive.store.store import Store
from stemma.archive.views import Found, FoundArticle, Query

_DOCUMENT = "SELECT document FROM line WHERE row = ?"
_FIRST = "SELECT value, coalesce(first, value) FROM json_each(?) LEFT JOIN utterance ON line = value ORDER BY key"


def found(store: Store, query: Query) -> Iterator[Found]:
    """Statements that fit with the cursor behind each. Raises ``BadQuery`` and ``BadValue``."""
    for hit in hits(store, query):
        yield Found(line_at(store, hit.row), hit.after)


def articles(store: Store, query: Query) -> Iterator[FoundArticle]:
    """Pages that hold statements that fit, newest first; the limit counts pages. Raises ``BadQuery``, ``BadValue``."""
    every = hits(store, _unlimited(query))
    grouped = groupby(((_document(store, hit.row), hit) for hit in every), key=lambda pair: pair[0])
    for document, some in islice(grouped, query.offset, _stop(query)):
        of_page: list[Hit] = [hit for _, hit in some]
        page = article_at(store, document)
        rows = {line_at(store, hit.row).statement.id for hit in of_page}
        lines = tuple(line for line in page.lines if line.statement.id in rows)
        yield FoundArticle(page, lines, of_page[-1].after)


def count_articles(store: Store, query: Query) -> int:
    """How many pages hold statements that fit. Raises ``BadQuery``."""
    total = 0
    for part in selections(store, query):
        rows = f"SELECT {part.row} AS row {part.source}"
        total += store.all(f"SELECT count(DISTINCT document) FROM line WHERE row IN ({rows})", *part.values)[0][0]  # noqa: S608 (a selection)
    return total


def utterances(store: Store, query: Query) -> Iterator[Found]:
    """Of each utterance among the newest 20,000 hits the newest witness. Raises ``BadQuery`` and ``BadValue``."""
    first: dict[int, int] = dict(store.all(_FIRST, msgspec.json.encode(newest_rows(store, query)).decode()))
    told: set[int] = set()
    before = _before(store, query, first) if query.after else set()
    count = 0
    for hit in hits(store, _unlimited(query)):
        utterance = first.get(hit.row)
        if utterance is None or count >= (query.limit or len(first)):
            return
        if utterance not in told and utterance not in before:
            told.add(utterance)
            count += 1
            yield Found(line_at(store, hit.row), hit.after)


def _before(store: Store, query: Query, first: dict[int, int]) -> set[int]:
    """Utterances that stand before the cursor."""
    behind = {hit.row for hit in islice(hits(store, _unlimited(query)), len(first))}
    return {utterance for row, utterance in first.items() if row not in behind}


def count_utterances(store: Store, query: Query) -> int:
    """Of how many utterances the statements that fit are witnesses. Raises ``BadQuery``."""
    parts = selections(store, query)
    rows = " UNION ALL ".join(f"SELECT {part.row} AS row {part.source}" for part in parts)
    values: Sequence[object] = [value for part in parts for value in part.values]
    first = "coalesce(first, found.row)"
    sql = f"SELECT count(DISTINCT {first}) FROM ({rows}) AS found LEFT JOIN utterance ON line = found.row"  # noqa: S608 (selections)
    return int(store.all(sql, *values)[0][0])


def _document(store: Store, row: int) -> int:
    return int(store.all(_DOCUMENT, row)[0][0])


def _unlimited(query: Query) -> Query:
    return replace(query, limit=None, offset=0)


def _stop(query: Query) -> int | None:
    return None if query.limit is None else query.offset + query.limit
