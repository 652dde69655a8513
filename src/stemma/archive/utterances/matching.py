"""Which statements of two documents carry the same words, by the variants between the documents.

Two statements are twins where variants cover at least half of both contents and each is the other's best match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stemma.records import Evidence, Statement, Variant

_LEAST = 50  #: per cent of both contents that variants must cover; less is a shared phrase, not a shared statement
_STRETCH = 128  #: characters; about the length of a short statement, so that few share a stretch
Span = tuple[float, float]
Pair = tuple[int, int]


class Contents:
    """Where the contents of a document's statements lie, found by place: by stretches of so many characters."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.sizes: list[int] = []
        self._near: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for n, statement in enumerate(statements):
            spans = _merged((piece.start, piece.end) for piece in statement.content)
            self.sizes.append(max(1, sum(end - start for start, end in spans)))
            for start, end in spans:
                for stretch in _stretches(start, end):
                    self._near[stretch].append((n, start, end))

    def within(self, start: float, end: float) -> list[tuple[int, Span]]:
        """Numbers of the statements whose contents lie in a span, each with a common part, in order."""
        near = {place for stretch in _stretches(start, end) for place in self._near.get(stretch, ())}
        return [(n, (max(a, start), min(b, end))) for n, a, b in sorted(near) if a < end and start < b]


def _stretches(start: float, end: float) -> range:
    return range(int(start) // _STRETCH, int(end) // _STRETCH + 1)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch or overlap made one; empty ones left out."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def twins(
    left: Sequence[Statement], right: Sequence[Statement], variants: Iterable[Variant]
) -> Iterator[tuple[int, int, int]]:
    """Positions of statements that are each other's best match, and the smaller covered share in per cent.

    Costs time in proportion to the statements, the variants and the pairs that lie opposite each other.
    """
    shares = {pair: share for pair, share in covered(left, right, variants).items() if share >= _LEAST}
    best: dict[Pair, int] = {}
    for (n, m), share in shares.items():
        for side in ((0, n), (1, m)):
            best[side] = max(share, best.get(side, 0))
    for (n, m), share in sorted(shares.items()):
        if share == best[0, n] == best[1, m]:
            yield n, m, share


def covered(left: Sequence[Statement], right: Sequence[Statement], variants: Iterable[Variant]) -> Mapping[Pair, int]:
    """For statements that lie opposite each other the smaller of the shares of both contents, in per cent.

    Places are carried over in proportion to the two sides' lengths: shared sentences differ little in order.
    """
    ours, theirs = Contents(left), Contents(right)
    here: dict[Pair, list[Span]] = defaultdict(list)
    there: dict[Pair, list[Span]] = defaultdict(list)
    for variant in variants:
        for n, span in ours.within(variant.left.start, variant.left.end):
            over = _carried(span, variant.left, variant.right)
            for m, shared in theirs.within(*over):
                there[n, m].append(shared)
                here[n, m].append(_carried(shared, variant.right, variant.left))
    return {
        (n, m): int(100 * min(_length(here[n, m]) / ours.sizes[n], _length(spans) / theirs.sizes[m]))
        for (n, m), spans in there.items()
    }


def _carried(span: Span, here: Evidence, there: Evidence) -> Span:
    scale = (there.end - there.start) / max(1, here.end - here.start)
    return there.start + (span[0] - here.start) * scale, there.start + (span[1] - here.start) * scale


def _length(spans: Iterable[Span]) -> float:
    """What the spans cover, counted once."""
    total, reached = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total
