"""What variants add up to: whole passages, and documents that are one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from stemma.records import Evidence, Variant

#: Shared stretches at most so many characters apart on both sides are one passage (some seven words).
JOIN_GAP = 45
#: So many characters may the next stretch begin before the end of the last one on the right: a moved clause.
JOIN_BACK = 300
#: Two documents are one article if their passages cover so much of the shorter one's body (tuned on generated forests).
SAME_ARTICLE = 0.6

Span = tuple[int, int]


class Parallel(NamedTuple):
    """A passage that two documents share, as places in each; ``kept`` counts the characters of words they share."""

    left_document: str
    right_document: str
    left: Span
    right: Span
    kept: float


def parallels(variants: Iterable[Variant]) -> list[Parallel]:
    """Neighbouring variants of each pair of documents joined into passages, in order of documents and place."""
    found: list[Parallel] = []
    for _, group in groupby(sorted(variants, key=_place), key=lambda each: (each.left.document, each.right.document)):
        open_passages: list[Parallel] = []
        for variant in group:
            new = _parallel(variant)
            if open_passages and _continues(open_passages[-1], new):
                open_passages[-1] = _joined(open_passages[-1], new)
            else:
                open_passages.append(new)
        found += open_passages
    return found


def _place(variant: Variant) -> tuple[str, str, int, int]:
    return variant.left.document, variant.right.document, variant.left.start, variant.right.start


def _parallel(variant: Variant) -> Parallel:
    left, right = variant.left, variant.right
    kept = variant.similarity * max(len(left.exact), len(right.exact))
    return Parallel(left.document, right.document, _span(left), _span(right), kept)


def _span(words: Evidence) -> Span:
    return words.start, words.end


def _continues(passage: Parallel, new: Parallel) -> bool:
    gap = new.right[0] - passage.right[1]
    return (
        new.left[0] - passage.left[1] <= JOIN_GAP and -JOIN_BACK <= gap <= JOIN_GAP
        and new.right[0] >= passage.right[0]
    )  # fmt: skip


def _joined(passage: Parallel, new: Parallel) -> Parallel:
    return passage._replace(
        left=(passage.left[0], max(passage.left[1], new.left[1])),
        right=(passage.right[0], max(passage.right[1], new.right[1])), kept=passage.kept + new.kept,
    )  # fmt: skip


def clusters(lengths: Mapping[str, int], variants: Iterable[Variant]) -> list[tuple[str, ...]]:
    """Documents that are republications or rewritten versions of one article, each group and the list sorted.

    ``lengths``: characters of each document's body. A document like no other stands alone. Groups are connected
    components of pairs whose passages cover that share of the shorter body.
    """
    chosen = {document: document for document in lengths}
    for (left, right), covered in coverage(parallels(variants)).items():
        if covered >= SAME_ARTICLE * min(lengths[left], lengths[right]):
            one, other = sorted((_find(chosen, left), _find(chosen, right)))
            chosen[other] = one
    groups: dict[str, list[str]] = defaultdict(list)
    for document in sorted(lengths):
        groups[_find(chosen, document)].append(document)
    return sorted(tuple(group) for group in groups.values())


def _find(chosen: dict[str, str], document: str) -> str:
    """The one that stands for the group of a document (union-find with path halving)."""
    while chosen[document] != document:
        chosen[document] = chosen[chosen[document]]
        document = chosen[document]
    return document


def coverage(passages: Sequence[Parallel]) -> dict[tuple[str, str], int]:
    """Characters that the passages of each pair of documents cover, on the side where they cover less."""
    spans: dict[tuple[str, str], tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    for passage in passages:
        left, right = spans[passage.left_document, passage.right_document]
        left.append(passage.left)
        right.append(passage.right)
    return {pair: min(covered(left), covered(right)) for pair, (left, right) in spans.items()}


def covered(spans: Iterable[Span]) -> int:
    """Characters that the spans cover, those in several counted once."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
