"""Whom the head of a page describes and names later on."""

from __future__ import annotations

import re
from bisect import bisect_left

from stemma.annotate.mentions.lexicon import lexicon, plain
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions.fitting import (
    BODIES_BACK,
    LEAST,
    NOBODY,
    UNSURE,
    WORD,
    Found,
    fitness,
    fits_gender,
    head_of,
    is_definite,
    role_words,
    specific,
    usual,
)
from stemma.annotate.references.descriptions.offices import has_no_office, kinds_beside
from stemma.annotate.references.knowledge import nouns


def named_later(scene: Scene, span: tuple[int, int], head: str, told: list[str]) -> Found:
    """The only person of the role whom the page names further on, as leads do: "the speaker of the council said"."""
    if not scene.text[slice(*span)].lower().startswith("the ") or any(
        head == head_of(plain(one.mentions[0].evidence.exact)) for one in scene.strangers
    ):
        return NOBODY
    fitting = [
        figure
        for figure in scene.cast.figures
        if figure.kind == "person"
        and figure.starts[0] >= span[1]
        and fits_gender(head, figure)
        and fitness(head, told, figure) >= LEAST
        and any(head in WORD.findall(plain(role)) for role in figure.roles)
    ]
    return Found(fitting[0], "named further on", UNSURE) if len(fitting) == 1 else NOBODY


_HEAD = 1  #: paragraphs of the story that may tell of somebody before they name him
_OPENING = 6  #: sentences of that paragraph
_SOON = 24  #: names of persons after such a description that are looked at
_REACH = 90  #: characters around a name in which a word of saying is looked for
_NAME_FIRST = re.compile(
    r"[ \u00a0,]*(?:[^.;:\"“”]{0,60},\s)?(?:(?:was|is|has|had|also|later|then|who)\s){0,2}([a-z]+)\b"
)
_NAME_LAST = re.compile(r"\b([a-z]+)(?:\s(?:[A-Z][\w.’'-]*|[a-z]+)){0,4}\s$")
_OWNED = re.compile(r"[\w-]+['’]s\s")
_WIRES = frozenset({"agency", "broadcaster", "newspaper", "daily", "weekly", "television"})
_AT_LENGTH = 3  #: blanks in the words for somebody who is told of at length: "A former treasurer of the clan"
_HIDDEN = re.compile(r"\b(?:unnamed|unidentified|anonymous|anonymity|not to be|familiar with|declined|whose name)\b")


def foretold(scene: Scene, span: tuple[int, int], *, whole: bool) -> Found:
    """Whom the head of a page describes and names later on: "A judge in Karvis ruled ... Judge Ana Holt said".

    ``whole``: the description stands in a title. The person whose role fits, of several the first; else whoever without
    a role is the first to speak.
    """
    words = plain(usual(scene.text[slice(*span)]))
    head, told, place = head_of(words), specific(usual(scene.text[slice(*span)])), scene.place(span[0])
    told_of = whole or is_definite(words) or _OWNED.match(words) is not None
    if not (whole or (place and place.paragraph < _HEAD and place.sentence < _OPENING)):
        return NOBODY
    if head in nouns().body | nouns().outlet:
        floor = 0 if whole else span[1]
        return _body_foretold(scene, head, floor) if told_of and not _has_name(scene, span) else NOBODY
    if head not in nouns().person | lexicon().title:
        return NOBODY
    later = _later(scene, head, 0 if whole else span[1])
    for fits in (_is_of_role, _is_of_bare_role):
        if fitting := [figure for figure in later if fits(head, told, figure)]:
            return Found(fitting[0], "named further on", UNSURE)
    if not told_of and (_HIDDEN.search(words) or words.count(" ") < _AT_LENGTH):
        return NOBODY
    first = next((figure for figure in later if _speaks(scene, figure)), None)
    return Found(first, "first to speak further on", UNSURE) if first and has_no_office(first) else NOBODY


def _later(scene: Scene, head: str, floor: int) -> list[Figure]:
    """The persons first named behind a place, and soon, in order."""
    first = bisect_left(scene.begins, floor)
    figures = {id(figure): figure for one in scene.people[first : first + _SOON] if (figure := scene.cast.of[one.id])}
    return [one for one in figures.values() if one.is_named and one.starts[0] >= floor and fits_gender(head, one)]


def _has_name(scene: Scene, span: tuple[int, int]) -> bool:
    """Whether a body, an outlet or a work is named within a stretch."""
    first, last = bisect_left(scene.mention_starts, span[0]), bisect_left(scene.mention_starts, span[1])
    return any(one.kind not in {"place", "person"} for one in scene.mentions[first:last])


def _body_foretold(scene: Scene, head: str, floor: int) -> Found:
    """The first body of the page that the noun, or one like it, calls: "Aid agency", "the charity Bread for Karvis"."""
    for like in ({head}, {head, *nouns().same.get(head, ())}):
        for one in scene.bodies[:BODIES_BACK]:
            figure = scene.cast.of[one.id]
            beside = kinds_beside(scene.text, one.evidence.start, one.evidence.end)
            told = {*WORD.findall(plain(figure.fullest.evidence.exact)), *beside}
            if one.evidence.start >= floor and figure.is_named and like & told:
                return Found(figure, "named further on", UNSURE)
    first = bisect_left(scene.body_ends, floor)
    outlets = [one for one in scene.bodies[first : first + _SOON] if one.kind == "outlet" and one.named]
    return Found(scene.cast.of[outlets[0].id], "named further on", UNSURE) if outlets and head in _WIRES else NOBODY


def _is_of_role(head: str, told: list[str], figure: Figure) -> bool:
    return fitness(head, told, figure) >= LEAST


def _is_of_bare_role(head: str, _told: list[str], figure: Figure) -> bool:
    """Whether a role of the figure has the noun, or one like it, and nothing that sets it apart."""
    like = nouns().same.get(head, frozenset()) | {head}
    return any(like & role_words(role) and not specific(f"the {role}") for role in figure.roles)


def _speaks(scene: Scene, figure: Figure) -> bool:
    """Whether a word of saying stands beside the first name of a figure."""
    first = figure.mentions[0].evidence
    after = _NAME_FIRST.match(scene.text, first.end, first.end + _REACH)
    before = _NAME_LAST.search(scene.text, max(0, first.start - _REACH), first.start)
    speech = lexicon().speech
    return (after is not None and after[1] in speech) or (before is not None and before[1] in speech)
