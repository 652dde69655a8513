"""How pages are asked for: by whom, from where, and how much is put up with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from ssl import SSLContext

import httpcore2

from stemma.collect.pages import PAGE_LIMIT
from stemma.collect.web.guard.addresses import Unfit, read_host
from stemma.collect.web.guard.wire import Connector, Resolver, connect, look_up
from stemma.errors import BadValue

_DISTRIBUTION = "stemma-archive"
_NOBODY = "no contact given"  #: what a server's keeper is told where the person who asks gave none
_CONTACT = re.compile(r"[ -'*-~]{1,200}")  #: what may stand in a comment of a header (RFC 9110, 5.6.5)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take; beyond it the page is not observed."""

    seconds: float = 30.0  #: by the wall clock: looking up, all hops, all waits, all bytes
    page: int = PAGE_LIMIT  #: bytes, unpacked
    wire: int = 2 * PAGE_LIMIT  #: bytes as they come; chunks of a few bytes take more than they hold
    head: int = 256 * 1024  #: bytes of one answer before its body, as in Chromium; half of what curl takes
    hops: int = 5  #: redirects; Fetch allows 20, RFC 1945 asked for 5, and more are a trap or a login
    growth: int = 200  #: unpacked size to packed size; pages reach 20, repetitive ones 50, bombs 1,000
    free: int = 2**20  #: bytes that may be unpacked whatever they grew from
    gap: float = 1.0  #: seconds between two requests to one server
    cut: bool = False  #: whether a body that is too large is cut where it becomes so, instead of refused


@lru_cache(maxsize=1)
def trust() -> SSLContext:
    """The certificate authorities that this system trusts; $SSL_CERT_FILE names others."""
    return httpcore2.default_ssl_context()


def _keep_quiet(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Web:
    """How ``collect`` asks servers. ``asking(...)`` makes one from what a person said."""

    agent: str = f"Stemma/{version(_DISTRIBUTION)} ({_NOBODY})"
    allowed: frozenset[str] = frozenset()  #: hosts that may lie in ranges for the lab, each named by a person
    limits: Limits = field(default_factory=Limits)
    resolve: Resolver = look_up
    connect: Connector = connect
    trust: Callable[[], SSLContext] = trust
    tell: Callable[[str], None] = _keep_quiet  #: called with each address before it is asked


def asking(contact: str | None = None, allowed: Iterable[str] = (), tell: Callable[[str], None] = _keep_quiet) -> Web:
    """How to ask servers: ``contact`` stands in the user agent. Raises ``BadValue``."""
    hosts = frozenset(map(_host, allowed))
    if contact is None:
        return Web(allowed=hosts, tell=tell)
    if not _CONTACT.fullmatch(contact):
        raise BadValue("contact", contact, "an e-mail address or a web address, in plain letters")
    return Web(agent=f"Stemma/{version(_DISTRIBUTION)} (+{contact})", allowed=hosts, tell=tell)


def _host(name: str) -> str:
    """A host as addresses have it; an IPv6 address may come without brackets. Raises ``BadValue``."""
    try:
        return read_host(f"[{name}]" if ":" in name and not name.startswith("[") else name)
    except Unfit:
        raise BadValue("allow-host", name, "the name or IP address of one server, without http:// and port") from None
