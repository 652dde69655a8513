"""The way to a server: look the name up once, check every answer, connect to what was checked, and count.

``httpcore2`` speaks HTTP; it gets its connections from here and never looks a name up itself.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from ssl import SSLContext
from threading import Thread
from typing import Any

import httpcore2

from stemma.collect.web.guard.addresses import Address
from stemma.collect.web.guard.ranges import refusal

#: ``resolve(host, port)``: the IP addresses of a name.
Resolver = Callable[[str, int], Sequence[str]]
#: ``connect(number, port, seconds)``: a stream to an IP address. Raises ``httpcore2`` errors.
Connector = Callable[[str, int, float], httpcore2.NetworkStream]
_PATIENCE = 10.0  #: seconds for one connection; of several addresses some may not answer


class NotObserved(Exception):
    """A page that was not got; the message says why. It never leaves the room: a ``Problem`` tells it."""


class Budget:
    """How long and how much a fetch may still take, all hops and waits together."""

    def __init__(self, seconds: float, size: int) -> None:
        self.number = ""  #: IP address of the server that was connected to last
        self._seconds, self._size = seconds, size
        self._ends = time.monotonic() + seconds
        self._left = size

    def left(self) -> float:
        """Seconds that are left. Raises ``NotObserved`` where none is."""
        if (left := self._ends - time.monotonic()) <= 0:
            raise NotObserved(f"it took longer than {self._seconds:g} seconds")
        return left

    def refill(self, size: int) -> None:
        """From here on ``size`` bytes may come: a new answer, or its body."""
        self._size = self._left = size

    def spend(self, size: int) -> None:
        """Count bytes that came. Raises ``NotObserved`` where they are too many."""
        self._left -= size
        if self._left < 0:
            raise NotObserved(f"the server sent more than {self._size:,} bytes where so many are no page")


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a name, as the system's resolver orders them. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(number: str, port: int, seconds: float) -> httpcore2.NetworkStream:
    """A connection to an IP address; proxies that the environment names are not used."""
    return httpcore2.SyncBackend().connect_tcp(number, port, timeout=seconds)


def checked_numbers(address: Address, resolve: Resolver, allowed: frozenset[str], budget: Budget) -> list[str]:
    """The IP addresses of the server. Raises ``NotObserved`` where one of them is not to be asked: then none is."""
    numbers = [address.host] if _is_number(address.host) else _resolved(address, resolve, budget)
    for number in numbers:
        if reason := refusal(number, allowed=address.host in allowed):
            raise NotObserved(_refused(address.host, number, reason))
    return numbers


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _refused(host: str, number: str, reason: str) -> str:
    shown = "it" if number == host else f"{host} is at {number}, which"
    way_out = "" if refusal(number, allowed=True) else f". For a server of your own: --allow-host {host}"
    return f"{shown} is {reason}, where no page is fetched from; nothing was connected{way_out}"


def _resolved(address: Address, resolve: Resolver, budget: Budget) -> list[str]:
    """The system's resolver knows no deadline: it works beside, and is left alone when its time is over."""
    answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(address.host, address.port))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told by whoever waits
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=budget.left())
    except Empty:
        answer = []
        budget.left()  # tells that the time is over
    if isinstance(answer, Exception) or not answer:
        raise NotObserved(f"the name {address.host} is not known here; check its spelling and the connection")
    return list(answer)


class Checked(httpcore2.NetworkBackend):
    """Connects to IP addresses that were checked, whatever name is asked for."""

    def __init__(self, numbers: Sequence[str], connect: Connector, budget: Budget) -> None:
        self._numbers, self._connect, self._budget = numbers, connect, budget

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - looked up already
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the budget's
        local_address: str | None = None,  # noqa: ARG002 - never asked for
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002 - never asked for
    ) -> httpcore2.NetworkStream:
        """A counted stream to the first address that answers. Raises the error of the last one."""
        *others, last = self._numbers
        for number in others:
            try:
                return self._line(number, port)
            except (httpcore2.NetworkError, httpcore2.TimeoutException):
                continue
        return self._line(last, port)

    def _line(self, number: str, port: int) -> httpcore2.NetworkStream:
        stream = self._connect(number, port, min(_PATIENCE, self._budget.left()))
        self._budget.number = number
        return Line(stream, self._budget)


class Line(httpcore2.NetworkStream):
    """A stream each step of which may last as long as the whole fetch has left, and whose bytes are counted."""

    def __init__(self, stream: httpcore2.NetworkStream, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the budget's
        """The next bytes."""
        got = self._stream.read(max_bytes, self._budget.left())
        self._budget.spend(len(got))
        return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the budget's
        """Send bytes."""
        self._stream.write(buffer, self._budget.left())

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the budget's
    ) -> httpcore2.NetworkStream:
        """The same line, encrypted."""
        return Line(self._stream.start_tls(ssl_context, server_hostname, self._budget.left()), self._budget)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the library's signature
        """What the library asks of a stream."""
        return self._stream.get_extra_info(info)
