"""Captures to keep, and eyes that are not ours: warcio."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from stemma.records import Capture, Exchange, Snapshot

AT = "2031-06-01T08:00:00Z"
REQUEST = b"GET /quay HTTP/1.1\r\nHost: dornpost.example\r\n\r\n"
RESPONSE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
    b"content-length: 7\r\nX-Robots-Tag: all\r\n\r\n"
)
EXCHANGE = Exchange(REQUEST, RESPONSE, "192.0.2.7")


def capture(payload: bytes = b"Lamps stay lit.", exchange: Exchange | None = None, **known: Any) -> Capture:
    """A capture of these bytes; by default a text file of which nothing is known."""
    told = {"origin": "quay.txt", "media_type": "text/plain"} | known
    return Capture(
        Snapshot(digest="sha256:" + sha256(payload).hexdigest(), size=len(payload), **told), payload, exchange
    )


def asked(payload: bytes = b"<p>Lamps stay lit.</p>", url: str = "https://dornpost.example/quay") -> Capture:
    """A capture that came from a server."""
    return capture(payload, EXCHANGE, url=url, fetched="2031-05-01T10:00:00Z", media_type="text/html", origin=url)


class Seen:
    """A record as warcio sees it."""

    def __init__(self, record: Any) -> None:
        self.kind = record.rec_type
        self.fields = dict(record.rec_headers.headers)
        self.http = record.http_headers
        self.payload = record.content_stream().read()
        self.passed = record.digest_checker.passed


def seen(*paths: Path) -> Iterator[Seen]:
    """The records of WARC files, their digests checked."""
    for path in paths:
        with path.open("rb") as file:
            yield from map(Seen, ArchiveIterator(file, check_digests="raise"))


def segments_of(folder: Path) -> list[Path]:
    return sorted((folder / "captures").iterdir())


class Kit:
    """What tests need of this file."""

    AT, EXCHANGE = AT, EXCHANGE
    capture = staticmethod(capture)
    asked = staticmethod(asked)
    seen = staticmethod(seen)
    segments_of = staticmethod(segments_of)


@pytest.fixture
def warc() -> Kit:
    return Kit()
