"""Pairs of made-up names that are one, and pairs near to each other that are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from training.names import korean, others, slavic
from training.names.parts import Person

#: A quarter of the negatives share the first word of the name, most others are the nearest by edit distance.
_SAME_WORD = 0.25
_ANYBODY = 0.2  #: share of the negatives that are any two names: without them sharing a family name would speak against
_NEAREST = 3  #: negatives are drawn from so many nearest names
_FEW = 40  #: persons of each culture that show how names are read
_CULTURES: dict[str, tuple[Callable[[Random], Person], int, int]] = {
    # persons, pairs a kind: the mix of what news of this part of the world writes about
    "korean": (korean.person, 3000, 1800),
    "slavic": (slavic.person, 2500, 1400),
    "arabic": (others.arabic, 2500, 1400),
    "chinese": (others.chinese, 2500, 1400),
    "western": (others.western, 2500, 1800),
}


class Pair(NamedTuple):
    """Two forms, whether they are of one person, and the kind of pair."""

    left: str
    right: str
    same: bool
    kind: str


def pairs(seed: int) -> Iterator[Pair]:
    """All pairs: positives and negatives of each culture, in Latin letters and across scripts."""
    for name, (make, people, count) in _CULTURES.items():
        chance = Random(f"{name} {seed}")
        made = [make(chance) for _ in range(people)]
        yield from _positives(chance, name, made, count)
        yield from _negatives(chance, name, made, count)


def few(seed: int) -> Iterator[tuple[str, str]]:
    """A few persons' forms beside others of theirs and of the next person: they show how names are read."""
    for name, (make, _, _) in _CULTURES.items():
        chance = Random(f"few {name} {seed}")
        for one, other in pairwise([make(chance) for _ in range(_FEW)]):
            forms = (*one.latin, *one.script)
            yield chance.choice(forms), chance.choice(forms)
            yield chance.choice(forms), chance.choice((*other.latin, *other.script))


def _positives(chance: Random, name: str, made: list[Person], count: int) -> Iterator[Pair]:
    for one in chance.sample(made, count):
        if len(one.latin) > 1:
            left, right = chance.sample(one.latin, 2)
            yield Pair(left, right, True, f"{name}-latn")
        if one.script:
            yield Pair(chance.choice(one.latin), chance.choice(one.script), True, f"{name}-script")
        if len(one.script) > 1 and chance.random() < 0.2:
            left, right = chance.sample(one.script, 2)
            yield Pair(left, right, True, f"{name}-scripts")


def _negatives(chance: Random, name: str, made: list[Person], count: int) -> Iterator[Pair]:
    forms = [chance.choice(one.latin) for one in made]
    by_word: dict[str, list[int]] = defaultdict(list)
    for at, form in enumerate(forms):
        by_word[form.split()[0]].append(at)
    for at in chance.sample(range(len(made)), count):
        shared = [other for other in by_word[forms[at].split()[0]] if other != at]
        near = [
            found[2]
            for found in process.extract(forms[at], forms, scorer=Indel.normalized_similarity, limit=_NEAREST + 1)
        ]
        drawn = chance.random()
        choices = shared if shared and drawn < _SAME_WORD else [other for other in near if other != at]
        other = chance.randrange(len(made)) if drawn > 1 - _ANYBODY else chance.choice(choices)
        if other != at and _told_apart(made[at], made[other]):
            yield Pair(forms[at], forms[other], False, f"{name}-latn")
            if made[other].script:
                yield Pair(forms[at], chance.choice(made[other].script), False, f"{name}-script")
                yield Pair(chance.choice(made[at].script), chance.choice(made[other].script), False, f"{name}-scripts")


def _told_apart(one: Person, other: Person) -> bool:
    """Whether no form is shared: else the two names are one, and nothing tells their bearers apart."""
    return not {*one.latin, *one.script} & {*other.latin, *other.script}
