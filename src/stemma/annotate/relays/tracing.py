"""The hops that the words around a statement prove."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.outlets import Outlets
from stemma.annotate.references.descriptions import head_of
from stemma.annotate.references.knowledge import nouns
from stemma.records import Document, Evidence, Mention, Page, Reference, Relay, Statement, evidence, prose
from stemma.text.words import fold

#: How sure a hop is that words prove; an estimate.
_CITED = 0.85
#: So many characters around a cue are searched for the outlet that was told.
_CLAUSE = 240
#: So many characters of description may stand before a name in a source.
_BEFORE_A_NAME = 40
#: A credit in brackets at the end of a longer paragraph is not looked for.
_PARAGRAPH = 2_000
_TOLD_TO = re.compile(r"\b(?:told|tells|telling|with|to|by|on|in|citing|quoting)\b[^.;:“”\"]{0,60}$")
_VERSION = r"text|version|report|translation|account|broadcast|dispatch|transcript|recording|summary|story|article"
#: "In the English text of the agency, ..."
_TEXT_OF = re.compile(rf"\b(?:[Ii]n|[Oo]n|[Ff]rom|[Pp]er)\b[^.;:“”\"]{{0,60}}\b(?:{_VERSION})\b[^.;:“”\"]{{0,30}}$")
#: "In the first version of Garam's agency ..."
_TEXT_OF_AGENCY = re.compile(
    rf"\b(?:[Ii]n|[Oo]n|[Ff]rom)\b[^.;:“”\"]{{0,40}}\b(?:{_VERSION})\s(?:of|by|from)\s([A-Z]\w+)['’]s\s"
    r"(?:\w+\s){0,2}(?:agency|newspaper|broadcaster|radio)\b"
)
#: "In the Orell Courier, the columnist ...", "On Radio Orell's phone-in ...": the sentence opens with the outlet.
_OPENS_IN = re.compile(
    r"(?:(?:[Ii]n|[Ww]ith) (?:an?|his|her|its|their|the)\s(?:[\w-]+\s){0,2}?(?:interview|letter|article|column"
    r"|commentary|statement|remarks|comments|essay|conversation)\s(?:\w+\s)?(?:with|to|for|in|on|by)\s"
    r"|In\s|On\s|Writing in\s|Speaking on\s|Speaking to\s)(?:the\s|its\s|an?\s)?(?:[\w-]+\s){0,3}[„“\"«]?$"
)
#: "said through | his solicitor".
_THROUGH = re.compile(r"\b(?:through|via)\s$")
_BREAK = re.compile(r"\.\s|[;\n]")
_PREPOSITION = 8  #: characters of it and its blank
_CREDIT = re.compile(r"[\s.,”\"“]*[(/\[][^()\n/]{0,40}$")

Proof = tuple[Mention, Evidence]


@dataclass(frozen=True, slots=True)
class Tracer:
    """What the rules look up: mentions by place, speakers by the words that stand for them, statements by id."""

    document: Document
    mentions: list[Mention]
    starts: list[int]
    outer: dict[str, Statement]
    speakers: dict[tuple[int, int], list[Mention]]
    outlets: Outlets
    sources: frozenset[int]  #: where the sources of statements begin
    paragraphs: list[int]  #: where those of the story begin
    told: dict[str, list[Proof]] = field(default_factory=dict)  #: outlets named around a statement, by its id

    @classmethod
    def of(
        cls, page: Page, mentions: Sequence[Mention], statements: Sequence[Statement], references: Sequence[Reference]
    ) -> Tracer:
        """What there is to look up on a page."""
        ordered = sorted((m for m in mentions if m.kind != "place"), key=lambda m: m.evidence.start)
        by_id = {mention.id: mention for mention in mentions}
        speakers: dict[tuple[int, int], list[Mention]] = {}
        for reference in references:
            if reference.antecedent in by_id:
                key = (reference.anaphor.start, reference.anaphor.end)
                speakers.setdefault(key, []).append(by_id[reference.antecedent])
        outer = {statement.id: statement for statement in statements}
        starts = [mention.evidence.start for mention in ordered]
        sources = frozenset(piece.start for statement in statements for piece in statement.source)
        paragraphs = [label.start for label in prose(page)]
        return cls(page.document, ordered, starts, outer, speakers, Outlets.of(page), sources, paragraphs)

    def paragraph(self, at: int) -> int:
        """Number of the paragraph of the story around an offset; -1 before the first."""
        return bisect_right(self.paragraphs, at) - 1

    def cited(self, statement: Statement) -> list[Relay]:
        """Hops that the page's words prove, nearest to the carrier first."""
        hops = [hop for level in self.around(statement) for hop in (*self._told(level), *self._level(level))]
        hops += self._told(statement)
        speaking = self.speaker(statement)
        kept: list[Proof] = []
        for mention, words in hops:
            if not any(self._one(mention, other) for other in (*speaking, *(other for other, _ in kept))):
                kept.append((mention, words))
        return [_relay(statement, proof, n) for n, proof in enumerate(kept)]

    def _one(self, left: Mention, right: Mention) -> bool:
        """Whether two are one by their names; "a spokesman for the Foreign Ministry" is not the Ministry."""
        name, other = left.evidence.exact, right.evidence.exact
        if fold(name) == fold(other):
            return True
        return (left.kind == "person") == (right.kind == "person") and self.outlets.same(name, other)

    def around(self, statement: Statement) -> list[Statement]:
        """The statements around this one, outermost first."""
        levels: list[Statement] = []
        at = statement
        while at.within in self.outer and at.within is not None:
            at = self.outer[at.within]
            levels.append(at)
        return levels[::-1]

    def _level(self, outer: Statement) -> list[Proof]:
        """Who carries what is said inside ``outer``; a text that several issued together carries nothing."""
        speaker = self.speaker(outer)
        if not speaker or (speaker[0].kind == "work" and speaker[0].named) or self.outlets.is_carrier(speaker[0]):
            return []
        if outer.kind == "full-text" and (len(speaker) > 1 or _is_many(speaker[0]) or _is_document(speaker[0])):
            return []
        return [(speaker[0], self._words([*outer.source, *outer.cue] or list(outer.content[:1])))]

    def speaker(self, statement: Statement) -> list[Mention]:
        """Who speaks: by the references of its source, else the mention inside the source's words."""
        anchors = (*statement.source, *statement.cue, *statement.content)
        known = self.speakers.get((anchors[0].start, anchors[0].end))
        if known:
            return known
        inside = [m for piece in statement.source for m in self.between(piece.start, piece.end)]
        return inside[:1]

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in the stretch."""
        return self.mentions[bisect_left(self.starts, start) : bisect_right(self.starts, end - 1)]

    def _told(self, statement: Statement) -> list[Proof]:
        """The outlets that the words around a statement name, each statement asked once; a turn has none."""
        if statement.id not in self.told:
            turn = statement.kind == "transcript" or not statement.cue or statement.source[:1] == statement.cue[:1]
            self.told[statement.id] = [] if turn else self._in_clause(statement)
        return self.told[statement.id]

    def _in_clause(self, statement: Statement) -> list[Proof]:
        """Outlets in the clause: "told the Sarva agency", "was quoted by the Sarva agency as saying", "... (Sarva)"."""
        text = self.document.text
        start = statement.cue[0].start
        line_end = text.find("\n", start, start + _CLAUSE)
        stop = line_end if line_end >= 0 else min(len(text), start + _CLAUSE)
        found: list[Proof] = []
        for mention in self.between(start, stop):
            place = mention.evidence
            if not self.may_carry(mention) or _inside(place, statement) or self._speaks_itself(mention, start):
                continue
            if _TOLD_TO.search(text, start, place.start) and ". " not in text[start : place.start]:
                found.append((mention, evidence(self.document, start, place.end)))
        found += self._go_betweens(statement, stop)
        return found or self._text_of(statement) or self._opens_in(statement) or self._credit(statement)

    def _speaks_itself(self, mention: Mention, start: int) -> bool:
        """Whether the mention ends the source of another statement: "citing the state agency Sarva"."""
        end = mention.evidence.start
        return any(place in self.sources for place in range(max(start, end - _BEFORE_A_NAME), end + 1))

    def may_carry(self, mention: Mention) -> bool:
        """Whether the mention is an outlet other than the page's own."""
        return self.outlets.is_outlet(mention) and not self.outlets.is_carrier(mention)

    def _go_betweens(self, statement: Statement, stop: int) -> list[Proof]:
        """Those without a name through whom words came: "said through his solicitor", "Holt, through her union,"."""
        text, cue = self.document.text, statement.cue[0]
        start = min(cue.start, max(statement.source[0].end, cue.start - _CLAUSE)) if statement.source else cue.start
        found: list[Proof] = []
        for mention in self.between(start, stop):
            at = mention.evidence.start
            through = _THROUGH.search(text, max(0, at - _PREPOSITION), at) and not mention.named
            if through and not _inside(mention.evidence, statement) and not _BREAK.search(text, start, at):
                found.append((mention, evidence(self.document, min(start, at), mention.evidence.end)))
        return found

    def _text_of(self, statement: Statement) -> list[Proof]:
        """The outlet whose text is quoted from: "In the English text of the Sarva agency, the minister said"."""
        text = self.document.text
        first = min(piece.start for piece in (*statement.source, *statement.cue))
        floor = max(text.rfind("\n", max(0, first - _CLAUSE), first) + 1, first - _CLAUSE, 0)
        start = max(floor, text.rfind(". ", floor, first) + 1)
        if agency := _TEXT_OF_AGENCY.search(text, start, first):
            mention = self.outlets.named_after(agency[1], self.mentions)
            return [(mention, evidence(self.document, *agency.span()))] if mention and self.may_carry(mention) else []
        for mention in self.between(start, first):
            before = _TEXT_OF.search(text, start, mention.evidence.start)
            if before and self.may_carry(mention) and not _inside(mention.evidence, statement):
                return [(mention, evidence(self.document, before.start(), mention.evidence.end))]
        return []

    def _opens_in(self, statement: Statement) -> list[Proof]:
        """The outlet that the sentence opens with: "In the Sarva Courier, the columnist believes"."""
        text = self.document.text
        first = min(piece.start for piece in (*statement.source, *statement.cue, *statement.content))
        floor = max(0, first - _CLAUSE)
        stop = text.rfind(". ", floor, first)
        start = max(text.rfind("\n", floor, first) + 1, stop + 2 if stop >= 0 else 0)
        for mention in self.between(start, first)[:1]:
            if _OPENS_IN.fullmatch(text, start, mention.evidence.start) and self.may_carry(mention):
                return [(mention, evidence(self.document, start, mention.evidence.end))]
        return []

    def _credit(self, statement: Statement) -> list[Proof]:
        """A credit in brackets at the end of the statement's paragraph."""
        text = self.document.text
        end = max(piece.end for piece in (*statement.content, *statement.cue))
        line_end = text.find("\n", end, end + _PARAGRAPH)
        stop = line_end if line_end >= 0 else min(len(text), end + _PARAGRAPH)
        closing = [m for m in self.between(max(end, stop - 60), stop) if m.kind == "outlet"]
        for mention in closing[-1:]:
            bracket = _CREDIT.search(text, max(end, mention.evidence.start - 44), mention.evidence.start)
            after = text[mention.evidence.end : stop].strip()
            if bracket and after in (")", "/", "]", ").") and not self.outlets.is_carrier(mention):
                return [(mention, mention.evidence)]
        return []

    def _words(self, pieces: list[Evidence]) -> Evidence:
        start, end = min(p.start for p in pieces), max(p.end for p in pieces)
        return evidence(self.document, start, end) if end - start <= _CLAUSE else pieces[0]


def _is_document(mention: Mention) -> bool:
    """Whether a text was described and not named: "the text", "a letter of pledge"."""
    known = nouns()
    return not mention.named and head_of(plain(mention.evidence.exact)) in known.document | known.voice


def _is_many(mention: Mention) -> bool:
    """Whether several are described together: "the heads of delegation"."""
    first = mention.evidence.exact.split(" of ", 1)[0]
    return not mention.named and first.endswith("s")


def _inside(place: Evidence, statement: Statement) -> bool:
    pieces = (*statement.content, *statement.source)
    return any(piece.start <= place.start < piece.end for piece in pieces)


def _relay(statement: Statement, proof: Proof, hop: int) -> Relay:
    mention, words = proof
    return Relay(
        document=statement.document,
        statement=statement.id,
        exemplar=mention.id,
        kind="cited",
        hop=hop,
        evidence=words,
        confidence=_CITED,
        reason="named in the words around the statement",
    )
