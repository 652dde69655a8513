"""One item at a time: what a stage gives for it, or the Problem that it failed with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from stemma.child import Beyond
from stemma.records import AnyRecord, Problem
from stemma.stage import Each, Group, Offer

Given = TypeVar("Given")
Found = list[AnyRecord | Offer]

_WAY_OUT = "The other items are not concerned; please report it with the item, or leave the item out"


class Tally:
    """How often a stage of this process took too long, or had too little memory; a worker is then replaced."""

    late = 0
    full = 0


def attempt(stage: Each[Any], item: object, about: str) -> Found:
    """What the stage gives for one item; an exception becomes a Problem about ``about``."""
    return guarded(stage, about, stage.function, item)


def guarded(
    stage: Each[Any] | Group[Any], about: str, function: Callable[..., Iterable[Given]], *values: object
) -> list[Given | Problem]:
    """What a function of the stage gives; an exception becomes a Problem about ``about``, an item or a key."""
    try:
        return list(function(*values))
    except Beyond as error:
        Tally.late += 1
        return [too_long(stage, about, error.seconds)]
    except MemoryError:
        Tally.full += 1
        return [too_large(stage, about)]
    except Exception as error:  # noqa: BLE001 (whatever a stage or plug-in raises must not cost the other items)
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return [problem(stage, about, f"the stage {stage.name!r} failed with {reason}")]


def problem(stage: Each[Any] | Group[Any], about: str, reason: str) -> Problem:
    """A Problem of the stage, with the way out."""
    return Problem(stage=stage.name, about=about, message=f"{reason}. {_WAY_OUT}.", run=stage.run.id)


def too_long(stage: Each[Any] | Group[Any], about: str, seconds: float) -> Problem:
    """Of an item that took longer than ``seconds`` of CPU time."""
    why = f"the stage {stage.name!r} was stopped after {seconds:,.0f} seconds of CPU time"
    return problem(stage, about, f"{why}, which nothing of this size needs")


def too_large(stage: Each[Any] | Group[Any], about: str) -> Problem:
    """Of an item that needed more memory than there is, or than it may have."""
    return problem(stage, about, f"the stage {stage.name!r} needed more memory than it may have")


def name_of(item: object) -> str:
    """The id by which a Problem names an item: its own, or that of its snapshot or document."""
    for holder in (item, getattr(item, "snapshot", None), getattr(item, "document", None)):
        if isinstance(found := getattr(holder, "id", None), str):
            return found
    return type(item).__name__
