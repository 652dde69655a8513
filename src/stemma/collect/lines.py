"""JSON Lines of pages: ``{"url"?, "html" or "text", "fetched"?, "published"?, "outlet"?}``, one page a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

import msgspec

from stemma.collect.pages import PAGE_LIMIT, capture, printable, problem
from stemma.collect.stated import unreadable, without
from stemma.records import Capture, MediaType, Problem, Stated

_LINE_LIMIT = 2 * PAGE_LIMIT  #: bytes of a line; escapes make a page longer than it is
_CHARSET = re.compile(r"charset\s*=", re.IGNORECASE)
_FORM = '{"url"?, "html" or "text", "fetched"?, "published"?, "outlet"?}'


class Entry(msgspec.Struct, frozen=True):
    """One line; what is not named here is passed over."""

    html: str | None = None
    text: str | None = None
    url: str | None = None
    fetched: str | None = None
    published: str | None = None
    outlet: str | None = None


_ENTRY = msgspec.json.Decoder(Entry)


def pages(file: IO[bytes], origin: str, stated: Stated) -> Iterator[Capture | Problem]:
    """The pages of a file of lines; a bad line is a Problem with its number."""
    number = 0
    while line := file.readline(_LINE_LIMIT + 1):
        number += 1
        about = f"{origin}, line {number}"
        if len(line) > _LINE_LIMIT:
            _skip_rest(file)
            yield problem(about, f"the line is longer than {_LINE_LIMIT // 2**20} MiB; split it or leave it out")
        elif line.strip():
            yield from _page(line.removeprefix(b"\xef\xbb\xbf"), origin, about, stated)


def _skip_rest(file: IO[bytes]) -> None:
    while (part := file.readline(_LINE_LIMIT)) and not part.endswith(b"\n"):
        pass


def _page(line: bytes, origin: str, about: str, stated: Stated) -> Iterator[Capture | Problem]:
    try:
        entry = _ENTRY.decode(line)
        payload = _payload(entry)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        yield problem(about, f"not a page in JSON ({error}); a line is {_FORM}")
        return
    if payload is None:
        yield problem(about, f'neither or both of "html" and "text"; a line is {_FORM}')
        return
    facts = _facts(entry, stated)
    for fact in (wrong := unreadable(facts)):
        yield problem(about, f"{fact.name} '{printable(fact.value[:80])}' was not taken over: wanted {fact.wanted}")
    media_type: MediaType = "text/plain" if entry.html is None else "text/html"
    yield capture(payload, origin, without(facts, wrong), media_type, about)


def _facts(entry: Entry, stated: Stated) -> Stated:
    """What the line says, else what was stated of the file."""
    own = Stated(entry.url, entry.fetched, entry.published, entry.outlet)
    return Stated(*(value if value is not None else other for value, other in zip(own, stated, strict=True)))


def _payload(entry: Entry) -> bytes | None:
    """The page as UTF-8; HTML that declares a charset gets a byte order mark, which outranks it (WHATWG)."""
    if (entry.html is None) == (entry.text is None):
        return None
    if entry.html is None:
        return (entry.text or "").encode()
    marked = not entry.html.isascii() and _CHARSET.search(entry.html) and not entry.html.startswith("\ufeff")
    return entry.html.encode("utf-8-sig" if marked else "utf-8")
