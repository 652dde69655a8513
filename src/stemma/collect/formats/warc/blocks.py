"""The records of a WARC file that may hold pages, each checked; after damage reading goes on at the next record.

The libraries that read WARC end silently, or for good, where a file is cut or damaged; one that is fast panics where a
stream cannot be sought. A record is a few lines and a length (ISO 28500:2017, 4), so it is read here.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import NamedTuple

from stemma.collect.formats.entry import PAGES
from stemma.collect.formats.warc.answers import parted
from stemma.collect.packed.budget import Bomb
from stemma.collect.packed.gzips import Gunzip, unzipped
from stemma.collect.pages import PAGE_LIMIT, printable, problem
from stemma.collect.source import Marks, Source
from stemma.records import Problem

_KINDS = frozenset({"response", "resource", "request"})
_OTHERS = frozenset({"warcinfo", "metadata", "revisit", "conversion", "continuation"})  #: ISO 28500:2017, 5.5
_HEAD = 64 * 1024  #: bytes by which an answer shows what it is; and the most that the fields of a record may take
_LARGEST = PAGE_LIMIT + 256 * 1024  #: bytes of a record that may hold a page: the page, and a long head
_MOST_DAMAGE = 1_000  #: places of one file at which reading is taken up again
_DAMAGE = (OSError, EOFError, zlib.error, ValueError)
_GZIP_MARK, _GZIP_WINDOW = b"\x1f\x8b\x08", 31  #: RFC 1952, 2.3.1; ``wbits`` of zlib.decompressobj
_FIRST_LINE = re.compile(rb"WARC/\d\.\d[ \t]*\r?\n")
_MARK = re.compile(rb"(?<=\n)WARC/\d\.\d[ \t]*\r?\n")
_FIRST = b"WARC/"
_LENGTH = re.compile(r"\d{1,15}")
_LOOK = 512  #: packed bytes by which a member shows that it is a record
_PART = 2**20  #: bytes searched at a time for the next record; and passed over at a time


class Block(NamedTuple):
    """A record of a page or of a request."""

    kind: str  #: response | resource | request
    url: str | None
    date: str | None
    address: str | None  #: IP address of the server
    calls: str  #: media type of the block, in small letters and without parameters
    cut: str  #: why whoever fetched it did not take it whole; empty: it is whole
    content: bytes


class _Damaged(ValueError):
    """A record that is not what it says."""


def blocks(source: Source) -> Iterator[Block | Problem]:
    """Requests and what may be pages, in order; a Problem for each place that is damaged."""
    marks = source.choice.marks if source.file.seekable() else None
    yield from _blocks(source, marks)
    if marks:
        marks.ended()


def _blocks(source: Source, marks: Marks | None) -> Iterator[Block | Problem]:
    at = marks.start(source.file, source.origin, source.size) if marks else 0
    for _ in range(_MOST_DAMAGE):
        reading = _Reading(source, at, marks)
        try:
            yield from reading.blocks()
        except Bomb as bomb:
            yield problem(source.origin, f"{bomb}; what follows in it was not read")
            return
        except _DAMAGE as error:
            found = next_record(source, reading.place + 1)
            yield problem(source.origin, _told(error, reading.place, found))
            if found is None:
                return
            at = found
        else:
            return
    yield problem(source.origin, f"it is damaged at {_MOST_DAMAGE:,} places; what follows was not read")


def _told(error: Exception, place: int, found: int | None) -> str:
    went_on = "nothing readable follows" if found is None else f"reading went on at byte {found:,}"
    return f"the record at byte {place:,} is damaged or cut short ({error}); {went_on}"


class _Reading:
    """One way through the file, from a byte on to its end or to what is damaged."""

    def __init__(self, source: Source, at: int, marks: Marks | None) -> None:
        self._source, self._at, self._marks = source, at, marks
        if at:
            source.file.seek(at)
        self._stream = unzipped(source.file, source.size) if source.packed else source.file
        self._came = 0  #: bytes that came, unpacked
        self._last = 0  #: where the record began that is read, in what is unpacked

    @property
    def place(self) -> int:
        """The first byte in the file of the record that is read, or of the gzip member that holds it."""
        raw = self._stream.raw
        return self._at + (raw.member(self._last) if isinstance(raw, Gunzip) else self._last)

    def blocks(self) -> Iterator[Block | Problem]:
        """The records from here on. Raises ``_Damaged`` and what reading the file raises."""
        while (fields := self._fields()) is not None:
            length = fields.get("content-length", "")
            if not _LENGTH.fullmatch(length):
                raise _Damaged("its length cannot be read")
            ends = self._came + int(length)
            if (kind := fields.get("warc-type")) in _KINDS:
                yield from self._block(fields, int(length))
            elif kind not in _OTHERS:
                raise _Damaged("it is of no type that the standard has")
            self._pass_over(ends - self._came)

    def _fields(self) -> Mapping[str, str] | None:
        """The fields of the next record by their names in small letters; None at the end."""
        while line := self._line():
            if line.strip():
                break
        if not line:
            return None
        if not _FIRST_LINE.fullmatch(line):  # the length of the record before may be what is wrong
            raise _Damaged("no record begins behind it")
        self._last = self._came - len(line)
        if self._marks:
            self._marks.reached(self.place)
        fields: dict[str, str] = {}
        while (line := self._line()).strip():
            name, _, value = line.decode("utf-8", "replace").partition(":")
            fields[name.strip().lower()] = value.strip()
            if self._came - self._last > _HEAD:
                raise _Damaged("its fields are too long")
        return fields

    def _line(self) -> bytes:
        line = self._stream.readline(_HEAD)
        self._came += len(line)
        return line

    def _read(self, most: int) -> bytes:
        part = self._stream.read(max(0, most))
        self._came += len(part)
        return part

    def _pass_over(self, left: int) -> None:
        """Go on to the end of the record."""
        if not self._source.packed and self._source.file.seekable():
            if self._at + self._came + left > self._source.size:
                raise _Damaged("it is shorter than it says")
            self._source.file.seek(left, 1)
            self._came += left
            left = 0
        while left > 0:
            if not (part := self._read(min(left, _PART))):
                raise _Damaged("it is shorter than it says")
            left -= len(part)

    def _block(self, fields: Mapping[str, str], length: int) -> Iterator[Block | Problem]:
        url = fields.get("warc-target-uri", "").strip("<>") or None
        if not self._source.choice.takes(url):
            return
        kind = fields["warc-type"]
        calls = fields.get("content-type", "").partition(";")[0].strip().lower()
        content = self._read(min(length, _HEAD))
        if not _may_be_page(kind, calls, content):
            if length == len(content):
                _check(fields, content)
            return
        about = f"{self._source.origin}, {url}"
        if length > _LARGEST:
            yield problem(about, f"it is larger than {PAGE_LIMIT // 2**20} MiB, which no page is")
            return
        content += self._read(length - len(content))
        if len(content) < length:
            raise _Damaged("it is shorter than it says")
        _check(fields, content)
        date, cut = fields.get("warc-date"), fields.get("warc-truncated", "")
        yield Block(kind, url, date, fields.get("warc-ip-address"), calls, cut, content)


def _may_be_page(kind: str, calls: str, content: bytes) -> bool:
    if kind == "response":
        return parted(content)[0].is_page
    return kind == "request" or calls in PAGES


def _check(fields: Mapping[str, str], content: bytes) -> None:
    """Raise ``_Damaged`` where the bytes are not those of the digest: the record's length may be what is wrong."""
    if wrong := other_digest(fields.get("warc-block-digest", ""), content):
        name = printable(fields.get("warc-target-uri", ""))
        raise _Damaged(f"the bytes of {name} are not those that its digest names, {wrong}")


def other_digest(label: str, content: bytes) -> str | None:
    """The digest that a record names, where its bytes have another; None also for digests that cannot be reckoned."""
    name, _, value = label.partition(":")
    try:
        digest = hashlib.new(name.lower().replace("-", ""), content, usedforsecurity=False).digest()
    except (ValueError, TypeError):
        return None
    known = {digest.hex(), base64.b32encode(digest).decode().lower().rstrip("=")}
    return None if value.strip().lower().rstrip("=") in known else label


def next_record(source: Source, after: int) -> int | None:
    """The byte at which the next record begins, from one on; None where none does, or the file goes but forward."""
    if not source.file.seekable():
        return None
    return _next_member(source.file, after) if source.packed else _next_mark(source.file, after)


def _next_mark(file: BufferedReader, after: int) -> int | None:
    return next((at + found.start() for at, part in _parts(file, after) if (found := _MARK.search(part))), None)


def _next_member(file: BufferedReader, after: int) -> int | None:
    for at, part in _parts(file, after):
        place = -1
        while (place := part.find(_GZIP_MARK, place + 1)) >= 0:
            if _is_record(part[place : place + _LOOK]):
                return at + place
    return None


def _is_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(packed, len(_FIRST)) == _FIRST
    except zlib.error:
        return False


def _parts(file: BufferedReader, at: int) -> Iterator[tuple[int, bytes]]:
    """The rest of a file in parts that overlap, each with the byte at which it begins."""
    file.seek(at)
    kept = b""
    while part := file.read(_PART):
        yield at - len(kept), kept + part
        at += len(part)
        kept = (kept + part)[-_LOOK:]
