"""Addresses of pages: read strictly and written in one way.

What two programs could understand differently (blanks, backslashes, credentials, odd spellings of IP addresses) is
refused, not repaired: whoever checks an address must see what whoever connects sees.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import idna

PORTS = {"http": 80, "https": 443}
#: Ports from 1,024 on that browsers do not ask either ("bad ports", WHATWG Fetch Standard 2024, 2.9).
_OTHER_TRADES = frozenset({
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})  # fmt: skip
_FIRST_FREE_PORT = 1_024  #: below it a port belongs to one trade (RFC 6335); of the Web are 80 and 443 alone
_LAST_PORT = 65_535
_LONGEST = 8_000  #: characters; RFC 9110, 4.1 asks for no more
_LONGEST_NAME = 253  #: characters of a host name (RFC 1035, 2.3.4)

_SCHEME = re.compile(r"\s*(?:https?:|[a-z][a-z0-9+.\-]+://)", re.IGNORECASE)
_ODD = re.compile(r"[\x00-\x20\x7f-\x9f\\]|\s")
_SERVER = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^\[\]:%@]+)(?::(?P<port>[0-9]{0,5}))?", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_FOREIGN = re.compile(r"[^!-~]+")


class Unfit(ValueError):
    """An address that is not asked; the message says what is wanted instead. It never leaves the room."""


class Address(NamedTuple):
    """The address of a page, taken apart; the parts are ASCII, and what is connected to is what was checked."""

    scheme: str  #: http | https
    host: str  #: in small letters, no dot at the end; an IPv6 address without brackets
    port: int
    target: str  #: path and query, from the first "/"

    @property
    def server(self) -> str:
        """Host and port as the ``Host`` header has them: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and server."""
        return f"{self.scheme}://{self.server}"

    def __str__(self) -> str:
        return self.origin + self.target


def is_address(text: str) -> bool:
    """Whether a word of the command line is meant as an address, of whatever kind, not as a path."""
    return _SCHEME.match(text) is not None


def read_address(text: str) -> Address:
    """The address, its fragment left out and letters of other scripts encoded. Raises ``Unfit``."""
    if len(text) > _LONGEST:
        raise Unfit(f"an address of at most {_LONGEST:,} characters")
    _refuse_odd(text)
    try:
        parts = urlsplit(text)
        target = _encoded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    except ValueError as error:  # also a UnicodeError
        raise Unfit(f"an address that can be read ({error})") from None
    if parts.scheme not in PORTS:
        raise Unfit("an address that begins with http:// or https://")
    if "@" in parts.netloc:
        raise Unfit("an address without a name or password: nobody is ever logged in")
    if not (server := _SERVER.fullmatch(parts.netloc)):
        raise Unfit("the name of a server after http:// or https://, and at most a port behind it")
    return Address(parts.scheme, read_host(server["host"]), _port(server["port"], parts.scheme), target)


def follow(at: Address, location: str) -> Address:
    """Where a redirect leads; blanks in it are encoded, as browsers do. Raises ``Unfit``."""
    spelled = location.strip(" \t").replace(" ", "%20")
    _refuse_odd(spelled)  # before the library leaves line ends out
    try:
        joined = urljoin(str(at), spelled)
    except ValueError as error:
        raise Unfit(f"an address that can be read ({error})") from None
    return read_address(joined)


def _refuse_odd(text: str) -> None:
    if _ODD.search(text):
        raise Unfit("an address without blanks, control characters and backslashes")


def read_host(host: str) -> str:
    """The host in the form of ``Address.host``. Raises ``Unfit``."""
    if host.startswith("["):
        return _ipv6(host[1:-1])
    name = _ascii(host).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # what some programs read as an IPv4 address (WHATWG URL, "ends in a number")
        return _ipv4(name)
    if len(name) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)):
        raise Unfit("the name of a server after http:// or https://")
    return name


def _ascii(host: str) -> str:
    """A name of another script as IDNA writes it (UTS 46); full-width digits and dots become plain ones."""
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host[: _LONGEST_NAME + 1], uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        raise Unfit("the name of a server that IDNA allows") from None


def _ipv4(text: str) -> str:
    try:
        return str(IPv4Address(text))
    except ValueError:
        raise Unfit("an IPv4 address as four decimal numbers") from None


def _ipv6(text: str) -> str:
    """Shortened as RFC 5952 has it; one that is an IPv4 address in disguise is that address."""
    try:
        number = IPv6Address(text)
    except ValueError:
        raise Unfit("an IPv6 address as RFC 4291 writes it") from None
    return str(number.ipv4_mapped or number)


def _port(digits: str | None, scheme: str) -> int:
    port = int(digits) if digits else PORTS[scheme]
    if port not in PORTS.values() and (not _FIRST_FREE_PORT <= port <= _LAST_PORT or port in _OTHER_TRADES):
        raise Unfit("port 80, 443, or one above 1023 that no other trade has")
    return port


def _encoded(target: str) -> str:
    """Letters of other scripts percent-encoded as UTF-8 (RFC 3987, 3.1); the rest as it stands."""
    return _FOREIGN.sub(lambda match: quote(match[0]), target)
