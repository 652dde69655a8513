"""Serving the reader at an address until interrupted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from ipaddress import ip_address
from pathlib import Path
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket
from typing import Any, NamedTuple

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from stemma.errors import BadValue
from stemma.show.web.frame.guard import HEAD

LOOPBACK = "127.0.0.1"
_HEAD_SECONDS = 10.0  #: seconds in which the head of a request must have come
_IDLE = 15  #: seconds that a connection may be kept without a request
_CONNECTIONS = 256  #: at once; a browser opens six, and what comes beyond is told to come again


class Tls(NamedTuple):
    """Files of a certificate and its key, in PEM."""

    certificate: Path
    key: Path


class Hasty(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with a term for the head of a request: whoever drips it is hung up on."""

    _term: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._begin_term()

    def data_received(self, data: bytes) -> None:
        """Take what came; a head that begins must end in time."""
        if self._term is None and self._is_between():
            self._begin_term()
        super().data_received(data)
        if not self._is_between():
            self._end_term()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._end_term()
        super().connection_lost(exc)

    def _is_between(self) -> bool:
        """Whether no request is at work: none came yet, or the last one was answered."""
        return self.cycle is None or bool(self.cycle.response_complete)

    def _begin_term(self) -> None:
        self._term = self.loop.call_later(_HEAD_SECONDS, self._hang_up)

    def _end_term(self) -> None:
        if self._term is not None:
            self._term.cancel()
            self._term = None

    def _hang_up(self) -> None:
        self._term = None
        if not self.transport.is_closing() and self._is_between():
            self.transport.close()


def server(app: ASGIApp, tls: Tls | None = None) -> uvicorn.Server:
    """What speaks HTTP, in bounds of size, time and number."""
    secured: dict[str, Any] = {"ssl_certfile": tls.certificate, "ssl_keyfile": tls.key} if tls else {}
    return uvicorn.Server(uvicorn.Config(
        app, log_level="critical", access_log=False, server_header=False, date_header=False, lifespan="off", ws="none",
        http=Hasty, h11_max_incomplete_event_size=HEAD, timeout_keep_alive=_IDLE, limit_concurrency=_CONNECTIONS,
        proxy_headers=False, **secured,
    ))  # fmt: skip


def run(
    app: ASGIApp, socket_: socket, ready: Callable[[str], None], more: Sequence[socket] = (), tls: Tls | None = None
) -> None:
    """Serve at listening sockets until interrupted; ``ready`` gets the address of the first once it answers."""
    with ExitStack() as held, suppress(KeyboardInterrupt):
        for each in (socket_, *more):
            held.enter_context(each)
        ready(f"{'https' if tls else 'http'}://{_shown(socket_)}/")
        server(app, tls).run(sockets=[socket_, *more])


def _shown(socket_: socket) -> str:
    host, port = socket_.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def listening(port: int, host: str = LOOPBACK) -> socket:
    """A socket that listens on an IP address of this machine. Raises ``BadValue`` for one that is taken or not here."""
    try:
        number = ip_address(host)
    except ValueError:
        raise BadValue("host", host, "an IP address of this machine, or 0.0.0.0 for all") from None
    found = socket(AF_INET6 if number.version == 6 else AF_INET)
    found.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise BadValue("port", port, f"a free port ({error.strerror})") from error
    found.listen()
    return found
