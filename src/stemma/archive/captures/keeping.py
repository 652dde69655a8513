"""The bytes of snapshots in the database's terms: which record holds them, and back to bytes.

Rows are those of ``snapshot``.
"""

from __future__ import annotations

import zlib

import msgspec

from stemma.archive.captures.forms import Original, capture_records, exchange_of, original_of
from stemma.archive.captures.segments import open_segment, read_member
from stemma.archive.captures.warc import Record, pack, unpack, unpack_payload
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Row, Store
from stemma.records import Capture, Snapshot

#: What reading raises where bytes are gone or damaged.
DAMAGE = (OSError, EOFError, ValueError, KeyError, zlib.error, msgspec.MsgspecError)
_DIGITS = slice(7, 23)  #: the first sixteen hexadecimal digits of a digest, after "sha256:"
_OWN = (
    "SELECT name, offset, length, request, holder FROM capture JOIN segment ON segment.row = segment WHERE snapshot = ?"
)
_HOLDER = (
    "SELECT name, held.offset, held.length FROM capture AS own JOIN capture AS held ON held.snapshot = own.holder "
    "JOIN segment ON segment.row = held.segment WHERE own.snapshot = ?"
)


def keep_bytes(store: Store, row: int, capture: Capture, at: str) -> None:
    """Write the capture of a snapshot unless its bytes are there and whole; ``at`` is the time of adding.

    Bytes that another snapshot brought are not written again. Where they are damaged, all who brought them are
    given these.
    """
    if _holds(store, row, capture.payload):
        return
    before = store.one("SELECT segment FROM capture WHERE snapshot = ?", row)
    holder, original = _holder_of(store, capture)
    kept, *request = [pack(each) for each in capture_records(capture, at, original)]
    segment = open_segment(store, at)
    place = segment.append(kept)
    follows = segment.append(request[0]).length if request else 0
    store.run(
        "INSERT INTO capture (snapshot, segment, offset, length, request, holder, digest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (snapshot) DO UPDATE SET segment = excluded.segment, "
        "offset = excluded.offset, length = excluded.length, request = excluded.request, holder = excluded.holder, "
        "digest = excluded.digest",
        row, *place, follows, holder or row, digest_number(capture.snapshot),
    )  # fmt: skip
    if not holder:
        others = [(row, other) for other in _of_digest(store, capture.snapshot) if other != row]
        store.many("UPDATE capture SET holder = ? WHERE snapshot = ?", others)
    if before:
        _forget_segment(store, before[0])


def _forget_segment(store: Store, row: int) -> None:
    """A segment of which every record was written again counts no more."""
    named = "EXISTS (SELECT 1 FROM capture WHERE segment = ?1)"
    store.run(f"DELETE FROM segment WHERE row = ?1 AND NOT {named}", row)  # noqa: S608 (constant)


def _holds(store: Store, row: int, payload: bytes) -> bool:
    """Whether these bytes can be read again."""
    try:
        own = _own(store, row)
        if own[4] != row:
            unpack(read_member(store.folder, *own[:3]))
        return read_payload(store, row, len(payload)) == payload
    except DAMAGE:
        return False


def _holder_of(store: Store, capture: Capture) -> tuple[int, Original | None]:
    """The snapshot whose record holds the same bytes, and what a revisit says of it; 0 for none."""
    for other in _of_digest(store, capture.snapshot):
        try:
            own = _own(store, other)
            if own[4] == other and read_payload(store, other, capture.snapshot.size) == capture.payload:
                return other, original_of(unpack(read_member(store.folder, *own[:3])))
        except DAMAGE:
            continue
    return 0, None


def _of_digest(store: Store, snapshot: Snapshot) -> list[int]:
    """Rows of the snapshots of the same bytes that have a record."""
    rows = store.all("SELECT snapshot FROM capture WHERE digest = ? ORDER BY snapshot", digest_number(snapshot))
    return [row for (row,) in rows if _snapshot(store, row).digest == snapshot.digest]


def _snapshot(store: Store, row: int) -> Snapshot:
    found = store.one("SELECT body FROM snapshot WHERE row = ?", row)
    assert found
    snapshot = unpack_record(found[0])
    assert isinstance(snapshot, Snapshot)
    return snapshot


def digest_number(snapshot: Snapshot) -> int:
    """The beginning of the digest as an integer of SQLite; equal ones must be compared whole."""
    return digest_key(snapshot.digest)


def digest_key(digest: str) -> int:
    """The same of a digest by itself: "sha256:" and its digits. Raises ``ValueError`` for anything else."""
    return int.from_bytes(bytes.fromhex(digest[_DIGITS]), "big", signed=True)


def read_payload(store: Store, row: int, size: int) -> bytes:
    """The ``size`` bytes of a snapshot. Raises one of ``DAMAGE`` where they are gone or damaged."""
    found = store.one(_HOLDER, row)
    if found is None:
        raise FileNotFoundError("no record of the capture is known")
    return unpack_payload(read_member(store.folder, *found), size)


def read_capture(store: Store, row: int, snapshot: Snapshot) -> Capture:
    """A snapshot with its bytes and what went over the wire. Raises one of ``DAMAGE``."""
    try:
        payload, kept, request = read_records(store, row, snapshot.size)
    except DAMAGE:
        if _own(store, row)[3]:
            raise
        return Capture(snapshot, read_payload(store, row, snapshot.size))  # its bytes may lie in another's record
    return Capture(snapshot, payload, exchange_of(kept, request, snapshot.size))


def read_records(store: Store, row: int, size: int) -> tuple[bytes, Record, list[Record]]:
    """The ``size`` bytes of a snapshot, its own record and, where there is one, that of its request.

    Raises one of ``DAMAGE``.
    """
    name, offset, length, request, holder = _own(store, row)
    kept = unpack(read_member(store.folder, name, offset, length))
    beside = [unpack(read_member(store.folder, name, offset + length, request))] if request else []
    if holder != row:
        return read_payload(store, row, size), kept, beside
    if len(kept.block) < size:
        raise ValueError("the record is shorter than the page")
    return kept.block[len(kept.block) - size :], kept, beside


def _own(store: Store, row: int) -> Row:
    """Segment, first byte, length, length of the request's record, and holder of a snapshot's record."""
    if (found := store.one(_OWN, row)) is None:
        raise FileNotFoundError("no record of the capture is known")
    return found
