"""Two witnesses of one utterance side by side: what both have, what one has alone, and the class of each difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import msgspec

from stemma.archive.views import Line, Utterance
from stemma.records import EditClass, Evidence, Variant
from stemma.show.lines import GAP

State = Literal["kept", "removed", "added"]


class Piece(NamedTuple):
    """A stretch of the comparison; ``removed`` stands in the first witness alone, ``added`` in the second alone."""

    state: State
    text: str
    kind: EditClass | None = None  #: ``None`` for what both have


@dataclass(frozen=True, slots=True)
class Comparison:
    """A witness beside the one that is looked at; no variant links the two where ``compared`` is false."""

    line: Line
    compared: bool
    pieces: tuple[Piece, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The classes of difference, each once, in alphabetical order; nothing for the same wording."""
        return tuple(sorted({piece.kind for piece in self.pieces if piece.kind}))


def compare(utterance: Utterance, line: Line) -> tuple[Comparison, ...]:
    """Every other witness of the utterance beside this one, in the utterance's order."""
    others = [other for other in utterance.lines if other.statement.id != line.statement.id]
    return tuple(_compare(line, other, utterance.variants) for other in others)


def standing(utterance: Utterance) -> str:
    """What the first witness is: the earliest known here, which need not be the origin."""
    if utterance.lines[0].published is None:
        return "no witness is dated: their order is not known"
    if utterance.lines[0].statement.id in utterance.tied:
        return "one of the earliest here (order within the day not known), not necessarily the origin"
    return "the earliest here, not necessarily the origin"


def _compare(line: Line, other: Line, variants: Sequence[Variant]) -> Comparison:
    """The variants between the two, in the order of the first one's text; a passage is compared once."""
    sides = ((variant, swap) for variant in variants for swap in (False, True))
    linking = sorted(
        (_bases(variant, swap=swap)[0].start, variant.id, variant, swap)
        for variant, swap in sides
        if _stands_in(_bases(variant, swap=swap)[0], line) and _stands_in(_bases(variant, swap=swap)[1], other)
    )
    pieces: list[Piece] = []
    for _, _, variant, swap in linking:
        found = differences(clip(variant, (other, line) if swap else (line, other)), swap=swap)
        pieces += [Piece("kept", GAP), *found] if pieces else found
    return Comparison(other, bool(linking), tuple(pieces))


def _bases(variant: Variant, *, swap: bool) -> tuple[Evidence, Evidence]:
    return (variant.right, variant.left) if swap else (variant.left, variant.right)


def _stands_in(side: Evidence, line: Line) -> bool:
    """Whether a side of a variant overlaps the words of a statement."""
    return any(
        side.document == piece.document and side.start < piece.end and piece.start < side.end
        for piece in line.statement.content
    )


def clip(variant: Variant, lines: tuple[Line, Line]) -> Variant:
    """The variant without what lies outside the words of the two statements, left and right: a passage may go on."""
    (left, left_from, left_to), (right, right_from, right_to) = (
        _clipped(side, line) for side, line in zip((variant.left, variant.right), lines, strict=True)
    )
    edits = tuple(
        msgspec.structs.replace(
            edit,
            left=_moved(edit.left, left_from, left_to),
            right=_moved(edit.right, right_from, right_to),
        )
        for edit in variant.edits
        if _meets(edit.left, left_from, left_to) or _meets(edit.right, right_from, right_to)
    )
    return msgspec.structs.replace(variant, left=left, right=right, edits=edits)


def _clipped(side: Evidence, line: Line) -> tuple[Evidence, int, int]:
    """The side within the statement's words, and the bounds of that within the side."""
    pieces = [piece for piece in line.statement.content if piece.document == side.document]
    start = max(side.start, min(piece.start for piece in pieces))
    end = min(side.end, max(piece.end for piece in pieces))
    low, high = start - side.start, end - side.start
    return msgspec.structs.replace(side, start=start, end=end, exact=side.exact[low:high]), low, high


def _meets(span: tuple[int, int], low: int, high: int) -> bool:
    return max(span[0], low) < min(span[1], high)


def _moved(span: tuple[int, int], low: int, high: int) -> tuple[int, int]:
    """The span in an exact that begins at ``low`` and ends at ``high``."""
    return min(max(span[0], low), high) - low, min(max(span[1], low), high) - low


def differences(variant: Variant, *, swap: bool = False) -> tuple[Piece, ...]:
    """The comparison in the order of the left witness, or of the right one with ``swap``."""
    base, against = _bases(variant, swap=swap)
    spans = sorted(
        (edit.right, edit.left, edit.kind) if swap else (edit.left, edit.right, edit.kind) for edit in variant.edits
    )
    pieces, at = [], 0
    for (start, end), (other_start, other_end), kind in spans:
        pieces.append(Piece("kept", base.exact[at:start]))
        pieces.append(Piece("removed", base.exact[max(start, at) : end], kind))
        pieces.append(Piece("added", against.exact[other_start:other_end], kind))
        at = max(at, end)
    pieces.append(Piece("kept", base.exact[at:]))
    return tuple(piece for piece in pieces if piece.text)


#: Characters of common wording kept on each side of a difference; more of it is cut to " … ".
AROUND = 70


def condense(pieces: Sequence[Piece], around: int = AROUND) -> tuple[Piece, ...]:
    """The same comparison for the eye: words kept apart, long common wording cut; differences stay whole."""
    pieces = _apart(pieces)
    last = len(pieces) - 1
    return tuple(
        piece._replace(text=_cut(piece.text, around, opens=place == 0, closes=place == last))
        if piece.state == "kept"
        else piece
        for place, piece in enumerate(pieces)
    )


def _apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Blanks are no difference to look at; a word that one side begins or ends with does not stick to the next."""
    shown: list[Piece] = []
    for piece in pieces:
        bare = piece._replace(state="kept", text=" ", kind=None) if not piece.text.strip() else piece
        before = shown[-1] if shown else None
        if before and before.state == bare.state == "kept":
            blank = "" if bare.text.lstrip()[:1] in _CLOSING else " "
            shown[-1] = before._replace(text=before.text.rstrip() + blank + bare.text.lstrip())
        elif before and before.state != bare.state and "kept" in (before.state, bare.state) and _stick(before, bare):
            in_front = bare.state == "kept"
            shown[-1] = before if in_front else before._replace(text=f"{before.text} ")
            shown.append(bare._replace(text=f" {bare.text}") if in_front else bare)
        else:
            shown.append(bare)
    return shown


_CLOSING = (",", ".", ";", ":", "!", "?", ")", "”", "»")  #: marks that follow a word without a blank
_SPACELESS = 0x2E80  #: from here on scripts that write without blanks: Unicode block "CJK Radicals Supplement"


def _stick(left: Piece, right: Piece) -> bool:
    ends = left.text[-1] + right.text[0]
    return ends.isalnum() and max(map(ord, ends)) < _SPACELESS


def _cut(text: str, around: int, *, opens: bool, closes: bool) -> str:
    """Head and tail of a stretch; the first of a comparison needs no head, the last no tail."""
    if len(text) <= 2 * around + len(GAP) or (opens and closes):
        return text
    head = "" if opens else text[:around].rsplit(" ", 1)[0]
    tail = "" if closes else text[-around:].split(" ", 1)[-1]
    return f"{head}{GAP}{tail}"
