"""Gzip: several members in a row are one file; what follows the last one is told, and what came before it is kept."""

from __future__ import annotations

import zlib
from collections import deque
from io import BufferedReader
from typing import IO

from stemma.collect.packed.budget import Budget, Unpacking

_GZIP = 31  #: window bits by which zlib reads gzip and proves its checksum (zlib manual, inflateInit2)
_MARK = b"\x1f\x8b"
_PART = 16_384  #: packed bytes read at a time; what zlib has not used of them is copied for every member

_BUFFER = 65_536  #: bytes unpacked at a time


class Trailing(OSError):
    """Bytes that are no gzip follow the gzip data."""


def unzipped(file: IO[bytes], size: int) -> BufferedReader:
    """The unpacked bytes of a gzip file of ``size`` bytes.

    Reading raises ``Trailing``, ``Bomb``, ``EOFError`` (cut short) or ``zlib.error`` (damaged).
    """
    return BufferedReader(Gunzip(file, Budget(size)), _BUFFER)


class Gunzip(Unpacking):
    """What ``unzipped`` reads from; it knows where the members begin."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        super().__init__(budget)
        self.size = 0  #: bytes unpacked so far
        self._starts = deque([(0, 0)])  #: of members: first byte unpacked, first byte packed
        self._file = file
        self._press = zlib.decompressobj(_GZIP)
        self._ahead = b""
        self._taken = 0  #: packed bytes read so far

    def member(self, at: int) -> int:
        """The first packed byte of the member that an unpacked byte lies in; later ones alone may be asked for then."""
        while len(self._starts) > 1 and self._starts[1][0] <= at:
            self._starts.popleft()
        return self._starts[0][1]

    def next_part(self, most: int) -> bytes:
        """The next bytes, counted."""
        part = self._part(most)
        self.size += len(part)
        return part

    def _part(self, most: int) -> bytes:
        while not self._press.eof or self._begins_again():
            packed = self._press.unconsumed_tail or self._ahead or self._read()
            self._ahead = b""
            if not packed:
                raise EOFError("it ends too soon")
            if part := self._press.decompress(packed, most):
                return part
        return b""

    def _begins_again(self) -> bool:
        """Whether another member follows; zeros between and after members are padding."""
        rest = self._press.unused_data.lstrip(b"\0")
        while len(rest) < len(_MARK) and (more := self._read()):
            rest = (rest + more).lstrip(b"\0")
        if rest and not rest.startswith(_MARK):
            raise Trailing("bytes that are no gzip follow its end")
        self._press, self._ahead = zlib.decompressobj(_GZIP), rest
        self._starts.append((self.size, self._taken - len(rest)))
        return bool(rest)

    def _read(self) -> bytes:
        packed = self._file.read(_PART)
        self._taken += len(packed)
        return packed
