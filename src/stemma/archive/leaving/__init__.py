"""What leaves the archive asks of it beside its answers: pages without what was found in them, and what a query means.

Nothing here gives words that people withdrew or covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from stemma.archive.answers.names import name_of_entity, names_like, preferred_name
from stemma.archive.answers.search.meaning import outlets_like
from stemma.archive.answers.search.selecting import bounds, words_of_query
from stemma.archive.captures.wacz import Packed, write_wacz
from stemma.archive.corrections.access import suppressed, withdrawn
from stemma.archive.leaving.holding import texts_of
from stemma.archive.leaving.sheets import Sheet, sheet_at, silent
from stemma.archive.pages.add import document_row, snapshot_row
from stemma.archive.pages.leaf import snapshot_at
from stemma.archive.store.store import Store
from stemma.archive.views import Query
from stemma.errors import NoSuchRecord
from stemma.records import Document, Snapshot

__all__ = ["Leaving", "Sheet"]


class Leaving:
    """The questions of exports, over one archive."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def sheet(self, document_id: str) -> Sheet:
        """A document by its whole id, as people have it. Raises ``NoSuchRecord``."""
        if (row := document_row(self._store, document_id)) is None:
            raise NoSuchRecord(document_id)
        return sheet_at(self._store, row)

    def silent(self) -> Iterator[str]:
        """Ids of the shown documents in which no statement was found, sorted."""
        return silent(self._store)

    def kind(self, entity_id: str) -> str:
        """Whether an entity is a person, an organization, an outlet ... Raises ``NoSuchRecord``."""
        found = self._store.one("SELECT kind FROM name WHERE row = ?", name_of_entity(self._store, entity_id))
        assert found
        return str(found[0])

    def understood(self, query: Query) -> dict[str, object]:
        """A query as it is carried out: the expression, the names and outlets that are meant. Raises ``BadQuery``.

        Days are those of the bounds as asked; names that people asked not to be listed are left out.
        """
        bounds(query)
        found: dict[str, object] = {}
        if expression := words_of_query(query.words):
            found["expression"] = expression
        if query.speaker is not None:
            rows = [row for row in names_like(self._store, query.speaker) if row not in suppressed(self._store)]
            found["speakers"] = sorted({preferred_name(self._store, row) for row in rows})
        if query.outlet is not None:
            found["outlets"] = outlets_like(self._store, query.outlet)
        return found

    def newest(self) -> str | None:
        """The latest stated time of a capture that was not withdrawn; None: none states one."""
        rows = [row for (row,) in self._store.each("SELECT row FROM snapshot")]
        stated = (snapshot_at(self._store, row).fetched for row in rows if not withdrawn(self._store, row))
        return max(filter(None, stated), default=None)

    def texts(self, sha256: str) -> list[tuple[Snapshot, Document]]:
        """Every shown document of captures with these bytes, the text of each as people have it, in order of ids."""
        return texts_of(self._store, sha256)

    def write_wacz(self, path: Path, only: Iterable[str] | None, *, reserved: bool) -> Packed:
        """Captures as a WACZ file, with ``only`` those of these ids: see ``write_wacz`` of ``captures.wacz``."""
        rows = None if only is None else {row for each in only if (row := snapshot_row(self._store, each)) is not None}
        return write_wacz(self._store, path, reserved=reserved, only=rows)
