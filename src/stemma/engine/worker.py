"""A worker: a process that works on items which are sent to it, within bounds, and that can be killed at any moment.

Where it is safe it is a fork of this process, which costs a few milliseconds; else a fresh interpreter, which takes as
long as the program takes to start. It ends with the process that started it, however that ends.
"""

from __future__ import annotations

import faulthandler
import fcntl
import gc
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any, Literal, NamedTuple

from stemma.engine import bounds
from stemma.engine.attempts import Beyond, Found, Tally, attempt, name_of, too_large, too_long
from stemma.stage import Each

_PIPE = 2**20  #: bytes; the most that Linux gives to anybody. Results of some ten pages fit in while nobody reads.
_STACK = 2**18  #: bytes, of a thread that does nothing but wait
_START = "import sys; from stemma.engine.worker import serve_stranger; serve_stranger(*map(int, sys.argv[1:]))"


#: "late", "full": with a Problem of time or memory, and the worker is to be replaced; "unsent": it cannot travel.
Kind = Literal["found", "late", "full", "unsent"]


class Result(NamedTuple):
    """What a worker sends back for an item."""

    kind: Kind
    found: Found
    seconds: float  #: that it took


class Worker:
    """The near end of a worker."""

    def __init__(self, process: int, items: Connection, results: Connection) -> None:
        self.process, self.items, self.results = process, items, results
        self.done = 0  #: items
        with suppress(OSError, AttributeError):  # AttributeError: only Linux has it
            fcntl.fcntl(results.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)

    def send(self, items: Sequence[bytes]) -> None:
        """Give it packed items, when it has answered all it was given. Raises ``OSError`` where it is dead."""
        self.items.send_bytes(pickle.dumps(items, pickle.HIGHEST_PROTOCOL))

    def receive(self) -> Result:
        """The result of the next item. Raises ``EOFError`` or ``OSError`` where it is dead."""
        result: Result = pickle.loads(self.results.recv_bytes())  # noqa: S301 - of a process of our own
        self.done += 1
        return result

    def end(self) -> int:
        """Kill it; its exit status, negative for a signal."""
        with suppress(OSError):
            os.kill(self.process, signal.SIGKILL)
        self.items.close()
        self.results.close()
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        except ChildProcessError:  # whoever uses us lets the system reap
            return 0


def start(stage: Each[Any]) -> Worker:
    """A new worker for a stage. Raises ``OSError`` or an error of pickling where there can be none."""
    given, items = Pipe(duplex=False)
    results, told = Pipe(duplex=False)
    try:
        process = _fork(stage, given, told) if can_fork() else _start_stranger(given, told)
    except BaseException:
        items.close()
        results.close()
        raise
    finally:
        given.close()
        told.close()
    worker = Worker(process, items, results)
    if not can_fork():
        worker.send([pickle.dumps(stage, pickle.HIGHEST_PROTOCOL)])
    return worker


def can_fork() -> bool:
    """Whether a fork is safe: on Linux, where no other thread of ours may hold a lock at that moment.

    Threads of OpenBLAS do not count: it ends them before a fork and starts them again.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _fork(stage: Each[Any], given: Connection, told: Connection) -> int:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # an interrupt must not unwind the child
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads; see ``can_fork``
            process = os.fork()
        if not process:
            _serve(stage, given, told)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def _start_stranger(given: Connection, told: Connection) -> int:
    ends = (given.fileno(), told.fileno())
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-P", "-c", _START, *map(str, ends)], pass_fds=ends, env=place, stdin=subprocess.DEVNULL
    )
    started.returncode = 0  # reaped by ``Worker.end``
    return started.pid


def serve_stranger(given: int, told: int) -> None:
    """Be a worker, as a fresh interpreter: the first thing that is sent is the stage."""
    items = Connection(given, writable=False)
    (stage,) = pickle.loads(items.recv_bytes())  # noqa: S301 - of the process that started us
    _serve(pickle.loads(stage), items, Connection(told, readable=False))  # noqa: S301 - the same


def _serve(stage: Each[Any], given: Connection, told: Connection) -> None:
    """Be a worker until nobody sends any more; never returns."""
    try:
        _settle_in(given, told)
        while True:
            for packed in pickle.loads(given.recv_bytes()):  # noqa: S301 - of the process that started us
                told.send_bytes(_work(stage, packed))
    except BaseException:  # noqa: BLE001 - whatever it is: the frames below are another process's
        os._exit(1)
    finally:
        os._exit(0)


def _settle_in(given: Connection, told: Connection) -> None:
    """Keep nothing of the other process but its memory; end with it; take no interrupt, which is for it to take."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    signal.set_wakeup_fd(-1)
    faulthandler.disable()
    gc.freeze()  # what was there before need not be looked through, nor copied
    _let_go({given.fileno(), told.fileno(), *range(3)})
    before = threading.stack_size(_STACK)
    threading.Thread(target=_end_with, args=(given.fileno(),), daemon=True).start()
    threading.stack_size(before)
    bounds.bound_memory()


def _let_go(kept: set[int]) -> None:
    """Let go of inherited files, so that none stays locked or open by us; their numbers stay taken."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in {int(name) for name in os.listdir("/dev/fd")} - kept - {nothing}:  # noqa: PTH208 - numbers, no paths
        with suppress(OSError):  # the one that listed them is closed
            os.fstat(number)
            os.dup2(nothing, number)


def _end_with(items: int) -> None:
    """End this process as soon as nobody can send it items: whoever started it is gone."""
    ended = select.poll()
    ended.register(items, 0)
    ended.poll()
    os._exit(1)


def _work(stage: Each[Any], packed: bytes) -> bytes:
    """The packed result of one item."""
    late, full, began = Tally.late, Tally.full, time.perf_counter()
    try:
        item = pickle.loads(packed)  # noqa: S301 - of the process that started us
    except Exception:  # noqa: BLE001 - pickling raises errors of many types
        return pickle.dumps(Result("unsent", [], 0.0))
    about, seconds = name_of(item), bounds.seconds_for(len(packed))
    try:
        bounds.start_clock(seconds)
        found = attempt(stage, item, about)
        bounds.stop_clock()
        kind: Kind = "full" if full < Tally.full else "late" if late < Tally.late else "found"
        return _packed(Result(kind, found, time.perf_counter() - began))
    except Beyond:  # raised in the moment after the stage had ended
        kind, found = "late", [too_long(stage, about, seconds)]
    except MemoryError:
        kind, found = "full", [too_large(stage, about)]
    bounds.stop_clock()
    return _packed(Result(kind, found, time.perf_counter() - began))


def _packed(result: Result) -> bytes:
    try:
        return pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return pickle.dumps(Result("unsent", [], 0.0))
