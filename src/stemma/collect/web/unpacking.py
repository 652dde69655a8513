"""Undoing gzip and deflate, piece by piece, so that nothing is unpacked beyond what is put up with."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from stemma.collect.web.guard.wire import NotObserved
from stemma.collect.web.settings import Limits

#: What is asked for. Brotli and zstd are not: a page is no larger for it, and each would be one more decoder to trust.
ACCEPTED = "gzip, deflate"
_GZIP = frozenset({"gzip", "x-gzip"})
_PIECE = 65_536  #: bytes unpacked at a time
_GZIP_WINDOW, _ZLIB_WINDOW, _RAW_WINDOW = 31, 15, -15  #: ``wbits`` of zlib.decompressobj
_GZIP_MARK = b"\x1f\x8b"
_ZLIB_METHOD = 8  #: low half of the first byte of a zlib stream (RFC 1950, 2.2); no deflate stream of use begins so


def coding_of(values: Iterable[str]) -> str:
    """The one coding that ``Content-Encoding`` names; empty for none. Raises ``NotObserved`` for others and several."""
    listed = [each.strip() for value in values for each in value.lower().split(",")]
    named = [each for each in listed if each not in {"", "identity"}]
    if not named:
        return ""
    if len(named) > 1 or named[0] not in {*_GZIP, "deflate"}:
        raise NotObserved(f"the server packed it as {', '.join(named)[:80]!r}, though gzip and deflate were asked for")
    return "gzip" if named[0] in _GZIP else "deflate"


def gather(chunks: Iterable[bytes], coding: str, limits: Limits) -> bytes:
    """The whole body, unpacked. Raises ``NotObserved`` where it is too large, a bomb, broken or cut short."""
    body, came = bytearray(), _Count(chunks)
    for piece in _unpacked(came, coding) if coding else came:
        body += piece
        if len(body) > limits.page and limits.cut:
            return bytes(body[: limits.page])
        if len(body) > limits.page:
            raise NotObserved(f"it is larger than {limits.page // 2**20} MiB, which no page is")
        if coding and len(body) > max(limits.free, limits.growth * came.size):
            raise NotObserved(f"it unpacks to more than {limits.growth} times its size, as bombs do")
    return bytes(body)


class _Count:
    """The chunks, and how many bytes of them came so far."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.size = 0
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            yield chunk


def _unpacked(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Pieces of about ``_PIECE`` bytes; what follows a stream is passed over, unless it is one more of gzip."""
    stream: zlib._Decompress | None = None
    try:
        for chunk in chunks:
            rest = chunk
            while rest and _goes_on(stream, coding, rest):
                stream = zlib.decompressobj(_window(coding, rest)) if stream is None or stream.eof else stream
                yield stream.decompress(rest, _PIECE)
                rest = stream.unused_data or stream.unconsumed_tail
        yield b"" if stream is None or stream.eof else stream.flush()
    except zlib.error as error:
        raise NotObserved(f"it is damaged where it was packed ({error})") from None
    if stream and not stream.eof:
        raise NotObserved("it was cut short where it was packed")


def _goes_on(stream: zlib._Decompress | None, coding: str, rest: bytes) -> bool:
    """Whether bytes belong to the body: all, until a stream ends; then those that begin another one of gzip."""
    return stream is None or not stream.eof or (coding == "gzip" and rest.startswith(_GZIP_MARK[: len(rest)]))


def _window(coding: str, head: bytes) -> int:
    """Servers send as "deflate" what RFC 9110 means (a zlib stream) or the bare one; browsers take both."""
    if coding == "gzip":
        return _GZIP_WINDOW
    return _ZLIB_WINDOW if head[0] & 0x0F == _ZLIB_METHOD else _RAW_WINDOW
