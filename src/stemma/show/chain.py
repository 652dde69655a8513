"""The chain of a statement: carrier <- agency <- speaker, each hop with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain as joined
from typing import Literal

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.views import Hop, Line
from stemma.records import RelayKind
from stemma.show.lines import GAP, NO_OUTLET, NO_SPEAKER, is_withheld, named, outlet, path, same_body, speaker
from stemma.show.people.marks import derived, marks_of
from stemma.show.plain import one_line

_SLIGHT = 0.1  #: confidence below which a likeness says nothing
_LIKENESSES = 3  #: likenesses told beside a chain
#: A hop in words: what the page says, what follows from what it says, what only looks so.
_DEEDS = {
    "cited": "{taker} cites {giver}",
    "carried": "{taker} cited {giver} earlier on the page",
    "reused": "{taker} has words like those of {giver}",
    "said": "the speaker is {giver}",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One hop: ``taker`` has the words from ``giver``; ``proof`` is what the page says of it, or ``None``."""

    taker: str
    giver: str
    kind: RelayKind | Literal["said"]
    proof: str | None
    confidence: float
    document: str | None = None  #: the giver's document where it lies in this archive
    by: str = ""  #: the person who says so, where it is no program's finding

    @property
    def inferred(self) -> bool:
        """Whether the hop is a conclusion, not a citation."""
        return self.kind in {"carried", "reused"}

    @property
    def deed(self) -> str:
        """The hop in words."""
        if self.giver == NO_SPEAKER:
            return f"{NO_SPEAKER}, as {self.by} says" if self.by else NO_SPEAKER
        taker = "this page" if self.taker == NO_OUTLET else self.taker
        told = _DEEDS[self.kind].format(taker=taker, giver=self.giver)
        return f"{told}, as {self.by} says" if self.by else told


def steps(line: Line) -> tuple[Step, ...]:
    """The hops from the carrier to the speaker; the last one is proved by the source and cue of the statement."""
    return tuple(_steps(line))


def _steps(line: Line) -> Iterator[Step]:
    taker, last = outlet(line), speaker(line)
    for hop in path(line):
        giver = named(hop.name)
        if same_body(giver, taker):
            continue
        yield _step(taker, giver, hop)
        taker = giver
    if not any(same_body(taker, name) for name in (last, *(who.name for who in line.speakers))):
        yield _last(line, taker)


def _step(taker: str, giver: str, hop: Hop) -> Step:
    proof = one_line(hop.evidence.exact) if hop.evidence else None
    return Step(taker, giver, hop.kind, proof, hop.confidence, hop.document)


def _last(line: Line, taker: str) -> Step:
    """The hop to the speaker; words of the page prove none whom a person named, nor are told of one withheld."""
    by = next((mark.who for mark in marks_of(line, "speaker")), "")
    proof = None if by or is_withheld(line) else _source_and_cue(line)
    was = derived(line)
    return Step(taker, speaker(line), "said", proof, was.confidence if was else line.statement.confidence, by=by)


def _source_and_cue(line: Line) -> str | None:
    """The source and the cue in the order of the text."""
    pieces = sorted(joined(line.statement.source, line.statement.cue), key=lambda piece: piece.start)
    return GAP.join(one_line(piece.exact) for piece in pieces) or None


def likenesses(line: Line) -> tuple[Step, ...]:
    """Documents whose words this page's are like, beside the path, the likest first: each from the carrier itself."""
    told = path(line)
    beside = [hop for hop in line.chain if hop.kind == "reused" and hop not in told and hop.confidence >= _SLIGHT]
    beside.sort(key=lambda hop: -hop.confidence)
    return tuple(_step(outlet(line), named(hop.name), hop) for hop in beside[:_LIKENESSES])


def names(line: Line) -> tuple[str, ...]:
    """Names from carrier to speaker."""
    found = steps(line)
    return (found[0].taker, *(step.giver for step in found)) if found else (outlet(line),)


def drawn(line: Line) -> tuple[tuple[str, str], ...]:
    """Names from carrier to speaker, each after its arrow: "<-" for a citation, "<~" for what is inferred."""
    found = steps(line)
    return (("", names(line)[0]), *(("<~" if step.inferred else "<-", step.giver) for step in found))


def is_unknown(name: str) -> bool:
    """Whether the name says that nothing is known or told."""
    return name in {NO_OUTLET, NO_SPEAKER, WITHHELD}
