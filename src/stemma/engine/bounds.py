"""How long one page may take; how much memory, says ``child.limits``."""

from __future__ import annotations

from stemma.child.limits import MEGABYTE

#: Seconds of CPU time for any item: 500 times what a page of 6 kB takes, and what a whole book of prose takes.
SECONDS = 8.0
#: Seconds for each megabyte of it beside: four times what laying out takes. No more: of prose only so much is analysed.
SECONDS_PER_MEGABYTE = 0.5
MOST_SECONDS = 9.5  #: for any item, however large: ten are promised, and stopping takes a moment
PATIENCE = 20.0  #: times the seconds, of waiting: for a stage that sleeps, on a machine however busy


def seconds_for(size: int) -> float:
    """Seconds of CPU time that an item of so many bytes may take; never ten."""
    return min(MOST_SECONDS, SECONDS + SECONDS_PER_MEGABYTE * size / MEGABYTE)
