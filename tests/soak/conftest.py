"""Long runs. Those marked ``soak`` are left out unless asked for: ``make soak``, or ``pytest -m soak``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive

ROOT = Path(__file__).parents[2]
#: Adds pages once "go" was written, so that what is measured or killed is the adding and not the start of Python.
ADDING = "import sys; from stemma import flow; print('ready', flush=True); flow.add(sys.argv[1], sys.argv[2:])"


@pytest.fixture(scope="session")
def pages() -> list[str]:
    """The example pages, furniture and all."""
    folder = ROOT / "examples" / "pages"
    return sorted(str(path) for path in folder.iterdir() if path.suffix != ".md")


@pytest.fixture(scope="session")
def whole(pages: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of an undisturbed run."""
    path = tmp_path_factory.mktemp("soak") / "whole.stemma"
    flow.add(path, pages)
    return path


@pytest.fixture(scope="session")
def records(whole: Path) -> bytes:
    """What the undisturbed run holds."""
    return exported(whole)


def exported(path: Path) -> bytes:
    with Archive.open(path) as archive:
        return b"".join(archive.export(bodies=True))


def complaints(path: Path) -> list[str]:
    with Archive.open(path) as archive:
        return [f"{each.about}: {each.message}" for each in flow.check(archive)]


def start_adding(path: Path, pages: Iterable[str]) -> subprocess.Popen[str]:
    """A process that adds; it is at work when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-c", ADDING, str(path), *pages], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def command(*arguments: str, **named: object) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "stemma", *arguments], capture_output=True, text=True, check=False, timeout=600, **named
    )


class Kit:
    """What tests need of this file."""

    exported = staticmethod(exported)
    complaints = staticmethod(complaints)
    start_adding = staticmethod(start_adding)
    command: Callable[..., subprocess.CompletedProcess[str]] = staticmethod(command)


@pytest.fixture(scope="session")
def kit() -> Kit:
    return Kit()
