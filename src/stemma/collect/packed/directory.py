"""The list of members at the end of a ZIP, one entry at a time: a million of them take no more memory than one.

Sections named here are those of PKWARE's APPNOTE.TXT 6.3.10. The standard library lists all first, 1 kB each.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

_END, _END_MARK = struct.Struct("<4s4H2LH"), b"PK\x05\x06"  # 4.3.16
_END64, _END64_MARK = struct.Struct("<4sQ2H2L4Q"), b"PK\x06\x06"  # 4.3.14
_FINDER, _FINDER_MARK = struct.Struct("<4sLQL"), b"PK\x06\x07"  # 4.3.15
_ENTRY, _ENTRY_MARK = struct.Struct("<4s6H3L5H2L"), b"PK\x01\x02"  # 4.3.12
_LONGEST_COMMENT = 65_535
_BLOCK = 2**20  #: bytes of the directory read at a time; an entry has at most 196,651
_FULL = 0xFFFFFFFF  #: "see the field of ZIP64", 4.5.3
_WIDE, _UNICODE_NAME = 0x0001, 0x7075  #: ids of extra fields: 4.5.3, 4.6.9
_UTF8 = 0x800  #: flag of a name in UTF-8, 4.4.4
ENCRYPTED = 0x2041  #: flags of encryption, strong encryption and a hidden directory, 4.4.4


class Damaged(OSError):
    """Bytes that are no ZIP, or not what they say."""


class Entry(NamedTuple):
    """What the directory says of a member."""

    name: str
    flags: int
    method: int
    checksum: int  #: CRC-32
    packed: int  #: bytes
    size: int  #: bytes when unpacked
    mode: int  #: as Unix writes it, 0 for other systems
    offset: int  #: where its own head stands


def entries(file: IO[bytes]) -> Iterator[Entry]:
    """The entries in order; the file may be moved between two of them. Raises ``Damaged``."""
    at, end, shift = _find(file)
    block, start = b"", at  # start: where the block begins in the file
    while at < end:
        if len(block) - (at - start) < min(_BLOCK // 2, end - at):
            start = at
            block = _read(file, at, min(_BLOCK, end - at))
        entry, size = _entry(block, at - start)
        yield entry._replace(offset=entry.offset + shift)
        at += size


def _read(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    found = file.read(size)
    if len(found) < size:
        raise Damaged("it is cut short")
    return found


def _find(file: IO[bytes]) -> tuple[int, int, int]:
    """Where the directory begins and ends, and how many bytes stand before the ZIP itself."""
    size = file.seek(0, 2)
    tail_at = max(0, size - _END.size - _LONGEST_COMMENT)
    tail = _read(file, tail_at, size - tail_at)
    if (found := _last_end(tail)) is None:
        raise Damaged("its list of members is missing")
    *_, length, offset, _ = _END.unpack_from(tail, found)
    end = tail_at + found
    if wide := _find_wide(file, end):
        length, offset, end = wide
    begin = end - length
    if begin < 0 or offset > begin:
        raise Damaged("its list of members does not stand where it says")
    return begin, end, begin - offset


def _last_end(tail: bytes) -> int | None:
    """Where the last record of the end stands whose comment fills the file; without such a one, the last of all."""
    places = []
    at = len(tail) - _END.size + 1
    while (at := tail.rfind(_END_MARK, 0, at + len(_END_MARK) - 1)) >= 0:
        if at + _END.size + _END.unpack_from(tail, at)[-1] == len(tail):
            return at
        places.append(at)
    return places[0] if places else None


def _find_wide(file: IO[bytes], end: int) -> tuple[int, int, int] | None:
    """Length and offset of the directory and where it ends, by the record of ZIP64; None where there is none."""
    at = end - _FINDER.size
    if at < _END64.size or not (finder := _read(file, at, _FINDER.size)).startswith(_FINDER_MARK):
        return None
    stated = _FINDER.unpack(finder)[2]
    for place in (at - _END64.size, stated):
        if place + _END64.size <= at and (record := _read(file, place, _END64.size)).startswith(_END64_MARK):
            *_, length, offset = _END64.unpack(record)
            return length, offset, place
    raise Damaged("its list of members does not stand where it says")


def _entry(block: bytes, at: int) -> tuple[Entry, int]:
    """The entry at a place of the block, and its size."""
    try:
        mark, made, _, flags, method, _, _, checksum, packed, size, *lengths, _, _, outer, offset = _ENTRY.unpack_from(
            block, at
        )
    except struct.error as error:
        raise Damaged("its list of members is cut short") from error
    name_at = at + _ENTRY.size
    extra_at = name_at + lengths[0]
    whole = _ENTRY.size + sum(lengths)
    if mark != _ENTRY_MARK or at + whole > len(block):
        raise Damaged("its list of members is damaged")
    raw, extra = block[name_at:extra_at], dict(_extras(block[extra_at : extra_at + lengths[1]]))
    size, packed, offset = _wide([size, packed, offset], extra.get(_WIDE, b""))
    mode = outer >> 16 if made >> 8 != 0 else 0
    return Entry(
        _name(raw, flags, extra.get(_UNICODE_NAME, b"")), flags, method, checksum, packed, size, mode, offset
    ), whole


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The extra fields by id; what is no field at the end is passed over."""
    while len(extra) >= 4:
        number, length = struct.unpack_from("<2H", extra)
        yield number, extra[4 : 4 + length]
        extra = extra[4 + length :]


def _wide(values: list[int], field: bytes) -> list[int]:
    """The values, those that have no room in 32 bits from the field of ZIP64."""
    wide = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
    try:
        return [next(wide) if value == _FULL else value for value in values]
    except StopIteration:
        raise Damaged("a size is missing in its list of members") from None


def _name(raw: bytes, flags: int, field: bytes) -> str:
    """The name up to a NUL; in UTF-8 where that is said, else in the first PC's code page (appendix D)."""
    if field[:1] == b"\x01" and field[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
        raw, flags = field[5:], _UTF8
    name = raw.decode("utf-8", "backslashreplace") if flags & _UTF8 else raw.decode("cp437")
    return name.partition("\0")[0]
