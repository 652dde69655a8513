"""Several processes at one archive on a server, and one that is killed: nothing is lost, nothing is there twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive

PAGES = sorted((Path(__file__).parents[3] / "examples" / "pages").iterdir())


def adding(address, pages, *flags):
    command = [sys.executable, "-m", "stemma", "add", "--archive", address, "--statements", "rules", *flags]
    return subprocess.Popen([*command, *map(str, pages)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def exported(place):
    with Archive.open(place) as archive:
        assert [each.message for each in flow.check(archive)] == []
        assert archive.tails() == []
        return b"".join(archive.export(bodies=True))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    place = tmp_path_factory.mktemp("undisturbed") / "archive"
    flow.take(place, flow.collect.captures(list(map(str, PAGES)), flow.Stated()), way="rules")
    return exported(place)


@pytest.mark.parametrize(("processes", "share"), [(4, True), pytest.param(2, False, marks=pytest.mark.soak)])
def test_processes_add_at_once(processes, share, undisturbed, postgres, tmp_path):
    """Each a part of the pages, or all of them each."""
    address = postgres.address(tmp_path / "folder")
    parts = [PAGES[n::processes] if share else PAGES for n in range(processes)]
    at_work = [adding(address, part) for part in parts]
    told = [each.communicate()[1].decode() for each in at_work]
    assert [each.returncode for each in at_work] == [0] * processes, told
    assert exported(address) == undisturbed


@pytest.mark.parametrize("flags", [("--workers", "2"), pytest.param((), marks=pytest.mark.soak)])
def test_one_that_is_killed_goes_on(flags, undisturbed, postgres, tmp_path):
    address = postgres.address(tmp_path / "folder")
    killed = adding(address, PAGES, *flags)
    Archive.open(address, create=True).close()
    with Archive.open(address) as archive:
        while killed.poll() is None and not archive.totals().pages:
            time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    again = adding(address, PAGES)
    told = again.communicate()[1].decode()
    assert again.returncode == 0, told
    with Archive.open(address) as archive:
        assert [each.message for each in flow.check(archive)] == []
        assert b"".join(archive.export(bodies=True)) == undisturbed
