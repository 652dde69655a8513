"""How long one item may take, and how much memory; set by a worker upon itself, so that the system keeps them."""

from __future__ import annotations

import resource
import signal
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from stemma.engine.attempts import Beyond

MEGABYTE = 2**20
#: Seconds of CPU time for any item: 500 times what a page of 6 kB takes, and what a whole book of prose takes.
SECONDS = 8.0
#: Seconds for each megabyte of it beside: four times what laying out takes. No more: of prose only so much is analysed.
SECONDS_PER_MEGABYTE = 0.5
MOST_SECONDS = 9.5  #: for any item, however large: ten are promised, and stopping takes a moment
LAST = 1.25  #: times the seconds, after which a stage that could not be stopped is ended with its process
GROWTH = 800 * MEGABYTE  #: bytes by which a worker may grow beyond what it starts with
PATIENCE = 20.0  #: times the seconds, of waiting: for a stage that sleeps, on a machine however busy


def seconds_for(size: int) -> float:
    """Seconds of CPU time that an item of so many bytes may take; never ten."""
    return min(MOST_SECONDS, SECONDS + SECONDS_PER_MEGABYTE * size / MEGABYTE)


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
    """Stop the stage after so many seconds of CPU time, by an exception; a little later by ending the process."""
    signal.signal(signal.SIGVTALRM, lambda _, __: _stop(seconds))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    signal.setitimer(signal.ITIMER_PROF, LAST * seconds)


def stop_clock() -> None:
    """The item is done."""
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)


def _stop(seconds: float) -> NoReturn:
    raise Beyond(seconds)
