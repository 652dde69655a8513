"""Serving the reader at an address of this machine until interrupted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from socket import SO_REUSEADDR, SOL_SOCKET, socket

import uvicorn
from starlette.types import ASGIApp

from stemma.errors import BadValue


def run(app: ASGIApp, socket_: socket, ready: Callable[[str], None]) -> None:
    """Serve at a listening socket until interrupted; ``ready`` gets the address once it answers."""
    config = uvicorn.Config(app, log_level="critical", access_log=False, server_header=False, lifespan="off", ws="none")
    with socket_, suppress(KeyboardInterrupt):
        ready(f"http://127.0.0.1:{socket_.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[socket_])


def listening(port: int) -> socket:
    """A socket that listens on 127.0.0.1. Raises ``BadValue`` for a port that is taken."""
    found = socket()
    found.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
    except OSError as error:
        found.close()
        raise BadValue("port", port, f"a free port ({error.strerror})") from error
    found.listen()
    return found
