"""A real browser before a real server: nothing but this machine is asked, and nothing may be complained of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.shelf import Shelf, copied, fill, served

NARROW = 320  #: CSS pixels: WCAG 2.2, 1.4.10
#: Under which names distributions have it.
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FAILED = "Failed to load resource"  #: what Chromium says of a page whose status is 4xx; of the page itself it may


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The archive of ``shelf.py``, served; for walks that change nothing."""
    folder = tmp_path_factory.mktemp("browser") / "archive"
    with served(folder, fill(folder)) as found:
        yield found


@pytest.fixture
def own_shelf(shelf: Shelf, tmp_path: Path) -> Iterator[Shelf]:
    """A copy of it, served for this test alone: what is changed here is changed for nobody else."""
    with copied(shelf, tmp_path / "archive") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium; of a module, since other tests run event loops of their own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: make test installs it")
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        pytest.skip("needs Chromium, which is not here: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=path)
        yield found
        found.close()


class Tab:
    """A page that remembers what the browser complained of, and which other hosts it asked."""

    def __init__(self, browser, **options) -> None:
        usual = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
        self.context = browser.new_context(**usual | options)
        self.context.set_default_timeout(10_000)
        self.page, self.complaints = self.context.new_page(), list[str]()
        self.context.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _asked(self, request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            self.complaints.append(f"asked another host: {request.url}")

    def _said(self, message) -> None:
        is_of_page = message.text.startswith(_FAILED) and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not is_of_page:
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    @contextmanager
    def watched(self) -> Iterator:
        """The page; at the end of the block it fails for whatever was complained of within."""
        self.complaints.clear()
        yield self.page
        assert not self.complaints, self.complaints


@pytest.fixture
def tab(browser) -> Callable[..., AbstractContextManager]:
    """A watched page of a fresh context, with options of Playwright's: ``with tab(color_scheme="dark") as page``."""

    @contextmanager
    def opened(**options) -> Iterator:
        found = Tab(browser, **options)
        try:
            with found.watched() as page:
                yield page
        finally:
            found.context.close()

    return opened


def lasting(**options) -> Callable:
    """A fixture: one tab for a whole module, which is much cheaper than one for each test."""

    @pytest.fixture(scope="module")
    def opened(browser) -> Iterator[Tab]:
        found = Tab(browser, **options)
        yield found
        found.context.close()

    return opened


_wide = lasting()
_narrow = lasting(viewport={"width": NARROW, "height": 640})
_plain = lasting(java_script_enabled=False)


@pytest.fixture
def page(_wide: Tab) -> Iterator:
    """A watched page, 1280 pixels wide, light; what it stores lasts for the module."""
    with _wide.watched() as found:
        yield found


@pytest.fixture
def narrow(_narrow: Tab) -> Iterator:
    """The same at 320 pixels."""
    with _narrow.watched() as found:
        yield found


@pytest.fixture
def plain(_plain: Tab) -> Iterator:
    """The same with scripts off."""
    with _plain.watched() as found:
        yield found
