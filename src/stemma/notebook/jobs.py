"""Imports that run in a process of their own: what they read, how far they are, what could not be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from stemma.errors import NoSuchRecord
from stemma.notebook.notebook import Notebook

#: try: look what is there and keep nothing; add: put it into the archive.
Deed = Literal["try", "add"]
State = Literal["waiting", "running", "done", "failed", "stopped"]
_PROCESSES = Path("/proc")  #: where Linux tells of processes
MOST_TOLD = 200  #: bad entries that are named; the rest is counted
_COLUMNS = "row, deed, name, paths, stated, by, at, state, pid, found, known, bad, done, total, told, note, ended"


class Job(NamedTuple):
    """One import."""

    row: int
    deed: Deed
    name: str  #: what it is about, for people
    paths: tuple[str, ...]
    stated: tuple[str | None, ...]  #: as ``records.Stated``
    by: str
    at: str
    state: State = "waiting"
    pid: int = 0
    found: int = 0  #: pages found so far
    known: int = 0  #: of them those that the archive has, or that came twice
    bad: int = 0  #: entries that could not be read
    done: int = 0  #: pages read so far
    total: int | None = None  #: pages to read; None: not known yet
    told: tuple[tuple[str, str], ...] = ()  #: where, why
    note: str = ""  #: how it ended
    ended: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it has not ended, as far as it says."""
        return self.state in {"waiting", "running"}

    @property
    def is_lost(self) -> bool:
        """Whether it says that it is at work, and its process is gone."""
        return self.state == "running" and not is_alive(self.pid)


def is_alive(pid: int) -> bool:
    """Whether a process of this machine is at work; one that has ended and waits to be noticed is not."""
    if pid <= 0:
        return False
    if _PROCESSES.is_dir():
        try:
            return (_PROCESSES / f"{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[:1] != ["Z"]
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # it is another's
    return True


def enter(notebook: Notebook, job: Job) -> int:
    """Enter a job that waits; its number."""
    return notebook.run(
        "INSERT INTO job (deed, name, paths, stated, by, at) VALUES (?, ?, ?, ?, ?, ?)",
        job.deed, job.name, _packed(job.paths), _packed(job.stated), job.by, job.at,
    )  # fmt: skip


def _packed(value: object) -> str:
    return msgspec.json.encode(value).decode()


def job(notebook: Notebook, row: int) -> Job:
    """A job by its number. Raises ``NoSuchRecord``."""
    found = notebook.rows(f"SELECT {_COLUMNS} FROM job WHERE row = ?", row)  # noqa: S608 (constant)
    if not found:
        raise NoSuchRecord(f"import {row}")
    return _job(found[0])


def _job(row: tuple[object, ...]) -> Job:
    known = dict(zip(_COLUMNS.split(", "), row, strict=True))
    for name in ("paths", "stated", "told"):
        known[name] = msgspec.json.decode(str(known[name]))
    return msgspec.convert(list(known.values()), Job)


def jobs(notebook: Notebook, limit: int = 20) -> list[Job]:
    """The newest jobs."""
    return [_job(row) for row in notebook.rows(f"SELECT {_COLUMNS} FROM job ORDER BY row DESC LIMIT ?", limit)]  # noqa: S608 (constant)


def begin(notebook: Notebook, row: int, pid: int) -> None:
    """Note that a process is at work on it."""
    notebook.run("UPDATE job SET state = 'running', pid = ?, note = '', ended = '' WHERE row = ?", pid, row)


def report(notebook: Notebook, found: Job) -> None:
    """Note how far it is."""
    notebook.run(
        "UPDATE job SET found = ?, known = ?, bad = ?, done = ?, total = ?, told = ? WHERE row = ?",
        found.found, found.known, found.bad, found.done, found.total, _packed(found.told[:MOST_TOLD]), found.row,
    )  # fmt: skip


def end(notebook: Notebook, row: int, state: State, note: str, at: str) -> None:
    """Note how it ended."""
    notebook.run("UPDATE job SET state = ?, note = ?, ended = ?, pid = 0 WHERE row = ?", state, note, at, row)
