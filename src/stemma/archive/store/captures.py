"""The bytes of pages as they came, under their digest. One function keeps, one reads: a later form replaces both."""

from __future__ import annotations

import gzip
import os
import zlib
from hashlib import sha256
from itertools import count
from pathlib import Path

from stemma.archive.store.store import CAPTURES

_LEVEL = 6
_GZIP = 31  #: window bits by which zlib reads a gzip file (zlib manual, inflateInit2)
_turn = count()


def keep_bytes(folder: Path, digest: str, payload: bytes) -> None:
    """Write the bytes unless they are there; a file appears whole or not at all."""
    place = place_of(folder, digest)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f".{os.getpid()}-{next(_turn)}")
    try:
        half.write_bytes(gzip.compress(payload, _LEVEL, mtime=0))  # no time in the file: equal bytes, equal files
        half.replace(place)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def read_bytes(folder: Path, digest: str) -> bytes:
    """The bytes again. Raises ``OSError`` or ``zlib.error`` where the file is gone or damaged."""
    return zlib.decompress(place_of(folder, digest).read_bytes(), _GZIP)


def place_of(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie: ``captures/ab/abcd...gz``."""
    name = digest.removeprefix("sha256:")
    return folder / CAPTURES / name[:2] / f"{name}.gz"


def digest_of(payload: bytes) -> str:
    """``sha256:`` and the hexadecimal digest."""
    return "sha256:" + sha256(payload).hexdigest()
