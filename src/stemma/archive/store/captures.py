"""The bytes of pages as they came, under their digest. One function keeps, one reads: a later form replaces both."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from stemma.archive.store.store import CAPTURES

_LEVEL = 6


def keep_bytes(folder: Path, digest: str, payload: bytes) -> None:
    """Write the bytes unless they are there; a file appears whole or not at all."""
    place = place_of(folder, digest)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
        try:
            file.write(gzip.compress(payload, _LEVEL, mtime=0))  # no time in the file: equal bytes, equal files
            file.close()
            Path(file.name).replace(place)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def read_bytes(folder: Path, digest: str) -> bytes:
    """The bytes again. Raises ``OSError``, ``EOFError`` or ``zlib.error`` where the file is gone or damaged."""
    return gzip.decompress(place_of(folder, digest).read_bytes())


def place_of(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie: ``captures/ab/abcd...gz``."""
    name = digest.removeprefix("sha256:")
    return folder / CAPTURES / name[:2] / f"{name}.gz"


def digest_of(payload: bytes) -> str:
    """``sha256:`` and the hexadecimal digest."""
    return "sha256:" + sha256(payload).hexdigest()
