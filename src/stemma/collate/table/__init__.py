"""Many witnesses beside one that is the base: the places where any of them differs, and what each reads there.

Each witness is aligned with the base word by word; places that touch are one, so that around every place stand words
that all witnesses have (parallel segmentation; Text Encoding Initiative, P5 Guidelines, 12.2.3).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from stemma.collate.pair.align import whole
from stemma.collate.pair.edits import edits, kept_words
from stemma.collate.pair.wording import Wording, wording
from stemma.records import Edit, EditClass

Span = tuple[int, int]


_SHAPES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


class Reading(NamedTuple):
    """What one witness has at a place: a span of its text, and the classes of difference; none where it agrees."""

    span: Span
    kinds: tuple[EditClass, ...]


class Place(NamedTuple):
    """A span of the base, in characters, and the reading of every witness there, in the order they were given."""

    span: Span
    readings: tuple[Reading, ...]


class _Aligned(NamedTuple):
    """A witness beside the base."""

    text: Wording
    kept: dict[int, int]  #: words of the base and where they stand in the witness; increasing
    edits: tuple[Edit, ...]


def table(base: str, witnesses: Sequence[str]) -> list[Place]:
    """The places in order of the base; text between two of them stands in every witness, typography aside.

    Any of the texts may be the base. One without words gives a single place, or none where all are without.
    """
    ground = wording(base)
    rows = [_aligned(ground, wording(text)) for text in witnesses]
    slots = sorted({slot for row in rows for slot in _slots(ground, row)})
    return [_place(ground, rows, _widened(ground, rows, run)) for run in _runs(slots)]


def changes(one: str, other: str) -> tuple[Edit, ...]:
    """Every difference of two texts, in order of the first; offsets count characters of each."""
    a, b = wording(one), wording(other)
    return edits(a, b, whole(a, b), (0, 0))


def likeness(one: str, other: str) -> float:
    """Share of the longer text's words that stand in both in the same order, 0 to 1; 1 for two texts without words."""
    return whole(wording(one), wording(other)).identity


def _aligned(base: Wording, text: Wording) -> _Aligned:
    stretch = whole(base, text)
    found = edits(base, text, stretch, (0, 0))
    changed = {word for edit in found for word in range(*_words_in(base, edit.left))}
    kept = {i: j for i, j in kept_words(base, text, stretch).items() if i not in changed}
    return _Aligned(text, kept, found)


def _words_in(ready: Wording, span: Span) -> Span:
    """The words that a span of characters touches."""
    first, end = bisect_right(ready.ends, span[0]), bisect_left(ready.starts, span[1])
    return first, max(first, end)


def _slots(base: Wording, row: _Aligned) -> set[int]:
    """Where a witness differs: 2n for the gap before word n of the base, 2n + 1 for that word."""
    found = {2 * word + 1 for word in range(len(base.words)) if word not in row.kept}
    bounds = [(-1, -1), *sorted(row.kept.items()), (len(base.words), len(row.text.words))]
    for (before, one), (after, other) in pairwise(bounds):
        if after == before + 1 and other > one + 1:
            found.add(2 * after)
    for edit in row.edits:
        first, end = _words_in(base, edit.left)
        if first == end:
            found.add(2 * first)
    return found


def _widened(base: Wording, rows: Sequence[_Aligned], run: Span) -> Span:
    """The run with the gaps beside it in which a witness has other marks: a comma belongs to what it follows."""
    before, after = _around(run)
    marks = [_gap(base, before), _gap(base, after - 1)]
    opens, closes = run[0] % 2 == 0, run[1] % 2 == 0
    for row in rows:
        one = row.kept.get(before, -1)
        other = row.kept[after] if after < len(base.words) else len(row.text.words)
        if other == one + 1:  # nothing stands there: its one gap is both
            opens |= "".join(marks if after > before + 1 else marks[:1]) != _gap(row.text, one)
            closes |= opens
        else:
            opens |= marks[0] != _gap(row.text, one)
            closes |= marks[1] != _gap(row.text, other - 1)
    both = (opens or closes) and any(
        row.kept.get(after, len(row.text.words)) == row.kept.get(before, -1) + 1 for row in rows
    )
    return run[0] - ((opens or both) and run[0] % 2), run[1] + ((closes or both) and run[1] % 2)


def _around(run: Span) -> Span:
    """The words of the base before and after a run of slots, which all witnesses have; -1 and the count at the ends."""
    return run[0] // 2 - 1, run[1] // 2 + run[1] % 2


def _gap(ready: Wording, word: int) -> str:
    """The marks between a word and the next one, whatever their shape."""
    start = ready.ends[word] if word >= 0 else 0
    end = ready.starts[word + 1] if word + 1 < len(ready.starts) else len(ready.text)
    return "".join(ready.text[start:end].translate(_SHAPES).split())


def _runs(slots: Sequence[int]) -> list[Span]:
    """First and last of slots that touch; neighbouring words do, the gap between them lies within."""
    runs: list[Span] = []
    for slot in slots:
        if runs and slot <= runs[-1][1] + 1 + (slot % 2 and runs[-1][1] % 2):
            runs[-1] = (runs[-1][0], slot)
        else:
            runs.append((slot, slot))
    return runs


def _place(base: Wording, rows: Sequence[_Aligned], run: Span) -> Place:
    """The text of a run of slots: what lies between the words around it, with the blanks where a gap opens it."""
    before, after = _around(run)
    opens, closes = run[0] % 2 == 0, run[1] % 2 == 0
    span = _between(base, (before, after), opens=opens, closes=closes)
    readings = []
    for row in rows:
        around = (row.kept.get(before, -1), row.kept.get(after, len(row.text.words)))
        own = _between(row.text, around, opens=opens, closes=closes)
        readings.append(Reading(own, _kinds(row.edits, span, own)))
    return Place(span, tuple(readings))


def _between(ready: Wording, around: Span, *, opens: bool, closes: bool) -> Span:
    """The characters between two words; with the gaps at either end where these differ too."""
    before, after = around
    low = ready.ends[before] if before >= 0 else 0
    high = ready.starts[after] if after < len(ready.starts) else len(ready.text)
    words = after - before > 1
    if not words:
        return (low, high) if opens and closes else (low, low)
    return low if opens else ready.starts[before + 1], high if closes else ready.ends[after - 1]


def _kinds(found: Sequence[Edit], base: Span, own: Span) -> tuple[EditClass, ...]:
    """The classes of the edits that touch a place on either side, each once."""
    here = (each.kind for each in found if _meets(each.left, base) or _meets(each.right, own))
    return tuple(dict.fromkeys(here))


def _meets(edit: Span, place: Span) -> bool:
    """Whether an edit lies in a place; an empty one where it stands at a bound of it."""
    if edit[0] == edit[1]:
        return place[0] <= edit[0] <= place[1]
    return edit[0] < place[1] and place[0] < edit[1]
