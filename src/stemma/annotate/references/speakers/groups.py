"""Joint sources: "the two sides", "both presidents", "the institutions"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import head_of, is_realm, office
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.speakers.implied import side
from stemma.annotate.references.state import NOBODY, Meant, State
from stemma.text.words import fold

_STATES = frozenset(
    ["sides", "parties", "countries", "states", "governments", "nations", "capitals", "delegations", "armies"]
)
#: A number other than two: "the nine states".
_COUNTED = re.compile(r"\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\b")
_TWO = 2
_HEAD = 20_000  #: characters of a page in which its sides are told
_SIDE = re.compile(r"\b([A-Z][a-z]+)\s(?:side|delegation)\b")


def is_joint(words: str) -> bool:
    """Whether the words stand for two who were told apart before."""
    head = head_of(words)
    if _COUNTED.search(words):
        return False
    if any(f"{words} ".startswith(f"{joint} ") for joint in nouns().joint):
        return True
    opens = words.startswith(("both ", "the two ", "the same two "))
    if " of the " in words and not opens:
        return False  # "the member states of the League"
    return opens or (words.startswith("the ") and head in _STATES | nouns().pair)


def both(state: State, words: str, at: int) -> Meant:
    """The two that they are; nobody where more or fewer were named."""
    head = head_of(words)
    scene = state.scene
    if head in _STATES and (states := _states(state)):
        return Meant(states, "joint", "the two states of the page")
    if head in _STATES and (bodies := _most_joined(state, at, {"place", "organization"})):
        return Meant(bodies, "joint", "the two who are told together")
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
    return (
        _pair(people, "the two persons named so far")
        if len(people) == _TWO
        else _pair([figure for figure in people if _has_office(figure)][:_TWO], "the first two of office named")
    )


def _states(state: State) -> tuple[Figure, ...]:
    """The two states that a page is about, looked for once; none where they are more or fewer."""
    if state.states is None:
        state.states = _two_states(state)
    return state.states


def _two_states(state: State) -> tuple[Figure, ...]:
    """By their full names, their sides, the title, what "and" joins, those who met for them."""
    scene = state.scene
    places = [figure for figure in scene.cast.figures if figure.kind == "place"]
    if state.sides is None:
        told = (side(state, word) for word in dict.fromkeys(_SIDE.findall(scene.text, 0, _HEAD)))
        state.sides = tuple(one for one in told if one)
    heads = [one for one in places if any(state.is_title(start) for start in one.starts)]
    people = [one for one in scene.cast.figures if one.kind == "person"][:_TWO]
    for found in (
        [one for one in places if is_realm(one)],
        list(state.sides),
        heads,
        list(_most_joined(state, len(scene.text), {"place"})),
        _offices(scene, people),
    ):
        if len(found) == _TWO and found[0] is not found[1]:
            return tuple(found)
    return ()


def together(state: State) -> list[tuple[int, tuple[Figure, Figure]]]:
    """Pairs of a kind whose names "and" joins, in order of place: "talks between Karvis and Orell"."""
    if state.together is None:
        of, text = state.scene.cast.of, state.scene.text
        state.together = []
        for left, right in pairwise(state.scene.mentions):
            one, other = of[left.id], of[right.id]
            near = right.evidence.start - left.evidence.end < _APART and one is not other and one.kind == other.kind
            if near and one.kind != "work" and _AND.fullmatch(text, left.evidence.end, right.evidence.start):
                state.together.append((left.evidence.start, (one, other)))
    return state.together


def _most_joined(state: State, at: int, kinds: set[str]) -> tuple[Figure, ...]:
    """The pair of these kinds that is joined most often up to an offset, twice at the least or in the title."""
    counted: Counter[tuple[int, ...]] = Counter()
    known: dict[tuple[int, ...], tuple[Figure, Figure]] = {}
    for start, figures in islice(together(state), _MOST_JOINED):
        if start < at and figures[0].kind in kinds:
            key = tuple(sorted(map(id, figures)))
            known.setdefault(key, figures)
            counted[key] += 1 + state.is_title(start)
    (best, times), *others = counted.most_common(2) or [((), 0)]
    return known[best] if times > 1 and not any(times == count for _, count in others) else ()


_AND = re.compile(r",?\s(?:and|&|with)\s(?:the\s|its\s|his\s|her\s)?(?:[a-z-]+\s){0,3}", re.IGNORECASE)
_APART, _MOST_JOINED = 60, 200  #: characters between two names that are joined; pairs of a page that are counted


def _offices(scene: Scene, people: Sequence[Figure]) -> list[Figure]:
    """The places that the offices of these persons name, one each."""
    found = []
    for figure in people:
        start, end = office(scene.text, figure.fullest.evidence.start, figure.fullest.evidence.end)
        inside = [one for one in scene.mentions if one.kind == "place" and start <= one.evidence.start < end]
        found += [scene.cast.of[one.id] for one in inside[:1]]
    return found


def _pair(figures: Sequence[Figure], detail: str) -> Meant:
    return Meant(tuple(figures), "joint", detail) if len(figures) == _TWO else NOBODY


def _has_role(figure: Figure, plural: str) -> bool:
    single = plural.removesuffix("s")
    return any(single in fold(role).split() for role in figure.roles)


def _has_office(figure: Figure) -> bool:
    return any(not nouns().office.isdisjoint(fold(role).split()) for role in figure.roles)


def _bodies(scene: Scene, at: int) -> list[Figure]:
    return [
        figure
        for figure in scene.cast.figures
        if figure.kind == "organization" and figure.mentions[0].evidence.start < at
    ]
