"""What a server answered, as web archives keep it: head and body apart, the body's encodings undone."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

import brotli

from stemma.collect.formats.entry import PAGES
from stemma.collect.pages import PAGE_LIMIT

_FOUND = 200
_END = re.compile(rb"\r?\n\r?\n")  #: of a head; RFC 9112, 2.2 lets a reader take a bare line feed for a line's end
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")  #: of a chunk (RFC 9112, 7.1)
_GZIP_MARK = b"\x1f\x8b"
_GZIP_WINDOW, _ZLIB_WINDOW, _RAW_WINDOW = 31, 15, -15  #: ``wbits`` of zlib.decompressobj
_ZLIB_METHOD = 8  #: low half of the first byte of a zlib stream (RFC 1950, 2.2)
_TOO_LARGE = f"it unpacks to more than {PAGE_LIMIT // 2**20} MiB, which no page does"


class Refused(Exception):
    """An answer that gives no page; the message says why. It never leaves the room: a ``Problem`` tells it."""


class Head(NamedTuple):
    """The head of an answer."""

    sent: bytes  #: as it was sent, the empty line at its end included
    status: int  #: 0 where it cannot be read

    def values(self, name: bytes) -> list[str]:
        """The values of a header, in order, without blanks around them."""
        pattern = re.compile(rb"^" + re.escape(name) + rb"[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
        return [value.decode("latin-1") for value in pattern.findall(self.sent)]

    @property
    def media_type(self) -> str:
        """What the server calls the body, in small letters and without parameters; empty where it says nothing."""
        return next(iter(self.values(b"content-type")), "").partition(";")[0].strip().lower()

    @property
    def is_page(self) -> bool:
        """Whether what follows is a page: found, and HTML or text, or not said what."""
        return self.status == _FOUND and self.media_type in PAGES | {""}


def parted(block: bytes) -> tuple[Head, bytes]:
    """Head and body of an answer as they were sent; all is head where no empty line ends it."""
    end = found.end() if (found := _END.search(block)) else len(block)
    status = _STATUS.match(block)
    return Head(block[:end], int(status[1]) if status else 0), block[end:]


def unpacked(head: Head, body: bytes) -> bytes:
    """The body without chunks and coding; one that is unpacked already, whatever its head says, as it stands.

    Many crawlers keep a body unpacked below the head of the packed one. Raises ``Refused``.
    """
    if any("chunked" in value.lower() for value in head.values(b"transfer-encoding")):
        body = joined(body)
    codings = [each.strip() for value in head.values(b"content-encoding") for each in value.lower().split(",")]
    for coding in reversed(codings):
        body = _decoded(body, coding)
    return body


def joined(body: bytes) -> bytes:
    """The chunks of a body as one; what is not in chunks as it stands."""
    parts: list[bytes] = []
    at = 0
    while size := _SIZE.match(body, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length + 2
    return b"".join(parts) if parts and at >= len(body) else body


def _decoded(body: bytes, coding: str) -> bytes:
    try:
        match coding:
            case "gzip" | "x-gzip":
                return _inflated(body, _GZIP_WINDOW) if body.startswith(_GZIP_MARK) else body
            case "deflate" if body:
                return _inflated(body, _ZLIB_WINDOW if body[0] & 0x0F == _ZLIB_METHOD else _RAW_WINDOW)
            case "br":
                return _unbrotlied(body)
    except zlib.error as error:
        if coding == "deflate":
            return body
        raise Refused(f"it is damaged where it was packed ({error})") from None
    if coding in {"", "identity"} or body.lstrip()[:1] == b"<":
        return body
    raise Refused(f"it is packed as {coding[:40]!r}, which is not read")


def _inflated(body: bytes, window: int) -> bytes:
    stream = zlib.decompressobj(window)
    page = stream.decompress(body, PAGE_LIMIT + 1)
    if len(page) > PAGE_LIMIT:
        raise Refused(_TOO_LARGE)
    if not stream.eof:
        raise Refused("it was cut short where it was packed")
    return page


def _unbrotlied(body: bytes) -> bytes:
    stream = brotli.Decompressor()
    try:
        page: bytes = stream.process(body, output_buffer_limit=PAGE_LIMIT + 1)
    except brotli.error:
        return body
    if len(page) > PAGE_LIMIT:
        raise Refused(_TOO_LARGE)
    if not stream.is_finished():
        raise Refused("it was cut short where it was packed")
    return page
