"""Files of many pages."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from stemma.collect import captures
from stemma.collect.source import Choice
from stemma.records import Capture, Problem, Stated

BODY = "<!doctype html><html><body><p>Harbour master {} said the lamps are lit.</p></body></html>"


class Archive:
    """A WARC file in memory; ``starts`` has where its records begin."""

    def __init__(self, *, packed: bool = True) -> None:
        self._packed = packed
        self.held = b""
        self.starts: list[int] = []

    def add(
        self, body: bytes, url: str = "https://dornpost.example/1", kind: str = "response", *,
        head: Iterable[str] = ("Content-Type: text/html",), status: str = "200 OK", fields: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """One record; ``head`` is that of the answer or request, of a resource its Content-Type alone."""
        first = {"response": [f"HTTP/1.1 {status}"], "request": ["GET / HTTP/1.1"]}.get(kind)
        block = _lines([*first, *head]) + body if first else body
        calls = [f"Content-Type: application/http; msgtype={kind}"] if first else list(head)
        digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
        told = [
            "WARC/1.1", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2031-05-03T09:14:00Z",
            f"WARC-Block-Digest: sha1:{digest}", *calls, *fields, f"Content-Length: {len(block)}",
        ]  # fmt: skip
        record = _lines(told) + block + b"\r\n\r\n"
        self.starts.append(len(self.held))
        self.held += gzip.compress(record) if self._packed else record


def _lines(lines: Iterable[str]) -> bytes:
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.fixture(params=[True, False], ids=["gzip", "plain"])
def archive(request) -> Archive:
    """Six pages, one behind the other."""
    made = Archive(packed=request.param)
    made.name = "crawl.warc.gz" if request.param else "crawl.warc"
    for number in range(6):
        made.add(BODY.format(f"{number} " * 200).encode(), f"https://dornpost.example/{number}")
    return made


@pytest.fixture
def taken(tmp_path) -> Callable[..., list[Capture | Problem]]:
    """What ``captures`` gives of a file with these bytes."""

    def take(held: bytes, name: str, stated: Stated | None = None, **choice: object) -> list[Capture | Problem]:
        path: Path = tmp_path / name
        path.write_bytes(held)
        return list(captures([str(path)], stated or Stated(), choice=Choice(**choice)))

    return take


def told(found: list[Capture | Problem]) -> list[str]:
    """Addresses of captures, messages of problems."""
    return [str(each.snapshot.url) if isinstance(each, Capture) else each.message for each in found]
