"""Descriptions of somebody whom the page names: "the North Korean leader", "the diplomat", "the agency"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from stemma.annotate.mentions.lexicon import lexicon, plain
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure, name_words
from stemma.annotate.references.descriptions.fitting import (
    BODIES_BACK,
    LEAST,
    NOBODY,
    NOUN,
    UNSURE,
    WORD,
    Found,
    akin,
    clashes,
    content,
    fitness,
    fits_gender,
    head_of,
    is_definite,
    specific,
    usual,
)
from stemma.annotate.references.descriptions.foretold import foretold, named_later
from stemma.annotate.references.descriptions.offices import (
    OFFICE_FREE,
    has_no_office,
    kinds_beside,
    office,
    roles_before,
    roles_of_places,
)
from stemma.annotate.references.knowledge import nouns
from stemma.records import Mention

__all__ = [
    "OFFICE_FREE", "Found", "akin", "described", "fitness", "fits_gender", "foretold", "has_no_office", "head_of",
    "is_definite", "is_realm", "office", "roles_before", "roles_of_places", "specific", "usual",
]  # fmt: skip

_ARTICLE = re.compile(r"(?:the|this|that|his|her|its|their|our|my|your|same|said)\s+")
_PRESS_SERVICE = re.compile(r"\bpress (?:service|office|department)\b")  #: it speaks for a body; it is no outlet
_REALM = re.compile(r"(?:Republic|Kingdom|Federation|Emirate|Sultanate|Principality) of ")
_FIRM_BACK = 3  #: sentences back in which a name without "company" in it may be the company's
_AGED = re.compile(r"(?:the|this) (\d{1,3})-year-old")
_NEAR = 2  #: sentences back in which somebody is near
_AGES_BACK = 60  #: names of persons before an age that are looked at
_LONE = 0.65  #: how sure it is that the only person named is the one; an estimate


def described(scene: Scene, span: tuple[int, int], spoken: Figure | None, *, whole: bool = False) -> Found:
    """The figure that a description fits, and why.

    ``spoken``: who spoke last; ``whole``: names that come after it count too, as for a headline.
    """
    words = plain(usual(scene.text[slice(*span)]))
    head, at = head_of(words), len(scene.text) if whole else span[0]
    if head == "side":
        return _side(scene, words, span[0])
    if short := _short_names(scene, span, at):
        return Found(short[-1], "short form of its name" if len(short) == 1 else "short form of several")
    if head in nouns().outlet and not _PRESS_SERVICE.search(words) and _is_of_news(head, words):
        return _body(scene, words, at, outlets=True)
    if head in nouns().body or head == "agency" or _PRESS_SERVICE.search(words):
        return _body(scene, words, at, outlets=False)
    if head in _ITEMS and (outlet := _printed_by(scene, span)):
        return Found(outlet, "whose item it is", UNSURE)
    if head in _PARTIES and (party := _party(scene, head, at)):
        return Found(party, f"the {head} as told")
    if head in nouns().person or head in lexicon().title:
        return _person(scene, span, head, at, spoken)
    return _aged(scene, words, at, spoken)


def _printed_by(scene: Scene, span: tuple[int, int]) -> Figure | None:
    """The outlet that an article or a bulletin names as its own, else the last one told near before: "its headline"."""
    first, last = bisect_left(scene.mention_starts, span[0]), bisect_left(scene.mention_starts, span[1])
    inside = [one for one in scene.mentions[first:last] if one.kind != "person"]
    if inside:
        return scene.cast.of[inside[0].id] if inside[0].kind == "outlet" else None
    here, stop = scene.place(span[0]), bisect_right(scene.body_ends, span[0])
    for one in reversed(scene.bodies[max(0, stop - _ITEMS_BACK) : stop]):
        there = scene.place(one.evidence.start)
        if one.kind == "outlet" and one.named and here and there and here.sentence - there.sentence <= _NEAR:
            return scene.cast.of[one.id]
    return None


_ITEMS = frozenset(
    {"article", "editorial", "headline", "commentary", "dispatch", "broadcast", "bulletin", "site", "column"}
)
_ITEMS_BACK = 12  #: bodies before an item that are looked at


def _party(scene: Scene, head: str, at: int) -> Figure | None:
    """The last person told before who receives ("host") or is received ("guest")."""
    before = scene.people[: bisect_left(scene.begins, at)]
    for one in reversed(before[-_AGES_BACK:]):
        start, end = one.evidence.start, one.evidence.end
        if head == "host" and _RECEIVES.match(scene.text, end):
            return scene.cast.of[one.id]
        if head != "host" and _IS_RECEIVED.search(scene.text, max(0, start - _PARTY_REACH), start):
            return scene.cast.of[one.id]
    return None


_PARTIES = frozenset({"host", "guest", "visitor"})
_RECEIVES = re.compile(r",? (?:received|hosted|welcomed|greeted|met|(?:had|held) (?:a |the )?talks?|gave a)\b")
_IS_RECEIVED = re.compile(
    r"\b(?:received|hosted|welcomed|greeted|met|talks? with|conversation with|hono[u]?r of|visit of|visiting)"
    r"(?: (?!by\b|and\b)[\w’'-]+){0,8} $"
)
_PARTY_REACH = 100  #: characters before a name in which it is told that somebody is received


def _aged(scene: Scene, words: str, at: int, spoken: Figure | None) -> Found:
    """Whom "the 24-year-old" means: the person of this age, else the last who spoke or was named."""
    aged = _AGED.fullmatch(words)
    if aged is None:
        return NOBODY
    before = [one for one in scene.people[: bisect_left(scene.begins, at)] if scene.cast.of[one.id].is_named]
    told = re.compile(rf",? \(?(?:aged )?{aged[1]}\b")
    for one in reversed(before[-_AGES_BACK:]):
        if told.match(scene.text, one.evidence.end):
            return Found(scene.cast.of[one.id], "the age told")
    here = scene.place(at)
    if (
        before
        and here
        and (there := scene.place(before[-1].evidence.start))
        and here.sentence - there.sentence <= _NEAR
    ):
        return Found(scene.cast.of[before[-1].id], "last named", UNSURE)
    return Found(spoken, "last speaker") if spoken is not None and spoken.is_named else NOBODY


def _is_of_news(head: str, words: str) -> bool:
    """Whether an agency or service is one of news: "the agency", "the state news agency", not "the aid agency"."""
    if head == "service":
        return "news" in words
    before = content(words.split(head, 1)[0], head) if head == "agency" else []
    return not before or not _NEWS.isdisjoint(before)


_NEWS = frozenset(
    [
        "news",
        "press",
        "information",
        "state",
        "telegraph",
        "official",
        "wire",
        "same",
        "national",
        "local",
        "domestic",
        "foreign",
    ]
)


def _short_names(scene: Scene, span: tuple[int, int], at: int) -> list[Figure]:
    """The bodies and places whose names hold the capital words of the source: "the Emirate" of "Emirate of Luma".

    In the order in which they were told last.
    """
    raw = _ARTICLE.sub("", scene.text[slice(*span)][:1].lower() + scene.text[slice(*span)][1:], count=1)
    words = set(name_words(raw))
    if not words or not raw[:1].isupper() or head_of(plain(raw)) in nouns().personal:
        return []
    fitting = [
        figure
        for figure in scene.cast.figures
        if figure.kind != "person" and figure.starts[0] < at and words <= set(name_words(figure.fullest.evidence.exact))
    ]
    return sorted(fitting, key=lambda figure: _last_place(figure, at))


def _last_place(figure: Figure, at: int) -> int:
    number = bisect_left(figure.starts, at)
    return figure.starts[number - 1] if number else -1


def _body(scene: Scene, words: str, at: int, *, outlets: bool) -> Found:
    """The last body named before that the noun names; without one the last outlet, where an outlet is meant.

    One without a name is meant by its noun alone: "the channel", and not by another's: "the state channel".
    """
    head, here = head_of(words), scene.place(at)
    bare = len(content(words, head)) == 0
    last = bisect_right(scene.body_ends, at)
    outlet = None
    for one in reversed(scene.bodies[max(0, last - BODIES_BACK) : last]):
        figure = scene.cast.of[one.id]
        if scene.place(one.evidence.start) is None or not (figure.is_named or bare):
            continue
        if head == "agency" and not outlets and figure.kind == "outlet":
            continue
        if _is_worded(scene, head, one, figure):
            return Found(figure, f"the last {head} named")
        there = scene.place(one.evidence.start)
        if bare and head in nouns().trade and here and there and here.sentence - there.sentence <= _FIRM_BACK:
            return Found(figure, f"the last body named before the {head}", UNSURE)
        if outlet is None and one.kind == "outlet":
            outlet = figure
    return Found(outlet, "the last outlet named") if outlets and outlet else NOBODY


def _is_worded(scene: Scene, head: str, one: Mention, figure: Figure) -> bool:
    """Whether the noun stands in the name of a body or calls it so beside ("the state agency SARVA")."""
    if not figure.is_named:
        return head == head_of(plain(figure.fullest.evidence.exact))
    beside = kinds_beside(scene.text, one.evidence.start, one.evidence.end)
    return head in plain(figure.fullest.evidence.exact) or head in beside


def is_realm(figure: Figure) -> bool:
    """Whether a place is named in full as a state: "Republic of Veloria"."""
    return figure.kind == "place" and _REALM.search(figure.fullest.evidence.exact) is not None


def _side(scene: Scene, words: str, at: int) -> Found:
    """The state of "the Velorian side": its full name where the page has one."""
    told = [word for word in content(words, "side") if word != "other"]
    states = [
        figure
        for figure in scene.cast.figures
        if figure.kind == "place"
        and (figure.starts[0] < at or is_realm(figure))
        and any(_names(word, figure) for word in told)
    ]
    states.sort(key=lambda figure: (is_realm(figure), figure.fullest.confidence, -figure.starts[0]))
    return Found(states[-1], "the state of the side") if states else NOBODY


def _names(word: str, figure: Figure) -> bool:
    return any(akin(word, other) for other in WORD.findall(plain(figure.fullest.evidence.exact)))


def _person(scene: Scene, span: tuple[int, int], head: str, at: int, spoken: Figure | None) -> Found:
    """The person whose role fits best, of equals the one named last; a plain noun means the last speaker."""
    told = specific(usual(scene.text[slice(*span)]))
    people = [figure for figure in _told_before(scene, at) if fits_gender(head, figure)]
    if head in nouns().general and (general := _plain_noun(head, told, spoken)).figure:
        return general
    fits = [(fitness(head, told, figure), figure) for figure in people]
    best = max((fit for fit, _ in fits), default=0.0)
    if best >= LEAST:
        return _of_equals(scene, [figure for fit, figure in fits if fit == best], span[0], spoken, best)
    plainly = _plain_noun(head, told, spoken)
    if plainly.figure:
        return plainly
    return later if (later := named_later(scene, span, head, told)).figure else _only_one(scene, head, told, people)


def _told_before(scene: Scene, at: int) -> list[Figure]:
    """The persons named before a place, of very many the last ones, in the order in which the page brings them."""
    stop = bisect_left(scene.begins, at)
    found = {
        id(figure): figure
        for one in scene.people[max(0, stop - _MOST_NAMES) : stop]
        if (figure := scene.cast.of[one.id])
    }
    return sorted(found.values(), key=lambda figure: figure.starts[0])


_MOST_NAMES = 250  #: names of persons before a description that are looked at: more than any article has


def _only_one(scene: Scene, head: str, told: list[str], people: list[Figure]) -> Found:
    """The only person whom the page has named so far, where no office of his is told and nobody else is called so."""
    named = [figure for figure in people if figure.is_named and not figure.is_many]
    known = any(head == head_of(plain(one.mentions[0].evidence.exact)) for one in scene.strangers)
    if len(named) != 1 or told or known or head not in nouns().person:
        return NOBODY
    offices = {word for role in named[0].roles for word in WORD.findall(plain(role))} & nouns().personal
    return NOBODY if offices or not has_no_office(named[0]) else Found(named[0], "the only person named", _LONE)


def _of_equals(scene: Scene, fitting: list[Figure], at: int, spoken: Figure | None, fit: float) -> Found:
    """The only one, else the last speaker, else the one named last; rivals where both stand in one sentence."""
    sure = None if fit >= NOUN else UNSURE
    if len(fitting) == 1:
        return Found(fitting[0], "role as worded", sure)
    if spoken is not None and any(figure is spoken for figure in fitting):
        return Found(spoken, "last speaker whose role fits", sure)
    fitting.sort(key=lambda figure: -_last_place(figure, at))
    places = [scene.place(_last_place(figure, at)) for figure in fitting[:2]]
    if places[0] is not None and places[1] is not None and places[0].sentence == places[1].sentence:
        return Found(None, "two whose roles fit", None, tuple(fitting[:2]))
    return Found(fitting[0], "last named whose role fits", UNSURE)


def _plain_noun(head: str, told: list[str], spoken: Figure | None) -> Found:
    """Nobody's role fits: "the man" is the last speaker; "the minister" is where no role of his is told."""
    if spoken is None or not fits_gender(head, spoken):
        return NOBODY
    general = head in nouns().general and not clashes(told, spoken)
    if spoken.is_named and (general or (not told and not spoken.roles and head in nouns().office)):
        return Found(spoken, "last speaker")
    return NOBODY
