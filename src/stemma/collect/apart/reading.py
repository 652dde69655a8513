"""What happens in the process that reads files: it tells what it finds, and shows that it is alive."""

from __future__ import annotations

import io
import pickle
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, NamedTuple

from stemma.child import Beyond
from stemma.child.limits import restart_clock, start_clock, stop_clock

#: Seconds of CPU time without a page, and without a byte of the file read. A feed of 16 MiB takes five.
SECONDS = 30.0
_OFTEN = 0.2  #: seconds between two signs of life that tell nothing else
_BUFFER = 2**18  #: bytes read from a file at a time
_SHOWN = 200  #: characters of an error that are told

Job = Callable[["Pulse"], Iterable[object]]
#: "found": something; "at": how far it is; "end": all was told; the others: it ended early, of time, memory, or else.
Kind = Literal["found", "at", "end", "late", "full", "failed"]


class Message(NamedTuple):
    """What the process tells."""

    kind: Kind
    value: object = None  #: what was found; why it failed
    place: int | None = None  #: the byte of the file at which an entry begins, up to which all was told before
    done: int = 0  #: bytes of the file read


class Pulse:
    """How a job tells how far it is; any such word gives it its time again. The bookmarks of its one file, too."""

    def __init__(self, told: Connection, seconds: float) -> None:
        self._told, self._seconds = told, seconds
        self._last = time.monotonic()
        self._place: int | None = None
        self._done = 0
        self.begin = 0  #: byte of the file to begin at
        self.careful = False  #: whether each entry is told of before it is looked at

    def opened(self, path: Path) -> io.BufferedReader:
        """The file, whose reading shows."""
        return io.BufferedReader(_Watched(path, self), _BUFFER)

    def read(self, size: int) -> None:
        """So many bytes were read."""
        restart_clock(self._seconds)
        self._done += size
        if time.monotonic() > self._last + _OFTEN:
            self.tell("at")

    def start(self, _: io.BufferedReader, __: str, size: int) -> int:
        """Where to begin; known before."""
        return min(self.begin, size)

    def reached(self, at: int) -> None:
        """An entry begins there."""
        self._place = at
        if self.careful:
            self.tell("at")

    def ended(self) -> None:
        """All of the file was given, which the end of the job tells too."""

    def tell(self, kind: Kind, value: object = None) -> None:
        """Send word."""
        restart_clock(self._seconds)
        message = Message(kind, value, self._place, self._done)
        self._told.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
        self._last = time.monotonic()


class _Watched(io.FileIO):
    """A file whose reading shows."""

    def __init__(self, path: Path, pulse: Pulse) -> None:
        super().__init__(path)
        self._pulse = pulse

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = super().readinto(buffer) or 0
        self._pulse.read(size)
        return size

    def readall(self) -> bytes:
        held = super().readall()
        self._pulse.read(len(held))
        return held


def serve(given: Connection, told: Connection) -> None:
    """Do one job after the other until nobody sends any more, which ends the process."""
    while True:
        job, seconds = pickle.loads(given.recv_bytes())  # noqa: S301 - of the process that started us
        _do(job, Pulse(told, seconds))


def _do(job: Job, pulse: Pulse) -> None:
    try:
        start_clock(pulse._seconds)  # noqa: SLF001 - of this module
        for found in job(pulse):
            pulse.tell("found", found)
        last = Message("end")
    except Beyond:
        last = Message("late")
    except MemoryError:
        last = Message("full")
    except Exception as error:  # noqa: BLE001 - whatever a library raises must not cost the other files
        last = Message("failed", f"{type(error).__name__}: {error}"[:_SHOWN])
    pulse.tell(*last[:2])
    stop_clock()
