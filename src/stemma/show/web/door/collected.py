"""Which documents an account may see that is limited to collections."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from starlette.datastructures import QueryParams

from stemma.archive.views import Line
from stemma.errors import AmbiguousId, NoSuchRecord, StemmaError
from stemma.notebook import Notebook
from stemma.show import Answers
from stemma.show.web.screens.search.asked import asked

_FRESH = 2.0  #: seconds for which an answer holds: one page asks many times


class Collected:
    """Ids of the documents of some collections, by their names, as they stand now."""

    def __init__(self, archive: Answers, notebook: Notebook) -> None:
        self._archive, self._notebook = archive, notebook
        self._known: dict[tuple[str, ...], tuple[float, frozenset[str]]] = {}

    def __call__(self, names: tuple[str, ...]) -> frozenset[str]:
        """The documents; none of a collection that is not there."""
        now = time.monotonic()
        known = self._known.get(names)
        if known is None or now > known[0] + _FRESH:
            found = frozenset(each for name in names for each in documents_of(self._archive, self._notebook, name))
            known = self._known[names] = now, found
        return known[1]


def documents_of(archive: Answers, notebook: Notebook, name: str) -> Iterator[str]:
    """What was put into a collection, by itself or by a statement that stands in it, and what its query finds."""
    for row, query in notebook.rows("SELECT row, query FROM collection WHERE name = ?", name):
        for (about,) in notebook.rows("SELECT about FROM piece WHERE collection = ?", row):
            yield from _document(archive, about)
        if query:
            with suppress(StemmaError):
                wanted = replace(asked(QueryParams(query)).query, limit=None, offset=0, after=None, ranked=False)
                yield from {line.statement.document for line in archive.find(wanted)}


def _document(archive: Answers, about: str) -> set[str]:
    if about.startswith("d"):
        return {about}
    with suppress(NoSuchRecord, AmbiguousId):
        line = archive.line(about) if about.startswith("s") else None
        return {line.statement.document} if isinstance(line, Line) else set()
    return set()
