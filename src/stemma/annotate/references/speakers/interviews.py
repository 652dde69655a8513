"""Interviews printed as questions and answers without labels: who answers follows from the title or the lead."""

from __future__ import annotations

import re
from collections import Counter

from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure, name_words
from stemma.records import Label, Mention, Page, evidence, prose

#: A page with so many paragraphs that end by asking is an interview; a question is no longer than so many characters.
_FEWEST, _LONGEST = 3, 500
#: One question is enough where the head of the page, so many characters, says that it is an interview.
_TOLD = re.compile(r"\binterview(?:s|ed)?\b|\bQ\s?&\s?A\b|\bsat down with\b", re.IGNORECASE)
_HEAD = 700
_WITH = re.compile(
    r"\b[Ii]nterview(?:s|ed)?(?:\swith)?\s(?:(?:the\s)?[a-z]+\s){0,4}([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3})"
    r"(?=\s[a-z(]|[,.:;\n]|$)"
)
_UNSURE = 0.7  #: how sure such a name is; an estimate


def interviewee(page: Page, scene: Scene) -> Figure | None:
    """Who answers: the person whom the title names, else the one whom the text before the first question names most."""
    asking = questions(page)
    told = _TOLD.search(page.document.text, 0, _HEAD) is not None
    if len(asking) < (1 if told else _FEWEST):
        return None
    heads = [(label.start, label.end) for label in page.labels if label.role == "title"]
    before = [(0, asking[0].start)]
    return _most_named(scene, heads) or _called(page, scene) or _most_named(scene, before)


def _most_named(scene: Scene, stretches: list[tuple[int, int]]) -> Figure | None:
    """The person whom these stretches name most; of equals the first."""
    inside = [
        scene.cast.of[one.id]
        for one in scene.mentions
        if one.kind == "person" and any(start <= one.evidence.start < end for start, end in stretches)
    ]
    counted = Counter(map(id, inside))
    return max(inside, key=lambda figure: counted[id(figure)], default=None)


def _called(page: Page, scene: Scene) -> Figure | None:
    """Whom the head of the page says was interviewed: "An interview with Ana Holt"."""
    found = _WITH.search(page.document.text, 0, _HEAD)
    if found is None:
        return None
    words = name_words(found.group(1))
    for figure in scene.cast.figures:
        known = name_words(figure.fullest.evidence.exact)
        if figure.kind == "person" and words and known and (words[-1] == known[-1] or set(known) <= set(words)):
            return figure if len(known) >= len(words) else _as_written(page, scene, found.span(1), figure)
    return _as_written(page, scene, found.span(1), Figure("person", []))


def _as_written(page: Page, scene: Scene, span: tuple[int, int], figure: Figure) -> Figure:
    name = evidence(page.document, *span)
    one = Mention(document=name.document, evidence=name, kind="person", reason="who is interviewed", confidence=_UNSURE)
    scene.meet(figure, one)
    figure.chosen = one
    return figure


def questions(page: Page) -> list[Label]:
    """The paragraphs that end by asking, in order."""
    text = page.document.text
    return [
        label
        for label in prose(page, ("title", "body", "turn"))
        if label.role != "turn"
        and label.end - label.start <= _LONGEST
        and text[label.start : label.end].rstrip(' ”"').endswith("?")
    ]
