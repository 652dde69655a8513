"""Whatever pages, files and people write is shown as text on every screen, and runs nowhere."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NARROW
from tests.browser.hostile import spoil
from tests.browser.screens import SCREENS
from tests.browser.shelf import Shelf, served

#: What hostile words would have made of the page, had they been taken for markup.
_INJECTED = """[...document.querySelectorAll('*')].filter((each) =>
  [...each.attributes].some((one) => one.name.startsWith('on')) || each.matches('img, iframe:not(.raw[sandbox]), object, embed, style, base') ||
  (each.localName === 'script' && !each.src.startsWith(location.origin + '/static/')) ||
  (each.localName === 'a' && !/^(https?:\\/\\/|\\/(?!\\/)|#|\\?)/.test(each.getAttribute('href') ?? '#')) ||
  (each.localName === 'meta' && each.httpEquiv)).map((each) => each.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("spoiled")
    with served(folder / "archive", spoil(folder / "archive", folder / "pages")) as found:
        yield found


@pytest.mark.parametrize("screen", SCREENS)
def test_hostile_words_are_text(narrow, spoiled: Shelf, screen: str) -> None:
    dialogs: list[str] = []
    narrow.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    answer = narrow.goto(spoiled.at(SCREENS[screen]))
    assert answer.status < 500
    narrow.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert narrow.evaluate("window.hit") is None
    assert not narrow.evaluate(_INJECTED)
    assert not dialogs
    shown = narrow.evaluate("document.documentElement.textContent")
    assert not {"\u202e", "\u2066", "\x1b"} & set(shown), "a sign that steers the screen"
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_the_attack_is_there(narrow, spoiled: Shelf) -> None:
    narrow.goto(spoiled.at("/a/{article}"))
    assert "<script>window.hit=1</script>" in narrow.inner_text("h1")
    narrow.goto(spoiled.at("/p/{person}"))
    assert "<script>window.hit=1</script>" in narrow.inner_text("h1")
