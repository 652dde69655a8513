"""A site on loopback whose pages change as a clock of our own goes on."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from loopback import LAB, Server, _wall, page, serve

from stemma.collect.watch.watcher import Clock
from stemma.collect.web.settings import Web

__all__ = ["_wall", "serve"]
START = 1_935_000_000.0  #: 2031-04-26


@dataclass
class Time:
    """A clock that goes on when somebody sleeps."""

    now: float = START
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += max(seconds, 0.001)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep)


class Site:
    """Pages by path, each with its wordings and since when they stand; answers as a server of news does."""

    def __init__(self, time: Time, start: Callable[..., Server]) -> None:
        self.time = time
        self.wordings: dict[str, list[tuple[float, bytes | None]]] = {}
        self.extra: dict[str, bytes | Callable[[], bytes]] = {}
        self.asked: list[tuple[float, str, bytes]] = []
        self.server = start({})
        self.server.replies = _Replies(self)

    def put(self, path: str, text: str | None, at: float = START) -> None:
        """From then on the page has that text; None: it is gone."""
        body = None if text is None else f"<!doctype html><title>Lamps</title><p>{text}</p>".encode()
        self.wordings.setdefault(path, []).append((at, body))

    def standing(self, path: str, at: float) -> bytes | None:
        return next((body for since, body in reversed(self.wordings[path]) if since <= at), None)

    def answer(self, path: str, request: bytes) -> bytes:
        self.asked.append((self.time.now, path, request))
        if path in self.extra:
            found = self.extra[path]
            return found if isinstance(found, bytes) else found()
        if path == "/feed":
            return self._answered(self._feed(), request, "application/rss+xml")
        body = self.standing(path, self.time.now) if path in self.wordings else None
        return page(b"Gone.", status="404 Not Found") if body is None else self._answered(body, request, "text/html")

    def _answered(self, body: bytes, request: bytes, kind: str) -> bytes:
        tag = f'"{hash(body) & 0xFFFFFFFF:x}"'
        if f"If-None-Match: {tag}".encode() in request:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: {tag}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def _feed(self) -> bytes:
        listed = [path for path, rows in self.wordings.items() if rows[0][0] <= self.time.now]
        items = "".join(f"<item><title>Lamps</title><link>{self.server.url(path)}</link></item>" for path in listed)
        return f'<rss version="2.0"><channel><title>Dorn Post</title>{items}</channel></rss>'.encode()

    def paths(self) -> list[str]:
        """What was asked for, without the site's rules."""
        return [path for _, path, _ in self.asked if path not in {"/robots.txt", "/.well-known/tdmrep.json"}]


class _Replies:
    """What the server asks for its answers: by path, each a talk, since answers change."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def get(self, path: str, _: bytes) -> Callable[[socket.socket], None]:
        def talk(conn: socket.socket) -> None:
            conn.sendall(self._site.answer(path, self._site.server.requests[-1]))

        return talk


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def site(time, serve) -> Site:
    return Site(time, serve)


@pytest.fixture
def lab() -> Web:
    return replace(LAB, limits=replace(LAB.limits, gap=1.0))
