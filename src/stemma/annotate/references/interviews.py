"""Interviews printed as questions and answers without labels: who answers follows from the title or the lead."""

from __future__ import annotations

import re
from collections import Counter

from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure
from stemma.records import Label, Page, prose

#: A page with so many paragraphs that end by asking is an interview; a question is no longer than so many characters.
_FEWEST, _LONGEST = 3, 500
#: One question is enough where the head of the page, so many characters, says that it is an interview.
_TOLD = re.compile(r"\binterview(?:s|ed)?\b|\bQ\s?&\s?A\b|\bsat down with\b", re.IGNORECASE)
_HEAD = 700


def interviewee(page: Page, scene: Scene) -> Figure | None:
    """Who answers: the person whom the title names, else the one whom the text before the first question names most."""
    asking = questions(page)
    told = _TOLD.search(page.document.text, 0, _HEAD) is not None
    if len(asking) < (1 if told else _FEWEST):
        return None
    heads = [(label.start, label.end) for label in page.labels if label.role == "title"]
    for stretches in (heads, [(0, asking[0].start)]):
        inside = [
            one
            for one in scene.mentions
            if one.kind == "person" and any(start <= one.evidence.start < end for start, end in stretches)
        ]
        counted = Counter(id(scene.cast.of[one.id]) for one in inside)
        for key, _ in counted.most_common(1):
            return next(scene.cast.of[one.id] for one in inside if id(scene.cast.of[one.id]) == key)
    return None


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
