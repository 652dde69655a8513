"""How far large files were read: an import that was stopped goes on in the middle of a file."""

from __future__ import annotations

import json
import os
from collections import deque
from hashlib import sha256
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

NAME = "imports.json"
_HEAD = 65_536  #: bytes by which a file is known again, with its name and size
#: Items given after which an earlier one surely lies safe: two transactions of at most 64 (``portions.BATCH``), and a
#: page that waits for its request.
BEHIND = 2 * 64 + 3
_OFTEN = 64  #: items between two writings
_MOST = 1_000  #: files remembered


class _Place(NamedTuple):
    """Where an entry begins, and how many items had been given before."""

    at: int
    given: int


class Bookmarks:
    """The places of one archive. ``reached`` is told while reading, ``given`` for each item that is handed on.

    A place is written when so many items came after it that those before it are kept. ``terms``: what is taken of the
    files; other terms are other places. A file that was read to its end is forgotten: added again it is read again,
    which puts back what was lost of its captures.
    """

    def __init__(self, folder: str | Path, terms: object) -> None:
        self._path = Path(folder) / NAME
        self._terms = f"{terms!r} {version('stemma-archive')}"
        self._kept = self._read()
        self._key = ""
        self._given = 0
        self._places: deque[_Place] = deque()

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
        self._places.clear()
        return min(self._kept.get(self._key, 0), size)

    def reached(self, at: int) -> None:
        """An entry begins there."""
        if self._places and self._places[-1].given == self._given:
            self._places.pop()
        self._places.append(_Place(at, self._given))

    def given(self) -> None:
        """One more item was handed on."""
        self._given += 1
        while len(self._places) > 1 and self._places[1].given <= self._given - BEHIND:
            self._places.popleft()
        if self._given % _OFTEN == 0 and self._places and self._places[0].given <= self._given - BEHIND:
            self._write({**self._kept, self._key: self._places[0].at})

    def ended(self) -> None:
        """All of the file was given."""
        if self._key in self._kept:
            self._write({key: at for key, at in self._kept.items() if key != self._key})

    def _write(self, places: dict[str, int]) -> None:
        self._kept = dict(list(places.items())[-_MOST:])
        draft = self._path.with_suffix(".part")
        draft.write_text(json.dumps(self._kept), "utf-8")
        os.replace(draft, self._path)  # noqa: PTH105 - at once or not at all
