"""Imports as the notebook has them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stemma.errors import NoSuchRecord
from stemma.notebook import Notebook, jobs
from stemma.notebook.jobs import Job, is_alive


def job(**more: object) -> Job:
    return Job(
        0, "try", "3 files", ("/spool/1/a.html",), (None, None, None, "Dorn Post", None), "Dana Wirt", "now"
    )._replace(**more)


def test_a_job_is_told_again_as_it_was_noted(tmp_path: Path) -> None:
    with Notebook(tmp_path) as notebook:
        row = jobs.enter(notebook, job())
        jobs.begin(notebook, row, os.getpid())
        told = tuple((f"{n}.html", "it is empty") for n in range(jobs.MOST_TOLD + 5))
        jobs.report(notebook, job(row=row, found=9, known=2, bad=len(told), done=5, total=7, told=told))
        found = jobs.job(notebook, row)
        assert (found.found, found.known, found.bad, found.done, found.total) == (9, 2, len(told), 5, 7)
        assert found.told == told[: jobs.MOST_TOLD]
        assert found.is_open
        assert not found.is_lost
        jobs.end(notebook, row, "failed", "the disk is full", "later")
        ended = jobs.jobs(notebook)[0]
        assert (ended.state, ended.note, ended.is_open, ended.pid) == ("failed", "the disk is full", False, 0)
        with pytest.raises(NoSuchRecord):
            jobs.job(notebook, 99)


def test_a_process_that_has_ended_is_not_alive() -> None:
    assert is_alive(os.getpid())
    assert not is_alive(0)
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    assert not is_alive(child.pid)
    assert job(state="running", pid=child.pid).is_lost
