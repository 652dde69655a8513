"""The near end: gives jobs to a process, hands on what it tells, and replaces it where it hangs or dies."""

from __future__ import annotations

import pickle
import signal
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

from stemma.child import process
from stemma.collect.apart import reading
from stemma.collect.apart.reading import Job, Message

PATIENCE = (
    10.0  #: times the seconds of CPU time, of waiting for a word: for a file that sleeps, on a machine however busy
)
SLICE = 1.0  #: seconds of waiting at a time, so that a program that slept for hours has not waited that long
_ENDS = frozenset({"end", "late", "full", "failed"})


class Lost(Exception):
    """A job that came to no end; the message says why. It never leaves the room: a ``Problem`` tells it."""


class Hand:
    """A process that does jobs, one at a time; it is there from the first one on, and gone when this is left."""

    def __init__(self) -> None:
        self._child: process.Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.end()

    def end(self) -> int:
        """Kill the process, if there is one; its exit status."""
        child, self._child = self._child, None
        return child.end() if child else 0

    def is_ready(self) -> bool:
        """Whether there is a process, now at the latest; none is to be had where the system refuses one."""
        try:
            self._child = self._child or process.start(reading.serve, fork=process.can_fork())
        except OSError:
            return False
        return True

    def told(self, job: Job) -> Iterator[Message]:
        """What a job tells, "found" and "at" alone. Raises ``Lost`` where it hangs, dies or fails.

        The process is ended with the iterator where that is left early.
        """
        whole = False
        try:
            child = self._given(pickle.dumps((job, reading.SECONDS), pickle.HIGHEST_PROTOCOL))
            while (message := self._next(child)).kind not in _ENDS:
                yield message
            whole = message.kind in {"end", "failed"}
            if message.kind != "end":
                raise Lost(_why(message))
        except (EOFError, OSError) as error:
            raise Lost(_death(self.end())) from error
        finally:
            if not whole:
                self.end()

    def _given(self, job: bytes) -> process.Child:
        """The process, with the job; a new one where it died while it had nothing to do. Raises ``OSError``."""
        for _ in range(2):
            if self.is_ready() and self._child:
                with suppress(OSError):
                    self._child.items.send_bytes(job)
                    return self._child
                self.end()
        raise OSError

    def _next(self, child: process.Child) -> Message:
        """The next word. Raises ``EOFError`` or ``OSError`` where it is dead, ``Lost`` where none comes."""
        waited = 0.0
        while not child.results.poll(SLICE):
            waited += SLICE
            if waited > PATIENCE * reading.SECONDS:
                raise Lost(f"reading it gave nothing for {waited:,.0f} seconds")
        message: Message = pickle.loads(child.results.recv_bytes())  # noqa: S301 - of a process of our own
        return message


def _death(status: int) -> str:
    return _late() if status == -signal.SIGPROF else f"the process that read it {process.died(status)}"


def _late() -> str:
    return f"reading it was stopped after {reading.SECONDS:g} seconds of CPU time that gave nothing"


def _why(message: Message) -> str:
    match message.kind:
        case "late":
            return _late()
        case "full":
            return "reading it needs more memory than it may have"
        case _:
            return f"reading it failed with {message.value}"
