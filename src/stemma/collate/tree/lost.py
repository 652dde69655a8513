"""A lost common exemplar: two witnesses share readings that nobody else has, and neither can have them from the other.

The classical argument (Maas, Textkritik, 1927): readings shared against all others join witnesses; readings that one
has against the other, together with somebody else, part them. Where both hold, both have the text from something that
is not here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stemma.collate.tree.ties import order_of

#: So many places must be shared against everybody: one alone may be chance, two outlets mend one word alike.
FEWEST_PLACES = 2


class Lost(NamedTuple):
    """Who has a text from the same lost exemplar, and the places (numbers in order) that tell so."""

    children: tuple[str, ...]
    places: tuple[int, ...]


def lost(free: Sequence[str], published: Mapping[str, str | None], places: Sequence[Mapping[str, str]]) -> list[Lost]:
    """The lost exemplars of some witnesses, none sharing a child with another; in order of their children.

    ``free``: the witnesses that name nobody they have it from; ``published``: their days and those of all others;
    ``places``: what each witness reads where they differ in sense. The order of witnesses changes nothing.
    """
    found: list[Lost] = []
    alone = _alone(frozenset(free), places)
    pairs = [(*both, _shared(both, _givers(both, published), places)) for both in alone]
    for one, other, shared in sorted(pairs, key=lambda each: (-len(each[2]), each[:2])):
        taken = {child for each in found for child in each.children}
        if len(shared) >= FEWEST_PLACES and not taken & {one, other} and _are_parted(one, other, places):
            found.append(Lost((one, other), shared))
    return sorted(found)


def _alone(free: frozenset[str], places: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Pairs of free witnesses that share so many readings which nobody else has, in order."""
    counts: Counter[tuple[str, str]] = Counter()
    for place in places:
        readers: dict[str, list[str]] = defaultdict(list)
        for each, reading in place.items():
            readers[reading].append(each)
        counts.update(
            (min(some), max(some)) for some in readers.values() if len(some) == len(free.intersection(some)) == 2
        )
    return sorted(both for both, count in counts.items() if count >= FEWEST_PLACES)


def _givers(both: tuple[str, str], published: Mapping[str, str | None]) -> set[str]:
    """The dated witnesses that both may have it from."""
    return {
        each for each, day in published.items()
        if day and each not in both and all(order_of(day, published.get(child)) != "later" for child in both)
    }  # fmt: skip


def _shared(both: tuple[str, str], givers: set[str], places: Sequence[Mapping[str, str]]) -> tuple[int, ...]:
    """The places at which both read alike and nobody else so; one whom they may have it from must read otherwise."""
    told = []
    for number, place in enumerate(places):
        others = {each: reading for each, reading in place.items() if each not in both}
        mine, theirs = (place.get(each) for each in both)
        if mine is not None and mine == theirs and mine not in others.values() and others.keys() & givers:
            told.append(number)
    return tuple(told)


def _are_parted(one: str, other: str, places: Sequence[Mapping[str, str]]) -> bool:
    """Whether each has a reading with somebody else that the other lacks: then neither has its text from the other."""
    return _departs(one, other, places) and _departs(other, one, places)


def _departs(one: str, other: str, places: Sequence[Mapping[str, str]]) -> bool:
    """Whether somewhere the other reads with a third witness, and this one otherwise."""
    return any(
        one in place and other in place and place[one] != place[other]
        and any(reading == place[other] for each, reading in place.items() if each not in (one, other))
        for place in places
    )  # fmt: skip
