"""Statements whose source is not worded: participles, passives, whole texts."""

from __future__ import annotations

from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.state import NOBODY, Meant, State, anchor_of
from stemma.records import Statement

_LATELY = 4  #: speakers back that are looked at, documents among them
_REACH = 2  #: paragraphs back in which the unworded subject of a participle is looked for


def unworded(state: State, statement: Statement) -> Meant:
    """No source: the last speaker for a participle, the issuer for a full text; nobody for "asked whether"."""
    at = anchor_of(statement).start
    if statement.kind in {"full-text", "transcript"}:
        return _issuer(state.scene, at)
    outer = state.statements.get(statement.within or "")
    if _is_passive(statement):
        figures = state.spoken.by_statement.get(outer.id, ()) if outer and outer.kind == "full-text" else ()
        return Meant(figures, "no subject", "speaker of the words around it") if figures else NOBODY
    spoken = ((start, who) for start, who in state.spoken.lately(at, _LATELY) if who[0].kind != "work")
    start, figures = next(spoken, (-1, ()))
    gap = state.gap(start, at)
    if not figures or gap is None or gap[0] > _REACH or (outer and gap[1]):
        return NOBODY
    return Meant(figures if len(figures) > 1 else figures[-1:], "no subject", "speaker of the sentence before")


def _is_passive(statement: Statement) -> bool:
    """Whether the cue tells what was said to somebody: "asked whether", "was urged"; by whom is left out."""
    words = statement.cue[0].exact.lower().split() if statement.cue else []
    return bool(words) and not any(word.endswith("ing") for word in words) and words[0] not in _SPEAKS


#: Past forms that no subject stands before and that still tell what the last speaker said, in telegraphic style.
_SPEAKS = frozenset(["said", "added", "noted", "stressed", "stated", "says", "adds", "and", "as", "in", "according"])


def _issuer(scene: Scene, at: int) -> Meant:
    """Who issues a full text: the last subject before it, a person before a body."""
    before = [
        one
        for figure in scene.cast.figures
        for one in figure.mentions
        if one.named and one.evidence.end <= at and scene.place(one.evidence.start)
    ]
    before.sort(key=lambda one: (one.kind == "person", scene.subjecthood(one), one.evidence.start))
    candidates = [one for one in before if one.kind in {"person", "organization"}]
    return Meant((scene.cast.of[candidates[-1].id],), "issuer", "named before the text") if candidates else NOBODY
