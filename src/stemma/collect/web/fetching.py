"""One page from one server: every hop checked anew, nothing of whoever asks told but the user agent."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import NamedTuple

import httpcore2

from stemma.collect.web.guard.addresses import Address, Unfit, follow
from stemma.collect.web.guard.wire import Budget, Checked, NotObserved, checked_numbers
from stemma.collect.web.settings import Web
from stemma.collect.web.unpacking import ACCEPTED, coding_of, gather

Headers = list[tuple[bytes, bytes]]
FOUND = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TYPES = "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1"
_SHOWN = 200  #: characters of a server's words that a message repeats
_LIBRARY_ERRORS = (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError)


class Answer(NamedTuple):
    """What a server answered, every redirect followed."""

    at: Address  #: the address that answered
    status: int
    request: Headers  #: what it was asked with
    line: bytes  #: the status line
    headers: Headers  #: in their order and spelling
    number: str  #: IP address of the server
    body: bytes = b""  #: unpacked; read where the status is 200 alone

    def values(self, name: str) -> list[str]:
        """The values of a header, in order."""
        return [value.decode("latin-1").strip() for key, value in self.headers if key.lower() == name.encode()]


class Wants(NamedTuple):
    """What a request is for."""

    accept: str = _TYPES
    known: Sequence[
        tuple[bytes, bytes]
    ] = ()  #: headers of a conditional request; only the address that is asked first gets them
    may: Callable[[Address], bool] = lambda _: True  #: whether a redirect may be followed to an address


_A_PAGE = Wants()


def fetch(address: Address, web: Web, wants: Wants = _A_PAGE) -> Answer:
    """Ask for a page. Raises ``NotObserved`` where no server answered, or not as a server of pages does.

    The hops of one fetch share its time. A hop from https to http is refused: the page would be anybody's word.
    """
    budget = Budget(web.limits.seconds, web.limits.head)
    for _ in range(web.limits.hops + 1):
        answer = _told(address, web, budget, [(b"Accept", wants.accept.encode()), *wants.known])
        if answer.status not in _REDIRECTS:
            return answer
        address = _next(answer)
        if not wants.may(address):
            raise NotObserved(f"it redirects to {str(address)[:_SHOWN]!r}, where robots.txt asks programs not to go")
        wants = wants._replace(known=())
    raise NotObserved(f"it redirects more than {web.limits.hops} times; open it in a browser and add where that leads")


def _told(address: Address, web: Web, budget: Budget, headers: Headers) -> Answer:
    """One hop; what goes wrong is told in words."""
    try:
        return _ask(address, web, budget, headers)
    except _LIBRARY_ERRORS as error:
        budget.left()  # whatever broke when the time was over, that it was over is the reason
        raise NotObserved(_reason(error)) from error
    except (OSError, ValueError) as error:  # also a UnicodeError
        raise NotObserved(f"the connection failed ({error})") from error


def _ask(address: Address, web: Web, budget: Budget, headers: Headers) -> Answer:
    """One request over a connection of its own: no cookie, no login, no referrer."""
    backend = Checked(checked_numbers(address, web.resolve, web.allowed, budget), web.connect, budget)
    url = httpcore2.URL(
        scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.target.encode()
    )
    request = _request(address, web.agent, headers)
    context = web.trust() if address.scheme == "https" else None
    budget.refill(web.limits.head)
    with (
        httpcore2.HTTPConnection(url.origin, ssl_context=context, network_backend=backend) as connection,
        connection.stream("GET", url, headers=request) as response,
    ):
        said = response.extensions
        line = b"%s %d %s" % (said["http_version"], response.status, said["reason_phrase"])
        answer = Answer(address, response.status, request, line, list(response.headers), budget.number)
        return _with_body(answer, response, web, budget) if answer.status == FOUND else answer


def _with_body(answer: Answer, response: httpcore2.Response, web: Web, budget: Budget) -> Answer:
    coding = coding_of(answer.values("content-encoding"))
    budget.refill(web.limits.wire)
    chunks: Iterator[bytes] = response.iter_stream()
    return answer._replace(body=gather(chunks, coding, web.limits))


def _request(address: Address, agent: str, wanted: Headers) -> Headers:
    return [
        (b"Host", address.server.encode()),
        (b"User-Agent", agent.encode()),
        *wanted,
        (b"Accept-Encoding", ACCEPTED.encode()),
        (b"Connection", b"close"),
    ]


def _next(answer: Answer) -> Address:
    """Where a redirect leads. Raises ``NotObserved`` where that may not be followed."""
    location = next(iter(_locations(answer)), "")
    if not location:
        raise NotObserved(f"it redirects (status {answer.status}) and does not say where to")
    try:
        address = follow(answer.at, location)
    except Unfit as error:
        raise NotObserved(f"it redirects to {location[:_SHOWN]!r}; wanted {error}") from None
    if answer.at.scheme == "https" and address.scheme == "http":
        shown = f"({location[:_SHOWN]!r})"
        raise NotObserved(f"it redirects from https to http {shown}, where anybody on the way could answer")
    return address


def _locations(answer: Answer) -> Iterator[str]:
    """Servers write letters of other scripts into ``Location`` as UTF-8, against RFC 9110 and to general use."""
    for name, value in answer.headers:
        if name.lower() == b"location":
            try:
                yield value.decode()
            except UnicodeDecodeError:
                yield value.decode("latin-1")


def status_words(status: int) -> str:
    """A status with its name, as RFC 9110 has it and not as the server words it."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _reason(error: Exception) -> str:
    """Why a connection failed, with what the library says."""
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({cause.verify_message})"
    if isinstance(error, httpcore2.TimeoutException):
        return "the server did not answer in time"
    if isinstance(cause, ssl.SSLError):
        return f"the encrypted connection failed ({cause.reason or cause})"
    if isinstance(error, httpcore2.ConnectError):
        return f"no connection to the server ({error})"
    if isinstance(error, httpcore2.NetworkError):
        return f"the connection broke ({error})"
    return f"the answer is not as HTTP has it ({str(error)[:_SHOWN]})"
