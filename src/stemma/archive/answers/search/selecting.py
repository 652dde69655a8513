"""A query as SQL over rows of ``line``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from stemma.archive.answers.search.language import Term, parse
from stemma.archive.answers.search.meaning import Meaning, carried, meanings, said_by
from stemma.archive.corrections.access import EVERYBODY, is_listed
from stemma.archive.pages.days import WITHIN, day_number
from stemma.archive.pages.index import KINDS
from stemma.archive.store.store import Store
from stemma.archive.store.words.fts5 import written
from stemma.archive.store.words.wanted import Either, Every, Wanted, Without
from stemma.archive.versions import EDITED
from stemma.archive.views import Query
from stemma.errors import BadQuery

_NO_END = 1 << 22  #: a day after the year 9999
_PUBLISHED = "{row} >= ? AND {row} < ?"
_WITHIN = "line.document IN (SELECT row FROM document WHERE id IN (SELECT value FROM {}(?)))"
_SAID = "line.said >= ? AND line.said < ?"


@dataclass(frozen=True, slots=True)
class Selection:
    """A query as SQL: tables and conditions, the column of rows in their order, and the values."""

    source: str
    row: str
    values: tuple[object, ...]
    plain: (
        bool  #: only words and days narrow it, and the index passes over rows outside of a range of days without a look
    )

    def also(self, test: str, *values: object) -> Selection:
        """The same with one more condition."""
        return Selection(f"{self.source} AND {test}", self.row, (*self.values, *values), self.plain)


def selections(store: Store, query: Query) -> list[Selection]:
    """The query as SQL, in parts that have no statement in common. Raises ``BadQuery``."""
    whole = without_days(store, query, bare=not _asks_line(query))
    return [whole.also(test, *values) for test, values in _days(query, whole.row)]


def without_days(store: Store, query: Query, *, bare: bool = False) -> Selection:
    """The query as SQL but for what it asks of days. Raises ``BadQuery``.

    ``bare``: the table ``line`` need not be among its tables where words alone are asked for.
    """
    found = meanings(store, query.words)
    wanted = wanted_of([each.term for each in found])
    tests = [*_fields(store, found), *_filters(store, query, driven=wanted is not None)]
    if is_all := is_listed(store, "line.row"):
        tests += [(is_all, ())] if is_all != EVERYBODY else []
    values = [value for _, some in tests for value in some]
    conditions = [test for test, _ in tests]
    if wanted:
        joined = "CROSS JOIN line ON line.row = search.rowid " if conditions or not bare else ""
        row = "search.rowid"
        test = store.words.holds("search", wanted)
        source, values = f"FROM search {joined}WHERE {test.sql}", [*test.values, *values]
    else:
        row, source = "line.row", "FROM line WHERE TRUE"
    source += "".join(f" AND {test}" for test in conditions)
    return Selection(source, row, tuple(values), plain=store.words.counts_ranges and not conditions)


def _asks_line(query: Query) -> bool:
    return query.day != "published" and (query.since is not None or query.until is not None or query.day == "said")


def wanted_of(terms: Iterable[Term]) -> Wanted | None:
    """The words of a query; None where none is to be found."""
    found = [(each.wanted, each.minus) for each in terms]
    wanted = tuple(words for words, minus in found if words and not minus)
    unwanted = tuple(words for words, minus in found if words and minus)
    if not wanted:
        return None
    return Without(Every(wanted), unwanted) if unwanted else Every(wanted)


def words_of_query(words: str) -> str:
    """The words of a query as an FTS5 expression; empty where there are none. Raises ``BadQuery``."""
    wanted = wanted_of(parse(words))
    return written(wanted) if wanted else ""


def _fields(store: Store, found: Sequence[Meaning]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Conditions of fields: of several values of one field any will do, of ``is:`` all hold; and of unwanted words."""
    fields = [each for each in found if each.term.field]
    for each in fields:
        if each.term.minus:
            yield f"NOT ({each.sql})", each.values
        elif each.term.field == "is":
            yield each.sql, each.values
    wanted = [each for each in fields if not each.term.minus and each.term.field != "is"]
    for _, group in groupby(sorted(wanted, key=lambda each: str(each.term.field)), key=lambda each: each.term.field):
        some = list(group)
        yield f"({' OR '.join(each.sql for each in some)})", tuple(value for each in some for value in each.values)
    words = [each.term for each in found if not each.term.field]
    if words and all(term.minus for term in words):
        yield store.words.lacks("line.row", Either(tuple(term.wanted for term in words if term.wanted)))


def _filters(store: Store, query: Query, *, driven: bool) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Conditions of what stands beside the words of a query."""
    if query.kind is not None:
        yield "line.kind = ?", (KINDS.index(query.kind),)
    if query.outlet is not None:
        yield carried(store, query.outlet, driven=driven)
    if query.speaker is not None:
        yield said_by(store, query.speaker)[0], ()
    if query.edited:
        yield EDITED, ()
    if query.within is not None:
        yield _WITHIN.format("json_texts" if store.db.is_server else "json_each"), (json.dumps(sorted(query.within)),)


def _days(query: Query, row: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Conditions on the day, of which at most one holds; a bound excludes what is undated."""
    first, end = bounds(query)
    published, said = (first << WITHIN, end << WITHIN), (first, end)
    stands = _PUBLISHED.format(row=row)
    if query.day == "said":
        yield _SAID, said
    elif query.since is None and query.until is None:
        yield "TRUE", ()
    else:
        yield stands, published
        if query.day == "either":
            yield f"{_SAID} AND NOT ({stands})", (*said, *published)


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
