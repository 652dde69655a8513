"""The search by mouse, by keyboard alone, with scripts off, and at 320 pixels."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import NARROW
from tests.browser.shelf import Shelf

_COUNT = re.compile(r"^([\d,]+) (?:edited )?(?:statement|article|utterance)")


def total(page) -> int:
    found = _COUNT.match(page.inner_text("#list"))
    return int(found[1].replace(",", "")) if found else 0


def marked(page) -> bool:
    """Whether the page was not loaded anew since it was marked."""
    return bool(page.evaluate("window.marked === true"))


def test_by_mouse_the_list_is_narrowed_in_place_and_the_address_tells(page, shelf: Shelf) -> None:
    page.goto(shelf.at("/search?q=harbour"))
    page.evaluate("window.marked = true")
    whole = total(page)
    value = page.locator(".facet .keep").first
    count = int(value.locator("xpath=..").locator(".number").inner_text().replace(",", ""))
    value.click()
    page.wait_for_url("**outlet*")
    page.wait_for_selector(".facet .kept")
    assert (total(page), marked(page)) == (count, True)
    page.locator(".chip").nth(1).click()
    page.wait_for_selector(".facet .kept", state="detached")
    assert total(page) == whole
    page.go_back()
    page.wait_for_selector(".facet .kept")
    assert total(page) == count
    assert marked(page)


def test_leaving_out_and_tabs_and_bars(page, shelf: Shelf) -> None:
    page.goto(shelf.at("/search?q=harbour"))
    whole = total(page)
    page.locator(".facet .leave").first.click()
    page.wait_for_selector(".chip >> nth=1")
    assert 0 < total(page) < whole
    page.click(".tabs >> text=Articles")
    page.wait_for_url("**tab=articles*")
    assert page.locator(".headline").count() > 0
    page.goto(shelf.at("/search?q=harbour"))
    bars = page.locator(".histogram svg a")
    title = bars.first.locator("title").text_content()
    bars.first.locator(".ground").click(force=True)
    page.wait_for_url("**from=*")
    page.wait_for_selector(".chip >> nth=2")
    assert total(page) == int(title.rsplit(": ", 1)[1])


def test_by_keyboard_alone(page, shelf: Shelf) -> None:
    page.goto(shelf.at("/search?q=harbour"))
    page.evaluate("window.marked = true")
    page.focus(".facet .keep")
    page.keyboard.press("Enter")
    page.wait_for_selector(".facet .kept")
    assert marked(page)
    assert page.evaluate("document.activeElement.closest('#found') !== null"), "the focus goes on from where it was"
    page.focus("input[name=from]")
    page.keyboard.type("2031-01-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2031-01-01*")
    page.wait_for_selector(".ways")
    assert page.locator(".ways a").count() > 0


def test_the_same_with_scripts_off(page, plain, shelf: Shelf) -> None:
    seen = []
    for each in (page, plain):
        each.goto(shelf.at("/search?q=harbour"))
        each.locator(".facet .keep").first.click()
        each.wait_for_selector(".facet .kept")
        seen.append((each.url, each.inner_text("#list"), each.locator(".row").count()))
    assert seen[0] == seen[1]
    plain.goto(shelf.at("/search?q=harbour"))
    fold = plain.locator(".fold summary")
    if fold.count():
        fold.first.click()
        assert plain.locator(".fold li a").first.is_visible()


@pytest.mark.parametrize(
    "asked", ["/", "/search?q=harbour&tab=articles", "/search?q=harbour&sort=best", "/search?q=-a+said%3A"]
)
def test_nothing_scrolls_sideways(narrow, shelf: Shelf, asked: str) -> None:
    narrow.goto(shelf.at(asked))
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_a_search_is_saved_and_forgotten(page, own_shelf: Shelf) -> None:
    page.goto(own_shelf.at("/search?q=harbour"))
    page.click(".saved summary")
    page.fill(".saved input[name=name]", "Harbours")
    page.click(".saved button:has-text('Save')")
    page.wait_for_load_state()
    page.goto(own_shelf.at("/"))
    page.click(".saved summary")
    page.click(".saved >> text=Harbours")
    page.wait_for_url("**q=harbour*")
    page.click(".saved summary")
    page.click(".saved button:has-text('Forget')")
    page.wait_for_load_state()
    assert page.locator(".saved >> text=Harbours").count() == 0
