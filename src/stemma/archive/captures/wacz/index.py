"""The index of a WACZ: a sorted line of CDXJ for each record, in gzip blocks that an index of their own finds."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from stemma.archive.captures.segments import Place
from stemma.archive.captures.warc import Record, digest_of

BLOCKS = "index.cdx.gz"
_LINES = 1_024  #: in a block, as ArchiveWeb.page has it
_LEVEL = 6
_GZIP = 31  #: window bits by which zlib writes a gzip file (zlib manual, deflateInit2); it writes no time
_HEAD = {"format": "cdxj-gzip-1.0", "filename": BLOCKS}
_STATUS = re.compile(rb"HTTP/\S+ (\d{3})")
_WWW = re.compile(r"^(https?://)www\d*\.")
_PORTS = {"http": 80, "https": 443}


class Blocks(NamedTuple):
    """The gzip blocks one after another, and the index of them."""

    packed: bytes
    places: bytes


def index_line(record: Record, media_type: str, file: str, place: Place, member: bytes) -> str:
    """Where the record of a capture lies in a WACZ."""
    target = record.fields["WARC-Target-URI"]
    found = {
        "url": target,
        "mime": "warc/revisit" if record.is_revisit else media_type,
        "status": _status(record),
        "digest": record.fields["WARC-Payload-Digest"],
        "length": str(place.length),
        "offset": str(place.offset),
        "filename": file,
        "recordDigest": digest_of(member),
    }
    return f"{sort_key(target)} {moment(record)} {json.dumps(found)}\n"


def moment(record: Record) -> str:
    """The date of a record as fourteen digits."""
    return "".join(letter for letter in record.fields["WARC-Date"] if letter.isdecimal())


def _status(record: Record) -> str:
    """The status that the server gave; that of an answer for a page that came without a server."""
    told = _STATUS.match(record.block) if record.fields["Content-Type"].startswith("application/http") else None
    return told[1].decode() if told else "200"


def sort_key(address: str) -> str:
    """An address with its host turned around, as ReplayWeb.page looks it up (wabac.js, ``getSurt``)."""
    parts = urlsplit(_WWW.sub(r"\1", address).lower())
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}{port}){parts.path}{query}"


def blocks_of(lines: Sequence[str]) -> Blocks:
    """The lines, which must be sorted, in blocks."""
    packed = bytearray()
    index = [f"!meta 0 {json.dumps(_HEAD)}\n"]
    for first, block in _blocks(lines):
        found = {"offset": len(packed), "length": len(block), "digest": digest_of(block)}
        index.append(f"{first} {json.dumps(found)}\n")
        packed += block
    return Blocks(bytes(packed), "".join(index).encode())


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Key and date of the first line of each block, and the block."""
    for at in range(0, len(lines), _LINES):
        press = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        block = press.compress("".join(lines[at : at + _LINES]).encode()) + press.flush()
        yield lines[at].partition(" {")[0], block
