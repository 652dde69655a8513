"""How far large files were read: an import that was stopped goes on in the middle of a file."""

from __future__ import annotations

import json
import os
from collections import deque
from hashlib import sha256
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path

NAME = "imports.json"
_HEAD = 65_536  #: bytes by which a file is known again, with its name and size
_BEHIND = 3  #: entries that may be on their way when a later one is read: a page waits for its request
_MOST = 1_000  #: files remembered


class Bookmarks:
    """The places of one archive. ``reached`` is told while reading, ``commit`` when all that was given is kept.

    ``terms``: what is taken of the files; other terms are other places. A file that was read to its end is forgotten:
    added again it is read again, which puts back what was lost of its captures.
    """

    def __init__(self, folder: str | Path, terms: object) -> None:
        self._path = Path(folder) / NAME
        self._terms = f"{terms!r} {version('stemma-archive')}"
        self._kept: dict[str, int] = self._read()
        self._key = ""
        self._last: deque[int] = deque(maxlen=_BEHIND)
        self._reached: dict[str, int] = {}

    def _read(self) -> dict[str, int]:
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {key: at for key, at in found.items() if type(at) is int} if isinstance(found, dict) else {}

    def start(self, file: BufferedReader, name: str, size: int) -> int:
        """Where to begin: the first byte of an entry up to which all is kept; 0 where nothing is known."""
        head = file.read(_HEAD)
        file.seek(0)
        self._key = sha256(f"{name}\0{size}\0{self._terms}\0".encode() + head).hexdigest()[:32]
        self._last.clear()
        return min(self._kept.get(self._key, 0), size)

    def reached(self, at: int) -> None:
        """An entry begins there; those well before it were given."""
        self._last.append(at)
        if len(self._last) == _BEHIND:
            self._reached[self._key] = self._last[0]

    def ended(self) -> None:
        """All of the file was given."""
        self._reached[self._key] = 0

    def commit(self) -> None:
        """All that was given is kept."""
        if not self._reached:
            return
        places = {**self._kept, **self._reached}
        self._kept = dict([(key, at) for key, at in places.items() if at][-_MOST:])
        self._reached = {}
        draft = self._path.with_suffix(".part")
        draft.write_text(json.dumps(self._kept), "utf-8")
        os.replace(draft, self._path)  # noqa: PTH105 - at once or not at all
