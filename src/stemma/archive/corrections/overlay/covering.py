"""Redaction: characters of a page covered one for one, and all that would still tell what they were."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import msgspec

from stemma.archive.pages.reading import Leaf, Speaker
from stemma.records import Derived, Evidence, Field, Mention, Reference, Relay, Snapshot, Statement
from stemma.text.words import WORD, fold

BLOCK = "█"  #: stands for one character; offsets never move
Span = tuple[int, int]
Kind = TypeVar("Kind", bound=Derived)
#: Fields whose value is words; of the others only those go whose evidence is covered.
_WORDED = frozenset({"outlet", "agency", "title", "original_url"})
_ADDRESS_PART = re.compile(r"[^\W_]+")  #: words of an address are parted by any other character
_WITHIN = 4  #: letters from which a word is looked for inside longer ones: addresses run words together


def covered_text(text: str, spans: Iterable[Span]) -> str:
    """The text with these spans covered."""
    for start, end in spans:
        covered = text[start:end]
        text = text[:start] + BLOCK * len(covered) + text[start + len(covered) :]
    return text


def cover(leaf: Leaf, spans: Sequence[Span]) -> Leaf:
    """The leaf without what stands in these spans and what repeats it."""
    if not spans:
        return leaf
    cut = _Cut(leaf, spans)
    mentions = tuple(cut.mention(each) for each in leaf.mentions if not cut.touches(each.evidence))
    strangers = tuple(cut.mention(each) for each in leaf.strangers if not cut.touches(each.evidence))
    known = {each.id for each in (*mentions, *strangers)}
    gone = {each.id for each in (*leaf.mentions, *leaf.strangers)} - known
    return replace(
        leaf,
        document=msgspec.structs.replace(leaf.document, text=cut.text),
        labels=tuple(map(cut.reasoned, leaf.labels)),
        fields=tuple(cut.field(each) for each in leaf.fields if cut.keeps(each)),
        mentions=mentions,
        strangers=strangers,
        references=tuple(cut.reference(each) for each in leaf.references if each.antecedent not in gone),
        times=tuple(cut.reasoned(each) for each in leaf.times if not cut.touches(each.evidence)),
        statements=tuple(map(cut.statement, leaf.statements)),
        relays=tuple(cut.relay(each) for each in leaf.relays if each.exemplar not in gone),
        spoken={key: tuple(each for each in who if cut.may_speak(each, gone)) for key, who in leaf.spoken.items()},
    )


class _Cut:
    """One covering of one leaf."""

    def __init__(self, leaf: Leaf, spans: Sequence[Span]) -> None:
        self._leaf = leaf
        self._spans = sorted(spans)
        self.text = covered_text(leaf.document.text, spans)
        self._lost = {word for start, end in spans for word in WORD.findall(fold(leaf.document.text[start:end]))}
        self._days = {each.value for each in leaf.times if self.touches(each.evidence)}

    @cached_property
    def _folded(self) -> str:
        return fold(self.text)

    def touches(self, piece: Evidence) -> bool:
        """Whether a covered span overlaps the evidence."""
        return any(start < piece.end and piece.start < end for start, end in self._spans)

    def survives(self, words: str) -> bool:
        """Whether words tell nothing of what is covered: they still stand in the page, or share no word with it."""
        folded = fold(words)
        return self._lost.isdisjoint(WORD.findall(folded)) or folded in self._folded

    def worded(self, piece: Evidence) -> Evidence:
        return msgspec.structs.replace(piece, exact=self.text[piece.start : piece.end])

    def reasoned(self, record: Kind) -> Kind:
        """The record with its evidence worded anew, without a reason that repeats what is covered."""
        changes: dict[str, object] = {}
        if piece := getattr(record, "evidence", None):
            changes["evidence"] = self.worded(piece)
        if not self.survives(getattr(record, "reason", "")):
            changes["reason"] = ""
        return msgspec.structs.replace(record, **changes)

    def keeps(self, field: Field) -> bool:
        told = field.name in _WORDED and not self.survives(field.value)
        return not told and not (field.evidence and self.touches(field.evidence))

    def field(self, field: Field) -> Field:
        return self.reasoned(field)

    def mention(self, mention: Mention) -> Mention:
        role = mention.role if mention.role and self.survives(mention.role) else None
        return msgspec.structs.replace(self.reasoned(mention), role=role)

    def reference(self, reference: Reference) -> Reference:
        return msgspec.structs.replace(self.reasoned(reference), anaphor=self.worded(reference.anaphor))

    def relay(self, relay: Relay) -> Relay:
        return self.reasoned(relay)

    def statement(self, statement: Statement) -> Statement:
        pieces = {
            name: tuple(self.worded(piece) for piece in getattr(statement, name))
            for name in ("source", "cue", "content")
        }
        beside = {
            name: None if self.touches(piece) else piece
            for name in ("addressee", "occasion", "place", "said_words")
            if (piece := getattr(statement, name))
        }
        plain = self.reasoned(statement)
        if _lost(statement, beside) or (statement.said and self._tells(statement.said)):
            plain = msgspec.structs.replace(
                plain, said=None, said_words=None, said_basis="", earliest=None, latest=None
            )
            beside.pop("said_words", None)
        return msgspec.structs.replace(plain, **pieces, **beside)

    def _tells(self, day: str) -> bool:
        return any(value.startswith(day) for value in self._days)

    def may_speak(self, speaker: Speaker, gone: set[str]) -> bool:
        return speaker.mention not in gone and self.survives(speaker.form)


def repeated_by(snapshot: Snapshot, lost: set[str]) -> bool:
    """Whether the address or the name of the file holds one of these words."""
    path = urlsplit(snapshot.url).path + " " + urlsplit(snapshot.url).query if snapshot.url else ""
    parts = _ADDRESS_PART.findall(fold(unquote(f"{path} {snapshot.origin}")))
    whole = "".join(parts)
    return not lost.isdisjoint(parts) or any(len(word) >= _WITHIN and word in whole for word in lost)


def lost_words(before: str, after: str) -> set[str]:
    """Words that stood in a text before and stand nowhere in it now."""
    return {*_ADDRESS_PART.findall(fold(before))} - {*_ADDRESS_PART.findall(fold(after))}


def without_path(snapshot: Snapshot) -> Snapshot:
    """The snapshot with nothing but the host of its address, and without the name of the file."""
    parts = urlsplit(snapshot.url) if snapshot.url else None
    url = f"{parts.scheme}://{parts.netloc}/{BLOCK}" if parts else None
    return msgspec.structs.replace(snapshot, url=url, origin=BLOCK)


def _lost(statement: Statement, beside: dict[str, Evidence | None]) -> bool:
    """Whether the words that tell the day are covered: the day would tell them."""
    return statement.said_words is not None and beside.get("said_words") is None
