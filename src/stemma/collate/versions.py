"""Documents of one address or item, sentence by sentence: what was changed, dropped, added or moved."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from stemma.collate.pair.align import Span, whole
from stemma.collate.pair.edits import edits
from stemma.collate.pair.wording import wording
from stemma.records import Edit, EditClass, Evidence, Page, Role, Variant, evidence, prose
from stemma.text.sentences import sentences

#: Parts of a page in which a change is an edit; what else stands on a page is furniture, or told as a field.
COMPARED: tuple[Role, ...] = ("title", "dateline", "body", "turn", "caption")
#: Two unlike sentences at one place are one sentence changed if they share so much of the longer one's words.
SAME_SENTENCE = 0.4
#: The same of two that stand in different places.
SAME_ELSEWHERE = 0.6

_TYPOGRAPHY = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "‑": "-",
    "…": "...", "\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None,
})  # fmt: skip
#: Marks that stand for a quotation mark: single ones at the edge of a word, pairs of apostrophes or grave accents.
_SINGLE = re.compile(r"''|``|(?<!\w)'|'(?!\w)")
_DASH = re.compile(r"\s*(?<=\s)-+\s*|\s*-+(?=\s)\s*|-{2,}")


_Pair = tuple[int, int]  #: numbers of a sentence on the left and of one on the right


class _Place(NamedTuple):
    """A run of sentences on each side that stands between two kept ones; either may be empty."""

    left: Span
    right: Span


class _Text(NamedTuple):
    """The sentences of a page's title and body, and the same without typography."""

    page: Page
    spans: list[Span]
    plain: list[str]
    everything: str  #: the whole page without typography and blanks, furniture included


def versions(pages: Sequence[Page]) -> list[Variant]:
    """The silent edits between each page and the next, in the order in which they are given.

    A changed or moved sentence gives a variant of its two forms; one that is dropped or added gives a variant whose
    other side is empty and stands where the sentence would, with one edit of kind "sentence". Furniture, blanks, line
    ends and the shape of quotation marks and dashes are no edits, nor is a sentence that both pages hold and that one
    of them takes for furniture. ``left.document < right.document``, whichever page came first.
    """
    texts = [_text(page) for page in pages]
    return [variant for one, other in pairwise(texts) for variant in _between(*_in_order(one, other))]


def _in_order(one: _Text, other: _Text) -> tuple[_Text, _Text]:
    return (one, other) if one.page.document.id <= other.page.document.id else (other, one)


def _text(page: Page) -> _Text:
    text = page.document.text
    labels = prose(page, COMPARED)
    spans = [span for label in labels for span in sentences(text, label.start, label.end)]
    return _Text(page, spans, [_plain(text[start:end]) for start, end in spans], _bare(_plain(text)))


def _plain(text: str) -> str:
    """The words and marks alone: one shape of quotation marks and dashes, one blank between words."""
    flat = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)
    return " ".join(_DASH.sub(" - ", _SINGLE.sub('"', flat)).split())


def _bare(text: str) -> str:
    return "".join(text.split())


def _between(left: _Text, right: _Text) -> Iterator[Variant]:
    if left.page.document.id == right.page.document.id or left.plain == right.plain:
        return
    places = [place for place in _places(left, right) if not _is_same(left, right, place)]
    moved = list(_moved(left, right, places))
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    changed: list[_Pair] = []
    for place in places:
        mine = [i for i in range(*place.left) if i not in gone]
        theirs = [j for j in range(*place.right) if j not in come]
        changed += _alike(left, right, product(mine, theirs), SAME_SENTENCE)
    yield from _worded(left, right, moved, changed)
    settled = ({i for i, _ in (*moved, *changed)}, {j for _, j in (*moved, *changed)})
    yield from _left_over(left, right, places, settled)


def _is_same(left: _Text, right: _Text, place: _Place) -> bool:
    """Whether a place has the same words on both sides, cut into sentences or lines in another way."""
    return _bare("".join(left.plain[slice(*place.left)])) == _bare("".join(right.plain[slice(*place.right)]))


def _worded(left: _Text, right: _Text, moved: Sequence[_Pair], changed: Sequence[_Pair]) -> Iterator[Variant]:
    """The variants of sentences that both sides have; letter case alone gives none."""
    for i, j in moved:
        yield _variant(left, right, i, j, "order")
    for i, j in changed:
        if (variant := _variant(left, right, i, j)).edits:
            yield variant


def _left_over(
    left: _Text, right: _Text, places: Sequence[_Place], settled: tuple[set[int], set[int]]
) -> Iterator[Variant]:
    """Sentences without a like one at their place: changed and moved at once, dropped or added."""
    gone = {i: place for place in places for i in range(*place.left) if i not in settled[0] and _lacks(right, left, i)}
    come = {j: place for place in places for j in range(*place.right) if j not in settled[1] and _lacks(left, right, j)}
    pairs = _alike(left, right, product(gone, come), SAME_ELSEWHERE)
    yield from _worded(left, right, [], pairs)
    for i in sorted(gone.keys() - {i for i, _ in pairs}):
        yield _lone(_evidence(left, i), _gap(right, gone[i].right[0]))
    for j in sorted(come.keys() - {j for _, j in pairs}):
        yield _lone(_gap(left, come[j].left[0]), _evidence(right, j))


def _lacks(text: _Text, other: _Text, number: int) -> bool:
    """Whether the page holds a sentence of the other one less often than that, furniture and all.

    Where it does not, one of the two took for furniture what the other took for its story: nothing was changed.
    """
    sought = _bare(other.plain[number])
    return text.everything.count(sought) < other.everything.count(sought)


def _alike(left: _Text, right: _Text, pairs: Iterable[_Pair], least: float) -> list[_Pair]:
    """Pairs of sentences that are one sentence changed, the likest first, each sentence once; then by place."""
    found = {(i, j): _likeness(left, right, i, j) for i, j in pairs}
    chosen: list[_Pair] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for (i, j), share in sorted(found.items(), key=lambda each: (-each[1], each[0])):
        if share >= least and i not in taken[0] and j not in taken[1]:
            chosen.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return sorted(chosen)


def _likeness(left: _Text, right: _Text, i: int, j: int) -> float:
    """Share of the longer one's words that both have in order; 0 where they cannot reach what is asked."""
    a, b = wording(_evidence(left, i).exact), wording(_evidence(right, j).exact)
    shared = (Counter(a.words) & Counter(b.words)).total()
    return whole(a, b).identity if shared >= SAME_SENTENCE * max(len(a.words), len(b.words)) else 0.0


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
