"""Gzip: several members in a row are one file; what follows the last one is told, and what came before it is kept."""

from __future__ import annotations

import zlib
from io import BufferedReader
from typing import IO

from stemma.collect.packed.budget import Budget, Unpacking

_GZIP = 31  #: window bits by which zlib reads gzip and proves its checksum (zlib manual, inflateInit2)
_MARK = b"\x1f\x8b"
_PART = 16_384  #: packed bytes read at a time; what zlib has not used of them is copied for every member


class Trailing(OSError):
    """Bytes that are no gzip follow the gzip data."""


def unzipped(file: IO[bytes], size: int) -> BufferedReader:
    """The unpacked bytes of a gzip file of ``size`` bytes.

    Reading raises ``Trailing``, ``Bomb``, ``EOFError`` (cut short) or ``zlib.error`` (damaged).
    """
    return BufferedReader(_Gunzip(file, Budget(size)))


class _Gunzip(Unpacking):
    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        super().__init__(budget)
        self._file = file
        self._press = zlib.decompressobj(_GZIP)
        self._ahead = b""

    def next_part(self, most: int) -> bytes:
        while not self._press.eof or self._begins_again():
            packed = self._press.unconsumed_tail or self._ahead or self._file.read(_PART)
            self._ahead = b""
            if not packed:
                raise EOFError("it ends too soon")
            if part := self._press.decompress(packed, most):
                return part
        return b""

    def _begins_again(self) -> bool:
        """Whether another member follows; zeros between and after members are padding."""
        rest = self._press.unused_data.lstrip(b"\0")
        while len(rest) < len(_MARK) and (more := self._file.read(_PART)):
            rest = (rest + more).lstrip(b"\0")
        if rest and not rest.startswith(_MARK):
            raise Trailing("bytes that are no gzip follow its end")
        self._press, self._ahead = zlib.decompressobj(_GZIP), rest
        return bool(rest)
