"""Witnesses of an utterance by how far their wording is from one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from stemma.archive.views import Line
from stemma.show.transmission.apparatus import SLIGHT
from stemma.show.web.tongues import tongue
from stemma.show.wording import Comparison


class Group(NamedTuple):
    """Witnesses at one distance, earliest first."""

    name: str
    members: tuple[Comparison, ...]


_NAMES = ("the same words", "spelling or marks alone", "shortened", "wording changed", "translated", "in other words")


def grouped(line: Line, compared: Sequence[Comparison]) -> list[Group]:
    """The witnesses beside a statement by distance, the nearest first; in each group they keep their order."""
    return [
        Group(name, members)
        for name in _NAMES
        if (members := tuple(each for each in compared if _distance(line, each) == name))
    ]


def _distance(line: Line, other: Comparison) -> str:
    if not other.compared:
        return "translated" if _tongue(line) != _tongue(other.line) else "in other words"
    if not other.kinds:
        return "the same words"
    if SLIGHT.issuperset(other.kinds):
        return "spelling or marks alone"
    return "shortened" if all(piece.state != "added" for piece in other.pieces) else "wording changed"


def _tongue(line: Line) -> str:
    return tongue(" ".join(_words(line)))


def _words(line: Line) -> Iterator[str]:
    return chain.from_iterable((piece.exact,) for piece in line.statement.content)
