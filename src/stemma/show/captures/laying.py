"""Two captures of a page laid side by side, sentence by sentence: what both have, and what differs, by class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from stemma.archive.views import Article
from stemma.records import EditClass, Evidence, Label, Page, Role, Variant, prose
from stemma.show.transmission.apparatus import SLIGHT
from stemma.show.wording import Piece, differences
from stemma.text.sentences import sentences

#: What became of a sentence; ``folded``: only its spelling or marks differ.
Fate = Literal["kept", "changed", "added", "removed", "moved", "folded"]
#: What a page states of itself, in the order in which it is told.
_STATED = ("title", "outlet", "published", "modified", "language")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of one capture or of both; ``number`` counts the edits from 1, 0 is none."""

    fate: Fate
    pieces: tuple[Piece, ...]
    part: Role | None  #: the part of the page that it stands in
    opens: bool = False  #: a paragraph begins with it
    number: int = 0

    @property
    def classes(self) -> tuple[EditClass, ...]:
        """The classes of difference, each once."""
        return tuple(dict.fromkeys(piece.kind for piece in self.pieces if piece.kind))

    @property
    def before(self) -> tuple[Piece, ...]:
        """As the earlier one has it."""
        return tuple(piece for piece in self.pieces if piece.state != "added")

    @property
    def after(self) -> tuple[Piece, ...]:
        """As the later one has it."""
        return tuple(piece for piece in self.pieces if piece.state != "removed")


class Stated(NamedTuple):
    """Something that two captures of a page state differently of it; ``None``: one does not state it."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Diff:
    """Two captures: the later one's sentences in order, and where they would stand those of the earlier one alone."""

    rows: tuple[Row, ...]
    stated: tuple[Stated, ...]
    furniture: tuple[tuple[str, ...], tuple[str, ...]]  #: lines that the earlier, and the later one, has alone

    @property
    def edits(self) -> tuple[Row, ...]:
        """The rows that differ in more than spelling and marks."""
        return tuple(row for row in self.rows if row.number)

    @property
    def folded(self) -> int:
        """How many sentences differ in spelling and marks alone and are shown as kept."""
        return sum(row.fate == "folded" for row in self.rows)

    @property
    def counts(self) -> tuple[tuple[EditClass, int], ...]:
        """How many sentences differ in each class, the most frequent first."""
        rows = (row for row in self.rows if row.fate != "kept")
        return tuple(Counter(kind for row in rows for kind in row.classes).most_common())

    @property
    def runs(self) -> list[tuple[bool, list[Row]]]:
        """Neighbouring rows: whether they are edits, and which."""
        return [(told, list(rows)) for told, rows in groupby(self.rows, key=lambda row: row.number > 0)]


def lay(earlier: Article, later: Article, *, slight: bool = False) -> Diff:
    """Lay two captures of a page side by side. ``slight``: differences of spelling and marks are edits too."""
    found = _rows(earlier, later, _variants(earlier, later))
    rows, number = list[Row](), 0
    for row in found:
        fate = row.fate
        if fate == "changed" and not slight and SLIGHT.issuperset(row.classes):
            fate = "folded"
        number += fate not in {"kept", "folded"}
        told = 0 if fate in {"kept", "folded"} else number
        rows.append(Row(fate, row.pieces, row.part, row.opens, told))
    return Diff(tuple(rows), tuple(_stated(earlier, later)), _furniture(earlier, later))


def _variants(earlier: Article, later: Article) -> list[Variant]:
    from stemma import collate  # noqa: PLC0415 - loads the aligner; screens that compare nothing start without it

    if earlier.document.id == later.document.id:
        return []
    return collate.versions([Page(each.document, each.labels, each.fields) for each in (earlier, later)])


def _rows(earlier: Article, later: Article, variants: Sequence[Variant]) -> Iterator[Row]:
    mine = later.document.id
    changed, gone = _sides(variants, mine)
    waiting = list[Evidence]()
    for label, start, end, opens in _sentences(later):
        while gone and gone[0][0] < end:
            waiting.append(gone.pop(0)[1])
        pair = changed.get((start, end))
        told = _changed(pair, mine, label, opens=opens) if pair else None
        limit = _other(pair, mine).start if pair and told and told.fate == "changed" else None
        yield from _removed([side for side in waiting if limit is None or side.start < limit], earlier)
        waiting = [side for side in waiting if limit is not None and side.start >= limit]
        yield told or Row("kept", (Piece("kept", later.document.text[start:end]),), label.role, opens)
    yield from _removed([*waiting, *(side for _, side in gone)], earlier)


def _sides(variants: Sequence[Variant], mine: str) -> tuple[dict[tuple[int, int], Variant], list[tuple[int, Evidence]]]:
    """Variants by the place of the later one's sentence; and what it lacks, with where that would stand, in order."""
    changed, gone = dict[tuple[int, int], Variant](), list[tuple[int, Evidence]]()
    for variant in variants:
        side = variant.right if variant.right.document == mine else variant.left
        if side.exact:
            changed[side.start, side.end] = variant
        else:
            gone.append((side.start, _other(variant, mine)))
    return changed, sorted(gone, key=lambda each: (each[0], each[1].start))


def _other(variant: Variant, mine: str) -> Evidence:
    return variant.left if variant.right.document == mine else variant.right


def _sentences(page: Article) -> Iterator[tuple[Label, int, int, bool]]:
    """Each sentence of what is compared: its label, where it stands, and whether a paragraph begins with it."""
    from stemma.collate.versions import COMPARED  # noqa: PLC0415 - loads the aligner

    text = page.document.text
    for label in prose(Page(page.document, page.labels, page.fields), COMPARED):
        for place, (start, end) in enumerate(sentences(text, label.start, label.end)):
            yield label, start, end, place == 0


def _removed(sides: Sequence[Evidence], earlier: Article) -> Iterator[Row]:
    """Sentences of the earlier one alone, in its order."""
    for side in sorted(sides, key=lambda each: each.start):
        label = next((each for each in earlier.labels if each.start <= side.start < each.end), None)
        opens = label is not None and label.start == side.start
        yield Row("removed", (Piece("removed", side.exact, "sentence"),), label.role if label else None, opens)


def _changed(variant: Variant, later: str, label: Label, *, opens: bool) -> Row:
    swap = variant.left.document == later
    pieces = differences(variant, swap=swap)
    classes = {piece.kind for piece in pieces if piece.kind}
    if classes == {"sentence"}:
        return Row("added", pieces, label.role, opens)
    if classes == {"order"}:
        side = variant.left if swap else variant.right
        return Row("moved", (Piece("kept", side.exact, "order"),), label.role, opens)
    return Row("changed", pieces, label.role, opens)


def _stated(earlier: Article, later: Article) -> Iterator[Stated]:
    for name in _STATED:
        before, after = (_field(each, name) for each in (earlier, later))
        if before != after:
            yield Stated(name, before, after)


def _field(page: Article, name: str) -> str | None:
    if name in {"title", "outlet", "published", "language"}:
        found: str | None = getattr(page, name)
        return found
    return next((field.value for field in page.fields if field.name == name), None)


def _furniture(earlier: Article, later: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mine, theirs = (Counter(_furniture_of(page)) for page in (earlier, later))
    return tuple((mine - theirs).elements()), tuple((theirs - mine).elements())


def _furniture_of(page: Article) -> Iterator[str]:
    for label in page.labels:
        if label.role == "furniture":
            yield " ".join(page.document.text[label.start : label.end].split())
