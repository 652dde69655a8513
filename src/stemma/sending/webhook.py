"""Messages to a web address: the same bars as for the pages that are fetched."""

from __future__ import annotations

import httpcore2

from stemma.collect.web.guard.addresses import Address, Unfit, follow, read_address
from stemma.collect.web.guard.wire import Budget, Checked, NotObserved, checked_numbers
from stemma.collect.web.settings import Web
from stemma.show.notices.forms import Message, payload

_AGAIN = frozenset({307, 308})  #: redirects that are followed with the same body (RFC 9110, 15.4.8)
_ANSWER = 64 * 1024  #: bytes of an answer: nobody reads it
_LIBRARY_ERRORS = (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError)


class NotSent(Exception):
    """A message that nobody took; the message says why. It never leaves ``sending``."""


def call(target: str, message: Message, web: Web) -> None:
    """POST a message as JSON. Raises ``NotSent`` where no 2xx answers.

    Every hop is read strictly, looked up once, checked, and connected to as it was checked; no hop leads from https to
    http. ``Idempotency-Key`` is the same for every try.
    """
    try:
        address = read_address(target)
    except Unfit as error:
        raise NotSent(f"{target!r} is not asked; wanted {error}") from None
    budget = Budget(web.limits.seconds, web.limits.head)
    for _ in range(web.limits.hops + 1):
        status, location = _told(address, message, web, budget)
        if status not in _AGAIN:
            if 200 <= status < 300:
                return
            raise NotSent(f"{address.origin} answered with status {status}")
        address = _next(address, location)
    raise NotSent(f"it redirects more than {web.limits.hops} times")


def _next(address: Address, location: str) -> Address:
    if not location:
        raise NotSent("it redirects and does not say where to")
    try:
        found = follow(address, location)
    except Unfit as error:
        raise NotSent(f"it redirects where nobody is asked; wanted {error}") from None
    if address.scheme == "https" and found.scheme == "http":
        raise NotSent("it redirects from https to http, where anybody on the way could read it")
    return found


def _told(address: Address, message: Message, web: Web, budget: Budget) -> tuple[int, str]:
    try:
        return _ask(address, message, web, budget)
    except NotObserved as error:
        raise NotSent(str(error)) from error
    except (*_LIBRARY_ERRORS, OSError, ValueError) as error:
        raise NotSent(f"the connection to {address.origin} failed ({error})") from error


def _ask(address: Address, message: Message, web: Web, budget: Budget) -> tuple[int, str]:
    """One hop: its status, and where it leads."""
    backend = Checked(checked_numbers(address, web.resolve, web.allowed, budget), web.connect, budget)
    url = httpcore2.URL(
        scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.target.encode()
    )
    body = payload(message)
    headers = [
        (b"Host", address.server.encode()), (b"User-Agent", web.agent.encode()), (b"Content-Type", b"application/json"),
        (b"Content-Length", str(len(body)).encode()), (b"Idempotency-Key", message.key.encode()),
        (b"Connection", b"close"),
    ]  # fmt: skip
    budget.refill(_ANSWER)
    context = web.trust() if address.scheme == "https" else None
    with (
        httpcore2.HTTPConnection(url.origin, ssl_context=context, network_backend=backend) as connection,
        connection.stream("POST", url, headers=headers, content=body) as response,
    ):
        told = [value for name, value in response.headers if name.lower() == b"location"]
        return response.status, told[0].decode("latin-1") if told else ""
