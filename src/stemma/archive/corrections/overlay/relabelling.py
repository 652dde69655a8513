"""Labels as people set them: a stretch gets a role; what stands in new furniture is no longer found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import msgspec

from stemma.archive.corrections.overlay.removing import without
from stemma.archive.corrections.values import Stretch
from stemma.archive.pages.reading import Leaf
from stemma.records import Evidence, Label


def relabelled(leaf: Leaf, stretch: Stretch, reason: str) -> tuple[Label, ...]:
    """The labels with a stretch of another role: labels at its edges are cut, words without a label get one."""
    labels = [piece for label in leaf.labels for piece in _cut(label, stretch, reason)]
    inside = sorted(
        (label for label in labels if stretch.start <= label.start and label.end <= stretch.end), key=_place
    )
    labels += [
        Label(document=leaf.document.id, start=start, end=end, role=stretch.role, reason=reason)
        for start, end in _gaps(inside, stretch)
        if leaf.document.text[start:end].strip()
    ]
    return tuple(sorted(labels, key=_place))


def _place(label: Label) -> tuple[int, int]:
    return label.start, label.end


def _cut(label: Label, stretch: Stretch, reason: str) -> Iterator[Label]:
    """What of a label lies before, within and behind the stretch; one that lies within keeps its id."""
    start, end = max(label.start, stretch.start), min(label.end, stretch.end)
    if start >= end:
        yield label
        return
    whole = (start, end) == (label.start, label.end)
    if label.start < start:
        yield msgspec.structs.replace(label, id="", end=start)
    record_id = label.id if whole else ""
    yield msgspec.structs.replace(
        label, id=record_id, start=start, end=end, role=stretch.role, reason=reason, confidence=1.0
    )
    if end < label.end:
        yield msgspec.structs.replace(label, id="", start=end)


def _gaps(labels: Iterable[Label], stretch: Stretch) -> Iterator[tuple[int, int]]:
    at = stretch.start
    for label in labels:
        yield at, label.start
        at = label.end
    yield at, stretch.end


def furniture(leaf: Leaf, stretches: Sequence[Stretch]) -> Leaf:
    """The leaf without what stands in stretches that are furniture now and were made so by a person."""
    spans = [
        (label.start, label.end)
        for label in leaf.labels
        if label.role == "furniture" and any(each.start < label.end and label.start < each.end for each in stretches)
    ]

    def inside(*pieces: Evidence | None) -> bool:
        return any(start < piece.end and piece.start < end for piece in pieces if piece for start, end in spans)

    gone = {each.id for each in (*leaf.mentions, *leaf.strangers) if inside(each.evidence)}
    kept = replace(
        leaf,
        mentions=tuple(each for each in leaf.mentions if each.id not in gone),
        strangers=tuple(each for each in leaf.strangers if each.id not in gone),
        times=tuple(each for each in leaf.times if not inside(each.evidence)),
        references=tuple(each for each in leaf.references if each.antecedent not in gone and not inside(each.anaphor)),
        relays=tuple(each for each in leaf.relays if each.exemplar not in gone and not inside(each.evidence)),
    )
    return without(kept, {each.id for each in leaf.statements if inside(*each.content)})
