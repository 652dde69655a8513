"""Under which runs the archive stands, and how a newer one takes the place of an earlier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stemma.archive.pages.add import count_outdated, document_row
from stemma.archive.relations.facts import withdraw
from stemma.archive.relations.stages import bury, replace_facts, stage_row
from stemma.archive.relations.stale import new_mark
from stemma.archive.relations.witnesses import TRACE, retrace
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.records import Run

#: Current documents that must still offer again to one of some stages.
_DUE = "FROM document WHERE row <= ? AND reading IS NOT NULL"


class Renewal:
    """The runs of one archive: of the stages that compare pages one by one, of those that read a page as a set."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def runs(self) -> dict[str, str]:
        """The run under which all that is on offer to a stage stands, of "trace" the trees, by name of the stage."""
        return dict(self._store.all("SELECT name, run FROM stage WHERE run IS NOT NULL ORDER BY name"))

    def is_behind(self, each: Iterable[Run], group: Iterable[Run]) -> bool:
        """Whether pages were read or compared under earlier runs; costs nothing, whatever the size of the archive."""
        stands = self.runs()
        new = None if self._last_document() else ""  # a stage that is new to an archive with pages is behind
        compared = any(stands.get(run.stage, new) not in {run.id, ""} for run in group) or self.unfinished()
        return bool(compared or count_outdated(self._store, [run.id for run in each]))

    def _last_document(self) -> int:
        """Row of the last document; 0 in an archive without pages."""
        return int(self._store.all("SELECT coalesce(max(row), 0) FROM document")[0][0])

    def enrol(self, runs: Iterable[Run]) -> None:
        """Let these stages give under these runs from now on, where they gave nothing so far.

        To a stage that is new to the archive the documents that are there must offer first (``due``).
        """
        with self._store.writing():
            last = self._last_document()
            for run in runs:
                row, due = stage_row(self._store, run.stage), 0 if run.stage == TRACE else last
                self._store.run("UPDATE stage SET run = ?, due = ? WHERE row = ? AND run IS NULL", run.id, due, row)

    def restart(self, run: Run) -> None:
        """Take all items of a stage off that were offered under another run; of "trace": draw every tree again.

        Each document must offer again (``due``); facts go when their keys are settled anew.
        """
        with self._store.writing():
            row = stage_row(self._store, run.stage)
            self._store.run("UPDATE stage SET run = ? WHERE row = ?", run.id, row)
            if run.stage == TRACE:
                retrace(self._store)
                return
            self._take_off(row)
            self._store.run(
                "INSERT INTO touched (stage, key, name, mark) SELECT stage, key, '', ?2 FROM settled WHERE stage = ?1 "
                "ON CONFLICT (stage, key) DO UPDATE SET name = excluded.name, mark = excluded.mark",
                row,
                new_mark(),
            )
            self._store.run("UPDATE stage SET due = (SELECT coalesce(max(row), 0) FROM document) WHERE row = ?", row)

    def drop(self, stage: str) -> None:
        """Take off all that was on offer to a stage that is gone, and all that it gave."""
        with self._store.writing():
            row = stage_row(self._store, stage)
            self._take_off(row)
            for (key,) in self._store.all("SELECT key FROM settled WHERE stage = ?", row):
                replace_facts(self._store, row, key, [])
            self._store.run("UPDATE stage SET run = NULL, due = 0 WHERE row = ?", row)

    def _take_off(self, row: int) -> None:
        self._store.flush()
        for sql in (
            "DELETE FROM waiting WHERE stage = ?",
            "DELETE FROM touched WHERE stage = ?",
            "DELETE FROM resting WHERE stage = ?",
            "DELETE FROM named WHERE item IN (SELECT row FROM item WHERE stage = ? AND named > 0)",
            "DELETE FROM member WHERE item IN (SELECT row FROM item WHERE stage = ?)",
        ):
            self._store.run(sql, row)
        bury(self._store, "stage = ?", row)

    def unfinished(self) -> list[str]:
        """Names of the stages to which documents must offer again."""
        return [name for (name,) in self._store.all("SELECT name FROM stage WHERE due > 0 ORDER BY name")]

    def due(self, stages: Sequence[str], limit: int) -> list[str]:
        """Ids of the next documents that must offer again to one of these stages, the last first."""
        rows = self._store.all(f"SELECT id {_DUE} ORDER BY row DESC LIMIT ?", self._due(stages), limit)
        return [record_id for (record_id,) in rows]

    def count_due(self, stages: Sequence[str]) -> int:
        """How many documents ``due`` would give in all."""
        return int(self._store.all(f"SELECT count(*) {_DUE}", self._due(stages))[0][0])

    def _due(self, stages: Sequence[str]) -> int:
        rows = [self._store.one("SELECT due FROM stage WHERE name = ?", each) for each in stages]
        return max((row[0] for row in rows if row), default=0)

    def set_due(self, stages: Sequence[str], document_id: str | None) -> None:
        """Documents kept before this one must still offer again to these stages; none where it is None."""
        row = document_row(self._store, document_id) if document_id else None
        left = [(row - 1 if row else 0, each) for each in stages]
        with self._store.writing():
            self._store.many("UPDATE stage SET due = min(due, ?) WHERE name = ?", left)

    def retire(self, current: Iterable[str]) -> None:
        """Let all other runs be past, unless some newest reading or some stage stands under them."""
        read = self._store.all("SELECT ids FROM runs WHERE current > 0")
        kept = {*current, *self.runs().values(), *(run for (ids,) in read for run in ids.split())}
        with self._store.writing():
            for row, body in self._store.all("SELECT row, body FROM fact WHERE kind = 'u'"):
                if unpack_record(body).id not in kept:
                    withdraw(self._store, row)
