r"""How far two annotators agree on the attributions of the same texts.

Only word tokens (``\w+``) count; a token belongs to a span when its first character lies in it. ``exact``: one span of
each with the same tokens; ``partial``: the mean share of a span's tokens that the other annotator's best span covers
(proportional overlap, Johansson and Moschitti 2013); ``triple``: contents paired one to one overlap by half of the
tokens of both, and so do the sources (two empty sources agree). All are F1 x 100, the same in both directions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

Pieces = tuple[tuple[int, ...], ...]
Tokens = frozenset[int]
_HALF = 0.5


class Item(NamedTuple):
    """One attribution: the pieces of each role."""

    content: Pieces
    cue: Pieces
    source: Pieces


class Row(NamedTuple):
    """One annotated document."""

    name: str
    text: str
    items: list[Item]


def compared(pairs: list[tuple[Row, Row]]) -> dict[str, float | int]:
    """Counts and F1 x 100 over all pairs of documents; ValueError where the texts of a pair differ."""
    sums: Counter[str] = Counter()
    for left, right in pairs:
        if left.text.strip() != right.text.strip():
            raise ValueError(f"{left.name}: the texts differ")
        starts = [match.start() for match in re.finditer(r"\w+", left.text)]
        add(sums, [tokenised(item, starts) for item in left.items], [tokenised(item, starts) for item in right.items])
    result: dict[str, float | int] = {f"attributions {side}": sums[f"n {side}"] for side in ("A", "B")}
    names = [f"{role} {way}" for role in Item._fields for way in ("exact", "partial", "token")] + [
        "triple",
        "outer triple",
    ]
    return result | {name: f1(sums, name) for name in names}


def tokenised(item: Item, starts: list[int]) -> tuple[Tokens, ...]:
    """The token numbers of each role."""
    return tuple(
        frozenset(t for s, e in pieces for t in range(bisect_left(starts, s), bisect_left(starts, e)))
        for pieces in item
    )


def f1(sums: Counter[str], name: str) -> float:
    """Harmonic mean of the two directions, x 100, one decimal."""
    left, right = (sums[f"{name} {side}"] / max(sums[f"{name} of {side}"], 1) for side in ("A", "B"))
    return round(200 * left * right / (left + right), 1) if left + right else 0.0


def add(sums: Counter[str], left: list[tuple[Tokens, ...]], right: list[tuple[Tokens, ...]]) -> None:
    """Add one document to the sums."""
    sums["n A"] += len(left)
    sums["n B"] += len(right)
    for number, role in enumerate(Item._fields):
        ours, theirs = ([item[number] for item in side if item[number]] for side in (left, right))
        add_role(sums, role, ours, theirs)
    tally(sums, "triple", triples(left, right), len(left), len(right))
    outer = [[item for item in side if not inside(item, side)] for side in (left, right)]
    tally(sums, "outer triple", triples(*outer), len(outer[0]), len(outer[1]))


def tally(sums: Counter[str], name: str, both: float, left: int, right: int) -> None:
    """Add what both have in common and how many each has."""
    for side, total in (("A", left), ("B", right)):
        sums[f"{name} {side}"] += both  # type: ignore[assignment]
        sums[f"{name} of {side}"] += total


def inside(item: tuple[Tokens, ...], side: list[tuple[Tokens, ...]]) -> bool:
    """Whether the content is a part of another's content."""
    return any(item[0] < other[0] for other in side)


def add_role(sums: Counter[str], role: str, left: list[Tokens], right: list[Tokens]) -> None:
    """Add the exact, partial and token agreement of one role."""
    tally(sums, f"{role} exact", (Counter(left) & Counter(right)).total(), len(left), len(right))
    for side, ours, theirs in (("A", left, right), ("B", right, left)):
        sums[f"{role} partial {side}"] += sum(max((len(a & b) / len(a) for b in theirs), default=0) for a in ours)  # type: ignore[assignment]
        sums[f"{role} partial of {side}"] += len(ours)
    ours_all, theirs_all = (frozenset().union(*side) for side in (left, right))
    tally(sums, f"{role} token", len(ours_all & theirs_all), len(ours_all), len(theirs_all))


def triples(left: list[tuple[Tokens, ...]], right: list[tuple[Tokens, ...]]) -> int:
    """Attributions that agree in content and source, paired one to one, the best overlap first."""
    scored = [
        (overlap(a[0], b[0]) + overlap(a[2], b[2]), i, j) for i, a in enumerate(left) for j, b in enumerate(right)
    ]
    used: set[tuple[str, int]] = set()
    for _, i, j in sorted(scored, reverse=True):
        if not {("A", i), ("B", j)} & used and alike(left[i], right[j]):
            used |= {("A", i), ("B", j)}
    return len(used) // 2


def overlap(left: Tokens, right: Tokens) -> float:
    """Share of tokens in common; 1 for two empty sets."""
    return len(left & right) / len(left | right) if left | right else 1.0


def alike(left: tuple[Tokens, ...], right: tuple[Tokens, ...]) -> bool:
    """Whether contents and sources each overlap by half of the tokens of both."""
    return all(len(left[r] & right[r]) >= _HALF * max(len(left[r]), len(right[r])) for r in (0, 2))
