"""Sources of the corpus' second layer with all answers that are weighed, and which of them are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.people import CORPUS, Told, draft_of, half_of, is_speaker_right
from bench.topics.attribution import page_of_text
from stemma.annotate import mentions, times
from stemma.annotate.references.choosing import Weigher
from stemma.annotate.references.choosing.offers import Offer, Source
from stemma.annotate.references.choosing.signs import Sign
from stemma.annotate.references.speakers import people
from stemma.annotate.statements import records_of
from stemma.records import Statement
from tools.people import Entry, layers

_AS_RULED = 6.0  #: lead of the rules' answer where they alone decide who spoke before


class Lesson(NamedTuple):
    """One source: the signs of each answer, which of them are right, and how the last one is called."""

    document: str
    sort: str
    words: str
    entry: Entry
    answers: list[list[Sign]]
    told: list[str]
    right: list[bool]
    ruled: int  #: the answer of the rules; -1 where it is none of them


def as_ruled(_: Source, _offered: Sequence[Offer], found: Sequence[Sequence[Sign]]) -> list[float]:
    """What the rules say alone."""
    return [_AS_RULED * any(name in {"ruled", "ruled nobody"} for name, _ in one) for one in found]


def lessons(part: str, weigh: Weigher = as_ruled) -> Iterator[Lesson]:
    """The sources of one part of the documents that are left to choice; ``weigh`` decides who spoke before."""
    for name, page, layer in layers(CORPUS):
        if half_of(name) != part:
            continue
        marked = [one for one in page.attributions if one.number in layer.entries]
        laid_out = page_of_text(page.text, layer.outlet or None)
        drafts = [draft_of(laid_out, one) for one in marked]
        named, timed = mentions(laid_out), times(laid_out)
        said = records_of(laid_out, drafts, named, timed)
        keys = {_key(one): layer.entries[other.number] for one, other in zip(drafts, marked, strict=True)}
        seen = _Seen(weigh)
        people(laid_out, named, said, seen)
        for source, offered, found in seen.taken:
            if entry := keys.get(_said(source.statement)):
                yield _lesson(name, source, offered, found, entry)


class _Seen:
    """A weigher that keeps what it is asked."""

    def __init__(self, weigh: Weigher) -> None:
        self._weigh = weigh
        self.taken: list[tuple[Source, Sequence[Offer], Sequence[Sequence[Sign]]]] = []

    def __call__(self, source: Source, offered: Sequence[Offer], found: Sequence[Sequence[Sign]]) -> Sequence[float]:
        self.taken.append((source, offered, found))
        return self._weigh(source, offered, found)


def _key(draft: object) -> tuple[object, object]:
    return tuple(draft.content), tuple(draft.cue)  # type: ignore[attr-defined]


def _said(one: Statement) -> tuple[object, object]:
    return tuple((p.start, p.end) for p in one.content), tuple((p.start, p.end) for p in one.cue)


def _lesson(
    name: str, source: Source, offered: Sequence[Offer], found: Sequence[Sequence[Sign]], entry: Entry
) -> Lesson:
    said = [_told(source, one) for one in offered]
    right = [is_speaker_right(entry, one) for one in said]
    ruled = next((n for n, one in enumerate(found) if {"ruled", "ruled nobody"} & {sign for sign, _ in one}), -1)
    told = [" & ".join(one.speakers) or offer.way for one, offer in zip(said, offered, strict=True)]
    return Lesson(name, source.sort, source.words, entry, [list(one) for one in found], told, right, ruled)


def _told(source: Source, offer: Offer) -> Told:
    if offer.way == "new":
        return Told((" ".join(source.statement.source[0].exact.split()),), False, (), source.statement, 1.0, "")
    speakers = tuple(one.fullest.evidence.exact for one in offer.figures)
    return Told(speakers, any(one.is_named for one in offer.figures), (), source.statement, 1.0, "")
