"""Fixtures: a test's docstring is its page, with marks around what must be found."""

from __future__ import annotations

import inspect
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest
from marks import MarkedPage, page_of, unmark
from postgres import _emptied, either_database, place, postgres  # noqa: F401 - fixtures

import stemma.cli
from stemma import flow
from stemma.archive.carrying import carry
from stemma.records import Page

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What forks comes first, before servers of other tests are threads; walks in a browser come last."""
    items.sort(key=lambda item: (item.path.parent != Path(__file__).parent, "browser" in item.path.parts))


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--rewrite`` makes what is found now the golden records."""
    parser.addoption("--rewrite", action="store_true", help="rewrite the golden records of the example pages")


@pytest.fixture
def marked(request: pytest.FixtureRequest) -> MarkedPage:
    """The calling test's docstring as a page."""
    text, marks = unmark(inspect.cleandoc(request.function.__doc__ or ""))
    return MarkedPage(page_of(text), marks)


@pytest.fixture
def make_page() -> Callable[[str], Page]:
    """Builds a page from text, every line body."""
    return page_of


class Outcome(NamedTuple):
    """What a command gave back."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict]:
        """Its lines of JSON."""
        return [json.loads(row) for row in self.out.splitlines()]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """The command line, run in this process."""

    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as exit_:
            stemma.cli.main([str(argument) for argument in arguments])
        return Outcome(exit_.value.code, *capfd.readouterr())

    return run


@pytest.fixture
def shared() -> Path:
    """The folder with seeds and benches; a test that needs it says so and is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs the seeds and benches in ../shared, which are not here")
    return SHARED


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "archive"
    flow.add(folder, [str(Path(__file__).parents[1] / "examples" / "pages")])
    return folder


@pytest.fixture
def sample(_sample: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An archive of the example pages, of this test alone; on a server where the test asks for one."""
    if "either_database" in request.fixturenames and request.getfixturevalue("either_database") == "postgresql":
        carry(str(_sample), tmp_path / "sample")
        return tmp_path / "sample"
    return Path(shutil.copytree(_sample, tmp_path / "sample"))
