"""How much of all there is to read was read, in bytes of files or in addresses asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path


class Gauge:
    """Counts; tells ``told`` how much is done, of how much (None: not known)."""

    def __init__(self, told: Callable[[int, int | None], None] | None = None) -> None:
        self._told = told
        self._done = 0
        self._total: int | None = None

    def measure(self, files: Iterable[Path]) -> None:
        """See how large all is, where anybody wants to know; it takes some microseconds a file."""
        if self._told:
            self.expect(sum(map(_size_of, files)))

    def expect(self, total: int) -> None:
        """So much is to be read."""
        self._total = total

    def at(self, size: int) -> None:
        """So much of a file is read."""
        if self._told:
            self._told(self._done + size, self._total)

    def passed(self, size: int) -> None:
        """All of a file is read."""
        self._done += size
        self.at(0)


def _size_of(path: Path) -> int:
    """Bytes of a file, or of all files below a folder; what cannot be looked at counts nothing."""
    try:
        if not path.is_dir():
            return path.stat().st_size
    except OSError:
        return 0
    return sum(_sizes_below(str(path)))


def _sizes_below(folder: str) -> Iterable[int]:
    for at, _, names in os.walk(folder):
        for name in names:
            try:
                yield os.stat(os.path.join(at, name)).st_size  # noqa: PTH116, PTH118 - a quarter of the time of a Path
            except OSError:
                continue
