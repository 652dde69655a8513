"""R10: this machine alone unless told otherwise, and then with a password; nobody else is asked; no search is kept."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
from loopback import _wall

from stemma.cli.serving.serve import serve
from stemma.notebook import NAME, Notebook
from stemma.show.web.door.place import Place
from stemma.show.web.serving import listening

__all__ = ["_wall"]
SOURCE = Path(__file__).parents[2] / "src" / "stemma"


def test_it_binds_to_this_machine(tmp_path) -> None:
    assert next(each for each in serve.params if each.name == "host").default == "127.0.0.1"
    at = listening(0)
    assert at.getsockname()[0] == "127.0.0.1"
    at.close()
    assert all(name.partition(":")[0] in {"127.0.0.1", "localhost", "[", "[::1]"} for name in Place().hosts())


@pytest.mark.parametrize(
    "flags",
    [
        ["--host", "192.0.2.7"],
        ["--host", "0.0.0.0", "--name", "stemma.example"],
        ["--name", "stemma.example"],
        ["--log-in"],
    ],
)
def test_nobody_is_let_in_without_an_account(command, whole, flags, monkeypatch) -> None:
    """Nothing is listened at before that is known."""
    monkeypatch.setattr(socket.socket, "bind", lambda *_: pytest.fail("it would have listened"))
    done = command("serve", *flags, "--archive", whole)
    assert done.status == 2
    assert "stemma account add" in done.err


@pytest.mark.parametrize("flags", [["--host", "0.0.0.0"], ["--host", "stemma.example"], ["--certificate", __file__]])
def test_odd_ways_of_serving_are_refused(command, whole, flags, monkeypatch) -> None:
    monkeypatch.setattr(socket.socket, "bind", lambda *_: pytest.fail("it would have listened"))
    assert command("serve", *flags, "--archive", whole).status == 2


def test_nothing_of_a_page_is_from_elsewhere(pages) -> None:
    loaded = re.compile(
        r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*\b(?:src|href|srcset)=\"(?!/|data:)([^\"]*)",
        re.IGNORECASE,
    )
    assert [(address, match[1]) for address, page in pages.items() for match in loaded.finditer(page)] == []


def test_no_style_or_script_asks_another_host() -> None:
    files = [*SOURCE.glob("show/**/*.css"), *SOURCE.glob("show/**/*.js")]
    assert files
    asks = re.compile(
        r"url\(\s*['\"]?(?!data:|/|#)|@import|https?://(?!www\.w3\.org)|navigator\.sendBeacon|new WebSocket"
    )
    assert [(each.name, match[0]) for each in files for match in asks.finditer(each.read_text("utf-8"))] == []


def test_drawing_the_reader_asks_nobody(browser, lines) -> None:
    """The wall fails this test on any connection or name that would leave."""
    for line in lines[:10]:
        assert browser.get(f"/s/{line.statement.id}").status_code == 200


def test_no_search_is_kept(whole, browser, tmp_path) -> None:
    words = "unlikelywordthatnobodysearches"
    browser.get(f"/search?q={words}")
    browser.get(f"/api/statements?q={words}")
    with Notebook(tmp_path) as notebook:
        notebook.rows("SELECT * FROM saved")
    kept = b"".join(each.read_bytes() for each in [*whole.rglob("*"), *tmp_path.rglob("*")] if each.is_file())
    assert words.encode() not in kept
    assert NAME


def test_access_is_per_collection() -> None:
    """What an account sees that is limited is tested through every screen: tests/show/web/serving/test_limited.py."""
    assert (Path(__file__).parents[1] / "show/web/serving/test_limited.py").is_file()


def test_no_telemetry() -> None:
    """Whatever opens a connection is one of these files: the pages that a person names, and the watches' messages."""
    opening = re.compile(
        r"^(?:import|from) (?:httpcore2|smtplib|urllib\.request|http\.client|ftplib|telnetlib|socket\b|requests|httpx|aiohttp)",
        re.MULTILINE,
    )
    found = {str(each.relative_to(SOURCE)) for each in SOURCE.rglob("*.py") if opening.search(each.read_text("utf-8"))}
    assert {each for each in found if not each.startswith("collect/web/")} == {
        "sending/mail.py",
        "sending/webhook.py",
        "show/web/serving.py",
    }
