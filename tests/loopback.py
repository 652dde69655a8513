"""A server of raw bytes on loopback, and a wall: no test sends a packet anywhere else."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_address

import httpcore2
import pytest

from stemma.collect.web.guard.wire import connect
from stemma.collect.web.settings import Limits, Web

PAGE = b"<!doctype html><title>Harbour</title><p>The harbour board said the lamps are lit."
Reply = bytes | Callable[[socket.socket], None]


def page(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer, its length declared."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(to: str, status: int = 302) -> bytes:
    """An answer that leads elsewhere."""
    return f"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


class Server:
    """Answers each path with its bytes, or lets its function talk; remembers the requests as they came."""

    def __init__(self, replies: dict[str, Reply], tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.replies, self.requests = replies, []
        self._tls = tls
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family)
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def asked(self) -> list[str]:
        """The paths asked for, without the site's rules."""
        paths = [request.split(b" ")[1].decode() for request in self.requests]
        return [path for path in paths if path != "/.well-known/tdmrep.json"]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                conn, _ = self._listener.accept()
                thread = threading.Thread(target=self._answer, args=(conn,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _answer(self, conn: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), conn:
            conn.settimeout(5)
            if self._tls:
                conn = self._tls.wrap_socket(conn, server_side=True)
            with conn:
                request = b""
                while b"\r\n\r\n" not in request and (part := conn.recv(65_536)):
                    request += part
                if not request:
                    return
                self.requests.append(request)
                reply = self.replies.get(request.split(b" ")[1].decode(), page(b"No.", status="404 Not Found"))
                conn.sendall(reply) if isinstance(reply, bytes) else reply(conn)

    def close(self) -> None:
        if self._listener.fileno() < 0:
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(6)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(replies: dict[str, Reply] | None = None, **how) -> Server:
        servers.append(Server(replies or {"/": page()}, **how))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(autouse=True)
def _wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong with the program, its tests reach nobody."""
    real, known = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: tuple) -> None:
        assert ip_address(address[0]).is_loopback, f"a test would have connected to {address}"
        real(self, address)

    def numeric(host: str, *rest, **more) -> list:
        ip_address(host)  # a name would be asked of a server elsewhere
        return known(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", numeric)


LIMITS = Limits(seconds=5, gap=0)
#: Asks loopback, as a person who named it may.
LAB = Web(allowed=frozenset({"127.0.0.1", "::1"}), limits=LIMITS)


class Names:
    """A resolver that knows some names and a connector that leads every public number to loopback; both remember."""

    def __init__(self, **numbers: list[str] | list[list[str]]) -> None:
        self._numbers = {name.replace("_", "."): list(given) for name, given in numbers.items()}
        self.asked: list[str] = []
        self.connected: list[str] = []

    def resolve(self, host: str, _: int) -> list[str]:
        self.asked.append(host)
        found = self._numbers.get(host, [])
        return found.pop(0) if found and isinstance(found[0], list) else found

    def connect(self, number: str, port: int, seconds: float) -> httpcore2.NetworkStream:
        self.connected.append(number)
        return connect("127.0.0.1", port, seconds)

    def web(self, web: Web = LAB) -> Web:
        return replace(web, resolve=self.resolve, connect=self.connect)


def drip(piece: bytes, pause: float = 0.02) -> Callable[[socket.socket], None]:
    """Sends a piece again and again, without end."""

    def talk(conn: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                conn.sendall(piece)
                time.sleep(pause)

    return talk
