"""Citations that hold on: a lead's, for what is told after it until another source takes over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

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
_BY_DIGEST = "the outlet of that item of a digest"
#: What the head of a digest calls it, and what stands before the outlet of an item: "2. The opposition channel".
_DIGEST = re.compile(
    r"\b(?:monitor|digest\b|press review|review of the press|papers\b|newspapers|round-?up)", re.IGNORECASE
)
_ITEM = re.compile(
    r"(?:\d{1,2}[.)]\s|[-–—•*]\s)?(?:From \w+:\s)?(?:[Tt]he\s|[Ii]n\s|[Oo]n\s){0,2}(?:[\w-]+\s){0,4}[(“„\"«]?$"
)
_HEAD = 300  #: characters of a page that tell what it is
_ITEMS = 3  #: paragraphs that open with outlets, no two the same, which make a digest
_OPENING = 60  #: characters of a paragraph in which its outlet stands
_IN_OUTLET = re.compile(r"(?:In|On|Writing in|Speaking on|Speaking to)\s")


def carried(statements: Sequence[Statement], cited: dict[str, list[Relay]], tracer: Tracer) -> dict[str, list[Relay]]:
    """Later statements came as earlier ones did: of a speaker whose lead was cited, of a story that a service tells.

    Each until another source takes over.
    """
    lead: dict[frozenset[str], tuple[int, list[Relay]]] = {}
    story = _Story(tracer)
    found: dict[str, list[Relay]] = {}
    for statement in sorted(statements, key=_place):
        speaker = frozenset(fold(mention.evidence.exact) for mention in tracer.speaker(statement))
        hops = cited[statement.id]
        story.meet(statement, hops)
        if hops and statement.kind != "transcript" and not _spoken_in_turn(statement, tracer):
            if _lends(statement, hops, tracer):
                lead[speaker] = (tracer.paragraph(_place(statement)[0]), hops)
        elif not hops and statement.depth == 0 and statement.kind != "transcript":
            at, lent = lead.get(speaker, (-1, [])) if speaker else (-1, [])
            if lent and (at < _LEAD or at == tracer.paragraph(_place(statement)[0])):
                found[statement.id] = [_carry(statement, hop, _BY_SPEAKER) for hop in lent]
            elif told := story.holds(statement):
                found[statement.id] = [told]
    return found | _inside(statements, cited, found, tracer)


def _inside(
    statements: Sequence[Statement], cited: dict[str, list[Relay]], found: dict[str, list[Relay]], tracer: Tracer
) -> dict[str, list[Relay]]:
    """What stands in a statement that came so came so too: the carried hops, then its own."""
    inner: dict[str, list[Relay]] = {}
    for statement in statements:
        around = tracer.around(statement)[:1]
        lent = found.get(around[0].id, []) if around else []
        speaking = {one.id for one in tracer.speaker(statement)}
        known = speaking | {hop.exemplar for hop in cited[statement.id]}
        hops = [_carry(statement, hop, hop.reason) for hop in lent if hop.exemplar not in known]
        if hops:
            own = (replace(hop, hop=hop.hop + len(hops)) for hop in cited[statement.id])
            inner[statement.id] = [*hops, *own]
    return inner


def _lends(statement: Statement, hops: list[Relay], tracer: Tracer) -> bool:
    """Whether its citation holds on: an outlet's, and another's in the first paragraphs of the story."""
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
        self._items = _items(tracer)

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
        """The hop that the story lends to a statement that names none: its service's, for persons by name."""
        if self._here and self._here[0] == self._tracer.paragraph(_place(statement)[0]):
            return _carry(statement, self._here[1], _BY_PARAGRAPH)
        speaking = self._tracer.speaker(statement)
        item = self._items.get(self._tracer.paragraph(_place(statement)[0]))
        if item and not any(self._tracer.outlets.same(item.evidence.exact, one.evidence.exact) for one in speaking):
            return _lent(statement, item, item.evidence, _BY_DIGEST)
        if self._whole is None:
            return None
        mention, words = self._whole
        if not speaking or not all(one.kind == "person" and one.named for one in speaking):
            return None
        return _lent(statement, mention, words, _BY_LEAD)


def _items(tracer: Tracer) -> dict[int, Mention]:
    """The outlets with which the paragraphs of a digest open, by the number of the paragraph; none of another page."""
    found: dict[int, Mention] = {}
    if not _DIGEST.search(tracer.document.text, 0, _HEAD):
        return found
    for number, start in enumerate(tracer.paragraphs):
        for mention in tracer.between(start, start + _OPENING)[:1]:
            opens = _ITEM.fullmatch(tracer.document.text, start, mention.evidence.start)
            if opens and tracer.may_carry(mention):
                found[number] = mention
    return found if len({fold(one.evidence.exact) for one in found.values()}) >= _ITEMS else {}


def _lent(statement: Statement, mention: Mention, words: Evidence, reason: str) -> Relay:
    return Relay(
        document=statement.document, statement=statement.id, exemplar=mention.id, kind="carried", hop=0,
        evidence=words, confidence=_CARRIED, reason=reason,
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
