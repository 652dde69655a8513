"""Runs a stage on this machine: in worker processes that can be killed, or here; the results are the same, in order.

An exception in a stage function, the death of the process that ran it, and work beyond the bounds of time and memory
become a ``Problem`` of that one item.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from stemma.engine.attempts import Found, attempt, guarded, name_of
from stemma.stage import Each

__all__ = ["Found", "attempt", "each", "guarded", "name_of"]

Item = TypeVar("Item")


def each(stage: Each[Item], items: Iterable[Item], workers: int = 1) -> Iterator[tuple[Item, Found]]:
    """Every item with what the stage gives for it, in the order of the items.

    Each of the ``workers`` is a process, bounded as ``bounds`` has it. ``0``: no process, and no bounds but those of
    the stage itself; so it is on Windows whatever is asked for, and for items or records that cannot be pickled.
    Where a thread runs beside the caller's, the stage function must be found by its module and name.
    At most ``workers * AHEAD * CHUNK`` items, or ``LARGE`` bytes, are under way (see ``crew``).
    """
    if workers <= 0 or sys.platform == "win32":
        return ((item, attempt(stage, item, name_of(item))) for item in items)
    from stemma.engine.crew import Crew  # noqa: PLC0415 - rests on what Windows has not

    return Crew(stage, items, workers).results()
