"""Runs a stage on this machine: in a loop, or in a pool of processes; the results are the same, in the same order.

An exception in a stage function, and the death of the process that ran it, become a ``Problem`` of that one item.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

from stemma.records import AnyRecord, Problem
from stemma.stage import Each, Group, Offer

Item = TypeVar("Item")
Given = TypeVar("Given")
Found = list[AnyRecord | Offer]

CHUNK = 8  #: items that travel to a process together: sending one costs about a tenth of reading a page
AHEAD = 3  #: chunks under way for each process: enough to keep all busy, little enough to stay in memory
_WAY_OUT = "The other items are not concerned; please report it with the item, or leave the item out"


def each(stage: Each[Item], items: Iterable[Item], workers: int = 1) -> Iterator[tuple[Item, Found]]:
    """Every item with what the stage gives for it, in the order of the items.

    With several workers the stage function must be found by its module and name, and items must be picklable.
    At most ``workers * AHEAD * CHUNK`` items are taken in advance.
    """
    if workers <= 1:
        for item in items:
            yield item, attempt(stage, item, name_of(item))
    else:
        yield from _in_pool(stage, iter(items), workers)


def attempt(stage: Each[Any], item: object, about: str) -> Found:
    """What the stage gives for one item; an exception becomes a Problem about ``about``."""
    return guarded(stage, about, stage.function, item)


def guarded(
    stage: Each[Any] | Group[Any], about: str, function: Callable[..., Iterable[Given]], *values: object
) -> list[Given | Problem]:
    """What a function of the stage gives; an exception becomes a Problem about ``about``, an item or a key."""
    try:
        return list(function(*values))
    except Exception as error:  # noqa: BLE001 (whatever a stage or plug-in raises must not cost the other items)
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return [_problem(stage, about, f"the stage {stage.name!r} failed with {reason}")]


def name_of(item: object) -> str:
    """The id by which a Problem names an item: its own, or that of its snapshot or document."""
    for holder in (item, getattr(item, "snapshot", None), getattr(item, "document", None)):
        if isinstance(found := getattr(holder, "id", None), str):
            return found
    return type(item).__name__


def _problem(stage: Each[Any] | Group[Any], about: str, reason: str) -> Problem:
    return Problem(stage=stage.name, about=about, message=f"{reason}. {_WAY_OUT}.", run=stage.run.id)


def _in_pool(stage: Each[Item], items: Iterator[Item], workers: int) -> Iterator[tuple[Item, Found]]:
    while True:
        under_way: deque[tuple[list[Item], Future[list[Found]]]] = deque()
        with _pool(workers) as pool:
            try:
                yield from _stream(stage, items, pool, under_way, workers * AHEAD)
            except BrokenProcessPool:
                pass
            else:
                return
        # A process died: go through what was under way one by one, so that only the culprit pays; then go on.
        for chunk, _ in under_way:
            for item in chunk:
                yield item, _alone(stage, item)


def _stream(
    stage: Each[Item],
    items: Iterator[Item],
    pool: ProcessPoolExecutor,
    under_way: deque[tuple[list[Item], Future[list[Found]]]],
    ahead: int,
) -> Iterator[tuple[Item, Found]]:
    while True:
        while len(under_way) < ahead and (chunk := list(islice(items, CHUNK))):
            under_way.append((chunk, Future()))  # listed first: a broken pool refuses, and the chunk must not be lost
            under_way[-1] = (chunk, pool.submit(attempt_all, stage, chunk))
        if not under_way:
            return
        chunk, future = under_way[0]
        found = _result(stage, chunk, future)
        under_way.popleft()
        yield from zip(chunk, found, strict=True)


def _result(stage: Each[Any], chunk: Sequence[object], future: Future[list[Found]]) -> list[Found]:
    """What came back; where items or records cannot travel between processes, the work is done here."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception:  # noqa: BLE001 (pickling raises errors of many types)
        return attempt_all(stage, chunk)


def attempt_all(stage: Each[Any], chunk: Sequence[object]) -> list[Found]:
    """``attempt`` for each item of a chunk; runs in a process of the pool."""
    return [attempt(stage, item, name_of(item)) for item in chunk]


def _alone(stage: Each[Any], item: object) -> Found:
    """The item in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(attempt_all, stage, [item]).result()[0]
        except BrokenProcessPool:
            return [_problem(stage, name_of(item), f"the process that ran the stage {stage.name!r} died")]


def _pool(workers: int) -> ProcessPoolExecutor:
    """Fresh interpreters: nothing is inherited that could differ from run to run or hold a lock."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    return ProcessPoolExecutor(workers, mp_context=context)
