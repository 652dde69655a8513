"""HAR 1.2: what a browser's developer tools save of a session (the W3C draft of 2012, as browsers write it)."""

from __future__ import annotations

import base64
import binascii
import re

import msgspec

from stemma.collect.formats.entry import PAGES, Entry, encoded, named, taken, whole
from stemma.collect.pages import media_type_of, problem
from stemma.collect.source import Found, Source
from stemma.records import Exchange, Stated

_LARGEST = 128 * 2**20  #: bytes of a file; it is read as a whole, and takes some times its size
_FOUND = 200
_SECRET = frozenset({"cookie", "set-cookie", "authorization", "proxy-authorization"})  #: what logs somebody in
_PSEUDO = ":"  #: begins the names of what HTTP/2 has in place of a first line


class Header(msgspec.Struct):
    """A header."""

    name: str = ""
    value: str = ""


class Content(msgspec.Struct, rename="camel"):
    """A body, unpacked; in base 64 where ``encoding`` says so."""

    mime_type: str = ""
    text: str = ""
    encoding: str = ""


class Request(msgspec.Struct, rename="camel"):
    """What was asked for."""

    url: str = ""
    method: str = "GET"
    http_version: str = "HTTP/1.1"
    headers: list[Header] = []


class Response(msgspec.Struct, rename="camel"):
    """What was answered."""

    status: int = 0
    status_text: str = ""
    http_version: str = "HTTP/1.1"
    headers: list[Header] = []
    content: Content = msgspec.field(default_factory=Content)


class Visit(msgspec.Struct, rename="camel"):
    """One request and its answer."""

    request: Request
    response: Response
    started_date_time: str = ""
    server_ip_address: str = msgspec.field(default="", name="serverIPAddress")


class Log(msgspec.Struct):
    """All of a session; entries are read one by one, so that a bad one costs no other."""

    entries: list[msgspec.Raw] = []


class Session(msgspec.Struct):
    """The file."""

    log: Log


_SESSION = msgspec.json.Decoder(Session)
_VISIT = msgspec.json.Decoder(Visit)


def pages(source: Source) -> Found:
    """The pages of a session, in the order asked for; pictures, scripts and the like are passed over.

    Browsers save a body as text, so that it is kept as UTF-8 whatever it was sent as.
    """
    held = whole(source, _LARGEST)
    try:
        entries = _SESSION.decode(held.removeprefix(b"\xef\xbb\xbf")).log.entries
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        yield problem(source.origin, f"it is no HAR file ({error}); save the session again")
        return
    for number, raw in enumerate(entries, 1):
        yield from _visit(raw, number, source)


def _visit(raw: msgspec.Raw, number: int, source: Source) -> Found:
    about = f"{source.origin}, entry {number}"
    try:
        visit = _VISIT.decode(raw)
        if not _is_page(visit) or not source.choice.takes(visit.request.url):
            return
        payload = _payload(visit.response.content)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, binascii.Error) as error:
        yield problem(about, f"it is no entry of a HAR file ({error})")
        return
    if not payload:
        yield problem(about, "the browser saved it without its content; open the page, then save the session")
        return
    own = Stated(visit.request.url, visit.started_date_time or None, None, None)
    kind = media_type_of(payload, named(_kind(visit)))
    yield from taken(Entry(payload, source.origin, own, kind, _exchange(visit)), source.stated, about)


def _is_page(visit: Visit) -> bool:
    return visit.response.status == _FOUND and visit.request.method == "GET" and _kind(visit) in PAGES


def _kind(visit: Visit) -> str:
    return visit.response.content.mime_type.partition(";")[0].strip().lower()


def _payload(content: Content) -> bytes:
    return base64.b64decode(content.text) if content.encoding == "base64" else encoded(content.text)


def _exchange(visit: Visit) -> Exchange:
    """Both heads, as far as a browser keeps them: not the order and spelling of the wire."""
    asked, answer = visit.request, visit.response
    target = "/" + asked.url.split("://", 1)[-1].partition("/")[2].partition("#")[0]
    request = _head(f"{asked.method} {target} HTTP/1.1", asked.headers)
    response = _head(f"HTTP/1.1 {answer.status} {answer.status_text}".rstrip(), answer.headers)
    return Exchange(request, response, visit.server_ip_address or None)


def _head(line: str, headers: list[Header]) -> bytes:
    """A head; whatever would end a line early is left out, and cookies are: they would log in whoever reads them."""
    kept = [each for each in headers if not each.name.startswith(_PSEUDO) and each.name.lower() not in _SECRET]
    lines = [line, *(f"{each.name}: {each.value}" for each in kept)]
    return "".join(re.sub(r"[\r\n\0]+", " ", each) + "\r\n" for each in [*lines, ""]).encode("utf-8", "replace")
