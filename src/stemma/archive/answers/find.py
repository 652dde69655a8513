"""Full-text search over statements, newest first; ``search.language`` tells how a query is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TypeVar

from stemma.archive.answers.lines import line_at
from stemma.archive.answers.search.counting.sample import places
from stemma.archive.answers.search.hits import SORTED_DAY, hits
from stemma.archive.answers.search.selecting import Selection, selections
from stemma.archive.pages.days import WITHIN
from stemma.archive.pages.leaf import around_words, load_leaf, said_words
from stemma.archive.store.store import Store
from stemma.archive.store.words import index_form
from stemma.archive.views import DayBasis, Line, Query

#: A day as a number, the row of a statement, and what else is told of it.
Dated = TypeVar("Dated", tuple[int, int], tuple[int, int, DayBasis])


def find(store: Store, query: Query) -> Iterator[Line]:
    """The statements that fit: newest first, undated last, or the best first. Raises ``BadQuery``."""
    for hit in hits(store, query):
        yield line_at(store, hit.row)


def count(store: Store, query: Query) -> int:
    """How many statements fit. Raises ``BadQuery``."""
    return sum(_counted(store, part) for part in selections(store, query))


def _counted(store: Store, part: Selection) -> int:
    found = store.one(f"SELECT count(*) {part.source}", *part.values)
    assert found
    return int(found[0])


def newest_first(store: Store, rows: Iterator[int]) -> Iterator[int]:
    """Rows by day of publication, within a day as ``within_days`` says."""
    return (row for _, row in within_days(store, ((row >> WITHIN, row) for row in rows)))


def within_days(store: Store, found: Iterable[Dated]) -> Iterator[Dated]:
    """Day, row and more, day by day: within a day by instant of publication, newest first, then by document and place.

    So that of a day of which not all is shown the same is, in whatever order the pages were added.
    """
    for _, some in groupby(found, key=itemgetter(0)):
        day = list(islice(some, SORTED_DAY))
        if len(day) < SORTED_DAY:
            place = places(store, [each[1] for each in day])
            yield from sorted(day, key=lambda each: place[each[1]])
        else:
            yield from chain(day, some)  # noqa: B031 (goes on where islice stopped)


def lend_words(store: Store) -> None:
    """Give the database the functions by which the view of indexed words asks for them."""
    for part in ("said", "around"):
        store.db.lend(f"stemma_{part}", 2, partial(words_of, store, part))


def words_of(store: Store, part: str, document: int, n: int) -> str | None:
    """Indexed text of a statement, said or around, for the view in schema.sql that the index is checked against."""
    leaf = load_leaf(store, document)
    return index_form(said_words(leaf, n) if part == "said" else around_words(leaf, n))
