"""Captures: each segment read from its first byte to its last, the bytes of pages against their digests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import IO, NamedTuple

from stemma.archive.captures.forms import SNAPSHOT, snapshot_of, target_of
from stemma.archive.captures.keeping import digest_number
from stemma.archive.captures.segments import path_of
from stemma.archive.captures.warc import Record, unpack, unpack_page
from stemma.archive.proof.telling import CAPTURE_BACK, DAMAGE, guarded, reason
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import CAPTURES, Store
from stemma.records import Problem, Snapshot, encode

#: ``advance(size)``: so many bytes of pages were read again.
Advance = Callable[[int], None]
_AT_ONCE = 1 << 20  #: bytes read from a segment at a time
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0"  #: of every member that was written here (RFC 1952): no name, no time
_END_OF_HEAD, _END = b"\r\n\r\n", b"\r\n\r\n"
_IN_ORDER = (
    "SELECT capture.snapshot, offset, length, request, holder, capture.digest, body, size FROM capture "
    "LEFT JOIN snapshot ON snapshot.row = capture.snapshot WHERE segment = ? ORDER BY offset"
)


class Kept(NamedTuple):
    """Where the record of a snapshot lies, and what it must hold."""

    row: int
    offset: int
    length: int
    request: int  #: bytes of the request's record behind it
    holder: int
    digest: int
    body: bytes | None  #: the packed snapshot; None where there is none
    size: int


def wrong_captures(store: Store, advance: Advance) -> Iterator[Problem]:
    """Every segment, and every snapshot whose bytes lie in none."""
    yield from guarded("archive.sqlite", lambda: _unplaced(store))
    for row, name, size in store.all("SELECT row, name, size FROM segment ORDER BY row"):
        yield from guarded(f"{CAPTURES}/{name}", partial(_segment, store, (row, name, size), advance), CAPTURE_BACK)


def _unplaced(store: Store) -> Iterator[str]:
    """Rows that do not lead from a snapshot to its bytes."""
    for (row,) in store.all("SELECT row FROM snapshot WHERE row NOT IN (SELECT snapshot FROM capture)"):
        yield f"no record of the capture of row {row} of snapshot is known"
    for (row,) in store.all("SELECT snapshot FROM capture WHERE segment NOT IN (SELECT row FROM segment)"):
        yield f"the capture of row {row} of snapshot lies in no segment"
    ask = (
        "SELECT own.snapshot FROM capture AS own LEFT JOIN capture AS held ON held.snapshot = own.holder "
        "WHERE held.holder IS NULL OR held.holder <> own.holder OR held.digest <> own.digest"
    )
    for (row,) in store.all(ask):
        yield f"the bytes of row {row} of snapshot are not held by the capture that is said to hold them"


def _segment(store: Store, segment: tuple[int, str, int], advance: Advance) -> Iterator[str]:
    """The records that the database names, and those between them."""
    row, name, size = segment
    path = path_of(store.folder, name)
    if (there := path.stat().st_size) < size:
        yield f"it has {there} bytes; {size} were recorded"
    at = 0
    with path.open("rb", _AT_ONCE) as file:
        for kept in map(Kept._make, store.each(_IN_ORDER, (row,))):
            yield from _between(file, at, kept.offset)
            if kept.offset < at:
                yield f"two records are said to lie at byte {kept.offset}"
                file.seek(kept.offset)
            yield from _capture(file, kept)
            advance(kept.size or 0)
            at = kept.offset + kept.length + kept.request
        if at > size:
            yield f"records are said to lie beyond its {size} bytes"
        yield from _between(file, at, size)


def _between(file: IO[bytes], at: int, end: int) -> Iterator[str]:
    """Records of which the database tells nothing: the first one of the segment, and such as were written again."""
    if at == 0:
        yield from _first(file, end)
    elif at < end:
        file.seek(end)


def _first(file: IO[bytes], end: int) -> Iterator[str]:
    try:
        member = file.read(end)
        _whole(member)
    except DAMAGE as error:
        yield f"the record at byte 0 cannot be read ({reason(error)})"


def _whole(member: bytes) -> Record:
    """A record of which every byte is as it was written. Raises what ``unpack`` raises, ``ValueError`` too."""
    if not member.startswith(_HEAD):
        raise ValueError("the head of the record was changed")
    return unpack(member)


def _capture(file: IO[bytes], kept: Kept) -> Iterator[str]:
    """The record of one snapshot and the request behind it."""
    where = f"the record at byte {kept.offset}"
    if kept.body is None:
        yield f"{where} belongs to row {kept.row} of snapshot, which is not there"
        file.seek(kept.offset + kept.length + kept.request)
        return
    snapshot = unpack_record(kept.body)
    assert isinstance(snapshot, Snapshot)
    try:
        wrong = _wrong(file.read(kept.length), kept, snapshot)
        if kept.request:
            _whole(file.read(kept.request))
    except DAMAGE as error:
        wrong = f"cannot be read ({reason(error)})"
    if wrong:
        yield f"{where}, the capture of {snapshot.id}, {wrong}"
    if snapshot.size != kept.size or digest_number(snapshot) != kept.digest:
        yield f"the rows of {snapshot.id} in snapshot and capture do not say what it is"


def _wrong(member: bytes, kept: Kept, snapshot: Snapshot) -> str | None:
    """What is wrong with the record of a capture."""
    if not member.startswith(_HEAD):
        raise ValueError("the head of the record was changed")
    plain = unpack_page(member, kept.size)
    split = plain.find(_END_OF_HEAD) + len(_END_OF_HEAD)
    end = len(plain) - len(_END)
    head = plain[:split]
    if not head.endswith(b"Content-Length: %d\r\n\r\n" % (end - split)):
        return "has not the length that it states"
    same = b"\r\n%s: %s\r\n" % (SNAPSHOT.encode(), encode(snapshot)) in head
    if not same and snapshot_of(unpack(member)).id != snapshot.id:  # what was stated of a page may have changed since
        return "is that of another page"
    if f"\r\nWARC-Target-URI: {target_of(snapshot)}\r\n".encode() not in head:
        return "names another address"
    if kept.holder != kept.row:
        return None
    digest = "sha256:" + sha256(memoryview(plain)[end - snapshot.size : end]).hexdigest()
    return None if digest == snapshot.digest else f"is not what its digest {snapshot.digest} says"
