"""Citations that hold on: a lead's, for what is told after it until another source takes over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stemma.annotate.relays.tracing import Tracer
from stemma.records import Evidence, Mention, Relay, Statement
from stemma.text.words import fold

#: How sure a hop is that an earlier citation lends; an estimate.
_CARRIED = 0.6
_BY_SPEAKER = "the citation of an earlier statement by this speaker"
_BY_PARAGRAPH = "the outlet that the paragraph opens with"
_BY_LEAD = "the service that reports the lead"
#: Paragraphs at the head of a story whose citations hold for all of it.
_LEAD = 2
_REPORTS = re.compile(r"\b(?:report|reports|reported|inform|informs|informed|announced|said|says)\b")
_IN_OUTLET = re.compile(r"(?:In|On|Writing in|Speaking on|Speaking to)\s")


def carried(statements: Sequence[Statement], cited: dict[str, list[Relay]], tracer: Tracer) -> dict[str, list[Relay]]:
    """Later statements came as earlier ones did: of a speaker whose lead was cited, of a story that a service tells.

    Each until another source takes over.
    """
    lead: dict[frozenset[str], list[Relay]] = {}
    story = _Story(tracer)
    found: dict[str, list[Relay]] = {}
    for statement in sorted(statements, key=_place):
        speaker = frozenset(fold(mention.evidence.exact) for mention in tracer.speaker(statement))
        hops = cited[statement.id]
        story.meet(statement, hops)
        if hops and statement.kind != "transcript" and not _spoken_in_turn(statement, tracer):
            if _lends(statement, hops, tracer):
                lead[speaker] = hops
        elif not hops and statement.depth == 0 and statement.kind != "transcript":
            if speaker and speaker in lead:
                found[statement.id] = [_carry(statement, hop, _BY_SPEAKER) for hop in lead[speaker]]
            elif told := story.holds(statement):
                found[statement.id] = [told]
    return found


def _lends(statement: Statement, hops: list[Relay], tracer: Tracer) -> bool:
    """Whether its citation holds on: an outlet's always, another's in the first paragraphs of the story."""
    first = next((one for one in tracer.mentions if one.id == hops[0].exemplar), None)
    if first is None or first.kind == "person":
        return False
    return tracer.outlets.is_outlet(first) or tracer.paragraph(_place(statement)[0]) < _LEAD


class _Story:
    """The service or paper that a story is told after: it reports the lead itself, or a paragraph opens with it."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._whole: tuple[Mention, Evidence] | None = None
        self._here: tuple[int, Relay] | None = None

    def meet(self, statement: Statement, hops: list[Relay]) -> None:
        """Take note of a statement in order of place."""
        at = _place(statement)[0]
        paragraph = self._tracer.paragraph(at)
        if hops and hops[0].evidence and _IN_OUTLET.match(hops[0].evidence.exact):
            self._here = (paragraph, hops[0])
        speaker = self._tracer.speaker(statement)
        if statement.depth or len(speaker) != 1 or not self._tells(speaker[0], statement):
            return
        takes_over = self._whole is not None and speaker[0].id != self._whole[0].id
        if takes_over:
            self._whole = None
        elif paragraph == 0 and not self._tracer.outlets.is_carrier(speaker[0]):
            self._whole = (speaker[0], statement.cue[0] if statement.cue else statement.content[0])

    def _tells(self, mention: Mention, statement: Statement) -> bool:
        """Whether a service reports: "the presidential press service reported", told of an event and not of words."""
        words = mention.evidence.exact.lower()
        reports = bool(statement.cue) and _REPORTS.search(statement.cue[-1].exact) is not None
        return reports and ("press service" in words or "press office" in words)

    def holds(self, statement: Statement) -> Relay | None:
        """The hop that the story lends to a statement that names none."""
        if self._here and self._here[0] == self._tracer.paragraph(_place(statement)[0]):
            return _carry(statement, self._here[1], _BY_PARAGRAPH)
        if self._whole is None:
            return None
        mention, words = self._whole
        speaking = {one.id for one in self._tracer.speaker(statement)}
        if mention.id in speaking:
            return None
        return Relay(
            document=statement.document, statement=statement.id, exemplar=mention.id, kind="carried", hop=0,
            evidence=words, confidence=_CARRIED, reason=_BY_LEAD,
        )  # fmt: skip


def _spoken_in_turn(statement: Statement, tracer: Tracer) -> bool:
    """Whether it was quoted in a speaker's turn: that proves nothing for the rest of the page."""
    outer = tracer.outer.get(statement.within or "")
    return outer is not None and outer.kind == "transcript"


def _place(statement: Statement) -> tuple[int, int]:
    """Reading order; the cue stands for the statement since contents of two levels begin together."""
    return ((statement.cue or statement.content)[0].start, statement.depth)


def _carry(statement: Statement, hop: Relay, reason: str) -> Relay:
    return Relay(
        document=statement.document,
        statement=statement.id,
        exemplar=hop.exemplar,
        kind="carried",
        hop=hop.hop,
        evidence=hop.evidence,
        confidence=_CARRIED,
        reason=reason,
    )
