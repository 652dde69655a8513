"""References outside of sources: "he" and "she" in the prose, and short forms of names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from stemma.annotate.references.antecedents import PRONOUN, Lately, Scene, rank
from stemma.annotate.references.cast import Figure, name_words
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.speakers.pronouns import LEAST, lead
from stemma.annotate.references.state import State
from stemma.records import Reference, Statement, evidence

_ECHO_REACH = 2  #: sentences over which one "he" speaks for the next
_OUTSIDE_SOURCE = 0.4  #: share of its weight that the last speaker keeps for a pronoun that is no source
_SHORT_FORM = 0.9  #: how sure it is that a part of the only full name that holds it means that name; an estimate


def pronouns(state: State, taken: set[tuple[int, int]]) -> Iterator[Reference]:
    """References of the other pronouns of third persons in the prose; nobody tells something to himself."""
    echo: dict[bool, tuple[int, Figure]] = {}
    tells = {
        (one.addressee.start, one.addressee.end): state.spoken.by_statement.get(one.id, ())
        for one in state.statements.values()
        if one.addressee and _speaks_itself(one)
    }
    for number, match in _outside(state.scene, taken):
        silent = state.silent(match.start())
        feminine = match.group().lower() in nouns().female
        last, figure = echo.get(feminine, (-9, None))
        spoken = None if silent else state.spoken.before(match.start())
        lately = Lately(spoken, _OUTSIDE_SOURCE, figure if number - last <= _ECHO_REACH else None)
        choices = rank(state.scene, *match.span(), lately=lately, barred=[*silent, *tells.get(match.span(), ())])
        if choices and choices[0].weight >= LEAST:
            echo[feminine] = (number, choices[0].figure)
            yield Reference(
                document=state.page.document.id,
                anaphor=evidence(state.page.document, *match.span()),
                antecedent=choices[0].figure.fullest.id,
                reason="pronoun: nearest fitting person",
                confidence=lead(choices),
            )


def _speaks_itself(one: Statement) -> bool:
    """Whether the source is who tells: not "Holt's sister", nor "he" of "he had a telegram telling him"."""
    words = one.cue[-1].exact.split() if one.cue else []
    participle = len(words) > 1 and words[0] != "as" and words[-1].endswith("ing")
    return bool(one.source) and not participle and _OWNS.search(one.source[0].exact) is None


_OWNS = re.compile(r"['’]\s?s?\s")


def _outside(scene: Scene, taken: set[tuple[int, int]]) -> Iterator[tuple[int, re.Match[str]]]:
    """The pronouns of the prose that are no source, each with the number of its sentence."""
    if not scene.people or not scene.spans:  # names may stand in a title without a story
        return
    for match in PRONOUN.finditer(scene.text, scene.starts[0], scene.spans[-1][1]):
        number = bisect_right(scene.starts, match.start()) - 1
        if match.start() < scene.spans[number][1] and match.span() not in taken:
            yield number, match


def short_forms(state: State) -> Iterator[Reference]:
    """Short forms and acronyms of a name, each referring to the fullest form in the page."""
    for figure in state.scene.cast.figures:
        full = figure.fullest
        for one in figure.mentions:
            if one.named and name_words(one.evidence.exact) != name_words(full.evidence.exact):
                yield Reference(
                    document=state.page.document.id,
                    anaphor=one.evidence,
                    antecedent=full.id,
                    reason="short form of a name in the page",
                    confidence=_SHORT_FORM,
                )
