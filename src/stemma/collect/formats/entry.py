"""One page of a file of many: what the file says of it outranks what is stated of the file."""

from __future__ import annotations

import re
from typing import NamedTuple

from stemma.collect.pages import capture, printable, problem
from stemma.collect.source import Found, Source
from stemma.collect.stated import unreadable, without
from stemma.records import Capture, Exchange, MediaType, Stated

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})  #: media types of pages
_TEXT = "text/plain"
_CHARSET = re.compile(r"charset\s*=", re.IGNORECASE)
_MARK = "\ufeff"
_SHOWN = 80  #: characters of a value that a message repeats


class Entry(NamedTuple):
    """A page and what its file says of it."""

    payload: bytes
    origin: str
    own: Stated  #: what the file says
    media_type: MediaType | None = None  #: None: what the bytes show
    exchange: Exchange | None = None


def taken(entry: Entry, stated: Stated, about: str) -> Found:
    """The capture of an entry; a Problem where it is no page, and for each fact that cannot be read."""
    facts = Stated(*(new if new is not None else old for new, old in zip(entry.own, stated, strict=True)))
    for fact in (wrong := unreadable(facts)):
        value = printable(fact.value[:_SHOWN])
        yield problem(about, f"{fact.name} '{value}' was not taken over: wanted {fact.wanted}")
    made = capture(entry.payload, entry.origin, without(facts, wrong), entry.media_type, about)
    yield made._replace(exchange=entry.exchange) if isinstance(made, Capture) else made


def named(media_type: str) -> str:
    """A file name that says of a page what a server or sender calls it."""
    return "page.txt" if media_type == _TEXT else "page.html"


def encoded(html: str) -> bytes:
    """Text as UTF-8; where it declares a charset it gets a byte order mark, which outranks that (WHATWG)."""
    marked = not html.isascii() and _CHARSET.search(html) and not html.startswith(_MARK)
    return html.encode("utf-8-sig" if marked else "utf-8")


def whole(source: Source, most: int) -> bytes:
    """All of a file, unzipped. Raises ``OSError`` where it is larger than ``most`` bytes."""
    held = source.plain().read(most + 1)
    if len(held) > most:
        raise OSError(f"it is larger than {most // 2**20} MiB")
    return held
