"""A person at work in a real browser: by keys, by mouse, without scripts; what is decided is kept, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.archive import Archive
from stemma.records import Correction, Judgement
from tests.browser.shelf import Shelf, served

NAME = "Ilse Marn"


def words(shelf: Shelf) -> list[Correction | Judgement]:
    """What this person said, the newest first."""
    with Archive.open(shelf.folder) as archive:
        return [word for word in archive.words() if word.by == NAME]


def sign(page, shelf: Shelf, back: str) -> None:
    page.goto(shelf.at(f"/name?back={back}"))
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_role("button", name="Sign with it").click()
    page.wait_for_url(shelf.at(back))


def test_a_queue_by_keys_alone(tab, own_shelf: Shelf) -> None:
    with tab() as page:
        sign(page, own_shelf, "/review/doubted")
        first = page.locator("input[name=about]").first.input_value()
        page.keyboard.press("Enter")
        page.wait_for_function("about => document.querySelector('input[name=about]')?.value !== about", arg=first)
        second = page.locator("input[name=about]").first.input_value()
        page.keyboard.press("1")
        page.wait_for_function("about => document.querySelector('input[name=about]')?.value !== about", arg=second)
        third = page.locator("input[name=about]").first.input_value()
        page.keyboard.press("s")
        page.wait_for_function("about => document.querySelector('input[name=about]')?.value !== about", arg=third)
        assert [word.about for word in words(own_shelf)] == [second, first]
        assert "2 in this sitting" in page.inner_text(".desk")
        for about in (third, second, first):
            page.keyboard.press("z")
            page.wait_for_url(own_shelf.at(f"/review/doubted/{about}"))
        with Archive.open(own_shelf.folder) as archive:
            assert archive.stats().words.undone == 2


def test_a_span_by_shift_and_arrows_by_dragging_and_by_lists(tab, own_shelf: Shelf) -> None:
    with tab() as page:
        sign(page, own_shelf, own_shelf.at("/review/speaker/{statement}").removeprefix(own_shelf.address))
        page.keyboard.press("m")
        assert page.evaluate("document.activeElement.id") == "marking"
        for _ in range(3):
            page.keyboard.press("Shift+ArrowRight")
        assert len(page.locator("#marking .chosen").all()) == 4
        by_keys = page.inner_text("#chosen")
        assert by_keys.startswith("Marked: ")
        tokens = page.locator("#marking [data-start]")
        tokens.nth(2).hover()
        page.mouse.down()
        tokens.nth(5).hover()
        page.mouse.up()
        assert len(page.locator("#marking .chosen").all()) == 4
        assert page.inner_text("#chosen") != by_keys
        start = tokens.nth(2).get_attribute("data-start")
        assert page.locator("select[name=first]").input_value() == start
        page.keyboard.press("Enter") if page.evaluate("document.activeElement.id") == "marking" else None
        page.get_by_role("button", name="Keep this span").click()
        page.wait_for_url(own_shelf.at("/s/{statement}"))
        kept = words(own_shelf)[0]
        assert isinstance(kept, Correction)
        assert kept.field == "content"
        assert kept.value.split("-")[0] == start


def test_a_pair_by_keys(tab, own_shelf: Shelf) -> None:
    with tab() as page:
        sign(page, own_shelf, "/review/names")
        for key, verdict in (("n", "different"), ("u", "unsure"), ("y", "same")):
            pair = page.locator("#decide input[name=about]").input_value()
            page.keyboard.press(key)
            page.wait_for_function(
                "about => document.querySelector('#decide input[name=about]')?.value !== about", arg=pair
            )
            kept = words(own_shelf)[0]
            assert isinstance(kept, Judgement)
            assert kept.verdict == verdict


def test_keys_rest_while_somebody_types(tab, own_shelf: Shelf) -> None:
    with tab() as page:
        sign(page, own_shelf, "/review/doubted")
        page.get_by_label("Why").last.click()
        page.keyboard.type("1 z s y n")
        assert page.get_by_label("Why").last.input_value() == "1 z s y n"
        assert not words(own_shelf)


def test_everything_without_scripts(tab, own_shelf: Shelf) -> None:
    with tab(java_script_enabled=False) as page:
        sign(page, own_shelf, "/review/doubted")
        page.get_by_role("button", name="That is right").click()
        page.get_by_label("another name").fill("Pell Arden")
        page.get_by_label("another name").press("Enter")
        assert getattr(words(own_shelf)[0], "value", "") == "Pell Arden"
        page.goto(own_shelf.at("/review/speaker/{statement}"))
        page.locator(".marker summary").click()
        page.locator("select[name=last]").select_option(index=9)
        page.locator("select[name=first]").select_option(index=3)
        page.get_by_role("button", name="Keep this span").click()
        assert words(own_shelf)[0].id.startswith("k")
        page.goto(own_shelf.at("/p/{person}"))
        page.locator("details.split summary").click()
        page.locator("details.split input[type=checkbox]").nth(2).check()
        page.get_by_role("button", name="Move them out").click()
        assert "Judged by people" in page.inner_text("main")
        page.get_by_role("button", name="Take back").first.click()
        with Archive.open(own_shelf.folder) as archive:
            assert archive.stats().words.undone >= 1


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_use_of_an_empty_archive(tab, tmp_path: Path, scripts: bool) -> None:
    with served(tmp_path / "new", {}) as shelf, tab(java_script_enabled=scripts) as page:
        page.goto(shelf.at("/import"))
        gate = {
            "name": "gate.txt",
            "mimeType": "text/plain",
            "buffer": b'Gate opens\nDORN, October 24, 2025.\n\n"We open it," Mayor Ode Ferrin said.\n',
        }
        page.locator("#files").set_input_files([gate])
        page.locator("#dropping input[name=by]").fill(NAME)
        page.get_by_role("button", name="Look through them").first.click()
        add = page.get_by_role("button", name="Add 1 page")
        add.wait_for(timeout=60_000)
        assert "1 page, 0 duplicates, 0 unreadable" in page.inner_text("#job")
        add.click()
        page.get_by_role("link", name="See what is here now").wait_for(timeout=60_000)
        assert "1 of 1 read" in page.inner_text("#job")
        page.goto(shelf.at("/people"))
        assert "Ode Ferrin" in page.inner_text("main")


def test_files_are_dropped_anywhere_on_the_page(tab, own_shelf: Shelf) -> None:
    with tab() as page:
        page.goto(own_shelf.at("/import"))
        page.evaluate("""() => {
            const files = new DataTransfer();
            files.items.add(new File(["words"], "gate.txt", { type: "text/plain" }));
            document.querySelector("h1").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }""")
        assert page.evaluate("document.getElementById('files').files[0].name") == "gate.txt"
        assert page.evaluate("document.activeElement.textContent").strip() == "Look through them"


def test_a_busy_archive_keeps_what_was_typed(tab, own_shelf: Shelf) -> None:
    import sqlite3

    with tab() as page:
        sign(page, own_shelf, own_shelf.at("/review/speaker/{statement}").removeprefix(own_shelf.address))
        other = sqlite3.connect(own_shelf.folder / "archive.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        page.get_by_label("another name").fill("Pell Arden")
        page.get_by_role("button", name="Set it").click()
        page.get_by_text("E-BUSY").wait_for(timeout=30_000)
        other.execute("ROLLBACK")
        other.close()
        assert page.locator("input[name=other]").input_value() == "Pell Arden"
        page.get_by_role("button", name="Send it again").click()
        page.wait_for_url(own_shelf.at("/s/{statement}"))
        assert words(own_shelf)
