"""Where two wordings of one stretch differ, and what kind of difference each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from stemma.collate.pair.align import FEWEST_MOVED, MOVED_WEIGHT, Block, Stretch, extent
from stemma.collate.pair.kinds import is_number, kind, words_of
from stemma.collate.pair.sketch import LONG, weight_of
from stemma.collate.pair.wording import Wording
from stemma.records import Edit, EditClass

#: So few function words kept between two changes are chance: what stands around them is one change.
MOST_ISLAND = 2
#: Changes of at most so many words for as many are told number by number, so that a number among them stands alone.
MOST_PAIRED = 6

_QUOTES = re.compile(r"[\"“”„«»「」]|''|``")
_MARKS = re.compile(r"[^\w\s]")
_MARK_FORMS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "…": "."})
_HYPHENS = frozenset(" -\u2010\u2011")
_JOINT = re.compile(r"[-.,:/’']")

Span = tuple[int, int]


class _Place(NamedTuple):
    """A stretch of each side, in words; one of the two may be empty."""

    left: Span
    right: Span


def edits(a: Wording, b: Wording, stretch: Stretch, origin: Span | None = None) -> tuple[Edit, ...]:
    """Every difference in order of the left; offsets count characters from ``origin`` in each text.

    ``origin`` None: from the start of the stretch on each side.
    """
    find = _edits if max(len(a.text), len(b.text)) <= LONG else _edits.__wrapped__
    if origin:
        return find(a, b, stretch, origin)
    first = a.starts[stretch.left[0]], b.starts[stretch.right[0]]
    sizes = a.ends[stretch.left[1] - 1] - first[0], b.ends[stretch.right[1] - 1] - first[1]
    return tuple(_within(edit, sizes) for edit in find(a, b, stretch, first))


def _within(edit: Edit, sizes: Span) -> Edit:
    """The edit inside the stretch: a gap beside its first or last word is the bound itself."""
    left, right = ((min(max(start, 0), size), min(max(end, 0), size))
                   for (start, end), size in zip((edit.left, edit.right), sizes, strict=True))  # fmt: skip
    return Edit(kind=edit.kind, left=left, right=right)


@lru_cache(maxsize=1 << 12)
def _edits(a: Wording, b: Wording, stretch: Stretch, origin: Span) -> tuple[Edit, ...]:
    """The same, kept: two passages meet under several keys, one soon after the other."""
    rows = [_cleaned(a, b, blocks) for blocks in (stretch.blocks, *stretch.moved)]
    changed = [*(place for row in rows for place in _changed(a, b, row)), *_beside_moved(stretch)]
    gone = list(_gone_elsewhere(a, b, changed))
    kept = [place for place in changed if not any(_lies_in(place, moved) for moved in gone)]
    found = [
        *(_edit(a, b, "order", _Place(*extent(piece))) for piece in stretch.moved),
        *(_edit(a, b, "order", place) for place in gone),
        *(_edit(a, b, kind(a, part.left, b, part.right), part) for place in kept for part in _parted(a, b, place)),
        *(edit for place in kept for edit in _requoted(a, b, place)),
        *(edit for row in rows for edit in _respelt(a, b, row)),
        *(edit for row in rows for edit in _remarked(a, b, row)),
    ]
    return tuple(sorted({_shifted(edit, origin): None for edit in found}, key=lambda edit: (edit.left, edit.right)))


def kept_words(a: Wording, b: Wording, stretch: Stretch) -> dict[int, int]:
    """Words of the left that stand on the right too, in their order, as ``edits`` reads them; none that moved."""
    return {i + n: j + n for i, j, size in _cleaned(a, b, stretch.blocks) for n in range(size)}


def _edit(a: Wording, b: Wording, named: EditClass, place: _Place) -> Edit:
    return Edit(kind=named, left=_characters(a, place.left), right=_characters(b, place.right))


def _shifted(edit: Edit, origin: tuple[int, int]) -> Edit:
    (a, b), (c, d) = edit.left, edit.right
    return Edit(kind=edit.kind, left=(a - origin[0], b - origin[0]), right=(c - origin[1], d - origin[1]))


def _cleaned(a: Wording, b: Wording, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks so that changes read as they were made.

    An island goes: one or two function words kept where words are replaced on both sides of them. Words kept before a
    stretch that one side has alone, and that ends with the same words, are kept after it ("in [the morning the]").
    """
    kept = list(blocks)
    for place in range(len(kept) - 2, 0, -1):
        i, j, size = kept[place]
        telling = any(weight_of(number) == 1.0 for number in a.words[i : i + size])
        if not 0 < size <= MOST_ISLAND or telling:
            continue
        if all(_replaces(*kept[at : at + 2]) for at in (place - 1, place)):
            del kept[place]
        elif _slides(a.words, (i, size), kept[place + 1][0]) and kept[place + 1][1] == j + size:
            kept[place] = (kept[place + 1][0] - size, j, size)
        elif _slides(b.words, (j, size), kept[place + 1][1]) and kept[place + 1][0] == i + size:
            kept[place] = (i, kept[place + 1][1] - size, size)
    return tuple(kept)


def _slides(words: Sequence[int], block: tuple[int, int], end: int) -> bool:
    """Whether the words before ``end`` are those of a block that ends before them."""
    start, size = block
    return end - size >= start + size and words[start : start + size] == words[end - size : end]


def _replaces(before: Block, after: Block) -> bool:
    """Whether both sides have words between two blocks."""
    return before[0] + before[2] < after[0] and before[1] + before[2] < after[1]


def _changed(a: Wording, b: Wording, blocks: tuple[Block, ...]) -> Iterator[_Place]:
    """The words between the kept ones; a figure changes as a whole ("10,500")."""
    for place in _gaps(blocks):
        if place.left[0] < place.left[1] or place.right[0] < place.right[1]:
            yield _whole_figures(a, b, place)


def _whole_figures(a: Wording, b: Wording, place: _Place) -> _Place:
    """The place with the kept digits that a mark joins to it on both sides."""
    (i, k), (j, m) = place
    while i and j and i < k and j < m and _joined(a, i) and _joined(b, j):
        i, j = i - 1, j - 1
    while i < k < len(a.words) and j < m < len(b.words) and _joined(a, k) and _joined(b, m):
        k, m = k + 1, m + 1
    return _Place((i, k), (j, m))


def _joined(ready: Wording, word: int) -> bool:
    """Whether a word and the one before it are digits with nothing but a mark between."""
    between = ready.text[ready.ends[word - 1] : ready.starts[word]]
    digits = ready.text[ready.ends[word - 1] - 1] + ready.text[ready.starts[word]]
    return _JOINT.fullmatch(between) is not None and digits.isdecimal()


def _gone_elsewhere(a: Wording, b: Wording, places: list[_Place]) -> Iterator[_Place]:
    """What is gone in one place and comes in another, word for word."""
    come = [place for place in places if place.left[0] == place.left[1]]
    for place in places:
        gone = a.words[slice(*place.left)]
        if place.right[0] != place.right[1] or len(gone) < FEWEST_MOVED:
            continue
        if sum(map(weight_of, gone)) >= MOVED_WEIGHT:
            same = next((each for each in come if b.words[slice(*each.right)] == gone), None)
            if same:
                come.remove(same)
                yield _Place(place.left, same.right)


def _lies_in(place: _Place, moved: _Place) -> bool:
    """Whether a change is one half of a move."""
    mine, theirs = place.left == moved.left, place.right == moved.right
    return (mine and place.right[0] == place.right[1]) or (theirs and place.left[0] == place.left[1])


def _parted(a: Wording, b: Wording, place: _Place) -> list[_Place]:
    """The place cut where a number stands for a number, if it has as many words on both sides."""
    (i, k), (j, m) = place
    if k - i != m - j or not 1 < k - i <= MOST_PAIRED:
        return [place]
    both = zip(words_of(a, place.left), words_of(b, place.right), strict=True)
    figures = [is_number(one) and is_number(other) for one, other in both]
    runs = [[n for n, _ in run] for _, run in groupby(enumerate(figures), key=itemgetter(1))]
    if any(_joined(a, i + run[0]) or _joined(b, j + run[0]) for run in runs[1:]):
        return [place]  # a cut within a figure
    return [_Place((i + run[0], i + run[-1] + 1), (j + run[0], j + run[-1] + 1)) for run in runs]


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


def _remarked(a: Wording, b: Wording, blocks: tuple[Block, ...]) -> Iterator[Edit]:
    """Marks that differ where two blocks meet without a word between them."""
    for place in _gaps(blocks):
        if place.left[0] == place.left[1] and place.right[0] == place.right[1]:
            yield from _between(a, b, place)


def _requoted(a: Wording, b: Wording, place: _Place) -> Iterator[Edit]:
    """A quotation that begins or ends beside changed words on one side alone; told at the mark."""
    mine, theirs = _edges(a, place.left), _edges(b, place.right)
    counts = [
        sum(len(_QUOTES.findall(ready.text, *edge)) for edge in edges_) for ready, edges_ in ((a, mine), (b, theirs))
    ]
    if counts[0] == counts[1]:
        return
    for ready, edges_, other in ((a, mine, theirs[0]), (b, theirs, mine[0])):
        fewer = counts[0] < counts[1] if ready is a else counts[1] < counts[0]
        mark = next((found.span() for edge in edges_ for found in _QUOTES.finditer(ready.text, *edge)), None)
        if mark and not fewer:
            empty = (other[0], other[0])
            yield Edit(kind="quotation", left=mark if ready is a else empty, right=empty if ready is a else mark)


def _edges(ready: Wording, words: Span) -> list[Span]:
    """The characters before the first and after the last of some words, up to the next ones; of none the gap."""
    first, last = words
    before = ready.ends[first - 1] if first else 0
    after = ready.starts[last] if last < len(ready.starts) else len(ready.text)
    if first == last:
        return [(before, after)]
    return [(before, ready.starts[first]), (ready.ends[last - 1], after)]


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
    """A change of marks between two words that are neighbours on both sides; typography is none.

    A hyphen for a blank is a way to spell ("Jong-un"), whatever the words are.
    """
    left, right = _characters(a, place.left), _characters(b, place.right)
    mine, theirs = a.text[slice(*left)], b.text[slice(*right)]
    if mine == theirs:
        return
    if len(_QUOTES.findall(mine)) != len(_QUOTES.findall(theirs)):
        yield Edit(kind="quotation", left=left, right=right)
    elif _marks(mine) != _marks(theirs):
        yield Edit(kind="spelling" if {mine, theirs} <= _HYPHENS else "punctuation", left=left, right=right)


def _marks(text: str) -> list[str]:
    return _MARKS.findall(_QUOTES.sub("", text).translate(_MARK_FORMS))


def _characters(ready: Wording, words: Span) -> Span:
    """The characters of a run of words; for none, the gap where they would stand."""
    first, last = words
    if first < last:
        return ready.starts[first], ready.ends[last - 1]
    before = ready.ends[first - 1] if first else 0
    return before, max(before, ready.starts[first] if first < len(ready.starts) else len(ready.text))
