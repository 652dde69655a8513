"""JSON Lines of pages, one a line: ``{"url"?, "html" or "text", "title"?, "fetched"?, "published"?, "outlet"?}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Any

import msgspec

from stemma.collect.formats.entry import Entry, encoded, taken
from stemma.collect.pages import PAGE_LIMIT, problem
from stemma.collect.source import Found, Source
from stemma.records import MediaType, Stated

_LINE_LIMIT = 2 * PAGE_LIMIT  #: bytes of a line; escapes make a page longer than it is
_FORM = '{"url"?, "html" or "text", "title"?, "fetched"?, "published"?, "outlet"?}'


class Line(msgspec.Struct, frozen=True):
    """One page as a line or row has it; what is not named here is passed over."""

    html: str | None = None
    text: str | None = None
    title: str | None = None  #: set above a text that does not have it; HTML has its own
    url: str | None = None
    fetched: str | None = None
    published: str | None = None
    outlet: str | None = None


FIELDS = Line.__struct_fields__
_LINE = msgspec.json.Decoder(Line)
_ANY = msgspec.json.Decoder(dict[str, Any])


def pages(source: Source) -> Found:
    """The pages of a file of lines; a bad line is a Problem with its number."""
    for number, line in _numbered(source.plain()):
        about = f"{source.origin}, line {number}"
        if line is None:
            yield problem(about, f"the line is longer than {_LINE_LIMIT // 2**20} MiB; split it or leave it out")
        elif line.strip():
            yield from _page(line.removeprefix(b"\xef\xbb\xbf"), source, about)


def _numbered(file: BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers; None for one that is too long."""
    number = 0
    while line := file.readline(_LINE_LIMIT + 1):
        number += 1
        if len(line) > _LINE_LIMIT:
            while (part := file.readline(_LINE_LIMIT)) and not part.endswith(b"\n"):
                pass
        yield number, line if len(line) <= _LINE_LIMIT else None


def _page(line: bytes, source: Source, about: str) -> Found:
    columns = source.choice.columns
    try:
        said = line_of(_ANY.decode(line), columns) if columns else _LINE.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        yield problem(about, f"not a page in JSON ({error}); a line is {_FORM}")
        return
    yield from page_of(said, source, about)


def line_of(values: Mapping[str, object], columns: Mapping[str, str]) -> Line:
    """The page of a row: each field from the column that is said to hold it, else from the one of its own name.

    Empty columns say nothing. Raises ``msgspec.ValidationError`` where a value is no text.
    """
    found = {name: values.get(columns.get(name, name)) for name in FIELDS}
    return msgspec.convert({name: value for name, value in found.items() if value not in {None, ""}}, Line)


def page_of(said: Line, source: Source, about: str) -> Found:
    """The page of a line; a Problem where it holds none or two. One of a server that was not chosen is passed over."""
    if not source.choice.takes(said.url):
        return
    if (said.html is None) == (said.text is None):
        yield problem(about, f'neither or both of "html" and "text"; a line is {_FORM}')
        return
    try:
        payload = _payload(said)
    except UnicodeError as error:
        yield problem(about, f"its characters cannot be written ({error}); mend the file")
        return
    own = Stated(said.url, said.fetched, said.published, said.outlet)
    kind: MediaType = "text/plain" if said.html is None else "text/html"
    yield from taken(Entry(payload, source.origin, own, kind), source.stated, about)


def _payload(said: Line) -> bytes:
    if said.html is not None:
        return encoded(said.html)
    text = said.text or ""
    title = (said.title or "").strip()
    return (f"{title}\n\n{text}" if title and not text.lstrip().startswith(title) else text).encode()
