"""The write-ahead log: SQLite reads it up to the first damaged frame and passes over the rest without a word.

Format: sqlite.org/fileformat2.html, sections 4.1 to 4.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.archive.store.store import DATABASE

LOG = f"{DATABASE}-wal"
_HEAD, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_MAGIC = 0x377F0682  #: with the lowest bit set the checksums are of big-endian words
_SUMMED = 8  #: bytes of a frame's head that its checksum covers
_LEAST_PAGE = 512  #: bytes
_WORD = 1 << 32  #: checksums count modulo this
Pair = tuple[int, int]
_Words = NDArray[np.uint32]


class Log(NamedTuple):
    """What the head of a log says."""

    order: str  #: of the bytes in a word: "<" or ">"
    page: int  #: bytes
    salts: Pair
    sums: Pair  #: of the head itself


def wrong_log(folder: Path) -> Iterator[str]:
    """A log that is damaged before its last finished transaction.

    What was not finished, and what an earlier turn of the log left behind, is no damage. A frame that a process is
    writing looks damaged for a moment, so that damage is looked at twice.
    """
    if _damage(folder / LOG) and (damage := _damage(folder / LOG)):
        yield damage


def _damage(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD.size)
            if len(head) < _HEAD.size:
                return None
            log = _log_of(head)
            return _lost(file, log) if log else f"the head of {LOG} is damaged; nothing in it is read"
    except FileNotFoundError:
        return None


def _log_of(head: bytes) -> Log | None:
    magic, _, size, _, one, other, *sums = _HEAD.unpack(head)
    order = ">" if magic & 1 else "<"
    if magic | 1 != _MAGIC | 1 or size < _LEAST_PAGE or _summed((0, 0), head[:24], order) != tuple(sums):
        return None
    return Log(order, size, (one, other), (sums[0], sums[1]))


def _lost(file: IO[bytes], log: Log) -> str | None:
    """What is lost from the first damaged frame on; None where no finished transaction is."""
    damaged, sums, commits = 0, log.sums, 0
    for number, (frame, page) in enumerate(_frames(file, log), 1):
        _, size, *salts, one, other = _FRAME.unpack(frame)
        ours = tuple(salts) == log.salts
        if not damaged:
            after = _summed(_summed(sums, frame[:_SUMMED], log.order), page, log.order)
            if ours and after == (one, other):
                sums = after
                continue
            # Damaged, or the first frame of an earlier turn of the log, behind which none of this turn comes.
            damaged, commits = number, int(not ours and after == (one, other) and size > 0)
        commits += ours and size > 0
    if not damaged or not commits:
        return None
    return f"frame {damaged} of {LOG} is damaged; it and what was written after it is not read"


def _frames(file: IO[bytes], log: Log) -> Iterator[tuple[bytes, bytes]]:
    while len(frame := file.read(_FRAME.size)) == _FRAME.size and len(page := file.read(log.page)) == log.page:
        yield frame, page


def _summed(before: Pair, content: bytes, order: str) -> Pair:
    """The running checksum over so many words more.

    Two words (x, y) make (s, t) to (s + t + x, s + 2t + x + y). Over all of them each word counts with a Fibonacci
    number, so that numpy may add them up at once; (s, t) itself counts like the words (s, t - s) before them.
    """
    words = np.frombuffer(content, f"{order}u4").astype(np.uint32)
    start = np.array([before[0], (before[1] - before[0]) % _WORD], np.uint32)
    falling = _fibonacci(len(words) + 2)
    whole = np.concatenate((start, words))
    return int(np.dot(falling[1:], whole)), int(np.dot(falling[:-1], whole))


@cache
def _fibonacci(count: int) -> _Words:
    """The Fibonacci numbers from that number down to the 0th, modulo a word."""
    one, other, rising = 0, 1, [0]
    for _ in range(count):
        one, other = other, (one + other) % _WORD
        rising.append(one)
    return np.array(rising[::-1], np.uint32)
