"""Lines that outlets repeat, as the archive keeps them: one fact a line and outlet, and one a place on a page.

Two steps, each incremental. A line is settled when pages that offer it come or go (``settle``); where it begins or
ceases to be repeated, the pages that have it are marked. What marked pages label is asked for anew (``concerned``), and
what stands on them is indexed as the labels now have it (``relabel``). A page that comes when its lines are known is
labelled as it is written. So one more page costs the same however many have its lines.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from stemma.archive.corrections.keeping import renewed
from stemma.archive.corrections.overlay.laying import overlaid
from stemma.archive.pages.add import document_row
from stemma.archive.pages.leaf import OF_A_PAGE, leaf_of
from stemma.archive.relations import stale
from stemma.archive.relations.offers import key_number, seat
from stemma.archive.relations.stages import replace_facts, stage_row
from stemma.archive.relations.witnesses import id_at
from stemma.archive.store.packing import pack_record
from stemma.archive.store.store import Row, Store
from stemma.records import AnyRecord, Document, Label, Page, Repeat, Run, with_run

STAGE = "repeats"  #: name of the stage
#: What a line gives, by its key and what the pages say that offer it, of which no more are read than it asks for.
Decide = Callable[[str, Iterable[str]], Sequence[AnyRecord]]


class Repeating(NamedTuple):
    """The rules: which lines are repeated, and what a page gives by the keys of its lines that are."""

    decide: Decide
    labels: Callable[[Page, Collection[str]], Sequence[AnyRecord]]


_AT_ONCE = 1_000  #: keys of one transaction
_PARAMETERS = 500  #: SQLite takes so many and more in one statement
_PACKED = "SELECT packed FROM member CROSS JOIN item ON item.row = member.item WHERE key = ? AND document > 0"
_CONCERN = (
    "INSERT INTO stale (kind, row, other) SELECT ?, document, 0 FROM member "
    "CROSS JOIN item ON item.row = member.item WHERE key = ? AND document > 0 ON CONFLICT DO NOTHING"
)
_GIVEN = "SELECT kind, left, about FROM fact WHERE row = ?"


class Repeats:
    """What is repeated in one archive."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of these keys whose line is repeated, as far as it is settled."""
        hashed = {key_number(STAGE, key): key for key in keys}
        numbers = list(hashed)
        found: list[Row] = []
        for n in range(0, len(numbers), _PARAMETERS):
            some = numbers[n : n + _PARAMETERS]
            marks = ",".join("?" * len(some))
            found += self._store.all(f"SELECT key, facts FROM settled WHERE key IN ({marks})", *some)  # noqa: S608 (marks)
        return {hashed[key] for key, facts in found if self._repeats(msgspec.json.decode(facts, type=list[int]))}

    def _repeats(self, rows: Iterable[int]) -> bool:
        return any(self._given(row)[0] == Repeat.letter for row in rows)

    def _given(self, row: int) -> Row:
        return self._store.one(_GIVEN, row) or (None, None, None)

    def settle(self, run: Run, decide: Decide) -> None:
        """Settle every line that pages began or ceased to offer; pages that have one whose state changed are marked."""
        seat(self._store)
        stage = stage_row(self._store, STAGE)
        touched = self._store.each("SELECT key FROM touched WHERE stage = ?", (stage,))
        keys = array("q", (key for (key,) in touched))
        for n in range(0, len(keys), _AT_ONCE):
            with self._store.writing():
                for key in keys[n : n + _AT_ONCE]:
                    self._settle(stage, key, run, decide)

    def _settle(self, stage: int, key: int, run: Run, decide: Decide) -> None:
        """One key; nothing where another process settled it meanwhile."""
        found = self._store.one("SELECT name FROM touched WHERE stage = ? AND key = ?", stage, key)
        if not found:
            return
        self._store.run("DELETE FROM touched WHERE stage = ? AND key = ?", stage, key)
        before = self._facts(key)
        if pages := [page for each in before if (page := self._page(each)) is not None]:
            stale.mark(self._store, stale.LABEL, pages)  # the key of a page, touched where the stage begins anew
            return
        records = [with_run(each, run.id) for each in decide(found[0], self.packed(key))]
        replace_facts(self._store, stage, key, records)
        if any(each[0] == Repeat.letter for each in before) != any(isinstance(each, Repeat) for each in records):
            self._store.run(_CONCERN, stale.LABEL, key)

    def _facts(self, key: int) -> list[Row]:
        found = self._store.one("SELECT facts FROM settled WHERE key = ?", key)
        return [self._given(row) for row in msgspec.json.decode(found[0], type=list[int])] if found else []

    def _page(self, fact: Row) -> int | None:
        """Row of the document that a fact of the key of a page is about; None for a fact of the key of a line."""
        kind, left, about = fact
        if kind == Label.letter:
            return int(left)
        return document_row(self._store, about) if (about or "")[:1] == Document.letter else None

    def packed(self, key: int) -> Iterator[str]:
        """What the pages say that offer the line of a hashed key, one after the other."""
        return (packed for (packed,) in self._store.each(_PACKED, (key,)))

    def concerned(self) -> Iterator[str]:
        """Ids of the documents, shown or not, whose labels must be asked for anew and given to ``relabel``."""
        for row, _ in stale.marked(self._store, stale.LABEL):
            yield id_at(self._store, row)

    def agrees(self, document_id: str, records: Sequence[AnyRecord]) -> bool:
        """Whether repeated lines give these labels on a page already; then it is no longer marked."""
        row = document_row(self._store, document_id)
        same = row is None or set(map(pack_record, records)) == set(labels_on(self._store, row))
        if same and row is not None:
            with self._store.writing():
                stale.unmark(self._store, stale.LABEL, (row,))
        return same

    def relabel(self, document_id: str, records: Sequence[AnyRecord]) -> bool:
        """Let these labels, or the problem in their way, replace all that repeated lines gave on a page.

        Returns whether what stands on it changed.
        """
        row = document_row(self._store, document_id)
        with self._store.writing():
            if row is None:
                return False
            stale.unmark(self._store, stale.LABEL, (row,))
            snapshot, current = self._store.all("SELECT snapshot, reading FROM document WHERE row = ?", row)[0]
            if current is None:
                self.lay(document_id, records)
                return False
            return bool(renewed(self._store, {snapshot}, lambda: self.lay(document_id, records)))

    def lay(self, document_id: str, records: Sequence[AnyRecord]) -> None:
        """Write what repeated lines give on a page that is about to be indexed."""
        stage = stage_row(self._store, STAGE)
        replace_facts(self._store, stage, key_number(STAGE, document_id), records)


def labelled(document: Document, records: Sequence[AnyRecord], labels: Sequence[Label]) -> tuple[Page, list[AnyRecord]]:
    """What an archive shows of a page of which nobody said anything, when its outlet repeats the lines of these labels.

    ``records``: all that was found on the page, its document left out. The page, and all of its records.
    """
    found = [each for each in records if isinstance(each, OF_A_PAGE)]
    leaf = overlaid(leaf_of(0, 0, document, found), (), {}, labels)
    return leaf.page, leaf.records


def labels_on(store: Store, document: int) -> list[bytes]:
    """The labels of repeated lines on a document, packed."""
    return [body for (body,) in store.all("SELECT body FROM fact WHERE kind = 'l' AND left = ?", document)]
