"""Hostile files of many pages: makes each, collects it in a process of its own, and tells what that cost.

    python -m bench.hostile_files [--scale 0.1] [NAME ...]

One row an input: CPU seconds, most memory, pages and problems. At full size what is repeated is there about a million
times. All text is invented; nothing is random.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple

import brotli
import msgspec

MILLION = 1_000_000
MEGABYTE = 2**20
PAGE = b"<!doctype html><html><body><p>The lamps will stay lit, Tamsin Orle said.</p></body></html>"
_PARTS = 4_096
_CHILD = """
import json, resource, sys
from stemma.collect import captures
from stemma.records import Capture, Stated
found = [0, 0]
for each in captures([sys.argv[1]], Stated()):
    found[isinstance(each, Capture)] += 1
used = resource.getrusage(resource.RUSAGE_SELF)
below = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "seconds": used.ru_utime + used.ru_stime + below.ru_utime + below.ru_stime,
    "megabytes": max(used.ru_maxrss, below.ru_maxrss) // 1024, "problems": found[0], "pages": found[1],
}))
"""


class Cost(msgspec.Struct, frozen=True):
    """What collecting a file took and gave."""

    seconds: float  #: CPU
    megabytes: int  #: most memory
    problems: int
    pages: int


class File(NamedTuple):
    """A file's ending, and its bytes in any size."""

    ending: str
    bytes: Callable[[int], Iterator[bytes]]


def record(block: bytes, *fields: str, kind: str = "response", length: int | None = None) -> bytes:
    """A record of a WARC file; ``length`` is what it says of itself where that is a lie."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        "WARC-Target-URI: https://dornpost.example/1",
        "WARC-Date: 2031-05-03T09:14:00Z",
    ]
    lines += [*fields, f"Content-Length: {len(block) if length is None else length}", "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def answer(body: bytes, *heads: str) -> bytes:
    """What a server answered."""
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *heads, "", ""]).encode() + body


GOOD = record(answer(PAGE))


def packed(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts as one member of gzip."""
    press = zlib.compressobj(9, wbits=31)
    yield from filter(None, map(press.compress, parts))
    yield press.flush()


def wacz(content: bytes) -> bytes:
    """A WACZ of one member with records."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("archive/a.warc", content)
    return held.getvalue()


def zeros(count: int) -> Iterator[bytes]:
    """So many zeros."""
    return chain(repeat(bytes(MEGABYTE), count // MEGABYTE), [bytes(count % MEGABYTE)])


def many(piece: bytes, count: int) -> Iterator[bytes]:
    """The piece so often, in larger parts."""
    return chain(repeat(piece * _PARTS, count // _PARTS), [piece * (count % _PARTS)])


def har(*entries: str) -> Iterator[bytes]:
    """A session of these entries."""
    yield ('{"log": {"entries": [' + ", ".join(entries) + "]}}").encode()


def visit(text: str) -> str:
    """One entry of a session."""
    content = {"mimeType": "text/html", "text": text}
    return json.dumps({
        "request": {"method": "GET", "url": "https://dornpost.example/1"},
        "response": {"status": 200, "content": content},
    })  # fmt: skip


def laughs(count: int) -> bytes:
    """Entities of entities of entities."""
    rows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY a0 "{"lamp " * max(1, count // 1000)}">{rows}]>'.encode()


def parquet_of(count: int) -> bytes:
    """One long text for so many rows: a small file that is large when read."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - the same
    except ImportError:
        return b"PAR1PAR1"
    held = BytesIO()
    parquet.write_table(pa.table({"text": ["The lamps are lit. " * 5_000] * max(1, count // 1_000)}), held)
    return held.getvalue()


def coded(body: bytes, coding: str, name: str = "Content-Encoding") -> Iterator[bytes]:
    """A page of which a server says that it is packed so, and a good one behind it."""
    return iter([record(answer(body, f"{name}: {coding}")), GOOD])


def letters(count: int) -> bytes:
    """Letters in letters."""
    return b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (k, k) for k in range(count))


PARTED = b"From: desk@dornpost.example\nContent-Type: multipart/mixed; boundary=a\n\n"
LYING = record(answer(PAGE), length=10**9)
CODED = b"A" * 76 + b"\n"  #: a line of base 64
CHUNK = b"1\r\na\r\n"
PRESSED = gzip.compress(GOOD)
PICTURE = PARTED + b"--a\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
PARTED_PAGE = b"--a\nContent-Type: text/html\n\n" + PAGE + b"\n--a--\n"
FEED = b"<rss><channel><title>Dorn Post</title>"
ITEM = b"<item><title>Lamps</title><link>https://dornpost.example/1</link><guid>1</guid></item>"
FILES: dict[str, File] = {
    "bomb of zeros": File(".warc.gz", lambda n: packed(chain([record(b"", length=n * 2_000)], zeros(n * 2_000)))),
    "bomb of records": File(".warc.gz", lambda n: packed(many(record(bytes(1_000), kind="metadata"), n // 5))),
    "bomb in an answer": File(".warc", lambda n: coded(gzip.compress(bytes(n * 60)), "gzip")),
    "bomb of brotli": File(".warc", lambda n: coded(brotli.compress(bytes(n * 60)), "br")),
    "gzip in gzip": File(".warc.gz", lambda n: packed(packed(many(GOOD, n // 100)))),
    "a thousand codings": File(".warc", lambda n: coded(PAGE, "gzip, " * (n // 100))),
    "chunks of a byte": File(".warc", lambda n: coded(CHUNK * n + b"0\r\n\r\n", "chunked", "Transfer-Encoding")),
    "heads without end": File(".warc", lambda n: iter([record(answer(PAGE, *["X: 1"] * n)), GOOD])),
    "fields without end": File(".warc", lambda n: iter([record(PAGE, *["X: 1"] * n), GOOD])),
    "a field of one line": File(".warc", lambda n: chain([b"WARC/1.1\r\nX: "], many(b"x" * 50, n), [b"\n", GOOD])),
    "longer than it says": File(".warc", lambda n: chain(many(record(answer(PAGE), length=5), n // 1_000), [GOOD])),
    "shorter than it says": File(".warc", lambda n: chain(many(LYING, n // 1_000), [GOOD])),
    "a length of digits": File(".warc", lambda n: iter([record(b"", length=int("9" * min(n, 4_000))), GOOD])),
    "a negative length": File(".warc", lambda _: iter([record(PAGE, length=-5), GOOD])),
    "no length": File(".warc", lambda _: iter([b"WARC/1.1\r\nWARC-Type: response\r\n\r\n" + PAGE + b"\r\n", GOOD])),
    "marks alone": File(".warc", lambda n: many(b"\r\nWARC/1.0\r\n", n)),
    "members of nothing": File(".warc.gz", lambda n: chain(many(gzip.compress(b""), n), [gzip.compress(GOOD)])),
    "magic alone": File(".warc.gz", lambda n: many(b"\x1f\x8b\x08", n)),
    "cut in a member": File(".warc.gz", lambda n: chain(many(PRESSED, n // 1_000), [PRESSED[:-30]])),
    "noise between": File(".warc.gz", lambda n: many(PRESSED + b"noise", n // 1_000)),
    "blank lines": File(".warc", lambda n: chain(many(b"\r\n", n * 10), [GOOD])),
    "one line": File(".warc", lambda n: many(b"x" * 50, n)),
    "a WACZ of zeros": File(".wacz", lambda n: iter([wacz(bytes(n * 200))])),
    "a WACZ in a WACZ": File(".wacz", lambda _: iter([wacz(wacz(GOOD))])),
    "a WACZ that is none": File(".wacz", lambda n: many(b"PK\x03\x04", n)),
    "a deep session": File(".har", lambda n: chain([b'{"log": {"entries": ['], many(b"[", n), many(b"]", n), [b"]}}"])),
    "a session of entries": File(".har", lambda n: har(*repeat(visit("x"), n // 5))),
    "a session of bad entries": File(".har", lambda n: har(*repeat("{}", n))),
    "a long session": File(".har", lambda n: har(visit("x" * n * 100))),
    "a session past its size": File(".har", lambda n: chain([b'{"log": "'], many(b"x" * 150, n), [b'"}'])),
    "letters in letters": File(".eml", lambda n: iter([letters(n // 200)])),
    "a letter of parts": File(".eml", lambda n: chain([PARTED], many(b"--a\n\nx\n", n // 5), [b"--a--\n"])),
    "a letter of heads": File(".eml", lambda n: chain(many(b"X: y\n", n // 2), [b"\n", PAGE])),
    "a letter of one head": File(".eml", lambda n: chain([b"From: "], many(b"=?utf-8?q?x?= ", n // 10), [b"\n\nx"])),
    "a saved page of pictures": File(".mhtml", lambda n: chain([PICTURE], many(CODED, n // 2), [PARTED_PAGE])),
    "a feed of items": File(".rss", lambda n: chain([FEED], many(ITEM, n // 10), [b"</channel></rss>"])),
    "a feed of entities": File(".rss", lambda n: iter([laughs(n), FEED, b"<item><title>&a9;</title>"])),
    "a deep feed": File(".atom", lambda n: chain([b"<feed>"], many(b"<entry><content>", n // 20))),
    "a feed of bytes": File(".rss", lambda n: chain([FEED], many(bytes(range(256)), n // 100))),
    "a row of columns": File(".csv", lambda n: chain([b"text"], many(b",x", n), [b"\n"], many(b"y,", n), [b"\n"])),
    "rows of nothing": File(".csv", lambda n: chain([b"text,html\n"], many(b",\n", n))),
    "an open quote": File(".csv", lambda n: chain([b'text\n"'], many(b"x" * 50, n))),
    "zeros in a table": File(".csv", lambda n: chain([b"text\n"], many(b"a\0b\n", n // 5))),
    "a table of one text": File(".parquet", lambda n: iter([parquet_of(n)])),
    "a table that is none": File(".parquet", lambda n: chain([b"PAR1"], many(b"\xff" * 8, n // 10), [b"PAR1"])),
    "bad lines": File(".jsonl", lambda n: many(b"{\n", n)),
    "a deep line": File(".jsonl", lambda n: chain(many(b"[", n), [b"\n"])),
    "a long line": File(".jsonl", lambda n: chain([b'{"text": "'], many(b"x" * 50, n), [b'"}\n{"text": "Lamps."}\n'])),
}  # fmt: skip


def cost(name: str, size: int, folder: Path) -> Cost:
    """What collecting the file of a name takes. Raises ``CalledProcessError`` where the process dies."""
    ending, parts = FILES[name]
    path = folder / f"{name.replace(' ', '_')}{ending}"
    with path.open("wb") as file:
        file.writelines(parts(size))
    told = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path)], check=True, capture_output=True, timeout=600
    ).stdout
    path.unlink()
    return msgspec.json.decode(told, type=Cost)


def main() -> None:
    """Print the table."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("names", nargs="*", default=[])
    reading.add_argument("--scale", type=float, default=1.0, help="part of full size")
    said = reading.parse_args()
    print(f"{'file':28}{'CPU s':>8}{'MB':>7}{'pages':>10}{'problems':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for name in said.names or FILES:
            took = cost(name, int(MILLION * said.scale), Path(folder))
            print(f"{name:28}{took.seconds:8.1f}{took.megabytes:7}{took.pages:10,}{took.problems:10,}", flush=True)


if __name__ == "__main__":
    main()
