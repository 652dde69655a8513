"""An import that runs beside the reader, in a process of its own: ``python -m stemma.desk.importing FOLDER NUMBER``.

The job stands in the notebook; how far it is is noted there, so that its page survives a reload of the browser and an
end of the reader. It may be ended at any moment: what was kept stays, and the same job goes on from there.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from stemma import collect, flow, read, sending
from stemma.archive import Archive, Place, folder_of
from stemma.collect.clock import now
from stemma.collect.web.guard.addresses import Unfit, is_address, read_address
from stemma.collect.web.settings import asking
from stemma.errors import NoArchive, NoSuchRecord, StemmaError
from stemma.notebook import Notebook, jobs
from stemma.notebook.jobs import Job
from stemma.records import Capture, Document, Problem, Stated

_EVERY = 0.3  #: seconds between two notes of how far it is
_NICE = 5  #: the reader is asked first
_FACTS = 4  #: of the person who adds; a fifth is the address told to servers


class Counter:
    """How far a job is, noted in the notebook now and then."""

    def __init__(self, notebook: Notebook, job: Job) -> None:
        self._notebook = notebook
        self._noted = 0.0
        self._told: list[tuple[str, str]] = []
        self.job = job

    def count(self, **more: int) -> None:
        """Add to what was counted."""
        self.job = self.job._replace(**{name: getattr(self.job, name) + n for name, n in more.items()})
        self.note()

    def tell(self, about: str, why: str) -> None:
        """Tell an entry that cannot be read."""
        if len(self._told) < jobs.MOST_TOLD:
            self._told.append((about, why))
        self.count(bad=1)

    def reading(self, done: int, total: int | None, _problems: int) -> None:
        """Pages read so far, of how many: the form of ``flow.Progress``."""
        self.job = self.job._replace(done=done, total=total)
        self.note()

    def note(self, *, at_once: bool = False) -> None:
        """Write it down, unless that was done a moment ago."""
        if at_once or time.monotonic() - self._noted > _EVERY:
            self._noted = time.monotonic()
            jobs.report(self._notebook, self.job._replace(told=tuple(self._told)))


def work(place: Place, row: int) -> None:
    """Do what a job asks for, and note how it ended."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = folder_of(place)
    with Notebook(folder) as notebook:
        job = jobs.job(notebook, row)
        jobs.begin(notebook, row, os.getpid())
        counter = Counter(notebook, _fresh(job))
        try:
            (_try if job.deed == "try" else _add)(place, counter)
        except KeyboardInterrupt:
            jobs.end(notebook, row, "stopped", "It was stopped. What was kept until then stays.", now())
        except (StemmaError, OSError, sqlite3.Error, MemoryError) as error:
            jobs.end(notebook, row, "failed", str(error) or type(error).__name__, now())
        else:
            counter.note(at_once=True)
            if job.deed == "add":
                _clear(folder, job.paths)
            jobs.end(notebook, row, "done", "", now())


def _fresh(job: Job) -> Job:
    return job._replace(found=0, known=0, bad=0, done=0, total=None, told=())


def _try(place: Place, counter: Counter) -> None:
    """Read everything and keep nothing: how many pages there are, which are here already, which cannot be read."""
    job, seen = counter.job, set[str]()
    for address in filter(is_address, job.paths):
        _try_address(address, counter)
    with _opened(place) as archive:
        for each in collect.captures([path for path in job.paths if not is_address(path)], _stated(job)):
            if isinstance(each, Problem):
                counter.tell(each.about, each.message)
                continue
            counter.count(found=1, done=1)
            if each.snapshot.id in seen or (archive and _has(archive, each.snapshot.id)):
                counter.count(known=1)
            else:
                _try_page(each, counter)
            seen.add(each.snapshot.id)


def _opened(place: Place) -> Archive:
    try:
        return Archive.open(place)
    except NoArchive:
        return Archive.open(place, create=True)


def _try_address(address: str, counter: Counter) -> None:
    """Whether an address may be asked; it is asked only when it is added."""
    try:
        read_address(address)
        counter.count(found=1)
    except Unfit as error:
        counter.tell(address, str(error))


def _try_page(capture: Capture, counter: Counter) -> None:
    found = list(read.read(capture))
    for problem in (each for each in found if isinstance(each, Problem)):
        counter.tell(capture.snapshot.origin, problem.message)
    if not any(isinstance(each, Document) for each in found) and not any(isinstance(each, Problem) for each in found):
        counter.tell(capture.snapshot.origin, "no text is found in it")


def _has(archive: Archive, snapshot: str) -> bool:
    try:
        return archive.snapshot(snapshot).id == snapshot
    except NoSuchRecord:
        return False


def _add(place: Place, counter: Counter) -> None:
    """Put everything into the archive."""
    job = counter.job
    web = asking(_contact(job), ()) if any(map(is_address, job.paths)) else None
    with _opened(place) as archive:
        found = _counted(archive, collect.captures(job.paths, _stated(job), web), counter)
        flow.take(place, found, progress=counter.reading)
    for _ in sending.run(place):  # what does not go out is tried again, and told by the next ``stemma watches run``
        pass


def _counted(archive: Archive, found: Iterator[Capture | Problem], counter: Counter) -> Iterator[Capture | Problem]:
    for each in found:
        if isinstance(each, Problem):
            counter.tell(each.about, each.message)
        else:
            counter.count(found=1, known=int(_has(archive, each.snapshot.id)))
        yield each


def _stated(job: Job) -> Stated:
    return Stated(*job.stated[:_FACTS])


def _contact(job: Job) -> str | None:
    return job.stated[_FACTS] if len(job.stated) > _FACTS else None


def _clear(folder: Path, paths: Sequence[str]) -> None:
    """Remove dropped files that were added: the archive has their bytes."""
    for path in {Path(each).parents[1] for each in paths if not is_address(each) and len(Path(each).parents) > 1}:
        if path.parent == folder / "spool":
            with suppress(OSError):
                shutil.rmtree(path)


def main(arguments: Sequence[str]) -> int:
    """Work at the job that the words of a command line name."""
    os.nice(_NICE)
    place, row = arguments
    work(place, int(row))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
