"""Hits in their order, page by page: each names the place behind it, from where the next page goes on.

The order is by day of publication, newest first, within a day by stated instant, then by document and place, so that it
does not depend on the order of adding. A cursor holds the place itself: what is added or withdrawn meanwhile neither
repeats nor loses what stands behind it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, groupby, islice, repeat
from typing import NamedTuple

import msgspec

from stemma.archive.answers.search.counting.ranking import ranked
from stemma.archive.answers.search.counting.sample import Place, descending, places
from stemma.archive.answers.search.selecting import Selection, selections
from stemma.archive.pages.days import WITHIN
from stemma.archive.store.store import Store
from stemma.archive.views import Query
from stemma.errors import BadValue

SORTED_DAY = 2_000  #: hits of one day that are brought in order of time and place; more stay in order of adding

_STEPS = 100, 1_000, 10_000  #: hits that a server is asked for at a time


class Hit(NamedTuple):
    """A statement that fits, and the cursor of the place behind it."""

    row: int
    after: str


class _Cursor(NamedTuple):
    """A place in a list: of a ranked one the score, of one by days the place within its day."""

    row: int
    score: float | None
    instant: str
    document: str
    n: int

    @property
    def place(self) -> Place:
        return descending(self.instant), self.document, self.n


def hits(store: Store, query: Query) -> Iterator[Hit]:
    """What fits, in order, behind ``query.after`` where that is given. Raises ``BadQuery`` and ``BadValue``."""
    after = _read(query.after) if query.after else None
    found = _ranked(store, query, after) if query.ranked else _newest(store, query, after)
    return islice(found, query.offset, None if query.limit is None else query.offset + query.limit)


def _newest(store: Store, query: Query, after: _Cursor | None) -> Iterator[Hit]:
    parts = selections(store, query)
    if after:
        parts = [part.also(f"{part.row} < ?", (after.row >> WITHIN) + 1 << WITHIN) for part in parts]
    for row, place in _placed(store, rows_of(store, parts), after):
        yield Hit(row, _written(row, None, place))


def rows_of(store: Store, parts: Sequence[Selection]) -> Iterator[int]:
    """The rows of a query, the newest first."""
    return merge(*(_rows(store, part) for part in parts), reverse=True)


def _rows(store: Store, part: Selection) -> Iterator[int]:
    """The rows of a part; a server gives a whole answer at once, so it is asked for few rows first, then for more."""
    select, ordered = f"SELECT {part.row} {{}}", f"ORDER BY {part.row} DESC"
    if not store.db.is_server:
        yield from (row for (row,) in store.db.execute(f"{select.format(part.source)} {ordered}", part.values))
        return
    behind = part
    for size in chain(_STEPS, repeat(_STEPS[-1])):
        asked = f"{select.format(behind.source)} {ordered} LIMIT {size}"
        rows = [row for (row,) in store.all(asked, *behind.values)]
        yield from rows
        if len(rows) < size:
            return
        behind = part.also(f"{part.row} < ?", rows[-1])


def _placed(store: Store, rows: Iterable[int], after: _Cursor | None) -> Iterator[tuple[int, Place]]:
    """Rows in their order with their place, those behind a cursor."""
    for day, some in groupby(rows, key=lambda row: row >> WITHIN):
        first = list(islice(some, SORTED_DAY))
        begun = after if after and after.row >> WITHIN == day else None
        if len(first) < SORTED_DAY:
            place = places(store, first)
            for row in sorted(first, key=place.__getitem__):
                if begun is None or place[row] > begun.place:
                    yield row, place[row]
        else:
            for row in chain(first, some):
                if begun is None or row < begun.row:
                    yield row, places(store, [row])[row]


def _ranked(store: Store, query: Query, after: _Cursor | None) -> Iterator[Hit]:
    """The best first, of equally good ones the newest."""
    found = ranked(store, query)
    if after:
        behind = (-(after.score or 0.0), -after.row)
        found = [each for each in found if (-each.score, -each.row) > behind]
    return (Hit(each.row, _written(each.row, each.score, ((), "", 0))) for each in found)


def _written(row: int, score: float | None, place: Place) -> str:
    instant = "".join(chr(-each) for each in place[0])
    plain = msgspec.json.encode((row, score, instant, *place[1:]))
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def _read(cursor: str) -> _Cursor:
    """Raises ``BadValue`` for what no list gave."""
    try:
        plain = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        return _Cursor(*msgspec.json.decode(plain, type=tuple[int, float | None, str, str, int]))
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise BadValue("after", cursor, "a place that a list gave") from error
