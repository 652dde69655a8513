"""Keys under which mentions meet, and judgements between those that share one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from stemma.records import Judgement, Mention, MentionKind, Verdict
from stemma.resolve import bodies, persons
from stemma.resolve.comparing import Comparison, compare
from stemma.resolve.meeting import company, handles
from stemma.resolve.meeting.nearness import UNSURE, near
from stemma.resolve.pairing import side
from stemma.resolve.spelling.parse import parse

BY = "resolve/4"
CROWDED = 64  #: names of one key from which on mere doubts are not told: 10,000 generated pages gave 20 to a name
NEARLY = 0.5  #: score from which an unsure judgement of two names is told all the same
_NEAR = 0.05  #: lowest score of a pair that is worth a "different": names so near that a reader might join them
Pair = tuple[int, int]  #: places of two mentions in the order of their ids
_OF_TWO_SORTS = tuple(f"person:{sort}" for sort in (handles.ALONE, handles.INITIAL, handles.LOOSELY))
_COMPANY = 3  #: names of a key from which others can speak for or against a pair
_FEW = 24  #: names of one kind up to which all are compared: laying them out as arrays costs more
#: Full names with one word in common up to which a name of that word alone is laid beside each.
NAMESAKES = 32


def keys(mention: Mention) -> list[str]:
    """The keys of a mention: its kind with the sounds of its words, or with what all romanisations share.

    Frequent names make no key of their own; two forms that can be judged the same share at least one key.
    """
    return list(_keys(mention.evidence.exact, mention.kind))


@lru_cache(maxsize=65_536)
def _keys(name: str, kind: MentionKind) -> tuple[str, ...]:
    if kind != "person":
        return tuple(f"{'body' if kind != 'place' else kind}:{key}" for key in bodies.keys(name))
    return tuple(sorted({f"person:{key}" for key in handles.keys(name)}))


def judge(mentions: Sequence[Mention], key: str = "") -> list[Judgement]:
    """Judgements between mentions that share a key: same, unsure, and different for names near enough to be confused.

    A name that says less and fits two that differ ("Sergei Petrov" with two patronymics) is unsure for both,
    so that it never joins them. Among very many names only what joins them, or nearly does, is told.

    Under a ``key`` only pairs are told that share none before it, so that each is told once. Under one of words that
    stand alone ("Petrov") such names are laid beside the others, where those are few enough; under one of loose sounds
    names in eastern letters beside others; under one of beginnings names with initials beside what these may stand for.
    """
    ordered = sorted(mentions, key=lambda one: one.id)
    if key.startswith(f"person:{handles.ALONE}"):
        return _alone(ordered)
    crowded = len(ordered) > CROWDED
    apart = _told_apart(ordered, key)
    near = _near(ordered, crowded=crowded) if apart is None else apart
    here = [(a, b) for a, b in near if not key or _concerns(ordered[a], ordered[b], key)]
    found = {(a, b): _compared(ordered[a], ordered[b]) for a, b in here}
    doubts = _doubts(ordered, near, found, all_near=apart is None)
    told = ((pair, _opened(one, doubts.get(pair, ""))) for pair, one in found.items() if one is not None)
    worth = ((ordered[a], ordered[b], one) for (a, b), one in told if _is_worth_telling(one, crowded=crowded))
    return [_judged(a, b, one) for a, b, one in worth if not key or _is_first(a, b, key)]


def _concerns(a: Mention, b: Mention, key: str) -> bool:
    """Whether a pair is told under this key, or bears on others here: of names that say less some other has a say."""
    full = max(len(side(each.evidence.exact).words) for each in (a, b)) > 2
    return full or _is_first(a, b, key)


def _is_first(a: Mention, b: Mention, key: str) -> bool:
    """Whether two mentions share no key before this one: what they are is told once, under the first.

    Keys that bring together names of two sorts alone come last.
    """
    ours, theirs = _keys(a.evidence.exact, a.kind), _keys(b.evidence.exact, b.kind)
    shared = [each for each in ours if each in theirs]
    return key == next((each for each in shared if not each.startswith(_OF_TWO_SORTS)), (shared or [key])[0])


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
    if key.startswith(f"person:{handles.INITIAL}"):
        short = [handles.has_initial(name) for name in names]
        return [(a, b) for a, b in combinations(range(len(names)), 2) if short[a] or short[b]]
    if key.startswith(f"person:{handles.LOOSELY}"):
        native = [handles.is_native(name) for name in names]
        return [(a, b) for a, b in combinations(range(len(names)), 2) if native[a] != native[b]]
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


def _doubts(
    ordered: Sequence[Mention], near: Sequence[Pair], found: company.Found, *, all_near: bool
) -> dict[Pair, str]:
    """Pairs of persons' names that their company leaves open, and why; ``all_near``: other pairs are far apart."""
    told = {pair: one for pair, one in found.items() if ordered[pair[0]].kind == "person"}
    if len(ordered) < _COMPANY or all(one is None or one.verdict != "same" for one in told.values()):
        return {}
    met = set(near)

    def verdict(a: int, b: int) -> Verdict:
        pair = (min(a, b), max(a, b))
        if all_near and pair not in met:
            return "different"
        one = found[pair] if pair in found else _compared(ordered[a], ordered[b])
        return one.verdict if one else "different"

    names = [one.evidence.exact for one in ordered]
    contested = dict.fromkeys(company.contested(told, near, verdict), "more names fit one of the two alone than both")
    return contested | dict.fromkeys(company.chaining(names, told), "one name says less and fits others that differ")


def _opened(one: Comparison, doubt: str) -> Comparison:
    """The comparison of a pair that its company leaves open."""
    return replace(one, verdict="unsure", reasons=(*one.reasons, doubt)) if doubt else one


def _judged(a: Mention, b: Mention, found: Comparison) -> Judgement:
    return Judgement(left=a.id, right=b.id, verdict=found.verdict, score=found.score, reasons=found.reasons, by=BY)
