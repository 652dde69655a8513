"""Runs a stage on this machine: in worker processes that can be killed, or here; the results are the same, in order.

An exception in a stage function, the death of the process that ran it, and work beyond the bounds of time and memory
become a ``Problem`` of that one item.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar
from weakref import finalize

from stemma.engine.attempts import Found, attempt, guarded, name_of
from stemma.stage import Each

__all__ = ["Found", "Standing", "attempt", "each", "guarded", "name_of"]

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


class Due(deque[Item]):
    """Items that are at an end for now, and go on when there are more."""

    def __iter__(self) -> Iterator[Item]:
        return self

    def __next__(self) -> Item:
        if not self:
            raise StopIteration
        return self.popleft()


class Standing(Generic[Item]):
    """A worker for a stage that stays between one lot of items and the next, so that what it loads is loaded once.

    For programs that hand out work themselves and ask for some items at a time: one thread asks, and takes all that it
    asked for. The worker goes with this, or with the program. Else like ``each``.
    """

    def __init__(self, stage: Each[Item]) -> None:
        self._stage = stage
        self._due = Due[Item]()
        self._crew = None
        if sys.platform != "win32":
            from stemma.engine.crew import Crew  # noqa: PLC0415 - as in ``each``

            self._crew = Crew(stage, self._due, 1)
            finalize(self, self._crew.end)

    def each(self, items: Iterable[Item]) -> Iterator[tuple[Item, Found]]:
        """Every item with what the stage gives for it, in order."""
        if self._crew is None:
            return each(self._stage, items, 0)
        self._due.extend(items)
        return self._crew.results_so_far()
