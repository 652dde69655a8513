"""What a server said of a page beside it: the headers of its answer, where one was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stemma.records import Exchange

#: The parameter of a media type, quoted or not (RFC 9110, 5.6.6).
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:\-]+)""", re.IGNORECASE)


class Served(NamedTuple):
    """The headers of an answer, names in small letters, in order; empty where no server was asked."""

    headers: tuple[tuple[str, str], ...] = ()

    def values(self, name: str) -> list[str]:
        """The values of one header."""
        return [value for key, value in self.headers if key == name]

    @property
    def charset(self) -> str:
        """The charset that ``Content-Type`` names; empty where it names none."""
        found = [match[1] for value in self.values("content-type") if (match := _CHARSET.search(value))]
        return found[-1] if found else ""


def read_served(exchange: Exchange | None) -> Served:
    """The headers of the answer that a capture came in."""
    return Served(tuple(_headers(exchange.response))) if exchange else Served()


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("latin-1").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()
