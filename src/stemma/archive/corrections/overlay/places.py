"""Where a word belongs in a reading: by id; else by place; in another layout by the exact words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stemma.archive.pages.reading import Leaf
from stemma.records import Label, Mention, Statement

Span = tuple[int, int]
_MANY = 200  #: words; a longer stretch is found by its first and last ones, then compared as a whole


class Origin(NamedTuple):
    """A record as it stood where a word was said about it, and the text of its document; ``None``: the page itself."""

    record: Statement | Label | Mention | None
    text: str


def place_of(leaf: Leaf, about: str, origins: Mapping[str, Origin]) -> str | None:
    """The id of what a word is about in this reading; None where nothing fits."""
    if about in _ids(leaf):
        return about
    origin = origins.get(about)
    if origin is None:
        return None
    match origin.record:
        case Statement():
            spans = [(piece.start, piece.end) for piece in origin.record.content]
            return _most_overlapping(moved(spans, origin.text, leaf.document.text), _contents(leaf))
        case Label():
            spans = [(origin.record.start, origin.record.end)]
            labels = [(label.id, [(label.start, label.end)]) for label in leaf.labels]
            return _most_overlapping(moved(spans, origin.text, leaf.document.text), labels)
        case Mention():
            spans = [(origin.record.evidence.start, origin.record.evidence.end)]
            mentions = [(each.id, [(each.evidence.start, each.evidence.end)]) for each in leaf.mentions]
            return _most_overlapping(moved(spans, origin.text, leaf.document.text), mentions)
        case _:
            return leaf.document.id


def _ids(leaf: Leaf) -> set[str]:
    snapshot = leaf.document.snapshot
    return {snapshot, leaf.document.id} | {each.id for each in (*leaf.statements, *leaf.labels, *leaf.mentions)}


def _contents(leaf: Leaf) -> list[tuple[str, list[Span]]]:
    return [(each.id, [(piece.start, piece.end) for piece in each.content]) for each in leaf.statements]


def _most_overlapping(spans: Sequence[Span] | None, found: Iterable[tuple[str, list[Span]]]) -> str | None:
    """The id of the record that shares most characters with the spans; of equal ones the first by place, then by id."""
    shares = [(-shared(spans or (), theirs), theirs[:1], record_id) for record_id, theirs in found]
    best = min((share for share in shares if share[0] < 0), default=None)
    return best[2] if best else None


def shared(one: Iterable[Span], other: Sequence[Span]) -> int:
    """How many characters two lists of spans have in common."""
    return sum(max(0, min(end, b) - max(start, a)) for start, end in one for a, b in other)


def moved(spans: Sequence[Span], old: str, new: str) -> list[Span] | None:
    """The spans of one layout in another: the same words, blanks aside, nearest; None where one is not there."""
    if old == new:
        return list(spans)
    found = [_moved(span, old, new) for span in spans]
    return [span for span in found if span] if all(found) else None


def _moved(span: Span, old: str, new: str) -> Span | None:
    near = span[0] * len(new) / max(1, len(old))
    found = _standing(old[span[0] : span[1]].split(), new)
    return min(found, key=lambda at: (abs(at[0] - near), at), default=None)


def _standing(words: Sequence[str], text: str) -> Iterator[Span]:
    """Where these words stand one after another, with any blanks between them."""
    if len(words) <= _MANY:
        yield from (match.span() for match in _found(words, text)) if words else ()
        return
    for head in _found(words[:_MANY], text):
        tail = next(_found(words[-_MANY:], text, head.start() + sum(map(len, words[:-_MANY]))), None)
        if tail and text[head.start() : tail.end()].split() == [*words]:
            yield head.start(), tail.end()


def _found(words: Sequence[str], text: str, start: int = 0) -> Iterator[re.Match[str]]:
    return re.compile(r"\s+".join(map(re.escape, words))).finditer(text, start)
