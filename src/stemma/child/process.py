"""A process of our own that takes what is sent to it, and that ends with the process that started it.

Where it is safe it is a fork of this process, which costs a few milliseconds; else a fresh interpreter, which takes as
long as the program takes to start.
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
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe

from stemma.child.limits import bound_memory

_PIPE = 2**20  #: bytes; the most that Linux gives to anybody. Results of some ten pages fit in while nobody reads.
_STACK = 2**18  #: bytes, of a thread that does nothing but wait
_START = "import sys; from stemma.child.process import serve_stranger; serve_stranger(*map(int, sys.argv[1:]))"

#: What such a process does: it takes items from the one end, tells of them by the other, and returns at their end.
Work = Callable[[Connection, Connection], None]


class Child:
    """The near end of such a process."""

    def __init__(self, process: int, items: Connection, results: Connection) -> None:
        self.process, self.items, self.results = process, items, results
        with suppress(OSError, AttributeError):  # AttributeError: only Linux has it
            fcntl.fcntl(results.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)

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


def start(work: Work, *, fork: bool) -> Child:
    """A new process that does this. Raises ``OSError`` or an error of pickling where there can be none.

    ``fork``: as ``can_fork`` says; else ``work`` must be found by its module and name.
    """
    given, items = Pipe(duplex=False)
    results, told = Pipe(duplex=False)
    try:
        process = _fork(work, given, told) if fork else _start_stranger(given, told)
    except BaseException:
        items.close()
        results.close()
        raise
    finally:
        given.close()
        told.close()
    child = Child(process, items, results)
    if not fork:
        items.send_bytes(pickle.dumps(work, pickle.HIGHEST_PROTOCOL))
    return child


def can_fork() -> bool:
    """Whether a fork is safe: on Linux, where no other thread of ours may hold a lock at that moment.

    Threads of OpenBLAS do not count: it ends them before a fork and starts them again.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def died(status: int) -> str:
    """How a process ended, in words."""
    return f"died ({signal.Signals(-status).name if status < 0 else f'exit status {status}'})"


def _fork(work: Work, given: Connection, told: Connection) -> int:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # an interrupt must not unwind the child
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads; see ``can_fork``
            process = os.fork()
        if not process:
            _serve(work, given, told)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def _start_stranger(given: Connection, told: Connection) -> int:
    ends = (given.fileno(), told.fileno())
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-P", "-c", _START, *map(str, ends)], pass_fds=ends, env=place, stdin=subprocess.DEVNULL
    )
    started.returncode = 0  # reaped by ``Child.end``
    return started.pid


def serve_stranger(given: int, told: int) -> None:
    """Be such a process, as a fresh interpreter: the first thing that is sent is the work."""
    items = Connection(given, writable=False)
    work = pickle.loads(items.recv_bytes())  # noqa: S301 - of the process that started us
    _serve(work, items, Connection(told, readable=False))


def _serve(work: Work, given: Connection, told: Connection) -> None:
    """Do the work until nobody sends any more; never returns."""
    try:
        _settle_in(given, told)
        work(given, told)
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
    threading.Thread(target=end_with, args=(given.fileno(),), daemon=True).start()
    threading.stack_size(before)
    bound_memory()


def _let_go(kept: set[int]) -> None:
    """Let go of inherited files, so that none stays locked or open by us; their numbers stay taken."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in {int(name) for name in os.listdir("/dev/fd")} - kept - {nothing}:  # noqa: PTH208 - numbers, no paths
        with suppress(OSError):  # the one that listed them is closed
            os.fstat(number)
            os.dup2(nothing, number)


def end_with(pipe: int) -> None:
    """End this process as soon as the other end of the pipe is gone, and with it whoever started us."""
    ended = select.poll()
    ended.register(pipe, 0)
    ended.poll()
    os._exit(1)
