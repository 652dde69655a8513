"""Two witnesses of one utterance side by side: what both have, what one has alone, and the class of each difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from stemma.archive.views import Line, Utterance
from stemma.records import EditClass, Evidence, Variant
from stemma.show.lines import GAP, NO_SPEAKER, speaker
from stemma.show.transmission import witnesses, wording_of
from stemma.show.transmission.apparatus import FAR

State = Literal["kept", "removed", "added"]


class Piece(NamedTuple):
    """A stretch of the comparison; ``removed`` stands in the first witness alone, ``added`` in the second alone."""

    state: State
    text: str
    kind: EditClass | None = None  #: ``None`` for what both have


@dataclass(frozen=True, slots=True)
class Comparison:
    """A witness beside the one that is looked at; where ``compared`` is false it says it in other words."""

    line: Line
    compared: bool
    pieces: tuple[Piece, ...]
    speaker: str = ""  #: whom this witness takes the words for, where that is another one

    @property
    def kinds(self) -> tuple[str, ...]:
        """The classes of difference, each once, in alphabetical order; nothing for the same wording."""
        return tuple(sorted({piece.kind for piece in self.pieces if piece.kind}))


def compare(utterance: Utterance, line: Line) -> tuple[Comparison, ...]:
    """Every other witness beside this one, in the utterance's order; those of another speaker last."""
    others = [other for other in witnesses(utterance) if other.statement.id != line.statement.id]
    return tuple(_compare(line, other) for other in others)


def apart(line: Line, compared: Sequence[Comparison]) -> tuple[tuple[Comparison, ...], tuple[Comparison, ...]]:
    """The witnesses on other pages, and what is none: other captures of the statement's page, its words once more."""
    own = _page(line)
    same = tuple(each for each in compared if _page(each.line) == own)
    return tuple(each for each in compared if _page(each.line) != own), same


def _page(line: Line) -> str:
    return line.snapshot.url or line.statement.document


def standing(utterance: Utterance) -> str:
    """What the first witness is: the earliest known here, which need not be the origin."""
    if utterance.lines[0].published is None:
        return "no witness is dated: their order is not known"
    if utterance.lines[0].statement.id in utterance.tied:
        return "one of the earliest here (order within the day not known), not necessarily the origin"
    return "the earliest here, not necessarily the origin"


def _compare(line: Line, other: Line) -> Comparison:
    """Whole against whole, word by word."""
    from stemma.collate.table import changes, likeness  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    one, theirs = wording_of(line), wording_of(other)
    told = speaker(other)
    name = told if told != speaker(line) and NO_SPEAKER not in {told, speaker(line)} else ""
    if likeness(one, theirs) < FAR:
        return Comparison(other, compared=False, pieces=(), speaker=name)
    left, right = (Evidence(document=each.statement.document, start=0, end=len(text), exact=text)
                   for each, text in ((line, one), (other, theirs)))  # fmt: skip
    pieces = differences(Variant(left=left, right=right, edits=changes(one, theirs)))
    return Comparison(other, compared=True, pieces=pieces, speaker=name)


def _bases(variant: Variant, *, swap: bool) -> tuple[Evidence, Evidence]:
    return (variant.right, variant.left) if swap else (variant.left, variant.right)


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
