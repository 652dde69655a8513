"""Lines that an outlet repeats, laid over a reading: they are furniture, and nothing is found in furniture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from stemma.archive.corrections.overlay.covering import Span
from stemma.archive.corrections.overlay.removing import without
from stemma.archive.pages.reading import Leaf
from stemma.records import Evidence, Label, Statement, evidence

_PROSE = frozenset({"title", "body", "turn"})


def mended(leaf: Leaf, repeats: Iterable[Label], spoken: Sequence[Span], *, trim: bool) -> Leaf:
    """The leaf with these labels in place of those of its prose that stand there, and without what stood in them.

    ``spoken``: spans of which people said what they are; there no line is furniture because it is repeated. What is
    said partly there is cut to the rest with ``trim``, and else left as it is: its id is the hash of all of it.
    """
    prose = {(each.start, each.end) for each in leaf.labels if each.role in _PROSE}
    new = {
        place: each
        for each in repeats
        if (place := (each.start, each.end)) in prose and not any(a < each.end and each.start < b for a, b in spoken)
    }
    if not new:
        return leaf
    labels = tuple(new.get((each.start, each.end), each) for each in leaf.labels)
    return _without(replace(leaf, labels=labels), sorted(new), trim=trim)


def twin(label: Label) -> str:
    """The id of the label that says of the same place that it is furniture."""
    return Label(document=label.document, start=label.start, end=label.end, role="furniture").id


def _without(leaf: Leaf, spans: Sequence[Span], *, trim: bool) -> Leaf:
    """The leaf without what stands in these spans, which are in order."""

    def inside(piece: Evidence | None) -> bool:
        return piece is not None and any(start < piece.end and piece.start < end for start, end in spans)

    gone = {each.id for each in (*leaf.mentions, *leaf.strangers) if inside(each.evidence)}
    left = {each.id: _left(leaf, each, spans) for each in leaf.statements if any(map(inside, each.content))}
    cut = {key: pieces for key, pieces in left.items() if pieces} if trim else {}
    kept = replace(
        leaf,
        mentions=tuple(each for each in leaf.mentions if each.id not in gone),
        strangers=tuple(each for each in leaf.strangers if each.id not in gone),
        times=tuple(each for each in leaf.times if not inside(each.evidence)),
        references=tuple(each for each in leaf.references if each.antecedent not in gone and not inside(each.anaphor)),
        relays=tuple(each for each in leaf.relays if each.exemplar not in gone and not inside(each.evidence)),
        statements=tuple(
            msgspec.structs.replace(each, content=cut[each.id]) if each.id in cut else each for each in leaf.statements
        ),
    )
    return without(kept, {key for key, pieces in left.items() if not pieces})


def _left(leaf: Leaf, statement: Statement, spans: Sequence[Span]) -> tuple[Evidence, ...]:
    """What of a statement's content stands outside the spans, blanks at the cuts left out."""
    found: list[Evidence] = []
    for piece in statement.content:
        at = piece.start
        for start, end in [*((a, b) for a, b in spans if a < piece.end and piece.start < b), (piece.end, piece.end)]:
            words = leaf.document.text[at : max(at, start)]
            first = at + len(words) - len(words.lstrip())
            if words.strip():
                found.append(evidence(leaf.document, first, first + len(words.strip())))
            at = max(at, end)
    return tuple(found)
