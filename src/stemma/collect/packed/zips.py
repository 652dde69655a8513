"""ZIP archives: their members, one at a time; what leads elsewhere, is locked or is a bomb is told and passed over."""

from __future__ import annotations

import bz2
import stat
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from pathlib import PurePosixPath
from typing import IO, NamedTuple, Protocol

from stemma.collect.packed.budget import Bomb, Budget, Unpacking
from stemma.collect.packed.directory import ENCRYPTED, Damaged, Entry, entries
from stemma.collect.pages import problem
from stemma.records import Problem

_HEAD, _HEAD_MARK = struct.Struct("<4s5H3L2H"), b"PK\x03\x04"  # APPNOTE.TXT 4.3.7
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12  # APPNOTE.TXT 4.4.5
_PART = 65_536  #: packed bytes read at a time
_DRIVE = ":"


class Opener(Protocol):
    """Opens a member for reading."""

    def __call__(self) -> BufferedReader:
        """The unpacked bytes; reading them may raise ``OSError``, ``EOFError`` or ``zlib.error``."""


class Member(NamedTuple):
    """A member's name inside the ZIP, its packed size, and how to open it."""

    name: str
    size: int
    open: Opener


def members(file: IO[bytes], name: str) -> Iterator[Member | Problem]:
    """The members that may be read, in the order of the ZIP; a Problem for each that may not."""
    budget = Budget(file.seek(0, 2))
    try:
        for entry in entries(file):
            if budget.is_spent:
                yield problem(name, f"{Bomb()}; what follows in it was not read. Unpack it if you trust it")
                return
            if not _passed_over(entry):
                yield _checked(file, entry, name, budget)
    except OSError as error:
        yield problem(name, f"it is no ZIP archive or damaged ({error}); make it again")


def _checked(file: IO[bytes], entry: Entry, name: str, budget: Budget) -> Member | Problem:
    if reason := _refusal(entry):
        return problem(f"{name}/{entry.name}", reason)
    return Member(entry.name, entry.packed, partial(_open, file, entry, budget))


def _passed_over(entry: Entry) -> bool:
    """Folders, hidden files, and what macOS adds of its own."""
    parts = PurePosixPath(entry.name).parts
    hidden = any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)
    return not parts or entry.name.endswith("/") or hidden


def _refusal(entry: Entry) -> str | None:
    path = PurePosixPath(entry.name)
    if path.is_absolute() or ".." in path.parts or _DRIVE in path.parts[0]:
        return "its name leads out of the archive; it was not read"
    if stat.S_ISLNK(entry.mode):
        return "it is a link, not a page; it was not followed"
    if entry.flags & ENCRYPTED:
        return "it is encrypted; unpack the archive with its password and add the folder"
    if entry.method not in {_STORED, _DEFLATED, _BZIP2}:
        return f"it is packed by a method that is not read ({entry.method}); make the ZIP again"
    return None


def _open(file: IO[bytes], entry: Entry, budget: Budget) -> BufferedReader:
    """The member's bytes. Raises ``Damaged`` where no member stands at its place."""
    file.seek(entry.offset)
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size or not head.startswith(_HEAD_MARK):
        raise Damaged("no member stands where the list of members says")
    return BufferedReader(_Member(file, entry, entry.offset + _HEAD.size + sum(_HEAD.unpack(head)[-2:]), budget))


class _Press(Protocol):
    """What unpacks bytes; as ``bz2.BZ2Decompressor`` does."""

    @property
    def eof(self) -> bool:
        """Whether the end of the packed data was found."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out without more going in."""

    def decompress(self, packed: bytes, most: int) -> bytes:
        """At most so many bytes more."""


class _Inflate:
    """Deflated data, unpacked a little at a time."""

    def __init__(self) -> None:
        self._press = zlib.decompressobj(-zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._press.eof

    @property
    def needs_input(self) -> bool:
        return not self._press.unconsumed_tail

    def decompress(self, packed: bytes, most: int) -> bytes:
        return self._press.decompress(self._press.unconsumed_tail + packed, most)


class _Member(Unpacking):
    """A member's bytes; the end comes with a proof of size and checksum."""

    def __init__(self, file: IO[bytes], entry: Entry, start: int, budget: Budget) -> None:
        super().__init__(budget)
        self._file, self._entry = file, entry
        self._at, self._end = start, start + entry.packed
        self._press: _Press | None = None
        if entry.method != _STORED:
            self._press = bz2.BZ2Decompressor() if entry.method == _BZIP2 else _Inflate()
        self._checksum = self._size = 0

    def next_part(self, most: int) -> bytes:
        part = self._stored(most) if self._press is None else self._unpacked(self._press, most)
        self._size += len(part)
        self._checksum = zlib.crc32(part, self._checksum)
        if not part and (self._size, self._checksum) != (self._entry.size, self._entry.checksum):
            raise Damaged("its checksum is wrong")
        if self._size > self._entry.size:
            raise Damaged("it is longer than it says")
        return part

    def _stored(self, most: int) -> bytes:
        self._file.seek(self._at)
        part = self._file.read(min(most, self._end - self._at))
        self._at += len(part)
        return part

    def _unpacked(self, press: _Press, most: int) -> bytes:
        while not press.eof:
            packed = self._stored(_PART) if press.needs_input else b""
            if press.needs_input and not packed:
                raise EOFError("it ends too soon")
            if part := press.decompress(packed, most):
                return part
        return b""
