"""The newest hits of a query, over which facets are counted and ranks are given."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge
from itertools import islice
from typing import NamedTuple

import msgspec

from stemma.archive.answers.search.selecting import selections
from stemma.archive.faces import tokens_of, words_of
from stemma.archive.pages.days import WITHIN
from stemma.archive.store.store import Store
from stemma.archive.views import Query

SAMPLE = 20_000  #: newest hits that are looked at, as the design of the search screen has it
_ROWS = (
    "SELECT body, line.n, line.row, line.kind, line.said IS NOT NULL, document.outlet, document.language, "
    "edited.line IS NOT NULL, utterance.line IS NOT NULL FROM json_each(?) "
    "CROSS JOIN line ON line.row = value CROSS JOIN document ON document.row = line.document "
    "CROSS JOIN face ON face.document = line.document "
    "LEFT JOIN edited ON edited.line = value LEFT JOIN utterance ON utterance.line = value"
)
_LENGTHS = (
    "SELECT line.row, line.n, body FROM json_each(?) CROSS JOIN line ON line.row = value "
    "CROSS JOIN face ON face.document = line.document"
)
_PLACE = (
    "SELECT line.row, published, document.id, n FROM json_each(?) JOIN line ON line.row = value "
    "JOIN document ON document.row = line.document"
)
Place = tuple[tuple[int, ...], str, int]  #: instant, newest first; id of the document; place among its statements


class Seen(NamedTuple):
    """One hit with what stands beside its words."""

    tokens: str  #: see stemma.archive.faces
    row: int
    kind: int
    said: int  #: 1: the page tells the day
    outlet: str | None
    language: str | None
    edited: int
    shared: int


def newest_rows(store: Store, query: Query, limit: int = SAMPLE) -> list[int]:
    """Rows of the newest hits, newest first; which of the last day's are among them no order of adding changes.

    Raises ``BadQuery``.
    """
    parts = selections(store, query)
    found = [
        store.db.execute(f"SELECT {part.row} {part.source} ORDER BY {part.row} DESC LIMIT {limit}", part.values)
        for part in parts
    ]
    rows = [row for (row,) in islice(merge(*found, reverse=True), limit)]
    if len(rows) < limit:
        return rows
    day = rows[-1] >> WITHIN
    kept = [row for row in rows if row >> WITHIN > day]
    whole = [part.also(f"{part.row} >= ? AND {part.row} < ?", day << WITHIN, day + 1 << WITHIN) for part in parts]
    last = [row for part in whole for (row,) in store.all(f"SELECT {part.row} {part.source}", *part.values)]
    place = places(store, last)
    return kept + sorted(last, key=place.__getitem__)[: limit - len(kept)]


def seen(store: Store, rows: list[int]) -> list[Seen]:
    """The hits of these rows with what is counted of them."""
    found = store.db.execute(_ROWS, (msgspec.json.encode(rows).decode(),))
    return [Seen(tokens_of(body, n), *more) for body, n, *more in found]


def lengths(store: Store, rows: list[int]) -> list[int]:
    """How many words are indexed of each of these rows."""
    found = store.db.execute(_LENGTHS, (msgspec.json.encode(rows).decode(),))
    words = {row: words_of(body, n) for row, n, body in found}
    return [words[row] for row in rows]


def places(store: Store, rows: Sequence[int]) -> dict[int, Place]:
    """Where rows stand within their day, whatever the order of adding."""
    found = store.all(_PLACE, msgspec.json.encode(rows).decode())
    return {row: (descending(published or ""), document, n) for row, published, document, n in found}


def descending(text: str) -> tuple[int, ...]:
    """What sorts the other way round."""
    return tuple(-ord(char) for char in text)
