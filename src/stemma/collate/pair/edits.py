"""Where two wordings of one stretch differ, and what kind of difference each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from stemma.collate.pair.align import Block, Stretch, extent
from stemma.collate.pair.sketch import lexicon, plain_word
from stemma.collate.pair.wording import Wording
from stemma.records import Edit, EditClass

#: Two names count as spellings of one from this share of letters on (0 to 100); "Yun"/"Yoon" 57, "Lavrov"/"Lavroff" 77.
SAME_NAME = 55.0

_QUOTES = re.compile(r"[\"“”„«»「」]|''|``")
_MARKS = re.compile(r"[^\w\s]")
_NUMBER = re.compile(r"\d")
_MARK_FORMS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "…": "."})

Span = tuple[int, int]


class _Place(NamedTuple):
    """A stretch of each side, in words; one of the two may be empty."""

    left: Span
    right: Span


def edits(a: Wording, b: Wording, stretch: Stretch, origin: Span | None = None) -> tuple[Edit, ...]:
    """Every difference in order of the left; offsets count characters from ``origin`` in each text.

    ``origin`` None: from the start of the stretch on each side.
    """
    origin = origin or (a.starts[stretch.left[0]], b.starts[stretch.right[0]])
    found = [
        *(_edit(a, b, "order", _Place(*extent(piece))) for piece in stretch.moved),
        *(_edit(a, b, _kind(a, b, place), place) for place in _changed(stretch)),
        *_respelt(a, b, stretch.all_blocks),
        *_remarked(a, b, stretch),
    ]
    return tuple(sorted((_shifted(edit, origin) for edit in found), key=lambda edit: (edit.left, edit.right)))


def _edit(a: Wording, b: Wording, kind: EditClass, place: _Place) -> Edit:
    return Edit(kind=kind, left=_characters(a, place.left), right=_characters(b, place.right))


def _shifted(edit: Edit, origin: tuple[int, int]) -> Edit:
    (a, b), (c, d) = edit.left, edit.right
    return Edit(kind=edit.kind, left=(a - origin[0], b - origin[0]), right=(c - origin[1], d - origin[1]))


def _changed(stretch: Stretch) -> Iterator[_Place]:
    """The words between the kept ones."""
    for blocks in (stretch.blocks, *stretch.moved):
        for place in _gaps(blocks):
            if place.left[0] < place.left[1] or place.right[0] < place.right[1]:
                yield place
    yield from _beside_moved(stretch)


def _beside_moved(stretch: Stretch) -> Iterator[_Place]:
    """The words between a moved piece and the rest, on either side."""
    left, right = extent(stretch.blocks)
    for mine, theirs in map(extent, stretch.moved):
        if (gap := _gap(mine, left))[0] < gap[1]:
            yield _Place(gap, (right[0], right[0]))
        if (gap := _gap(theirs, right))[0] < gap[1]:
            yield _Place((left[0], left[0]), gap)


def _gap(one: Span, other: Span) -> Span:
    first, second = sorted((one, other))
    return first[1], second[0]


def _gaps(blocks: tuple[Block, ...]) -> Iterator[_Place]:
    for (i, j, size), (k, m, _) in pairwise(blocks):
        yield _Place((i + size, k), (j + size, m))


def _remarked(a: Wording, b: Wording, stretch: Stretch) -> Iterator[Edit]:
    """Marks that differ where two blocks meet without a word between them."""
    for place in (gap for blocks in (stretch.blocks, *stretch.moved) for gap in _gaps(blocks)):
        if place.left[0] == place.left[1] and place.right[0] == place.right[1]:
            yield from _between(a, b, place)


def _respelt(a: Wording, b: Wording, blocks: tuple[Block, ...]) -> Iterator[Edit]:
    """Kept words written differently (case apart), and marks between them."""
    for i, j, size in filter(itemgetter(2), blocks):
        left, right = a.text[a.starts[i] : a.ends[i + size - 1]], b.text[b.starts[j] : b.ends[j + size - 1]]
        if left == right:
            continue
        for x, y in zip(range(i, i + size), range(j, j + size), strict=True):
            if _written(a, x) != _written(b, y):
                yield Edit(kind="spelling", left=_characters(a, (x, x + 1)), right=_characters(b, (y, y + 1)))
            if x + 1 < i + size:
                yield from _between(a, b, _Place((x + 1, x + 1), (y + 1, y + 1)))


def _written(ready: Wording, word: int) -> str:
    return ready.text[ready.starts[word] : ready.ends[word]].lower().replace("’", "'")


def _between(a: Wording, b: Wording, place: _Place) -> Iterator[Edit]:
    """A change of marks between two words that are neighbours on both sides; typography is none."""
    left, right = _characters(a, place.left), _characters(b, place.right)
    mine, theirs = a.text[slice(*left)], b.text[slice(*right)]
    if mine == theirs:
        return
    if len(_QUOTES.findall(mine)) != len(_QUOTES.findall(theirs)):
        yield Edit(kind="quotation", left=left, right=right)
    elif _marks(mine) != _marks(theirs):
        yield Edit(kind="punctuation", left=left, right=right)


def _marks(text: str) -> list[str]:
    return _MARKS.findall(_QUOTES.sub("", text).translate(_MARK_FORMS))


def _characters(ready: Wording, words: Span) -> Span:
    """The characters of a run of words; for none, the gap where they would stand."""
    first, last = words
    if first < last:
        return ready.starts[first], ready.ends[last - 1]
    before = ready.ends[first - 1] if first else 0
    return before, max(before, ready.starts[first] if first < len(ready.starts) else len(ready.text))


def _kind(a: Wording, b: Wording, place: _Place) -> EditClass:
    """The class of a change of words: what weighs most in it names it."""
    mine, theirs = _words(a, place.left), _words(b, place.right)
    if _turned(mine, theirs):
        return "negation"
    if _figures(mine) != _figures(theirs):
        return "number"
    if _names(mine) != _names(theirs):
        return _name_kind(_names(mine), _names(theirs))
    if mine and theirs and "".join(mine).lower() == "".join(theirs).lower():
        return "spelling"
    return "words"


def _words(ready: Wording, words: Span) -> list[str]:
    return [ready.text[ready.starts[word] : ready.ends[word]] for word in range(*words)]


def _turned(mine: list[str], theirs: list[str]) -> bool:
    """Whether one side negates more often than the other."""
    turning = lexicon("negation")
    counts = [sum(_negates(plain_word(word), turning) for word in side) for side in (mine, theirs)]
    return counts[0] != counts[1]


def _negates(word: str, turning: frozenset[str]) -> bool:
    return word in turning or word.endswith("n't")


def _figures(words: list[str]) -> list[str]:
    known = lexicon("number")
    return [plain_word(word) for word in words if _NUMBER.search(word) or plain_word(word) in known]


def _names(words: list[str]) -> list[str]:
    telling = (word for word in words if plain_word(word) not in lexicon("function"))
    return [plain_word(word) for word in telling if word[0].isupper()]


def _name_kind(mine: list[str], theirs: list[str]) -> EditClass:
    same = mine and theirs and ratio(" ".join(mine), " ".join(theirs)) >= SAME_NAME
    return "spelling" if same else "name"
