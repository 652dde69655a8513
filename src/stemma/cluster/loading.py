"""Captures written to a folder for an engine, and what it gave brought into an archive."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from stemma import flow, portions
from stemma.archive import Archive, Place
from stemma.archive.views import Totals
from stemma.cluster import rows
from stemma.cluster.given import Given, runs_of
from stemma.cluster.place import Folder
from stemma.errors import BadValue
from stemma.flow import Progress
from stemma.records import Capture, Problem
from stemma.stage import Manner, Way

PART = "captures"
_MARK = "given.sqlite"


def write_captures(folder: Folder, found: Iterable[Capture | Problem]) -> int:
    """Write captures, and problems of those that could not be had, beside those that are there; how many."""
    files = list(folder.made[PART].files) if PART in folder.made else []
    count = 0
    for some in portions.batches(found):
        files.append(folder.write(PART, [rows.capture_row(each) for each in some], rows.schema_of_captures()))
        count += len(some)
    folder.put(PART, dict.fromkeys(files))
    return count


def load(
    path: Place, folder: Folder, *, workers: int = 1, progress: Progress | None = None, way: Way | None = None
) -> tuple[Totals, Given]:
    """Bring the captures of a folder into an archive, with what an engine gave for them.

    The archive is the one that ``flow.take`` would make of these captures: what the engine did not give, gave under
    other runs, or gave of other items than meet here, is worked on here. Raises ``BadValue`` for a folder
    without captures.
    """
    if PART not in folder.made:
        raise BadValue("folder", folder.address, "one that holds captures; see stemma add --engine")
    with tempfile.TemporaryDirectory(prefix="stemma-") as place, Archive.open(path, create=True) as archive:
        manner = flow.manner_of(archive, way or (None if archive.runs() else way_of(folder)))
        given = _given(folder, Path(place) / _MARK, manner)
        problems = flow.keep(archive, map(rows.capture_of, folder.rows(PART)))
        flow.enrol(archive, manner)
        flow.derive(archive, workers, flow.counting_in(problems, progress), manner, given)
        flow.settle(archive, given)
        given.close()
        return archive.totals(), given


def _given(folder: Folder, file: Path, manner: Manner) -> Given:
    worked = runs_of(folder)
    each, group = flow.runs_in_force(manner)
    stages = [run.stage for run in group if run.id in worked]
    return Given(folder, file, stages, pages={run.id for run in each} <= worked)


def way_of(folder: Folder) -> Way | None:
    """How an engine had statements found; None where none did."""
    worked = runs_of(folder)
    ways: tuple[Way, ...] = ("network", "rules")
    return next((way for way in ways if {run.id for run in flow.runs_in_force(Manner(way))[0]} <= worked), None)
