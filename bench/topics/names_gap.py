"""GAP: which of two names an ambiguous pronoun means: rows -> A, B or N a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.topics.names_page import page_of
from bench.topics.names_pairs import rows_of
from stemma.annotate.mentions import mentions
from stemma.annotate.references.antecedents import Scene, rank
from stemma.annotate.references.cast import Cast, assemble
from stemma.records import Mention, Page, evidence

#: How much heavier a third person must be before neither of the two is the answer.
_CLEARLY = 1.5


def run(source: Path, output: Path) -> None:
    """One answer a line."""
    answers = [answer(row) for row in rows_of(source)]
    output.write_text("".join(one + "\n" for one in answers), encoding="utf-8")


def scene_of(row: dict[str, Any]) -> tuple[Scene, Mention, Mention]:
    """The row's text as a scene, and the two names, which are told to be persons."""
    page = page_of(row["text"])
    left, right = (_named(page, row[side], row[side + "start"]) for side in "ab")
    found = [one for one in mentions(page) if not _overlaps(one, (left, right))]
    return Scene(page, assemble([*found, left, right])), left, right


def _named(page: Page, name: str, start: int) -> Mention:
    return Mention(document=page.document.id, evidence=evidence(page.document, start, start + len(name)), kind="person")


def _overlaps(one: Mention, others: Iterable[Mention]) -> bool:
    return any(one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end for other in others)


def answer(row: dict[str, Any]) -> str:
    """A, B or N."""
    scene, left, right = scene_of(row)
    cast: Cast = scene.cast
    start = row["pstart"]
    choices = rank(scene, start, start + len(row["pronoun"]))
    weights = {"A": -99.0, "B": -99.0, "N": -99.0}
    for choice in choices:
        side = "A" if choice.figure is cast.of[left.id] else "B" if choice.figure is cast.of[right.id] else "N"
        weights[side] = max(weights[side], choice.weight)
    best = max("AB", key=lambda side: weights[side])
    return "N" if weights["N"] > weights[best] + _CLEARLY else best
