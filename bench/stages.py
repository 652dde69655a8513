"""Where the CPU time of ``stemma add`` goes: the functions that the flow calls, each with the time of its own."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from stemma import annotate, flow
from stemma.archive import Archive
from stemma.archive.relations.offers import Keys
from stemma.archive.store.store import Store
from stemma.archive.views import Totals
from stemma.records import Stated
from stemma.stage import Way

#: Methods of the archive that are stages of their own.
_METHODS = ("keep", "pending_snapshots", "add_page", "settle", "untraced", "put_traces", "witness", "join")
#: What ``annotate`` does with a page, one after the other.
_OF_A_PAGE = ("mentions", "times", "statements", "people", "relays", "analysis")


class Meter:
    """CPU seconds by stage; what a stage calls of another stage counts there alone."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._open: list[str] = ["rest"]
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def enter(self, stage: str) -> None:
        """Count for this stage from here on."""
        self._turn()
        self._open.append(stage)

    def leave(self) -> None:
        """Count for the stage before again."""
        self._turn()
        self._open.pop()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, metered; of a generator every step."""

        @wraps(function)
        def metered(*values: Any, **named: Any) -> Any:
            self.enter(stage)
            try:
                result = function(*values, **named)
            finally:
                self.leave()
            return self._steps(stage, result) if isinstance(result, Iterator) else result

        return metered

    def _steps(self, stage: str, steps: Iterator[Any]) -> Iterator[Any]:
        while True:
            self.enter(stage)
            try:
                item = next(steps)
            except StopIteration:
                return
            finally:
                self.leave()
            yield item


def add(archive: str, source: str, way: Way = "network") -> dict[str, float]:
    """Add the pages in this process; CPU seconds by stage, in the order of the flow.

    The functions of ``flow`` and ``Archive`` are replaced by metered ones for the rest of the process.
    """
    meter = Meter()
    flow.READ = dataclasses.replace(flow.READ, function=meter.timed("read", flow.READ.function))
    for name in _OF_A_PAGE:
        setattr(annotate, name, meter.timed(f"annotate: {name}", getattr(annotate, name)))
    meetings = tuple(_metered(meter, meeting) for meeting in flow.meetings())
    flow.meetings = lambda: meetings
    flow.collect.captures = meter.timed("collect", flow.collect.captures)
    flow.collate.trace = meter.timed("trace", flow.collate.trace)
    for name in _METHODS:
        setattr(Archive, name, meter.timed(f"archive: {name}", getattr(Archive, name)))
    for name in ("portions", "packed"):
        setattr(Keys, name, meter.timed(f"archive: {name}", getattr(Keys, name)))
    Store.commit = meter.timed("archive: commit", Store.commit)
    flow.take(archive, flow.collect.captures([source], Stated()), way=way)
    meter.enter("rest")
    return dict(meter.seconds)


def totals(archive: str) -> Totals:
    """What the archive holds."""
    with Archive.open(archive) as opened:
        return opened.totals()


def _metered(meter: Meter, meeting: Any) -> Any:
    name = meeting.stage.name
    stage = dataclasses.replace(meeting.stage, function=meter.timed(name, meeting.stage.function))
    offer, rebuild = (meter.timed(f"{name}: {part}", getattr(meeting, part)) for part in ("offer", "rebuild"))
    sift = meeting.sift and meter.timed(f"{name}: sift", meeting.sift)
    return dataclasses.replace(meeting, stage=stage, offer=offer, rebuild=rebuild, sift=sift)


def table(seconds: dict[str, float], pages: float) -> str:
    """A row a stage: ms a page, share, and pages per CPU second if there were nothing else."""
    total = sum(seconds.values())
    rows = [f"{'stage':>26} {'ms/page':>8} {'share':>6} {'pages/CPU s':>12}"]
    for stage, spent in [*seconds.items(), ("all", total)]:
        rows.append(f"{stage:>26} {1000 * spent / pages:8.2f} {spent / total:6.1%} {pages / max(spent, 1e-9):12.0f}")
    return "\n".join(rows)
