"""A worker: a process that works on items which are sent to it, within bounds, and that can be killed at any moment."""

from __future__ import annotations

import pickle
import time
from collections.abc import Sequence
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Literal, NamedTuple

from stemma.child import Beyond, process
from stemma.child.limits import start_clock, stop_clock
from stemma.child.process import Child, can_fork
from stemma.engine import bounds
from stemma.engine.attempts import Found, Tally, attempt, name_of, too_large, too_long
from stemma.stage import Each

#: "late", "full": with a Problem of time or memory, and the worker is to be replaced; "unsent": it cannot travel.
Kind = Literal["found", "late", "full", "unsent"]


class Result(NamedTuple):
    """What a worker sends back for an item."""

    kind: Kind
    found: Found
    seconds: float  #: that it took


class Worker:
    """The near end of a worker."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self.process, self.results = child.process, child.results
        self.done = 0  #: items

    def send(self, items: Sequence[bytes]) -> None:
        """Give it packed items, when it has answered all it was given. Raises ``OSError`` where it is dead."""
        self._child.items.send_bytes(pickle.dumps(items, pickle.HIGHEST_PROTOCOL))

    def receive(self) -> Result:
        """The result of the next item. Raises ``EOFError`` or ``OSError`` where it is dead."""
        result: Result = pickle.loads(self.results.recv_bytes())  # noqa: S301 - of a process of our own
        self.done += 1
        return result

    def end(self) -> int:
        """Kill it; its exit status, negative for a signal."""
        return self._child.end()


def start(stage: Each[Any]) -> Worker:
    """A new worker for a stage. Raises ``OSError`` or an error of pickling where there can be none."""
    return Worker(process.start(partial(_serve, stage), fork=can_fork()))


def _serve(stage: Each[Any], given: Connection, told: Connection) -> None:
    """Be a worker until nobody sends any more, which ends the process."""
    while True:
        for packed in pickle.loads(given.recv_bytes()):  # noqa: S301 - of the process that started us
            told.send_bytes(_work(stage, packed))


def _work(stage: Each[Any], packed: bytes) -> bytes:
    """The packed result of one item."""
    late, full, began = Tally.late, Tally.full, time.perf_counter()
    try:
        item = pickle.loads(packed)  # noqa: S301 - of the process that started us
    except Exception:  # noqa: BLE001 - pickling raises errors of many types
        return pickle.dumps(Result("unsent", [], 0.0))
    about, seconds = name_of(item), bounds.seconds_for(len(packed))
    try:
        start_clock(seconds)
        found = attempt(stage, item, about)
        stop_clock()
        kind: Kind = "full" if full < Tally.full else "late" if late < Tally.late else "found"
        return _packed(Result(kind, found, time.perf_counter() - began))
    except Beyond:  # raised in the moment after the stage had ended
        kind, found = "late", [too_long(stage, about, seconds)]
    except MemoryError:
        kind, found = "full", [too_large(stage, about)]
    stop_clock()
    return _packed(Result(kind, found, time.perf_counter() - began))


def _packed(result: Result) -> bytes:
    try:
        return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return pickle.dumps(Result("unsent", [], 0.0))
