"""Descriptions as sources: "the North Korean leader", "the diplomat", "the agency"."""

from __future__ import annotations

import re
from bisect import bisect_right

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.knowledge import nouns

_DEFINITE = re.compile(r"(?:the|this|that|his|her|its|their|our)\b|\w+(?:ian|ean|ese|ish)\b|(?:north|south) \w+")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_HEAD_END = re.compile(r"\b(?:of|for|in|at|on|from|to|who|which|with|said|by|and)\b|,")
_WEAK = frozenset(
    {
        "the",
        "of",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "this",
        "that",
        "and",
        "for",
        "s",
        "former",
        "current",
        "top",
        "senior",
    }
)
_PLAIN_NOUN = 1.25  #: a fit below this rests on a noun of like meaning alone
_PRESS_SERVICE = re.compile(r"\bpress (?:service|office|department)\b")  #: it speaks for a body; it is no outlet
_REALM = re.compile(r"(?:Republic|Kingdom|Federation|Emirate|Sultanate|Principality) of ")
_BODIES_BACK = 300  #: mentions of bodies that are looked at: more than any page has, and a bound for the worst
_STEM = 4  #: letters that "Russian" and "Russia", "Veloria" and "Velorian" share


def is_description(words: str) -> bool:
    """Whether the words are definite: "the diplomat", not "an official" or "officials"."""
    return _DEFINITE.match(words) is not None and not words.endswith("s officials")


def described(scene: Scene, words: str, span: tuple[int, int], spoken: Figure | None) -> tuple[Figure | None, str]:
    """The figure that a description fits, and why; None where none or several do."""
    head = head_of(words)
    if head == "side":
        return _side(scene, words, span[0])
    if head in nouns().outlet and not _PRESS_SERVICE.search(words):
        return _body(scene, head, span[0], outlets=True)
    if head in nouns().body or _PRESS_SERVICE.search(words):
        return _body(scene, head, span[0], outlets=False)
    if head in nouns().personal:
        return _person(scene, words, head, span[0], spoken)
    return None, ""


def head_of(words: str) -> str:
    """The noun that a description is about, empty for none: the last before "of", "for" or a comma."""
    found = _WORD.findall(_HEAD_END.split(words, maxsplit=1)[0])
    return found[-1] if found else ""


def _body(scene: Scene, head: str, at: int, *, outlets: bool) -> tuple[Figure | None, str]:
    """The last body named before that the noun names; without one the last outlet, where an outlet is meant."""
    last = bisect_right(scene.body_ends, at)
    outlet = None
    for one in reversed(scene.bodies[max(0, last - _BODIES_BACK) : last]):
        figure = scene.cast.of[one.id]
        if scene.place(one.evidence.start) is None:
            continue
        if _is_worded(scene, head, one.evidence.start, figure):
            return figure, f"the last {head} named"
        if outlet is None and one.kind == "outlet":
            outlet = figure
    return (outlet, "the last outlet named") if outlets and outlet else (None, "")


def _is_worded(scene: Scene, head: str, start: int, figure: Figure) -> bool:
    """Whether the noun stands in the name of a body, or right before it ("the state agency SARVA")."""
    return head in plain(figure.fullest.evidence.exact) or plain(scene.text[max(0, start - 20) : start]).endswith(
        f" {head} "
    )


def is_realm(figure: Figure) -> bool:
    """Whether a place is named in full as a state: "Republic of Veloria"."""
    return figure.kind == "place" and _REALM.search(figure.fullest.evidence.exact) is not None


def _side(scene: Scene, words: str, at: int) -> tuple[Figure | None, str]:
    """The state of "the Velorian side": its full name where the page has one."""
    told = [word for word in _content(words, "side") if word != "other"]
    states = [
        figure
        for figure in scene.cast.figures
        if figure.kind == "place"
        and (figure.starts[0] < at or is_realm(figure))
        and any(_names(word, figure) for word in told)
    ]
    states.sort(key=lambda figure: (is_realm(figure), figure.fullest.confidence, -figure.starts[0]))
    return (states[-1], "the state of the side") if states else (None, "")


def _names(word: str, figure: Figure) -> bool:
    return any(_akin(word, other) for other in _WORD.findall(plain(figure.fullest.evidence.exact)))


def _person(scene: Scene, words: str, head: str, at: int, spoken: Figure | None) -> tuple[Figure | None, str]:
    """The person named before whose roles fit best; the last speaker where none is told."""
    people = [
        figure
        for figure in scene.cast.figures
        if figure.kind == "person" and figure.mentions[0].evidence.start < at and _fits_gender(head, figure)
    ]
    told = [(_fit(words, head, figure), figure) for figure in people]
    best = max((fit for fit, _ in told), default=0.0)
    fitting = [figure for fit, figure in told if fit == best and best > 0]
    if (
        best < _PLAIN_NOUN
        and spoken is not None
        and any(spoken is figure for figure in people)
        and not _clashes(words, spoken)
    ):
        return spoken, "last speaker"
    if len(fitting) == 1:
        return fitting[0], "role as worded"
    if fitting and any(figure is spoken for figure in fitting):
        return spoken, "last speaker whose role fits"
    if (
        spoken is not None
        and spoken.kind == "person"
        and not fitting
        and any(spoken is figure for figure in people)
        and not _clashes(words, spoken)
    ):
        return spoken, "last speaker"
    if not fitting and len(people) == 1:
        return people[0], "the only person named"
    return None, ""


def _fits_gender(head: str, figure: Figure) -> bool:
    told = "f" if head.endswith("woman") else "m" if head.endswith("man") else None
    return told is None or figure.gender in {told, None}


def _fit(words: str, head: str, figure: Figure) -> float:
    """1 for the noun of the role (or one that may stand for it), half for each further word shared."""
    roles = [set(_WORD.findall(plain(role))) for role in figure.roles]
    best = 0.0
    for role in roles:
        noun = 1.0 if head in role else 0.75 if nouns().same.get(head, frozenset()) & role else 0.0
        shared = sum(any(_akin(word, other) for other in role) for word in _content(words, head))
        if noun and (shared or not _content(words, head)):
            best = max(best, noun + 0.5 * shared + 0.25)
        elif noun:
            best = max(best, noun - 0.25)
    return best


def _clashes(words: str, figure: Figure) -> bool:
    """Whether the description names a country and the roles of the figure name others only."""
    content = _content(words, head_of(words))
    roles = [word for role in figure.roles for word in _WORD.findall(plain(role))]
    named = [word for word in content if word.endswith(("an", "ish", "ese", "i"))]
    others = [word for word in roles if word.endswith(("ian", "ean", "ish", "ese"))]
    return bool(named and others) and not any(_akin(word, other) for word in named for other in roles)


def _content(words: str, head: str) -> list[str]:
    return [word for word in _WORD.findall(words) if word not in _WEAK and word != head]


def _akin(word: str, other: str) -> bool:
    """Equal, or an adjective and its country by their first letters; "DPRK" is North Korean."""
    if word == other:
        return True
    if other in {"dprk", "pyongyang"}:
        return word in {"north", "korean", "dprk"}
    if other in {"rok", "seoul"}:
        return word in {"south", "korean", "rok"}
    shared = min(len(word), len(other))
    return (
        shared >= _STEM
        and word[:_STEM] == other[:_STEM]
        and (word.endswith(("an", "ish", "ese")) or other.endswith(("an", "ish", "ese")))
    )
