"""Full-text search over statements, newest first.

words       all must occur, in content, source, cue or title        "a phrase"      -word, -"a phrase"
begin*      words that begin so
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TypeVar

from stemma.archive.answers.lines import line_at
from stemma.archive.answers.names import names_like, siblings
from stemma.archive.corrections.access import is_listed
from stemma.archive.pages.days import WITHIN, day_number
from stemma.archive.pages.index import KINDS
from stemma.archive.pages.leaf import around_words, load_leaf, said_words
from stemma.archive.store.store import Store
from stemma.archive.store.words import index_form, match_form
from stemma.archive.versions import edited_condition
from stemma.archive.views import DayBasis, Line, Query
from stemma.errors import BadQuery
from stemma.text.words import fold

#: A day as a number, the row of a statement, and what else is told of it.
Dated = TypeVar("Dated", tuple[int, int], tuple[int, int, DayBasis])
_TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')
_NO_END = 1 << 22  #: a day after the year 9999
_PUBLISHED = "line.row >= ? AND line.row < ?"
_SAID = "line.said >= ? AND line.said < ?"
_WITHIN = "line.document IN (SELECT row FROM document WHERE id IN (SELECT value FROM json_each(?)))"
_SORTED_DAY = 2_000  #: hits of one day that are brought in order of time and place; more stay in order of adding


@dataclass(frozen=True, slots=True)
class Selection:
    """A query as SQL: tables and conditions, the column of rows in their order, and the values."""

    source: str
    row: str
    values: tuple[object, ...]


def find(store: Store, query: Query) -> Iterator[Line]:
    """The statements that fit, newest first, undated last. Raises ``BadQuery``."""
    stop = None if query.limit is None else query.offset + query.limit
    parts = [
        store.db.execute(f"SELECT {part.row} {part.source} ORDER BY {part.row} DESC", part.values)
        for part in selections(store, query)
    ]
    # Not the cursors themselves: who stops reading lets go of them after the file is closed, and they would complain.
    rows = (row for (row,) in merge(*((each for each in part) for part in parts), reverse=True))
    for row in islice(newest_first(store, rows), query.offset, stop):
        yield line_at(store, row)


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
    place = _Place(store)
    for _, some in groupby(found, key=itemgetter(0)):
        day = list(islice(some, _SORTED_DAY))
        if len(day) < _SORTED_DAY:
            yield from sorted(day, key=lambda each: place.of(each[1]))
        else:
            yield from chain(day, some)  # noqa: B031 (goes on where islice stopped)


class _Place:
    """Where a row stands within its day, whatever the order of adding."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, row: int) -> tuple[tuple[int, ...], str, int]:
        found = self._store.one(
            "SELECT published, document.id, n FROM line JOIN document ON document.row = document WHERE line.row = ?",
            row,
        )
        assert found
        return tuple(-ord(char) for char in found[0] or ""), found[1], found[2]


def selections(store: Store, query: Query) -> list[Selection]:
    """The query as SQL, in parts that have no statement in common. Raises ``BadQuery``."""
    whole = without_days(store, query)
    return [
        Selection(f"{whole.source} AND {test}", whole.row, (*whole.values, *values)) for test, values in _days(query)
    ]


def without_days(store: Store, query: Query) -> Selection:
    """The query as SQL but for what it asks of days. Raises ``BadQuery``."""
    joins, row, tests, values = "FROM line", "line.row", list[str](), list[object]()
    if expression := expression_of(query.words):
        joins, row = "FROM search CROSS JOIN line ON line.row = search.rowid", "search.rowid"
        tests, values = ["search MATCH ?"], [expression]
    if query.kind is not None:
        tests.append("line.kind = ?")
        values.append(KINDS.index(query.kind))
    if query.outlet is not None:
        joins += " JOIN document ON document.row = line.document"
        outlets = outlets_like(store, query.outlet)
        tests.append(f"document.outlet IN ({','.join('?' * len(outlets))})")
        values += outlets
    if query.speaker is not None:
        names = {each for name in names_like(store, query.speaker) for each in siblings(store, name)}
        marks = ",".join(map(str, sorted(names)))
        tests.append(f"line.row IN (SELECT line FROM voice WHERE name IN ({marks}))")  # noqa: S608 (row numbers)
    if query.edited:
        tests.append(edited_condition(store))
    if query.within is not None:
        tests.append(_WITHIN)
        values.append(json.dumps(sorted(query.within)))
    tests.append(is_listed(store, "line.row"))
    return Selection(f"{joins} WHERE {' AND '.join(tests)}", row, tuple(values))


def _days(query: Query) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Conditions on the day, of which at most one holds; a bound excludes what is undated."""
    first, end = bounds(query)
    published, said = (first << WITHIN, end << WITHIN), (first, end)
    if query.day == "said":
        yield _SAID, said
    elif query.since is None and query.until is None:
        yield "TRUE", ()
    else:
        yield _PUBLISHED, published
        if query.day == "either":
            yield f"{_SAID} AND NOT ({_PUBLISHED})", (*said, *published)


def bounds(query: Query) -> tuple[int, int]:
    """The first day of a query, and the first one after its last, as numbers. Raises ``BadQuery``."""
    first = 1 if query.since is None else _bound(query.since)
    return first, _NO_END if query.until is None else _bound(_next(query.until))


def _bound(day: str) -> int:
    if not (number := day_number(day)):
        raise BadQuery(day, "a day is written as 2025-10-24")
    return number


def _next(day: str) -> str:
    """The first day after a day, month or year."""
    if not (number := day_number(day)):
        return day
    start = date.fromordinal(number)
    months = start.year * 12 + start.month + (12 if len(day) == len("2025") else 1) - 1
    if len(day) > len("2025-10"):
        return (start + timedelta(days=1)).isoformat()
    return date(months // 12, months % 12 + 1, 1).isoformat()


def outlets_like(store: Store, outlet: str) -> list[str]:
    """Outlets of this name, whatever its case and accents."""
    wanted = fold(outlet)
    rows = store.all("SELECT DISTINCT outlet FROM shelf WHERE outlet <> '' ORDER BY outlet")
    return [name for (name,) in rows if fold(name) == wanted]


def expression_of(words: str) -> str:
    """The words as an FTS5 expression; empty where there are none. Raises ``BadQuery``."""
    if words.count('"') % 2:
        raise BadQuery(words, "a quotation mark is open; close the phrase")
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _TERM.findall(words):
        term = match_form(phrase or word, begins=word.endswith("*"))
        if term:
            (unwanted if minus else wanted).append(term)
    if not wanted and words.strip():
        raise BadQuery(words, "give at least one word to find" + (" beside what to leave out" if unwanted else ""))
    return " NOT ".join([f"({' AND '.join(wanted)})", *unwanted]) if wanted else ""


def words_of(store: Store, document: int, n: int, part: str) -> str | None:
    """Indexed text of a statement, for the view in schema.sql that the index is checked against."""
    leaf = load_leaf(store, document)
    return index_form(said_words(leaf, n) if part == "said" else around_words(leaf, n))
