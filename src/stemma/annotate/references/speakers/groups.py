"""Joint sources: "the two sides", "both presidents", "the institutions"."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import head_of, is_realm
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.state import NOBODY, Meant, State
from stemma.text.words import fold

_STATES = frozenset(["sides", "parties", "countries", "states", "governments", "nations", "capitals"])
_TWO = 2


def is_joint(words: str) -> bool:
    """Whether the words stand for two who were told apart before."""
    head = head_of(words)
    if any(words.startswith(joint) for joint in nouns().joint):
        return True
    opens = words.startswith(("both ", "the two "))
    return opens or (words.startswith("the ") and head in _STATES | nouns().pair)


def both(state: State, words: str, at: int) -> Meant:
    """The two that they are; nobody where more or fewer were named."""
    head = head_of(words)
    scene = state.scene
    if head in _STATES:
        states = [figure for figure in scene.cast.figures if is_realm(figure)]
        if len(states) == _TWO:
            return Meant(tuple(states), "joint", "the two states of the page")
    people = [
        figure for figure in scene.cast.figures if figure.kind == "person" and figure.mentions[0].evidence.start < at
    ]
    if head.rstrip("s") in nouns().body:
        return _pair(_bodies(scene, at), "the two bodies named so far")
    fitting = [figure for figure in people if _has_role(figure, head)]
    found = _pair(fitting, f"the two {head} named so far")
    if found.figures:
        return found
    for _, figures in state.spoken.lately(at, 3):
        if len(figures) == _TWO and all(figure.kind == "person" for figure in figures):
            return Meant(figures, "joint", "who spoke together before")
    return _pair(people, "the two persons named so far")


def _pair(figures: Sequence[Figure], detail: str) -> Meant:
    return Meant(tuple(figures), "joint", detail) if len(figures) == _TWO else NOBODY


def _has_role(figure: Figure, plural: str) -> bool:
    single = plural.removesuffix("s")
    return any(single in fold(role).split() for role in figure.roles)


def _bodies(scene: Scene, at: int) -> list[Figure]:
    return [
        figure
        for figure in scene.cast.figures
        if figure.kind == "organization" and figure.mentions[0].evidence.start < at
    ]
