"""From the annotated corpus to windows of word pieces with an answer for each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.annotate.statements.encoder.pieces import WINDOW, Pieces, Window, cut, units, windows
from stemma.annotate.statements.encoder.wordpiece import WordPieces
from stemma.annotate.statements.grammar.lines import bounds
from stemma.annotate.statements.quotes import pair
from training.spans.disguise import Lesson, Roles, Span

Longs = npt.NDArray[np.int64]

#: What a piece is to an anchor: nothing, its source, its cue, its content.
OTHER, SOURCE, CUE, CONTENT = range(4)
#: What a piece may be by itself: nothing, the last piece of a cue, the last piece of a source without a cue.
NO_ANCHOR, SAYS, SPEAKS = range(3)
_FURNITURE = Path(__file__).parents[1] / "lines" / "furniture.toml"
_PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\s*\n))*")
#: Longest windows of a lesson, drawn by chance.
_SIZES = (96, WINDOW, WINDOW, WINDOW, 222)


class Example(NamedTuple):
    """One window: ids and signs of its pieces, the anchors, and for each of these what every piece is to it."""

    ids: Longs
    signs: Longs
    anchors: Longs  #: one value a piece
    places: Longs  #: pieces that are anchors
    roles: Longs  #: a row for each anchor, a column for each piece
    outer: Longs  #: a piece is bits of: in any source (1), in any cue (2), in any content (4), in two contents (8)


def lesson_of(row: dict[str, Any]) -> Lesson:
    """A row of the attribution form as a lesson; paragraphs are parted by empty lines."""
    text = row["text"]
    stretches = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text) if m.group().strip()]
    said = [
        Roles(*([(start, end) for start, end in one[role]] for role in ("content", "cue", "source")))
        for one in row["attributions"]
    ]
    return Lesson(text, stretches, said)


def furniture() -> list[str]:
    """Lines that stand around articles, without the ones that need filling in."""
    raw = tomllib.loads(_FURNITURE.read_text(encoding="utf-8"))
    lines = [line for slot in raw.values() if isinstance(slot, dict) for line in slot.get("lines", [])]
    return sorted({line for line in lines if "{" not in line and "|" not in line})


class Indexed(NamedTuple):
    """One attribution in pieces: its anchor, what that is, and the pieces of each role (first, stop)."""

    anchor: int
    kind: int
    spans: list[tuple[int, int, int]]


def indexed(found: Pieces, said: Sequence[Roles]) -> list[Indexed]:
    """The attributions in pieces, without those whose anchor is in no stretch or is taken already."""
    made: dict[int, Indexed] = {}
    for roles in said:
        spans = [
            (role, *_range(found, span))
            for role, pieces in ((CONTENT, roles.content), (SOURCE, roles.source), (CUE, roles.cue))
            for span in pieces
        ]
        anchor = _range(found, (roles.cue or roles.source)[-1])[1] - 1
        if anchor >= 0 and found.ends[anchor] > (roles.cue or roles.source)[-1][0]:
            made.setdefault(anchor, Indexed(anchor, SAYS if roles.cue else SPEAKS, spans))
    return [made[anchor] for anchor in sorted(made)]


def _range(found: Pieces, span: Span) -> tuple[int, int]:
    first, stop = np.searchsorted(found.starts, span)
    return int(first), int(stop)


def examples(words: WordPieces, lesson: Lesson, rng: Random | None = None) -> list[Example]:
    """The windows of a lesson; with ``rng`` they begin and end by chance."""
    parted = [pair(lesson.text, start, end) for start, end in lesson.stretches]
    found = cut(words, lesson.text, lesson.stretches, [quote for quotes in parted for quote in quotes])
    sentences = [
        span
        for (start, end), quotes in zip(lesson.stretches, parted, strict=True)
        for span in bounds(lesson.text, start, end, quotes)
    ]
    read = units(found, lesson.text, sentences, lesson.stretches)
    if rng is None:
        parts = list(windows(read, len(found.ids)))
    else:
        parts = [_shaken(part, rng) for part in windows(read, len(found.ids), rng.choice(_SIZES))]
    attributions = indexed(found, lesson.said)
    return [_example(found, attributions, part) for part in parts]


def _shaken(part: Window, rng: Random) -> Window:
    """Now and then the window begins some pieces earlier or later than a stretch."""
    if rng.random() < 0.8:
        return part
    first = max(0, part.first - rng.randint(-20, 40))
    stop = min(part.stop, first + WINDOW)
    return part if stop <= first else Window(first, stop, first, stop)


def _example(found: Pieces, attributions: Sequence[Indexed], part: Window) -> Example:
    first, stop, _, _ = part
    here = [one for one in attributions if first <= one.anchor < stop]
    size = stop - first
    anchors, outer = np.zeros(size, np.int64), np.zeros(size, np.int64)
    roles = np.zeros((len(here), size), np.int64)
    for row, one in zip(roles, here, strict=True):
        anchors[one.anchor - first] = one.kind
        for role, a, b in one.spans:
            row[max(0, a - first) : max(0, b - first)] = role
    for one in attributions:
        for role, a, b in one.spans:
            piece = outer[max(0, a - first) : max(0, b - first)]
            bit = {SOURCE: 1, CUE: 2, CONTENT: 4}[role]
            piece |= np.where(piece & 4, 8, 0) if role == CONTENT else 0
            piece |= bit
    places = np.array([one.anchor - first for one in here], np.int64)
    ids = found.ids[first:stop].astype(np.int64)
    return Example(ids, found.signs[first:stop].astype(np.int64), anchors, places, roles, outer)
