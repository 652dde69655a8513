"""What variants add up to: whole passages, and documents that are one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from stemma.records import Evidence, Variant

#: Shared stretches at most so many characters apart on both sides are one passage (some seven words).
JOIN_GAP = 45
#: So many characters may the next stretch begin before the end of the last one on the right: a moved clause.
JOIN_BACK = 300
#: A stretch shared through a third document has so many characters, and is not known directly: at most this share of it
#: overlaps another. Of so many witnesses of one place at a time.
LEAST_CARRIED = 50
MOST_COMMON = 0.3
MOST_REACHING = 48
#: Two documents are one article if their passages cover so much of the shorter one's body and of the longer one's: a
#: long one that holds a whole short one has it as an excerpt. Tuned on generated forests.
SAME_ARTICLE = 0.65
OF_LONGER = 0.3

Span = tuple[int, int]


class Parallel(NamedTuple):
    """A passage that two documents share, as places in each; ``kept`` counts the characters of words they share."""

    left_document: str
    right_document: str
    left: Span
    right: Span
    kept: float

    def overlaps(self, other: Parallel) -> bool:
        """Whether most of this one lies in the other on either side."""
        return _common(self.left, other.left) or _common(self.right, other.right)

    def turned(self) -> Parallel:
        """The same with its sides exchanged."""
        return Parallel(self.right_document, self.left_document, self.right, self.left, self.kept)


def _common(mine: Span, theirs: Span) -> bool:
    return min(mine[1], theirs[1]) - max(mine[0], theirs[0]) > MOST_COMMON * (mine[1] - mine[0])


def parallels(variants: Iterable[Variant], *, carried: bool = False) -> list[Parallel]:
    """Neighbouring variants of each pair of documents joined into passages, in order of documents and place.

    ``carried``: with those that two documents share through a third one, which has the words of both (``through``).
    """
    direct = [_parallel(variant) for variant in variants]
    found: list[Parallel] = []
    for _, group in groupby(sorted(direct + through(direct) if carried else direct), key=itemgetter(0, 1)):
        open_passages: list[Parallel] = []
        for new in group:
            if open_passages and _continues(open_passages[-1], new):
                open_passages[-1] = _joined(open_passages[-1], new)
            else:
                open_passages.append(new)
        found += open_passages
    return found


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


def through(passages: Sequence[Parallel]) -> list[Parallel]:
    """What two documents share by way of a third: both have the same stretch of it, each in words of its own.

    Places are carried over in proportion. What the two are known to share directly is not told again.
    """
    by_place: dict[str, list[Parallel]] = defaultdict(list)
    shared: dict[tuple[str, str], list[Parallel]] = defaultdict(list)
    for one in (side for passage in sorted(passages) for side in (passage, passage.turned())):
        by_place[one.left_document].append(one)
        shared[one.left_document, one.right_document].append(one)
    found = []
    for document in sorted(by_place):
        for one, other in _overlapping(by_place[document]):
            new = _carried(one, other)
            if new and not any(map(new.overlaps, shared[new.left_document, new.right_document])):
                found.append(new)
                shared[new.left_document, new.right_document].append(new)
    return found


def _overlapping(sides: list[Parallel]) -> Iterator[tuple[Parallel, Parallel]]:
    """Stretches of one document that overlap, each with what two others have of them, the lower document first."""
    reaching: list[Parallel] = []
    for one in sorted(sides, key=attrgetter("left", "right_document", "right")):
        reaching = [other for other in reaching if other.left[1] > one.left[0]][-MOST_REACHING:]
        for other in reaching:
            if other.right_document != one.right_document:
                yield (other, one) if other.right_document < one.right_document else (one, other)
        reaching.append(one)


def _carried(one: Parallel, other: Parallel) -> Parallel | None:
    """What the two partners of one document share there; None: too little."""
    start, end = max(one.left[0], other.left[0]), min(one.left[1], other.left[1])
    if end - start < LEAST_CARRIED:
        return None
    mine, theirs = (_over(each, start, end) for each in (one, other))
    kept = (end - start) * min(each.kept / max(1, each.left[1] - each.left[0]) for each in (one, other))
    return Parallel(one.right_document, other.right_document, mine, theirs, kept)


def _over(passage: Parallel, start: int, end: int) -> Span:
    scale = (passage.right[1] - passage.right[0]) / max(1, passage.left[1] - passage.left[0])
    first, last = (passage.right[0] + round((place - passage.left[0]) * scale) for place in (start, end))
    return first, last


def clusters(lengths: Mapping[str, int], variants: Iterable[Variant]) -> list[tuple[str, ...]]:
    """Documents that are republications or rewritten versions of one article, each group and the list sorted.

    ``lengths``: characters of each document's body. A document like no other stands alone. Groups are connected
    components of pairs whose passages cover enough of both bodies.
    """
    chosen = {document: document for document in lengths}
    for (left, right), covered in coverage(parallels(variants, carried=True)).items():
        shorter, longer = sorted((lengths[left], lengths[right]))
        if covered >= max(SAME_ARTICLE * shorter, OF_LONGER * longer):
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
