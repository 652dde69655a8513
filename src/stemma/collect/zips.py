"""ZIP archives: their members, one at a time; nothing is ever written to disk."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from io import BufferedReader, RawIOBase
from pathlib import PurePosixPath
from typing import IO, NamedTuple, Protocol

from stemma.collect.pages import problem
from stemma.records import Problem

_MOST_MEMBERS = 100_000  #: listing one costs about 1 kB of memory
_MOST_GROWTH = 200  #: unpacked size to packed size of the whole; news pages reach 10, repeated ones 50
_ALWAYS = 64 * 2**20  #: bytes that any ZIP may unpack to
_END_MARK, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535  # APPNOTE.TXT 4.3.16
_END64_MARK, _END64_SIZE, _FULL = b"PK\x06\x06", 56, 0xFFFF  # APPNOTE.TXT 4.3.14
_DRIVE = ":"


class Opener(Protocol):
    """Opens a member for reading."""

    def __call__(self) -> IO[bytes]:
        """The unpacked bytes."""


class Member(NamedTuple):
    """A member's name inside the ZIP and how to open it."""

    name: str
    open: Opener


def members(file: IO[bytes], name: str) -> Iterator[Member | Problem]:
    """The members that may be read, in the order of the ZIP; a Problem for each that may not."""
    if (count := _count(file)) > _MOST_MEMBERS:
        yield problem(name, f"it has {count} members (at most {_MOST_MEMBERS} are read); unpack it and add the folder")
        return
    budget = _Budget(_ALWAYS + _MOST_GROWTH * file.seek(0, 2))
    try:
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if not _passed_over(info):
                    yield _checked(archive, info, name, budget)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        yield problem(name, f"it is no ZIP archive or damaged ({error}); make it again")


def _checked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: _Budget) -> Member | Problem:
    if reason := _refusal(info):
        return problem(f"{name}/{info.filename}", reason)
    return Member(info.filename, partial(budget.open, archive, info))


def _passed_over(info: zipfile.ZipInfo) -> bool:
    """Folders, hidden files, and what macOS adds of its own."""
    parts = PurePosixPath(info.filename).parts
    return info.is_dir() or any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)


def _refusal(info: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(info.filename)
    if path.is_absolute() or ".." in path.parts or _DRIVE in path.parts[0]:
        return "its name leads out of the archive; it was not read"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link, not a page; it was not followed"
    if info.flag_bits & 1:
        return "it is encrypted; unpack the archive with its password and add the folder"
    return None


def _count(file: IO[bytes]) -> int:
    """How many members the ZIP declares, read before they are listed in memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = file.read()
    if (at := tail.rfind(_END_MARK)) < 0 or len(tail) < at + _END_SIZE:
        return 0
    count: int = struct.unpack_from("<H", tail, at + 10)[0]
    end64 = tail.rfind(_END64_MARK)
    if count == _FULL and end64 >= 0 and len(tail) >= end64 + _END64_SIZE:
        count = struct.unpack_from("<Q", tail, end64 + 32)[0]
    return count


class _Budget:
    """How many bytes the members of one ZIP may still unpack to."""

    def __init__(self, size: int) -> None:
        self._left = size

    def open(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
        """The member; reading past the budget raises ``BadZipFile``."""
        return BufferedReader(_Metered(archive.open(info), self))

    def spend(self, size: int) -> None:
        """Count bytes. Raises ``BadZipFile`` when they are too many."""
        self._left -= size
        if self._left < 0:
            raise zipfile.BadZipFile("the archive unpacks to far more than its size, as ZIP bombs do")


class _Metered(RawIOBase):
    """A stream whose bytes are counted against a budget."""

    def __init__(self, file: IO[bytes], budget: _Budget) -> None:
        self._file = file
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._file.read(len(buffer))
        self._budget.spend(len(part))
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        self._file.close()
        super().close()
