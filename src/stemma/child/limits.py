"""Limits of time and memory that a process sets upon itself, so that the system keeps them."""

from __future__ import annotations

import resource
import signal
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from stemma.child import Beyond

MEGABYTE = 2**20
GROWTH = 800 * MEGABYTE  #: bytes by which a process may grow beyond what it starts with
LAST = 1.25  #: times the seconds, after which work that could not be stopped is ended with its process


def bound_memory(growth: int = GROWTH) -> None:
    """Let this process grow by so many bytes of address space; no bound where the system does not tell its size."""
    with suppress(OSError, ValueError):
        most = _size_now() + growth
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if soft == resource.RLIM_INFINITY or soft > most:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _size_now() -> int:
    """Bytes of address space; Linux alone tells."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()


def start_clock(seconds: float) -> None:
    """Stop what is done here after so many seconds of CPU time, by ``Beyond``; a little later by ending the process.

    Started again, it starts anew.
    """
    signal.signal(signal.SIGVTALRM, lambda _, __: _stop(seconds))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    restart_clock(seconds)


def restart_clock(seconds: float) -> None:
    """Give as much time again; costs a microsecond."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    signal.setitimer(signal.ITIMER_PROF, LAST * seconds)


def stop_clock() -> None:
    """What was bounded is done."""
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)


def _stop(seconds: float) -> NoReturn:
    raise Beyond(seconds)
