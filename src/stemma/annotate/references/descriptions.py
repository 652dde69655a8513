"""Descriptions of somebody whom the page names: "the North Korean leader", "the diplomat", "the agency"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure, name_words
from stemma.annotate.references.knowledge import nouns
from stemma.text.words import fold

_DEFINITE = re.compile(
    r"(?:the|this|that|his|her|its|their|our|my|your)\b|\w+(?:ian|ean|ese|ish)\b|(?:north|south) \w+"
)
_ARTICLE = re.compile(r"(?:the|this|that|his|her|its|their|our|my|your|same|said)\s+")
_HONOUR = re.compile(
    r"^(?:H\.\s?(?:R\.\s?)?[HEM]\.|(?:His|Her) (?:Royal |Serene )?(?:Highness|Excellency|Majesty),?) (?=the\b)"
)
_STATE_HEAD = re.compile(r"\b[Hh]ead of (?:the )?[Ss]tate\b")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_SPELLED = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_HEAD_END = re.compile(r"\b(?:of|for|in|at|on|from|to|who|which|with|said|by|and|whom|whose)\b|[,(]")
_WEAK = frozenset(
    [
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
        "our",
        "my",
        "your",
        "in",
        "at",
        "on",
        "to",
        "from",
        "own",
        "same",
    ]
)
_PRESS_SERVICE = re.compile(r"\bpress (?:service|office|department)\b")  #: it speaks for a body; it is no outlet
_REALM = re.compile(r"(?:Republic|Kingdom|Federation|Emirate|Sultanate|Principality) of ")
#: "President of ", "the Velorian foreign minister, ".
_OFFICE = re.compile(r"((?:[\w’'-]+ ){0,4}[A-Za-z-]+(?: (?:of|for)(?: the)?(?: [A-Z][\w-]+){0,3})?),? $")
_APPOSED = re.compile(r",\s((?:[\w’'-]+\s?){2,14})")
_OFFICE_REACH, _NAMES_LOOKED_AT = 70, 3
_BODIES_BACK = 300  #: mentions of bodies that are looked at: more than any page has, and a bound for the worst
_FIRM_BACK = 3  #: sentences back in which a name without "company" in it may be the company's
_STEM = 4  #: letters that "Russian" and "Russia", "Veloria" and "Velorian" share
#: Fits: the noun of the role itself, one that may stand for it, a further word in common; below ``_LEAST`` is none.
_NOUN, _LIKE, _SHARED, _LEAST = 1.0, 0.75, 0.5, 0.7
_UNSURE = 0.7  #: how sure a fit is that rests on a noun of like meaning, or on nearness; an estimate
_LONE = 0.65  #: how sure it is that the only person named is the one; an estimate
_UNTOLD = 0.2  #: less where the description names a country and the role none: "the Velorian leader", "the leader"


class Found(NamedTuple):
    """Whom a description means: a figure, or two who fit equally well, or nobody whom the page names."""

    figure: Figure | None = None
    detail: str = ""
    sure: float | None = None
    rivals: tuple[Figure, ...] = ()


_NOBODY = Found()


def is_definite(words: str) -> bool:
    """Whether the words are definite: "the diplomat", not "an official" or "officials"."""
    return _DEFINITE.match(words) is not None and not words.endswith("s officials")


def described(scene: Scene, span: tuple[int, int], spoken: Figure | None, *, whole: bool = False) -> Found:
    """The figure that a description fits, and why.

    ``spoken``: who spoke last; ``whole``: names that come after it count too, as for a headline.
    """
    words = plain(_usual(scene.text[slice(*span)]))
    head, at = head_of(words), len(scene.text) if whole else span[0]
    if head == "side":
        return _side(scene, words, span[0])
    if short := _short_name(scene, span, at):
        return Found(short, "short form of its name")
    if head in nouns().outlet and not _PRESS_SERVICE.search(words) and (head != "service" or "news" in words):
        return _body(scene, words, at, outlets=True)
    if head in nouns().body or _PRESS_SERVICE.search(words):
        return _body(scene, words, at, outlets=False)
    if head in nouns().person:
        return _person(scene, span, head, at, spoken)
    return _NOBODY


def _usual(raw: str) -> str:
    """A description without its honour, "the head of state" as president."""
    return _STATE_HEAD.sub("president", _HONOUR.sub("", raw, count=1))


def head_of(words: str) -> str:
    """The noun that a description is about, empty for none: the last before "of", "for" or a comma."""
    found = _WORD.findall(_HEAD_END.split(words, maxsplit=1)[0])
    return found[-1] if found else ""


def specific(raw: str) -> list[str]:
    """What sets a description apart from others of its noun: names of countries and offices, in small letters."""
    head = head_of(plain(raw))
    told = [
        (word, place)
        for place, word in enumerate(_SPELLED.findall(raw))
        if fold(word.removesuffix("'s").removesuffix("’s"))
    ]
    return [
        low
        for word, place in told
        if (low := fold(word).removesuffix("'s").removesuffix("’s")) != head
        and low not in _WEAK
        and (low in nouns().portfolio or (word[0].isupper() and place > 0))
    ]


# Bodies


def _short_name(scene: Scene, span: tuple[int, int], at: int) -> Figure | None:
    """The body or place whose name holds the capital words of the source: "the Emirate" of "Emirate of Luma"."""
    raw = _ARTICLE.sub("", scene.text[slice(*span)][:1].lower() + scene.text[slice(*span)][1:], count=1)
    words = set(name_words(raw))
    if not words or not raw[:1].isupper() or head_of(plain(raw)) in nouns().personal:
        return None
    fitting = [
        figure
        for figure in scene.cast.figures
        if figure.kind != "person" and figure.starts[0] < at and words <= set(name_words(figure.fullest.evidence.exact))
    ]
    return max(fitting, key=lambda figure: _last_place(figure, at), default=None)


def _last_place(figure: Figure, at: int) -> int:
    number = bisect_left(figure.starts, at)
    return figure.starts[number - 1] if number else -1


def _body(scene: Scene, words: str, at: int, *, outlets: bool) -> Found:
    """The last body named before that the noun names; without one the last outlet, where an outlet is meant.

    One without a name is meant by its noun alone: "the channel", and not by another's: "the state channel".
    """
    head, here = head_of(words), scene.place(at)
    bare = len(_content(words, head)) == 0
    last = bisect_right(scene.body_ends, at)
    outlet = None
    for one in reversed(scene.bodies[max(0, last - _BODIES_BACK) : last]):
        figure = scene.cast.of[one.id]
        if scene.place(one.evidence.start) is None or not (figure.is_named or bare):
            continue
        if _is_worded(scene, head, one.evidence.start, figure):
            return Found(figure, f"the last {head} named")
        there = scene.place(one.evidence.start)
        if bare and head in nouns().trade and here and there and here.sentence - there.sentence <= _FIRM_BACK:
            return Found(figure, f"the last body named before the {head}", _UNSURE)
        if outlet is None and one.kind == "outlet":
            outlet = figure
    return Found(outlet, "the last outlet named") if outlets and outlet else _NOBODY


def _is_worded(scene: Scene, head: str, start: int, figure: Figure) -> bool:
    """Whether the noun stands in the name of a body, or right before it ("the state agency SARVA")."""
    return head in plain(figure.fullest.evidence.exact) or plain(scene.text[max(0, start - 20) : start]).endswith(
        f" {head} "
    )


def is_realm(figure: Figure) -> bool:
    """Whether a place is named in full as a state: "Republic of Veloria"."""
    return figure.kind == "place" and _REALM.search(figure.fullest.evidence.exact) is not None


def _side(scene: Scene, words: str, at: int) -> Found:
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
    return Found(states[-1], "the state of the side") if states else _NOBODY


def _names(word: str, figure: Figure) -> bool:
    return any(akin(word, other) for other in _WORD.findall(plain(figure.fullest.evidence.exact)))


# Persons


def _person(scene: Scene, span: tuple[int, int], head: str, at: int, spoken: Figure | None) -> Found:
    """The person whose role fits best, of equals the one named last; a plain noun means the last speaker."""
    told = specific(_usual(scene.text[slice(*span)]))
    people = [
        figure
        for figure in scene.cast.figures
        if figure.kind == "person" and figure.starts[0] < at and fits_gender(head, figure)
    ]
    if head in nouns().general and (general := _plain_noun(head, told, spoken)).figure:
        return general
    fits = [(fitness(head, told, figure), figure) for figure in people]
    best = max((fit for fit, _ in fits), default=0.0)
    if best >= _LEAST:
        return _of_equals(scene, [figure for fit, figure in fits if fit == best], span[0], spoken, best)
    plainly = _plain_noun(head, told, spoken)
    if plainly.figure:
        return plainly
    return later if (later := _named_later(scene, span, head, told)).figure else _only_one(scene, head, told, people)


def _named_later(scene: Scene, span: tuple[int, int], head: str, told: list[str]) -> Found:
    """The only person of the role whom the page names further on, as leads do: "the speaker of the council said"."""
    if not scene.text[slice(*span)].lower().startswith("the ") or any(
        head == head_of(plain(one.mentions[0].evidence.exact)) for one in scene.strangers
    ):
        return _NOBODY
    fitting = [
        figure
        for figure in scene.cast.figures
        if figure.kind == "person"
        and figure.starts[0] >= span[1]
        and fits_gender(head, figure)
        and fitness(head, told, figure) >= _LEAST
        and any(head in _WORD.findall(plain(role)) for role in figure.roles)
    ]
    return Found(fitting[0], "named further on", _UNSURE) if len(fitting) == 1 else _NOBODY


def _only_one(scene: Scene, head: str, told: list[str], people: list[Figure]) -> Found:
    """The only person whom the page has named so far, where no office of his is told and nobody else is called so."""
    named = [figure for figure in people if figure.is_named and not figure.is_many]
    known = any(head == head_of(plain(one.mentions[0].evidence.exact)) for one in scene.strangers)
    if len(named) != 1 or told or known:
        return _NOBODY
    offices = {word for role in named[0].roles for word in _WORD.findall(plain(role))} & nouns().personal
    return _NOBODY if offices else Found(named[0], "the only person named", _LONE)


def _of_equals(scene: Scene, fitting: list[Figure], at: int, spoken: Figure | None, fit: float) -> Found:
    """The only one, else the last speaker, else the one named last; rivals where both stand in one sentence."""
    sure = None if fit >= _NOUN else _UNSURE
    if len(fitting) == 1:
        return Found(fitting[0], "role as worded", sure)
    if spoken is not None and any(figure is spoken for figure in fitting):
        return Found(spoken, "last speaker whose role fits", sure)
    fitting.sort(key=lambda figure: -_last_place(figure, at))
    places = [scene.place(_last_place(figure, at)) for figure in fitting[:2]]
    if places[0] is not None and places[1] is not None and places[0].sentence == places[1].sentence:
        return Found(None, "two whose roles fit", None, tuple(fitting[:2]))
    return Found(fitting[0], "last named whose role fits", _UNSURE)


def _plain_noun(head: str, told: list[str], spoken: Figure | None) -> Found:
    """Nobody's role fits: "the man" is the last speaker; "the minister" is where no role of his is told."""
    if spoken is None or not fits_gender(head, spoken):
        return _NOBODY
    general = head in nouns().general and not _clashes(told, spoken)
    if spoken.is_named and (general or (not told and not spoken.roles and head in nouns().office)):
        return Found(spoken, "last speaker")
    return _NOBODY


def fits_gender(head: str, figure: Figure) -> bool:
    """Whether the noun of a description may stand for somebody of the figure's gender."""
    told = "f" if head.endswith("woman") or head in nouns().feminine else "m" if head in nouns().masculine else None
    return told is None or figure.gender in {told, None}


def fitness(head: str, told: list[str], figure: Figure) -> float:
    """1 for the noun of the role (less for one that may stand for it), half for each word that sets it apart.

    A country or an office that no role of the figure has makes it somebody else.
    """
    best = 0.0
    for worded in figure.roles:
        role = {nouns().short.get(word, word) for word in _WORD.findall(plain(worded))}
        noun = _NOUN if head in role else _LIKE if nouns().same.get(head, frozenset()) & role else 0.0
        if not noun:
            continue
        strange = [word for word in told if not any(akin(word, other) for other in role)]
        if not strange:
            best = max(best, noun + _SHARED * len(told))
        elif not specific(worded) and not nouns().portfolio.intersection(strange):
            best = max(best, noun - _UNTOLD)
    return best


def _clashes(told: list[str], figure: Figure) -> bool:
    """Whether the description sets apart by words and the roles of the figure have others."""
    roles = [word for role in figure.roles for word in _WORD.findall(plain(role))]
    return bool(told) and not any(akin(word, other) for word in told for other in roles)


def _content(words: str, head: str) -> list[str]:
    return [word for word in _WORD.findall(words) if word not in _WEAK and word != head]


def akin(word: str, other: str) -> bool:
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


def roles_before(text: str, figure: Figure) -> list[str]:
    """Offices that stand right before the names of a person whose mentions have none: "President of Veloria Holt"."""
    found = (_OFFICE.search(text, max(0, start - _OFFICE_REACH), start) for start in figure.starts[:_NAMES_LOOKED_AT])
    words = figure.fullest.evidence.exact.split()
    told = [one.group(1) for one in found if one and head_of(plain(one.group(1))) in nouns().personal]
    return [f"{role} {words[0]}" if role.endswith((" of", " of the")) and len(words) > 1 else role for role in told]


#: Callings in which nobody speaks for a body: "author of", "professor at".
OFFICE_FREE = re.compile(
    r"\b(?:author|writer|professor|expert|analyst|columnist|journalist|correspondent|student)\b", re.IGNORECASE
)


def office(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch around a name that tells an office: the role before it, else the apposition after it.

    The name alone where neither has the noun of an office.
    """
    before = _OFFICE.search(text, max(0, start - _OFFICE_REACH), start)
    if before and not nouns().office.isdisjoint(_WORD.findall(plain(before.group(1)))):
        return before.start(), end
    after = _APPOSED.match(text, end)
    if after and not nouns().office.isdisjoint(_WORD.findall(plain(after.group(1)))):
        return start, after.end()
    return start, end
