"""Messages into a file of the archive's folder "watches": JSON lines or text."""

from __future__ import annotations

import os
from pathlib import Path

from stemma.show.notices.forms import Message, json_lines, text

FOLDER = "watches"
_OWN = 0o600  #: read by the one who keeps the archive
_LINE_END = 0x0A
_END = "stemma message "  #: how the line ends a message in a text


def write(folder: Path, name: str, message: Message) -> None:
    """Put a message behind what is there; one that is there already, or in part, is not put there twice."""
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    body = (json_lines(message) if name.endswith(".jsonl") else f"{text(message)}-- {_END}{message.key}\n").encode()
    with os.fdopen(os.open(place / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, _OWN), "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        start = _begun(file.fileno(), size, body)
        file.truncate(start)
        file.seek(start)
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _begun(file: int, size: int, body: bytes) -> int:
    """Where a message belongs: behind all that is there, or where a beginning of it was written before a fall.

    Messages begin lines, so that a beginning of this one can only stand behind a line's end.
    """
    first = max(0, size - len(body) - 1)  # with the end of the line before, where there is one
    tail = os.pread(file, size - first, first)
    starts = [*([] if first else [0]), *(at + 1 for at, byte in enumerate(tail[:-1]) if byte == _LINE_END)]
    begun = next((at for at in starts if tail[at:] and body.startswith(tail[at:])), len(tail))
    return first + begun
