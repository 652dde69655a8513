"""Documents of one address or item, sentence by sentence: what was changed, dropped, added or moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from stemma.collate.pair.align import Span, whole
from stemma.collate.pair.edits import edits
from stemma.collate.pair.wording import wording
from stemma.records import Edit, EditClass, Evidence, Page, Variant, evidence, prose
from stemma.text.sentences import sentences

#: Two unlike sentences at one place are one sentence changed if they share so much of the longer one's words.
SAME_SENTENCE = 0.4

_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


class _Place(NamedTuple):
    """A run of sentences on each side that stands between two kept ones; either may be empty."""

    left: Span
    right: Span


class _Text(NamedTuple):
    """The sentences of a page's title and body, and the same without typography."""

    page: Page
    spans: list[Span]
    plain: list[str]


def versions(pages: Sequence[Page]) -> list[Variant]:
    """The silent edits between each page and the next, in the order in which they are given.

    A changed or moved sentence gives a variant of its two forms; one that is dropped or added gives a variant whose
    other side is empty and stands where the sentence would, with one edit of kind "sentence". Furniture, blanks and the
    shape of quotation marks and dashes are no edits. ``left.document < right.document``, whichever page came first.
    """
    texts = [_text(page) for page in pages]
    return [variant for one, other in pairwise(texts) for variant in _between(*_in_order(one, other))]


def _in_order(one: _Text, other: _Text) -> tuple[_Text, _Text]:
    return (one, other) if one.page.document.id <= other.page.document.id else (other, one)


def _text(page: Page) -> _Text:
    text = page.document.text
    labels = prose(page, ("title", "body", "turn"))
    spans = [span for label in labels for span in sentences(text, label.start, label.end)]
    return _Text(page, spans, [" ".join(text[start:end].split()).translate(_TYPOGRAPHY) for start, end in spans])


def _between(left: _Text, right: _Text) -> Iterator[Variant]:
    if left.page.document.id == right.page.document.id or left.plain == right.plain:
        return
    places = list(_places(left, right))
    moved = list(_moved(left, right, places))
    for i, j in moved:
        yield _variant(left, right, i, j, "order")
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    for place in places:
        mine = [i for i in range(*place.left) if i not in gone]
        theirs = [j for j in range(*place.right) if j not in come]
        yield from _settle(left, right, mine, theirs, place)


def _places(left: _Text, right: _Text) -> Iterator[_Place]:
    """Where the two differ, kept sentences in between."""
    i = j = 0
    for block in LCSseq.editops(left.plain, right.plain).as_matching_blocks():
        if (i, j) != (block.a, block.b):
            yield _Place((i, block.a), (j, block.b))
        i, j = block.a + block.size, block.b + block.size


def _moved(left: _Text, right: _Text, places: Sequence[_Place]) -> Iterator[tuple[int, int]]:
    """Sentences that stand in one place on the left and in another on the right."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for j in (j for place in places for j in range(*place.right)):
        waiting[right.plain[j]].append(j)
    for i in (i for place in places for i in range(*place.left)):
        if waiting[left.plain[i]]:
            yield i, waiting[left.plain[i]].pop(0)


def _settle(left: _Text, right: _Text, mine: list[int], theirs: list[int], place: _Place) -> Iterator[Variant]:
    """Pair what is alike, the likest first; the rest was dropped or added."""
    likeness = {(i, j): _likeness(left, right, i, j) for i, j in product(mine, theirs)}
    for (i, j), share in sorted(likeness.items(), key=lambda each: (-each[1], each[0])):
        if share >= SAME_SENTENCE and i in mine and j in theirs:
            mine.remove(i)
            theirs.remove(j)
            yield _variant(left, right, i, j)
    for i in mine:
        yield _lone(_evidence(left, i), _gap(right, place.right[0]))
    for j in theirs:
        yield _lone(_gap(left, place.left[0]), _evidence(right, j))


def _likeness(left: _Text, right: _Text, i: int, j: int) -> float:
    a, b = wording(_evidence(left, i).exact), wording(_evidence(right, j).exact)
    return whole(a, b).identity


def _variant(left: _Text, right: _Text, i: int, j: int, kind: EditClass | None = None) -> Variant:
    mine, theirs = _evidence(left, i), _evidence(right, j)
    a, b = wording(mine.exact), wording(theirs.exact)
    stretch = whole(a, b)
    found = (_whole_edit(mine, theirs, kind),) if kind else edits(a, b, stretch, (0, 0))
    return Variant(left=mine, right=theirs, edits=found, similarity=round(stretch.identity, 3))


def _lone(mine: Evidence, theirs: Evidence) -> Variant:
    return Variant(left=mine, right=theirs, edits=(_whole_edit(mine, theirs, "sentence"),), similarity=0.0)


def _whole_edit(mine: Evidence, theirs: Evidence, kind: EditClass) -> Edit:
    return Edit(kind=kind, left=(0, len(mine.exact)), right=(0, len(theirs.exact)))


def _evidence(text: _Text, number: int) -> Evidence:
    return evidence(text.page.document, *text.spans[number])


def _gap(text: _Text, number: int) -> Evidence:
    """The empty place before a sentence: the end of the one before it, or the start of the first."""
    place = text.spans[number - 1][1] if number else text.spans[0][0] if text.spans else 0
    return evidence(text.page.document, place, place)
