"""Where the reader is served: under which names, through which door, and where its raw captures are."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from stemma.show import PORT

OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")  #: of this machine
_PORTS = {"http": 80, "https": 443}  #: left out of the Host header by browsers
_TICKET = 3600  #: seconds that the address of a raw capture holds


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is served. ``raw_port``: where raw captures are, on the same names; ``None``: nowhere."""

    port: int = PORT
    raw_port: int | None = None
    names: tuple[str, ...] = OWN_NAMES  #: as the Host header has them, IPv6 addresses in brackets
    public: str | None = None  #: "stemma.example" or "stemma.example:8443": how a proxy or the network calls it
    raw_public: str | None = None  #: the same for raw captures
    secure: bool = False  #: whether browsers reach it by TLS
    log_in: bool = False  #: whether a password is asked for
    now: Callable[[], float] = time.time

    @property
    def scheme(self) -> str:
        """As browsers see it."""
        return "https" if self.secure else "http"

    def hosts(self, *, raw: bool = False) -> frozenset[str]:
        """What may stand in the Host header of a request to the reader, or to its raw captures."""
        port, public = (self.raw_port, self.raw_public) if raw else (self.port, self.public)
        found = {f"{name}:{port}".lower() for name in self.names}
        if port == _PORTS["http"]:
            found |= set(self.names)
        return frozenset(found | ({public.lower()} if public else set()))

    def raw_origin(self, host: str) -> str | None:
        """Origin of the raw captures for a browser that calls the reader by this Host; ``None``: there is none."""
        if self.public and host.lower() == self.public.lower() and self.raw_public:
            return f"{self.scheme}://{self.raw_public}"
        if self.raw_port is None or (self.public and host.lower() == self.public.lower()):
            return None
        return f"http://{host.rpartition(':')[0] if ':' in host else host}:{self.raw_port}"

    def own_origins(self) -> list[str]:
        """Origins of the reader: the pages that may frame a raw capture."""
        plain = sorted(self.hosts() - ({self.public.lower()} if self.public else set()))
        return [*(f"http://{host}" for host in plain), *([f"{self.scheme}://{self.public}"] if self.public else [])]


def ticket(secret: str, capture: str, now: float) -> str:
    """The path under which a raw capture is shown for an hour to whoever was shown the path."""
    until = int(now) + _TICKET
    return f"/{capture}/{until}-{_mac(secret, capture, until)}"


def holds(secret: str, capture: str, shown: str, now: float) -> bool:
    """Whether the second part of such a path is ours and not over."""
    until, _, mac = shown.partition("-")
    if not (until.isascii() and until.isdecimal() and len(until) < len("99999999999")) or int(until) < now:
        return False
    return hmac.compare_digest(mac.encode("utf-8", "replace"), _mac(secret, capture, int(until)).encode())


def _mac(secret: str, capture: str, until: int) -> str:
    return hmac.new(secret.encode(), f"raw {capture} {until}".encode(), sha256).hexdigest()[:40]
