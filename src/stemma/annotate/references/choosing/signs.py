"""What speaks for and against an answer to the question whom a source means."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Lately, rank
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.choosing.offers import SPOKE, Offer, Source, is_two, outers
from stemma.annotate.references.descriptions import akin, fitness, fits_gender, head_of, office
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.state import State, publishers
from stemma.annotate.references.strangers import again, is_many, kind_of

Sign = tuple[str, float]
_STEPS = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (9, "5-9"))
_FAR = "10"
_LATELY = 2


class Around(NamedTuple):
    """What is asked of the page once for all answers."""

    spoke: list[tuple[int, tuple[Figure, ...]]]
    outer: list[tuple[Figure, ...]]
    silent: list[Figure]
    again: Figure | None
    sentence: int
    paragraph: int
    order: dict[str, list[Figure]]  #: figures told before by kind, the latest first
    beside: dict[int, frozenset[str]]  #: the words around the names of each figure
    speaks: frozenset[str]  #: the words that tell who speaks around it, or spoke last
    publishers: list[Figure]
    most_told: list[Figure]  #: the places of the page, the most told first
    floor: int  #: where the sentences begin that are near by
    manner: str  #: how a description is put: "bare fresh" for "the guest" who was not called so before
    ranked: dict[int, float]  #: how far behind the best choice each figure is as the antecedent of a pronoun


def around(state: State, source: Source, offered: list[Offer]) -> Around:
    """What the page says around a source."""
    at = source.at
    place = state.scene.place(at)
    figures = [offer.figures[0] for offer in offered if offer.way == "figure"]
    order: dict[str, list[Figure]] = {}
    for figure in sorted(figures, key=lambda one: -_last(one, at)):
        if figure.starts[0] < at:
            order.setdefault(_group(figure), []).append(figure)
    return Around(
        list(state.spoken.lately(at, SPOKE)),
        outers(state, source.statement),
        state.silent(at),
        again(state.scene, source.statement.source[0], source.words, whole=state.is_title(at))
        if source.is_description
        else None,
        place.sentence if place else -1,
        place.paragraph if place else -1,
        order,
        {id(one): beside(state, one) for one in figures if one.is_named} if source.is_description else {},
        _office_of_speaker(state, source) if source.sort == "we" or _is_owned(source) else frozenset(),
        publishers(state) if source.sort in {"asked", "we", "none"} else [],
        sorted((one for one in figures if one.kind == "place"), key=lambda one: -len(one.starts))
        if source.sort == "we" or _is_owned(source)
        else [],
        state.scene.spans[max(0, place.sentence - _LATELY)][0] if place else 0,
        _manner(state, source),
        _ranked(state, source) if source.sort == "he" else {},
    )


def _manner(state: State, source: Source) -> str:
    if not source.is_description:
        return ""
    words = source.words.split()
    owned = words[0] in _OWNERS
    bare = "owned" if owned else "bare" if len(words) <= _BARE and words[0] in {"the", "this", "that"} else "full"
    return f"{bare} {'again' if state.is_told_before(source.head, source.span[0]) else 'fresh'}"


_BARE = 2  #: words of a description that sets nobody apart: "the guest"


def _ranked(state: State, source: Source) -> dict[int, float]:
    spoken = state.spoken.before(source.span[0], source.statement.depth)
    choices = rank(state.scene, *source.span, lately=Lately(spoken), barred=state.silent(source.span[0]))
    return {id(one.figure): choices[0].weight - one.weight for one in choices}


def _is_owned(source: Source) -> bool:
    return source.is_description and source.words.split(" ", 1)[0] in _OWNERS


_OWNERS = frozenset({"his", "her", "its", "their", "our", "my", "your"})


def beside(state: State, figure: Figure) -> frozenset[str]:
    """The words right before and after the first names of a figure."""
    text = state.scene.text
    found: set[str] = set()
    for one in figure.mentions[:_NAMES]:
        if one.named:
            start, end = one.evidence.start, one.evidence.end
            before = _BREAK.split(text[max(0, start - _BEFORE) : start])[-1]
            after = _BREAK.split(text[end : end + _AFTER], maxsplit=1)[0]
            found.update(_WORD.findall(f"{before} {after}".lower()))
    return frozenset(found)


def _office_of_speaker(state: State, source: Source) -> frozenset[str]:
    """The words for who speaks around a source, or who spoke last: his name, roles, and what stands beside it."""
    told = [figure for who in outers(state, source.statement)[:1] for figure in who]
    told = told or [figure for _, who in state.spoken.lately(source.span[0], 1) for figure in who]
    words: set[str] = set()
    for figure in told[:1]:
        for one in figure.mentions[:_NAMES]:
            start, end = office(state.scene.text, one.evidence.start, one.evidence.end)
            words.update(_WORD.findall(state.scene.text[start:end].lower()))
        words.update(_WORD.findall(" ".join(figure.roles).lower()))
    return frozenset(words)


_NAMES, _BEFORE, _AFTER = 4, 60, 90
_HANGS = re.compile(r"\b(?:of|in|from|to|at|between|with)\s(?:the\s)?$")
_BREAK = re.compile(r"[.;:!?\n“”\"«»]")
_WORD = re.compile(r"[^\W\d_]+")


def _group(figure: Figure) -> str:
    return figure.kind if figure.kind in {"person", "place", "work"} else "body"


def _last(figure: Figure, at: int) -> int:
    number = bisect_left(figure.starts, at)
    return figure.starts[number - 1] if number else -1


def signs(state: State, source: Source, offer: Offer, known: Around) -> list[Sign]:
    """The signs of one answer, each with how much of it there is."""
    found = [(offer.way, 1.0), *_ruled(source, offer)]
    if offer.way == "new":
        return [*found, *_new(state, source, known)]
    if offer.way == "nobody":
        return found + [("nobody, since two are near", 1.0)] * bool(source.ruled.rivals)
    spoken = list(_spoken(state, source, offer, known))
    found += spoken
    if source.is_description:
        found += [(f"{known.manner}, {name}", much) for name, much in spoken if name.startswith(("spoke", "speaks"))]
    if offer.way == "joint":
        found += _joint(source, offer, known)
    if len(offer.figures) == 1:
        found += _told(state, source, offer.figures[0], known)
        if source.is_description:
            found += _described(source, offer.figures[0], known)
    return found


def _ruled(source: Source, offer: Offer) -> Iterator[Sign]:
    ruled = source.ruled
    mine = {id(figure) for figure in offer.figures}
    if offer.figures and mine == {id(figure) for figure in ruled.figures}:
        yield "ruled", 1.0
        yield f"ruled: {ruled.rule}: {ruled.detail}", 1.0
        if ruled.sure is not None:
            yield "ruled, as sure", ruled.sure - 0.8
    elif any(id(figure) in mine for figure in ruled.rivals):
        yield "rival", 1.0
    elif not offer.figures and not ruled.figures:
        yield "ruled nobody", 1.0


def _spoken(state: State, source: Source, offer: Offer, known: Around) -> Iterator[Sign]:
    """Signs of who has spoken before, and whose words stand around."""
    mine = {id(figure) for figure in offer.figures}
    number = next((n for n, (_, who) in enumerate(known.spoke) if mine == {id(one) for one in who}), None)
    if number is not None:
        yield from _spoke(state, source, offer, known, number)
    elif any(mine & {id(one) for one in who} for _, who in known.spoke):
        yield "spoke with others", 1.0
    silent = any(id(one) in mine for one in known.silent)
    for depth, who in enumerate(known.outer[:2]):
        if mine == {id(one) for one in who}:
            yield f"speaks around it, {depth}{', quoted' if silent else ''}", 1.0
    if silent:
        yield "speaks the quotation around it", 1.0
    for name, figure in (("author", state.author), ("interviewed", state.answers)):
        if figure and mine == {id(figure)}:
            yield name, 1.0


def _spoke(state: State, source: Source, offer: Offer, known: Around, number: int) -> Iterator[Sign]:
    """Signs of one who spoke before: ``number`` speakers lie between."""
    yield f"spoke {min(number, 3)} before", 1.0
    if len(offer.figures) == 1 and not offer.figures[0].is_named:
        yield f"stranger, spoke {min(number, 1)} before", 1.0
        if offer.figures == source.ruled.figures:
            yield f"ruled, a stranger, spoke {min(number, 1)} before", 1.0
    place = state.scene.place(known.spoke[number][0])
    if place and number == 0:
        apart = known.paragraph - place.paragraph
        yield f"spoke last, {min(max(apart, 0), _LATELY)} paragraphs back", 1.0
        yield f"spoke last, {_step(known.sentence - place.sentence)} sentences back", 1.0


def _joint(source: Source, offer: Offer, known: Around) -> Iterator[Sign]:
    """Signs of two who are told together."""
    kinds = {_group(one) for one in offer.figures}
    kind = kinds.pop() if len(kinds) == 1 else "several kinds"
    two = "two" if is_two(source.words) else "many"
    yield f"joint of {kind}, {two}", 1.0
    yield f"joint of {kind}, {two}, {_class(source)}", 1.0
    mine = {id(one) for one in offer.figures}
    if mine <= {id(one) for _, who in known.spoke[:3] for one in who}:
        yield "both spoke lately", 1.0
    if all(known.floor <= _last(one, source.at) for one in offer.figures):
        yield "both told near by", 1.0


def _step(count: int) -> str:
    return next((name for most, name in _STEPS if count <= most), _FAR)


def _told(state: State, source: Source, figure: Figure, known: Around) -> Iterator[Sign]:
    """Signs of what the page tells of a figure, and where."""
    scene = state.scene
    yield f"kind {_group(figure)}", 1.0
    yield "named" if figure.is_named else "stranger", 1.0
    before = bisect_left(figure.starts, source.at)
    yield "times told", math.log1p(before)
    if before:
        yield from _place(state, figure, known, figure.starts[before - 1])
    said = ", quoted" if source.statement.kind == "direct" else ""
    content = source.statement.content
    inside = any(bisect_left(figure.starts, p.start) < bisect_left(figure.starts, p.end) for p in content)
    for name, holds in (
        ("many", figure.is_many),
        ("told later alone", not before),
        ("in the title", _is_in_title(state, figure)),
        ("first of the page", bool(scene.cast.figures) and figure is scene.cast.figures[0]),
        ("publishes the page", any(figure is one for one in known.publishers)),
        ("not met before", figure.mentions[0].id not in scene.cast.of),
        (f"told of in these words{said}", inside),
    ):
        if holds:
            yield name, 1.0
    yield from _among_its_kind(figure, known)
    yield from _of_state(figure, known)
    if figure.is_named and figure.kind == "person":
        yield from _as_a_name(scene.text, figure)
    if source.sort == "he":
        yield from _as_antecedent(source, figure, known)


def _is_in_title(state: State, figure: Figure) -> bool:
    return any(bisect_left(figure.starts, start) < bisect_left(figure.starts, end) for start, end in state.heads)


def _among_its_kind(figure: Figure, known: Around) -> Iterator[Sign]:
    same = known.order.get(_group(figure), [])
    number = next((n for n, one in enumerate(same) if one is figure), None)
    if number is not None:
        yield f"nearest of its kind, {min(number, 2)}", 1.0
        if known.manner:
            yield f"{known.manner}, nearest of its kind, {min(number, 2)}", 1.0
        if len(same) == 1:
            yield "only one of its kind", 1.0


def _as_a_name(text: str, figure: Figure) -> Iterator[Sign]:
    """Signs that what was taken for a person's name may be a place's: "the ambassador of Qarab"."""
    hanging = [_HANGS.search(text, max(0, start - 12), start) is not None for start in figure.starts[:_NAMES]]
    yield "behind a preposition", sum(hanging) / len(hanging)
    if len(figure.fullest.evidence.exact.split()) == 1:
        yield "one word alone", 1.0
        yield "one word, behind a preposition", sum(hanging) / len(hanging)


def _as_antecedent(source: Source, figure: Figure, known: Around) -> Iterator[Sign]:
    gender = "f" if source.words in nouns().female else "m"
    behind = known.ranked.get(id(figure))
    yield ("unfit for a pronoun", 1.0) if behind is None else ("behind as antecedent", min(behind, _FAR_BEHIND))
    yield (
        ("gender open" if figure.gender is None else "gender right" if figure.gender == gender else "gender wrong"),
        1.0,
    )


def _of_state(figure: Figure, known: Around) -> Iterator[Sign]:
    if known.speaks and figure.kind in {"place", "organization"}:
        words = _WORD.findall(plain(figure.fullest.evidence.exact))
        if any(akin(mine, word) for mine in known.speaks for word in words if len(word) > _SHORT):
            yield f"told of who speaks, {figure.kind}", 1.0
    for number, one in enumerate(known.most_told[:2]):
        if one is figure:
            yield f"told most of places, {number}", 1.0


_SHORT = 3
_FAR_BEHIND = 4.0


def _place(state: State, figure: Figure, known: Around, start: int) -> Iterator[Sign]:
    scene = state.scene
    place = scene.place(start)
    if place is None:
        yield "told outside the story", 1.0
        return
    yield f"told {_step(known.sentence - place.sentence)} sentences back", 1.0
    yield f"told {min(max(known.paragraph - place.paragraph, 0), 3)} paragraphs back", 1.0
    if known.sentence - place.sentence <= _LATELY:
        yield "subject", scene.subjecthood(figure.mentions[bisect_left(figure.starts, start)])


def _class(source: Source) -> str:
    """What sort of noun a description has."""
    head, known = source.head, nouns()
    single = head.removesuffix("s")
    for name, words in (
        ("for a state", _FOR_STATES), ("voice", known.voice), ("document", known.document), ("outlet", known.outlet),
        ("office", known.office), ("general", known.general), ("body", known.body), ("person", known.person),
    ):  # fmt: skip
        if single in words or head in words:
            return name
    return "other"


_FOR_STATES = frozenset({"side", "government", "delegation", "country", "nation", "state", "army", "capital"})


def _described(source: Source, figure: Figure, known: Around) -> Iterator[Sign]:
    """Signs that a description fits a figure, or does not."""
    words, head = source.words, source.head
    name = plain(figure.fullest.evidence.exact)
    kind = f"{_group(figure)}{'' if figure.is_named else ' without a name'}"
    yield f"noun: {_class(source)}, {kind}", 1.0
    inside = figure.is_named and set(_WORD.findall(name)) <= set(_WORD.findall(words))
    for sign, holds in (
        (f"name in the words, {_class(source)}", inside),
        ("described so before", figure is known.again),
        ("kind of the noun", kind_of(words) == figure.kind),
        ("other number", is_many(words) != figure.is_many),
        ("wrong gender", not fits_gender(head, figure)),
    ):
        if holds:
            yield sign, 1.0
    if figure.is_named:
        yield from _named(source, figure, name, known)
    else:
        yield ("same noun" if head == head_of(name) else "other noun"), 1.0
    told = plain(" ".join((*figure.roles, name))).split()
    shared = sum(any(akin(word, other) for other in told) for word in source.told)
    if source.told:
        yield "words that set apart, shared", shared / len(source.told)
        yield "words that set apart, strange", 1 - shared / len(source.told)


def _named(source: Source, figure: Figure, name: str, known: Around) -> Iterator[Sign]:
    """Signs that the noun of a description is that of a role, of a name, or stands beside one."""
    head = source.head
    yield "fit", fitness(head, list(source.told), figure)
    like, role = nouns().same.get(head, frozenset()), set(plain(" ".join(figure.roles)).split())
    if role:
        yield f"{'' if head in role else 'like ' if role & like else 'other '}noun of the role", 1.0
    if head in name.split():
        yield "noun in the name", 1.0
    near = known.beside.get(id(figure), frozenset())
    if head in near:
        yield "noun beside the name", 1.0
        if sum(head in other for other in known.beside.values()) == 1:
            yield "noun beside this name alone", 1.0
    elif near & like:
        yield "like noun beside the name", 1.0


def _new(state: State, source: Source, known: Around) -> Iterator[Sign]:
    words, head = source.words, source.head
    first = words.split()[0] if words else ""
    yield f"new: {first if first in _FIRST else 'other'}", 1.0
    yield f"new, noun: {_class(source)}", 1.0
    if known.again is not None:
        yield "new, described so before", 1.0
    if source.told:
        yield "new, set apart", 1.0
    if any(head in near for near in known.beside.values()):
        yield "new, noun beside a name", 1.0
        yield f"new, noun beside a name, {known.manner}", 1.0
    yield f"new, {known.manner}", 1.0
    yield f"new, {known.manner}, {_class(source)}", 1.0
    count = len(words.split())
    yield f"new, {min(count, 5)} words", 1.0
    if " of " in words or " who " in words or " in " in words:
        yield "new, told at length", 1.0
    if source.statement.kind == "transcript":
        yield "new, turn", 1.0
    if state.is_title(source.span[0]):
        yield "new, title", 1.0


_FIRST = frozenset({"the", "his", "her", "its", "their", "this", "that", "our", "my", "your"})
