"""What holds on every screen: sound for axe, at 320 pixels, with scripts off, by keyboard alone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NARROW
from tests.browser.screens import SCREENS
from tests.browser.shelf import Shelf

#: WCAG 2.2 at A and AA, and what axe holds for good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FARTHEST = 3  #: presses of Tab until the link that skips to the content, with some room

every = pytest.mark.parametrize("screen", SCREENS)


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def violations(axe, page, run_only: dict) -> list[str]:
    found = axe.run(page, options={"runOnly": run_only, "resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}: {node['failureSummary']}" for each in found for node in each["nodes"]]


@every
def test_axe_finds_nothing(axe, page, shelf: Shelf, screen: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(shelf.at(SCREENS[screen]))
    assert not violations(axe, page, {"type": "tag", "values": TAGS})
    page.emulate_media(color_scheme="dark")  # of another scheme nothing but colours can differ
    assert not violations(axe, page, {"type": "rule", "values": ["color-contrast"]})


@every
def test_nothing_scrolls_sideways_at_320_pixels(narrow, shelf: Shelf, screen: str) -> None:
    narrow.goto(shelf.at(SCREENS[screen]))
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW


@every
def test_by_keyboard_alone_and_with_scripts_off(page, plain, shelf: Shelf, screen: str) -> None:
    for each in (page, plain):
        each.goto(shelf.at(SCREENS[screen].partition("#")[0]))
        assert each.locator("h1").count() == 1
    assert page.inner_text("h1") == plain.inner_text("h1") != ""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "#main":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url.endswith("#main")
