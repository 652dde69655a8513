"""The text of a page rebuilt from its labels: paragraphs with statements marked, furniture folded away."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

from stemma.archive.corrections.overlay.covering import BLOCK
from stemma.archive.views import Article, Line
from stemma.records import Evidence, Label
from stemma.show.lines import repeated_told
from stemma.show.plain import plain

_COVERED = re.compile(f"{BLOCK}+")
_WHOLE = frozenset({"full-text", "transcript"})
Part = Literal["content", "cue", "source"]


class Span(NamedTuple):
    """A marked stretch of the document."""

    start: int
    end: int
    part: Part
    line: Line


class Stretch(NamedTuple):
    """A run of characters that are marked alike; ``part`` and ``line`` are ``None`` for plain text."""

    text: str
    part: Part | None
    line: Line | None
    opens: tuple[str, ...] = ()  #: ids of the statements that begin here, nested ones too


class Block(NamedTuple):
    """One label's text; ``whole`` is the full text or transcript that it belongs to."""

    role: str
    stretches: tuple[Stretch, ...]
    whole: Line | None
    opens: bool = False  #: ``whole`` begins here


class Fold(NamedTuple):
    """Neighbouring lines of furniture."""

    lines: tuple[str, ...]
    why: str = ""  #: how many of them are furniture because other pages have them


def blocks(article: Article) -> Iterator[Block | Fold]:
    """The page in order of its labels."""
    marked = _by_label(article)
    text = article.document.text
    places = enumerate(article.labels)
    for furniture, group in groupby(places, key=lambda place: place[1].role == "furniture"):
        if furniture:
            labels = [label for _, label in group]
            yield Fold(tuple(text[label.start : label.end] for label in labels), repeated_told(labels))
        else:
            yield from (_block(text, label, marked[place]) for place, label in group)


def _by_label(article: Article) -> defaultdict[int, list[Span]]:
    """Spans under the place of each label that they touch."""
    starts = [label.start for label in article.labels]
    ends = [label.end for label in article.labels]
    touched: defaultdict[int, list[Span]] = defaultdict(list)
    for span in _spans(article):
        for place in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
            touched[place].append(span)
    return touched


def _spans(article: Article) -> Iterator[Span]:
    for line in article.lines:
        said = line.statement
        parts: tuple[tuple[Part, Sequence[Evidence]], ...] = (
            ("content", said.content), ("cue", said.cue), ("source", said.source)
        )  # fmt: skip
        for part, pieces in parts:
            yield from (Span(piece.start, piece.end, part, line) for piece in pieces)


def _block(text: str, label: Label, spans: Sequence[Span]) -> Block:
    whole = next((span for span in spans if _is_whole(span)), None)
    inner = tuple(_stretches(text, label, [span for span in spans if not _is_whole(span)]))
    if whole is None:
        return Block(label.role, inner, None)
    return Block(label.role, inner, whole.line, opens=_opens(whole, max(whole.start, label.start)))


def _is_whole(span: Span) -> bool:
    return span.part == "content" and span.line.statement.kind in _WHOLE


def _stretches(text: str, label: Label, spans: Sequence[Span]) -> Iterator[Stretch]:
    """The label's text cut wherever a mark begins or ends; of several marks the outermost statement's is shown."""
    bounds = {label.start, label.end}
    bounds.update(at for span in spans for at in (span.start, span.end) if label.start < at < label.end)
    ordered = sorted(bounds)
    for start, end in pairwise(ordered):
        covering = [span for span in spans if span.start <= start and end <= span.end]
        shown = min(covering, key=_rank) if covering else None
        opens = tuple(span.line.statement.id for span in covering if _opens(span, start))
        yield Stretch(text[start:end], shown and shown.part, shown and shown.line, opens)


def _rank(span: Span) -> tuple[int, bool, int]:
    """Outer statements before those they quote; cue and source before the words around them; short before long."""
    return (span.line.statement.depth, span.part == "content", span.end - span.start)


def _opens(span: Span, start: int) -> bool:
    return span.part == "content" and start == span.line.statement.content[0].start


def covered(text: str) -> Markup:
    """The text, escaped, its covered stretches marked: how long they are is read out instead of every block."""
    parts, at = list[Markup](), 0
    for match in _COVERED.finditer(text):
        length = match.end() - match.start()
        parts += [escape(plain(text[at : match.start()])), _COVER.format(length, match.group())]
        at = match.end()
    return Markup().join([*parts, escape(plain(text[at:]))])


_COVER = Markup('<span class="covered" role="img" aria-label="{} characters covered">{}</span>')
