"""Shortcuts, and walks through the screens by mouse and by keyboard alone."""

from __future__ import annotations

import re

from tests.browser.shelf import Shelf


def focused(page, what: str = "id") -> str:
    return page.evaluate(f"document.activeElement.getAttribute('{what}')")


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_walk_by_mouse(page, shelf: Shelf) -> None:
    page.goto(shelf.at("/"))
    page.fill("#quick", "bolts")
    page.click("form.quick button")
    page.click("text=statement six")
    assert "/s/" in page.url
    assert "Present in capture 3" in page.inner_text(".lost")
    page.click("text=What differs")
    assert page.url.endswith("/diff/3..4")
    assert "sentence only in capture 3" in page.inner_text("#e1")
    page.click("text=Find the first and last appearance")
    assert "/history?phrase=" in page.url
    assert "in capture 3 of 5" in page.inner_text("#phrase")
    page.click("text=Compare the two chosen")
    assert page.url.endswith("/diff/1..5")
    page.click("text=Side by side")
    assert "view=side" in page.url
    page.click("text=All 5 captures")
    page.click("text=The page")
    page.click(".compact .row >> nth=1 >> text=in the text")
    assert re.search(r"\?s=s\w+#s-s\w+$", page.url)
    assert page.locator(".page .chosen").count() >= 2, "its words and its cue"
    page.click("text=Data")
    page.click("text=Raw capture")
    assert "0 requests left this machine" in page.inner_text("main")
    assert page.get_attribute("iframe", "sandbox") == ""


def test_a_walk_by_keyboard(page, shelf: Shelf) -> None:
    page.goto(shelf.at("/s/{statement}"))
    press(page, "/")
    assert focused(page) == "quick"
    page.keyboard.type("friendship g s j ?")
    assert focused(page) == "quick", "shortcuts rest while somebody types"
    page.fill("#quick", "friendship")
    press(page, "Enter")
    page.wait_for_url("**/search?q=friendship*")
    press(page, "j", "j", "k")
    assert page.evaluate("document.activeElement === document.querySelector('.row')")
    press(page, "o")
    page.wait_for_url("**/s/*")
    press(page, "c")
    assert page.evaluate("document.getElementById('cite').open")
    press(page, "t")
    page.wait_for_url("**/w/*")
    press(page, "t")
    assert page.locator("table >> text=on what ground").is_visible()
    press(page, "v")
    page.wait_for_url("**read=pair**")
    press(page, "f")
    assert page.evaluate("document.querySelector('.narrowing').open")
    page.goto(shelf.at("/a/{edited}"))
    with page.expect_navigation():
        press(page, "[")
    press(page, "d")
    page.wait_for_url("**/diff/3..4")
    page.goto(shelf.at("/a/{edited}/diff/2..3"))
    press(page, "]", "]")
    assert page.url.endswith("#e2")
    assert focused(page) == "e2"
    press(page, "[")
    assert page.url.endswith("#e1")
    press(page, "v")
    page.wait_for_url("**view=side")
    press(page, "g", "s")
    page.wait_for_url(shelf.at("/"))


def test_the_tree_is_walked_in_time_order(page, shelf: Shelf) -> None:
    page.goto(shelf.at("/w/{utterance}"))
    drawn = page.eval_on_selector_all("svg.tree a", "all => all.map((each) => each.getAttribute('href'))")
    listed = page.eval_on_selector_all("aside li[id] a", "all => all.map((each) => each.getAttribute('href'))")
    assert len(drawn) > 2
    assert drawn == listed, "witnesses are listed in order of time"
    page.focus("figure.scroll")
    press(page, "Tab")
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    assert focused(page, "href").startswith("/s/")


def test_help_lists_them_and_they_can_be_changed_and_switched_off(tab, shelf: Shelf) -> None:
    with tab() as page:
        page.goto(shelf.at("/s/{statement}"))
        press(page, "?")
        page.wait_for_selector("dialog[open]")
        assert "how to cite it" in page.inner_text("dialog")
        press(page, "Escape")
        assert page.locator("dialog[open]").count() == 0
        page.goto(shelf.at("/help"))
        page.fill("tr[data-keyed=seek] input", "!")
        press(page, "Tab")
        page.fill("tr[data-keyed=cite] input", "!")
        press(page, "Tab")
        assert page.input_value("tr[data-keyed=cite] input") == "c", "two shortcuts of one key are refused"
        press(page, "Escape", "!")
        assert focused(page) == "quick"
        page.reload()
        page.uncheck(".choice input")
        page.goto(shelf.at("/s/{statement}"))
        press(page, "!", "/", "?")
        assert focused(page) != "quick"
        assert page.locator("kbd.own").count() == 0


def test_a_form_notes_what_was_looked_at(page, own_shelf: Shelf) -> None:
    page.goto(own_shelf.at("/a/{edited}/history"))
    page.click("text=I have looked at it")
    page.wait_for_url("**/history")
    assert "Nothing new since you looked" in page.inner_text("main")
    assert page.context.request.post(own_shelf.at("/a/{edited}/looked")).status == 403, "no token, no change"


def test_scripts_and_styles_keep_to_their_size() -> None:
    import gzip
    from importlib.resources import files

    from stemma.show.web.frame.statics import style

    scripts = [
        each.read_bytes()
        for each in (files("stemma.show.web.static") / "script").iterdir()
        if each.name.endswith(".js")
    ]
    assert sum(len(gzip.compress(each)) for each in scripts) <= 25_000
    assert len(gzip.compress(style())) <= 15_000
