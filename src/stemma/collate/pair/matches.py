"""The stretches that two texts share: found sentence by sentence, judged alone or by their neighbours."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from stemma.collate.pair.align import Stretch, align, lower_weight
from stemma.collate.pair.likeness import REACH, likeness, likeness_alone, share_of_units
from stemma.collate.pair.sketch import Numbers, Places, find_grams
from stemma.collate.pair.wording import Wording

#: A word that one text uses more often says nothing of where its sentences came from.
MOST_USES = 4
#: Sentence pairs are aligned if they share a gram, or so many telling words and that share of the poorer side's.
FEWEST_SHARED = 2
LEAST_SHARE = 0.3


#: A pair of units that shares less, in weight or in words kept, is not looked at.
LEAST_WEIGHT = 2.0
LEAST_IDENTITY = 0.25
#: From what score on (likeness.py) a stretch proves itself, or is believed for what stands around it.
ALONE = 0.65
BESIDE = 0.5
#: Weight of the words written small in a stretch that proves itself: rows of names and titles do not, however long.
LEAST_LOWER = 1.2
#: From this score on two texts that meet at one place are compared as a whole.
WORTH = 0.1
#: Whatever its score, a stretch that weighs less proves nothing; for each share of its sentence that it lacks, more.
FLOOR_WEIGHT = 3.8
FLOOR_PER_SHARE = 1.5
#: Two neighbouring pairs of units share so much more together than the better one alone, where they are joined.
MORE = 1.0
#: A stretch most of whose words lie in a better one is dropped; on one side alone it may, from this score on: who
#: says a thing twice is quoted from both places.
MOST_OVERLAP = 0.5
TWICE = 0.75


Units = tuple[int, int]  #: a unit of each text; or of one text the first and the last of some
Proved = tuple[Collection[Units], Collection[Units]]  #: what stands alone, and that with what is believed beside it


class Match(NamedTuple):
    """A shared stretch, and whether it proves itself; else it stands beside one that does."""

    stretch: Stretch
    alone: bool


def match(a: Wording, b: Wording) -> list[Match]:
    """The stretches that two texts share, in order of the left.

    Those that prove themselves, those believed for what stands around them, and what stands between two of these.
    """
    found = aligned(a, b, unit_pairs(a, b))
    if not found:
        return []
    by_itself, beside = (dict(zip(found, scores.tolist(), strict=True)) for scores in likeness(a, b, found))
    alone = {each for each, one in by_itself.items() if one >= ALONE and may_prove(a, b, found[each])}
    near = {each for each, one in beside.items() if one >= BESIDE and (_is_near(each, alone) or _says(a, found[each]))}
    if joint := _joint(a, b, found, (alone, alone | near)):
        found, alone = found | joint, alone | joint.keys()
    kept = alone | near
    kept |= {(s, t) for s, t in found if {(s - 1, t - 1), (s + 1, t + 1)} <= kept}
    matches = [(Match(found[each], each in alone), by_itself[each] >= TWICE) for each in sorted(kept)]
    return sorted(_without_overlaps(matches))


def meets(a: Wording, b: Wording, places: tuple[int, int]) -> bool:
    """Whether the units around two places share a stretch that might stand alone: a cheap look before ``match``."""
    return _worth(a, b, _units_around(a, b, places))


def bears(a: Wording, b: Wording, places: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch around some two places of a key that meets there may prove itself, alone or with a neighbour.

    If not, ``match`` finds none there that does; told without the rest of both texts.
    """
    around = {_units_around(a, b, place) for place in places}
    if any(_by_itself(a, b, units) >= ALONE for units in around):
        return True
    return any(_worth(a, b, units) for units in around) and any(_may_be_joined(a, b, units) for units in around)


def _units_around(a: Wording, b: Wording, places: tuple[int, int]) -> Units:
    return bisect_right(a.units, places[0]) - 1, bisect_right(b.units, places[1]) - 1


@lru_cache(maxsize=1 << 10)
def _by_itself(a: Wording, b: Wording, units: Units) -> float:
    """How likely what two units share was taken over; 0 where it may not prove itself."""
    here = aligned(a, b, [units]).get(units)
    if not here or not may_prove(a, b, here):
        return 0.0
    return likeness_alone(a, b, ((units[0], units[0]), (units[1], units[1])), here)


@lru_cache(maxsize=1 << 10)
def _may_be_joined(a: Wording, b: Wording, units: Units) -> bool:
    return any(
        _may_align(a, b, first) and _may_align(a, b, last) and _proves_joint(a, b, first, last)
        for first, last in _joints_over(a, b, units)
    )


def _joints_over(a: Wording, b: Wording, units: Units) -> Iterator[tuple[Units, Units]]:
    """What ``_joint`` might join around a pair of units: the first and the last pair."""
    s, t = units
    for (p, q), last in (
        ((s, t), (s, t + 1)), ((s, t - 1), (s, t)), ((s, t), (s + 1, t)), ((s - 1, t), (s, t)),
        *(((p, q), (p + 1, q + 1)) for p in (s - 1, s) for q in (t - 1, t)),
    ):  # fmt: skip
        if p >= 0 and q >= 0 and last[0] < len(a.units) - 1 and last[1] < len(b.units) - 1:
            yield (p, q), last


def _proves_joint(a: Wording, b: Wording, first: Units, last: Units) -> bool:
    if len(aligned(a, b, [first, last])) < 2:
        return False
    return _proves(a, b, (first[0], last[0]), (first[1], last[1])) is not None


def _may_align(a: Wording, b: Wording, units: Units) -> bool:
    """Whether a pair of units may be among ``unit_pairs``: a cheap look."""
    mine, theirs = _unit(a, units[0]), _unit(b, units[1])
    count = sum(mine.telling[word] * theirs.telling[word] for word in mine.telling.keys() & theirs.telling.keys())
    if count >= FEWEST_SHARED and count >= LEAST_SHARE * min(mine.load, theirs.load):
        return True
    return count > 0 and not mine.grams.isdisjoint(theirs.grams)


class _Unit(NamedTuple):
    """What of a unit's words may be shared."""

    telling: Counter[int]
    load: int  #: telling words
    grams: frozenset[tuple[int, int]]  #: every two words of which the first is the unit's; a gram begins with two


@lru_cache(maxsize=1 << 12)
def _unit(ready: Wording, unit: int) -> _Unit:
    begin, end = ready.units[unit], ready.units[unit + 1]
    telling = Counter(word for word in ready.words[begin:end] if word & 1)
    grams = frozenset(zip(ready.words[begin:end], ready.words[begin + 1 : end + 1], strict=False))
    return _Unit(telling, telling.total(), grams)


def may_prove(a: Wording, b: Wording, stretch: Stretch) -> bool:
    """Whether a stretch may prove itself at all: the less of its sentence it fills, the more weight it must have."""
    least = FLOOR_WEIGHT + FLOOR_PER_SHARE * max(0.0, 1 - share_of_units(a, b, stretch))
    return stretch.weight >= least and lower_weight(a, stretch) >= LEAST_LOWER and _says(a, stretch)


def _joint(a: Wording, b: Wording, found: Mapping[Units, Stretch], proved: Proved) -> dict[Units, Stretch]:
    """What two neighbouring pairs of units prove together and neither does by itself, under the first of them.

    So a sentence is known that is two in the other text, and two sentences each of which is too light. Far from what
    stands alone any neighbours are joined; near it only a unit goes on in the next one of the other text.
    """
    made = {}
    for s, t in found:
        for last in ((s, t + 1), (s + 1, t), (s + 1, t + 1)):
            if last in found and _may_join((s, t), last, *proved):
                stretch = _proves(a, b, (s, last[0]), (t, last[1]))
                if stretch and stretch.weight >= max(found[s, t].weight, found[last].weight) + MORE:
                    made[s, t] = stretch
    return made


def _may_join(one: Units, other: Units, alone: Collection[Units], kept: Collection[Units]) -> bool:
    if not _is_near(one, alone) and not _is_near(other, alone):
        return True
    return (one in kept) != (other in kept) and (one[0] == other[0] or one[1] == other[1])


def _proves(a: Wording, b: Wording, left: Units, right: Units) -> Stretch | None:
    """What some neighbouring units share, from the first to the last of either text, if it proves itself."""
    stretch = align(a, b, (a.units[left[0]], a.units[left[1] + 1]), (b.units[right[0]], b.units[right[1] + 1]))
    if stretch is None or stretch.identity < LEAST_IDENTITY or not may_prove(a, b, stretch):
        return None
    return stretch if likeness_alone(a, b, (left, right), stretch) >= ALONE else None


def _is_near(units: Units, others: Collection[Units]) -> bool:
    """Whether one of the others stands within a few units on both sides."""
    return any((units[0] + x, units[1] + y) in others for x in REACH for y in REACH)


def _says(a: Wording, stretch: Stretch) -> bool:
    """Whether a word kept in order is neither a function word nor written large: names joined by "of" are but names."""
    kept = (word for i, _, size in stretch.blocks for word in range(i, i + size))
    return any(a.words[word] & 1 and not a.text[a.starts[word]].isupper() for word in kept)


@lru_cache(maxsize=1 << 12)
def _worth(a: Wording, b: Wording, units: tuple[int, int]) -> bool:
    """Texts that share much ask again and again for the same units."""
    if _by_itself(a, b, units) >= WORTH:
        return True
    return _proves(a, b, _with_neighbours(a, units[0]), _with_neighbours(b, units[1])) is not None


def _with_neighbours(ready: Wording, unit: int) -> Units:
    """The first and the last of a unit and those beside it."""
    return max(0, unit - 1), min(unit + 1, len(ready.units) - 2)


class _Index(NamedTuple):
    """A text's words as arrays."""

    numbers: Numbers
    sentence: Places  #: of each word
    telling: Places  #: places of the words that are no function words
    grams: Numbers
    gram_places: Places
    load: Places  #: telling words of each sentence


def _index(ready: Wording) -> _Index:
    numbers = np.array(ready.words, np.uint64)
    sentence = np.repeat(np.arange(len(ready.units) - 1), np.diff(ready.units))
    telling = np.flatnonzero(numbers & np.uint64(1))
    load = np.bincount(sentence[telling], minlength=len(ready.units))
    return _Index(numbers, sentence, telling, *find_grams(ready.words)[:2], load)


def unit_pairs(a: Wording, b: Wording) -> list[tuple[int, int]]:
    """Pairs of sentences worth aligning."""
    one, other, width = _index(a), _index(b), len(b.units)
    grams = _meetings(one.grams, other.grams)
    both = [one.sentence[one.gram_places[grams[0]]] * width + other.sentence[other.gram_places[grams[1]]]]
    words = _meetings(one.numbers[one.telling], other.numbers[other.telling])
    shared = one.sentence[one.telling[words[0]]] * width + other.sentence[other.telling[words[1]]]
    codes, counts = np.unique(shared, return_counts=True)
    fewer = np.minimum(one.load[codes // width], other.load[codes % width])
    both.append(codes[(counts >= FEWEST_SHARED) & (counts >= LEAST_SHARE * fewer)])
    return [divmod(code, width) for code in np.unique(np.concatenate(both)).tolist()]


def _meetings(one: Numbers, other: Numbers) -> tuple[Places, Places]:
    """For every value that both rows hold, the places of it in each; a value used often in the other is left out."""
    order = np.argsort(other, kind="stable")
    low, high = np.searchsorted(other[order], one, "left"), np.searchsorted(other[order], one, "right")
    uses = np.where(high - low <= MOST_USES, high - low, 0)
    offsets = np.arange(uses.sum()) - np.repeat(np.cumsum(uses) - uses, uses)
    return np.repeat(np.arange(len(one)), uses), order[np.repeat(low, uses) + offsets]


def aligned(a: Wording, b: Wording, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], Stretch]:
    """Each pair of units with the stretch it shares, if any worth a look."""
    found: dict[tuple[int, int], Stretch] = {}
    for s, t in pairs:
        stretch = align(a, b, (a.units[s], a.units[s + 1]), (b.units[t], b.units[t + 1]))
        if stretch and stretch.weight >= LEAST_WEIGHT and stretch.identity >= LEAST_IDENTITY:
            found[s, t] = stretch
    return found


def _without_overlaps(matches: list[tuple[Match, bool]]) -> list[Match]:
    """The heaviest first; one that mostly lies in those already taken is dropped."""
    taken: list[Match] = []
    left: set[int] = set()
    right: set[int] = set()
    for one, twice in sorted(matches, key=lambda each: (-each[0].stretch.weight * each[0].stretch.identity, each)):
        mine, theirs = range(*one.stretch.left), range(*one.stretch.right)
        overlaps = sorted((_share(mine, left), _share(theirs, right)))
        if overlaps[0 if twice else 1] <= MOST_OVERLAP:
            taken.append(one)
            left.update(mine)
            right.update(theirs)
    return taken


def _share(words: range, taken: set[int]) -> float:
    return sum(word in taken for word in words) / max(1, len(words))
