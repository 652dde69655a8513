"""A reader with a door, asked by browsers, and served at real sockets."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.testclient import TestClient

from stemma.notebook import Notebook, accounts
from stemma.notebook.accounts import Account
from stemma.show.web import served
from stemma.show.web.frame import Frame, Place
from stemma.show.web.serving import listening, server
from tests.notebook.conftest import cheap

__all__ = ["cheap"]
WORDS = "lamps on the far shore"
OWN = "http://127.0.0.1:8742"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Words:
    """A desk that notes who said what."""

    kept: list[Any] = field(default_factory=list)

    def correct(self, words: list[Any]) -> list[Any]:
        self.kept += words
        return words

    def sample(self) -> None:
        return None


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def notebook(tmp_path) -> Iterator[Notebook]:
    with Notebook(tmp_path) as found:
        accounts.add(found, Account("Dana Wirt", "editor", ()), WORDS, 0.0)
        accounts.add(found, Account("Ilse Marn", "reader", ()), WORDS, 0.0)
        accounts.add(found, Account("Guest", "reader", ("harbour",)), WORDS, 0.0)
        yield found


@pytest.fixture
def browser(archive, notebook, clock) -> Callable[..., TestClient]:
    """Browsers of one reader that asks for a password."""

    def open_one(**more: Any) -> TestClient:
        place = Place(
            raw_port=8743, log_in=True, now=clock, **{k: more.pop(k) for k in ("secure", "public") if k in more}
        )
        frame = Frame(archive, Words(), notebook, place=place)
        app = served(frame, more.pop("captures", None), more.pop("members", None))
        found = TestClient(app, base_url=more.pop("base", OWN), follow_redirects=False)
        for name, value in more.pop("cookies", {}).items():
            found.cookies.set(name, value, domain="127.0.0.1")
        return found

    return open_one


def token(page: str) -> str:
    return re.search(r'name="token" value="([0-9a-f]+)"', page).group(1)


def enter(browser: TestClient, name: str = "Dana Wirt", password: str = WORDS, **more: str) -> Any:
    shown = token(browser.get("/log-in").text)
    return browser.post("/log-in", data={"name": name, "password": password, "token": shown, **more})


@pytest.fixture
def port(archive, clock) -> Iterator[int]:
    """A reader of this machine at a real socket."""
    at = listening(0)
    number = at.getsockname()[1]
    made = server(served(Frame(archive, place=Place(number))))
    thread = threading.Thread(target=made.run, kwargs={"sockets": [at]})
    thread.start()
    while not made.started:
        time.sleep(0.01)
    yield number
    made.should_exit = True
    thread.join(10)
    at.close()


def talk(port: int, said: bytes, wait: float = 5.0) -> bytes:
    """Say something to the server; all that it answers before it hangs up or the time is over."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as conn:
        conn.sendall(said)
        return heard(conn)


def heard(conn: socket.socket) -> bytes:
    got = b""
    try:
        while part := conn.recv(65_536):
            got += part
    except (TimeoutError, ConnectionResetError):
        pass
    return got
