"""Phrases for persons that are no source: "An official took my name. He promised to ring back."."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Place
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import described, is_definite
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.state import State
from stemma.annotate.references.strangers import is_many, is_people, stranger
from stemma.records import Mention, evidence

_OPENS = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur|[Aa]nother|[A-Z][\w-]+['’]s)(?=\s)"
)
_NEXT = re.compile(r"[ \u00a0]([^\W\d_][\w-]*)(['’]s)?")
_STOPS = frozenset(
    [
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "who",
        "which",
        "that",
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "have",
        "said",
        "says",
        "will",
        "would",
        "be",
        "as",
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
    ]
)
_TITLED = re.compile(r"(?:,\s|\s)?(?:[A-Z][\w.’'-]*\s){0,3}")  #: what may stand between a phrase and the name of it
_TITLES = 40  #: characters of that
_MOST = 6  #: words of a phrase up to its noun
_BACK = 2  #: sentences before a pronoun in which phrases are looked for
#: Several who open a sentence: "Two people with knowledge of the talks told", "The ministers of both states agreed".
_SEVERAL = re.compile(
    r"[\"“]?((?:The|Our|Some|Several|Many|Certain|Other|Both|Two|Three|Four|Five|Six|A few|[A-Z][a-z]+)"
    r"(?:\s[\w’'-]+){0,3}?\s([a-z]{3,})s?|([A-Z][a-z]{3,})s|(People))\b"
)


def introduce(state: State, at: int) -> None:
    """Let a pronoun mean who is described in the sentences before it: by a name of the page, else a stranger."""
    here = state.scene.place(at)
    if here is None:
        return
    first = state.scene.spans[max(0, here.sentence - _BACK)][0]
    around = _quoted(state, at)
    for start, end in phrases(state.scene.text, first, at):
        if start not in state.seen and around >= _quoted(state, start):  # whom a quotation tells of stays in it
            state.seen.add(start)
            _meet(state, start, end)


def _quoted(state: State, at: int) -> set[str]:
    """The quotations around an offset; turns and whole texts are none."""
    return {one for one in state.barred.around(at) if state.statements[one].kind == "direct"}


def _meet(state: State, start: int, end: int) -> None:
    scene = state.scene
    if _names(state, start, end):
        return
    anchor = evidence(state.page.document, start, end)
    found = described(scene, (start, end), state.spoken.before(start)) if is_definite(plain(anchor.exact)) else None
    if found and (found.figure or found.rivals):
        if found.figure and found.figure.kind == "person":
            one = Mention(document=anchor.document, evidence=anchor, kind="person", named=False)
            scene.meet(found.figure, one)
        return
    if not is_many(plain(anchor.exact)):
        stranger(scene, anchor)


def _names(state: State, start: int, end: int) -> bool:
    """Whether a name stands in the phrase or right after it: "the minister Tomas Varga", "her aide, Captain Holt"."""
    starts = state.scene.mention_starts
    number = bisect_left(starts, start)
    while number < len(starts) and _is_of_place(state.scene.mentions[number], end):
        number += 1
    if number == len(starts) or starts[number] > end + _TITLES:
        return False
    return starts[number] <= end or _TITLED.fullmatch(state.scene.text, end, starts[number]) is not None


def _is_of_place(one: Mention, end: int) -> bool:
    """Whether a place stands inside a phrase and only tells of where somebody is: "his Karvis colleague"."""
    return one.kind == "place" and one.evidence.end < end


def phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Phrases for single persons in a stretch, from the article to the noun."""
    known, at = nouns().person, start
    while opened := _OPENS.search(text, at, end):
        at, stop = opened.end(), None
        place = at
        for _ in range(_MOST):
            word = _NEXT.match(text, place, end)
            if word is None or word.group(1).lower() in _STOPS:
                break
            place = word.end()
            if not word.group(2) and word.group(1).lower() in known:
                stop = place
        if stop:
            yield opened.start(), stop
            at = stop


def several(state: State, at: int) -> Figure | None:
    """Several who open the sentence of a "they", or one of those before it."""
    here = state.scene.place(at)
    for start, end in _before(state, here, at) if here else ():
        opening = _SEVERAL.match(state.scene.text, start, end)
        if opening is None or _names(state, *opening.span(1)):
            continue
        if is_many(words := plain(opening.group(1))) and is_people(words):
            state.seen.add(start)
            return stranger(state.scene, evidence(state.page.document, *opening.span(1)))
    return None


def _before(state: State, here: Place, at: int) -> Iterator[tuple[int, int]]:
    for start, end, _ in reversed(state.scene.spans[max(0, here.sentence - _BACK) : here.sentence + 1]):
        yield start, min(end, at)
