"""Keys under which mentions meet, and judgements between those that share one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from stemma.records import Judgement, Mention, MentionKind
from stemma.resolve import bodies, persons
from stemma.resolve.comparing import Comparison, compare
from stemma.resolve.meeting import handles
from stemma.resolve.meeting.company import Company, Pair
from stemma.resolve.meeting.nearness import UNSURE, near
from stemma.resolve.spelling.parse import parse

BY = "resolve/5"
CROWDED = 64  #: names of one key from which on mere doubts are not told: 10,000 generated pages gave 20 to a name
NEARLY = 0.5  #: score from which an unsure judgement of two names is told all the same
_NEAR = 0.05  #: lowest score of a pair that is worth a "different": names so near that a reader might join them
_ALONE, _INITIAL, _LOOSELY = (f"person:{sort}" for sort in (handles.ALONE, handles.INITIAL, handles.LOOSELY))
_OF_TWO_SORTS = (_ALONE, _INITIAL, _LOOSELY)
_EASTERN = "eastern"  #: what names have in common that are read as Korean or Chinese, under keys of words
_COMPANY = 3  #: names of a key from which others can speak for or against a pair
_FEW = 7  #: names of one kind up to which all are compared: laying them out as arrays costs more
#: Full names with one word in common up to which a name of that word alone is laid beside each.
NAMESAKES = 32


class _Keys(NamedTuple):
    """The keys of a name, each part in order: of its syllables, of its words, and such as names of two sorts share."""

    syllables: tuple[str, ...]
    words: tuple[str, ...]
    of_two_sorts: tuple[str, ...]


def keys(mention: Mention) -> list[str]:
    """The keys of a mention: its kind with the sounds of its words, or with what all romanisations share.

    Frequent names make no key of their own; two forms that can be judged the same share at least one key.
    """
    found = _keys(mention.evidence.exact, mention.kind)
    return sorted((*found.syllables, *found.words, *found.of_two_sorts))


@lru_cache(maxsize=131_072)  # a key of a large archive asks for the keys of all its names
def _keys(name: str, kind: MentionKind) -> _Keys:
    if kind != "person":
        return _Keys((), tuple(f"{'body' if kind != 'place' else kind}:{key}" for key in bodies.keys(name)), ())
    found = sorted(set(handles.keys(name)))
    some = ([key for key in found if handles.sort_of(key) == sort] for sort in ("syllables", "words", "two sorts"))
    return _Keys(*(tuple(f"person:{key}" for key in each) for each in some))


def judge(mentions: Sequence[Mention], key: str = "") -> list[Judgement]:
    """Judgements between mentions that share a key: same, unsure, and different for names near enough to be confused.

    A name that says less and fits two that differ ("Sergei Petrov" with two patronymics) is unsure for both,
    so that it never joins them. Among very many names only what joins them, or nearly does, is told.

    Under a ``key`` only pairs are told that meet under none before it, so that each is told once. Under one of words
    that stand alone ("Petrov") such names are laid beside the others, where those are few enough; under one of loose
    sounds names in eastern letters beside others; under one of beginnings names with initials beside what these may
    stand for.
    """
    ordered = sorted(mentions, key=_id)
    if key.startswith(_ALONE):
        return _alone(ordered)
    crowded = len(ordered) > CROWDED
    apart = _told_apart(ordered, key)
    near = _near(ordered, crowded=crowded) if apart is None else apart
    here = _told_here(ordered, near, key) if key else near
    if not here:
        return []
    company = Company(
        [one.evidence.exact for one in ordered],
        near,
        lambda a, b: _compared(ordered[a], ordered[b]),
        all_near=apart is None,
    )
    found = ((a, b, _opened(company, a, b, ordered[a].kind)) for a, b in here)
    return [
        _judged(ordered[a], ordered[b], one)
        for a, b, one in found
        if one is not None and _is_worth_telling(one, crowded=crowded)
    ]


def _told_here(ordered: Sequence[Mention], near: Iterable[Pair], key: str) -> list[Pair]:
    """The pairs that meet under no key before this one: what they are is told once, under the first.

    Keys that bring together names of two sorts alone come last, since most pairs that share one do not meet there.
    """
    every = [_keys(one.evidence.exact, one.kind) for one in ordered]
    if not key.startswith(_OF_TWO_SORTS):
        before = [_before(some, key) for some in every]
        return [(a, b) for a, b in near if before[a].isdisjoint(before[b])]
    own = _LOOSELY if key.startswith(_LOOSELY) else _INITIAL
    before = [
        frozenset((*some.syllables, *some.words, *(each for each in some.of_two_sorts if own <= each < key)))
        for some in every
    ]
    found = [(a, b) for a, b in near if before[a].isdisjoint(before[b])]
    if own == _LOOSELY:
        return found
    loosely = [frozenset(each for each in some.of_two_sorts if each.startswith(_LOOSELY)) for some in every]
    native = [handles.is_native(one.evidence.exact) for one in ordered]
    return [(a, b) for a, b in found if native[a] == native[b] or loosely[a].isdisjoint(loosely[b])]


def _before(every: _Keys, key: str) -> frozenset[str]:
    """The keys of a name that come before one; all names that are read as Korean or Chinese have something in common.

    Such names are one under keys of their syllables or never. Words of few consonants bring thousands of them together:
    of 46,960 pairs of made-up names that are one two share keys of words alone.
    """
    if key in every.syllables:
        return frozenset(every.syllables[: every.syllables.index(key)])
    earlier = every.words[: every.words.index(key)] if key in every.words else ()
    return frozenset((*earlier, _EASTERN) if every.syllables else earlier)


def _alone(ordered: Sequence[Mention]) -> list[Judgement]:
    """Judgements between names of one word and the full names that hold it; none where these are many."""
    lone = [one for one in ordered if len(parse(one.evidence.exact).words) < 2]
    full = [one for one in ordered if len(parse(one.evidence.exact).words) >= 2]
    if not lone or len(full) > NAMESAKES:
        return []
    pairs = ((min(a, b, key=_id), max(a, b, key=_id)) for a in lone for b in full)
    told = [(a, b, compare(a.evidence.exact, b.evidence.exact, a.kind)) for a, b in pairs]
    return [_judged(a, b, one) for a, b, one in told if one.verdict != "different"]


def _told_apart(ordered: Sequence[Mention], key: str) -> list[Pair] | None:
    """Places of names that meet under a key that brings only names of two sorts together; None under any other key.

    Under a beginning these are names with an initial and all others; under loose sounds names in eastern letters and
    others. Names of one sort have met under a key that tells more.
    """
    names = [one.evidence.exact for one in ordered]
    if key.startswith(_INITIAL):
        short = {at for at, name in enumerate(names) if handles.has_initial(name)}
        return sorted({(min(a, b), max(a, b)) for a in short for b in range(len(names)) if a != b})
    if key.startswith(_LOOSELY):
        native = [at for at, name in enumerate(names) if handles.is_native(name)]
        others = sorted({*range(len(names))}.difference(native))
        return sorted((min(a, b), max(a, b)) for a in native for b in others)
    return None


def _id(one: Mention) -> str:
    return one.id


def _is_worth_telling(one: Comparison, *, crowded: bool) -> bool:
    if crowded:
        return one.verdict == "same" or (one.verdict == "unsure" and one.score >= NEARLY)
    return one.verdict != "different" or one.score >= _NEAR


def _near(ordered: Sequence[Mention], *, crowded: bool) -> list[Pair]:
    """Places of the mentions that are worth comparing: of one kind, and of names that have something in common."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(ordered):
        by_kind["body" if one.kind in {"organization", "outlet"} else one.kind].append(place)
    found = list[Pair]()
    for places in by_kind.values():
        if len(places) <= _FEW:
            found += combinations(places, 2)
            continue
        names = [ordered[place].evidence.exact for place in places]
        least = NEARLY if crowded else UNSURE
        found += [(places[a], places[b]) for a, b in near(names, ordered[places[0]].kind, least)]
    return sorted(found)


def _compared(a: Mention, b: Mention) -> Comparison | None:
    """The comparison of two mentions; None where they are one, or too far from each other to be told."""
    return _met(*sorted((a.evidence.exact, b.evidence.exact)), a.kind) if a.id != b.id else None


@lru_cache(maxsize=32_768)  # two names that share a key share others, which come up soon
def _met(left: str, right: str, kind: MentionKind) -> Comparison | None:
    if kind == "person" and (persons.is_far(left, right) or persons.score(left, right).score < _NEAR):
        return None  # nobody is told of them
    return compare(left, right, kind)


def _opened(company: Company, a: int, b: int, kind: MentionKind) -> Comparison | None:
    """The comparison of a pair, unsure where it is the same by itself and the company leaves it open."""
    one = company.found(a, b)
    if one is None or one.verdict != "same" or kind != "person" or len(company.names) < _COMPANY:
        return one
    doubt = company.doubt(a, b)
    return replace(one, verdict="unsure", reasons=(*one.reasons, doubt)) if doubt else one


def _judged(a: Mention, b: Mention, found: Comparison) -> Judgement:
    return Judgement(left=a.id, right=b.id, verdict=found.verdict, score=found.score, reasons=found.reasons, by=BY)
