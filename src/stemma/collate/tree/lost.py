"""A lost common exemplar: witnesses share readings that no earlier one has, and none can have them from another.

The classical argument (Maas, Textkritik, 1927): readings shared against those who came before join witnesses; readings
of its own part a witness from those that would have their words from it. Where both hold, they have the text from
something that is not here. A reading is new, and not the first one kept, where somebody earlier reads otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from stemma.collate.pair.sketch import TOKEN
from stemma.collate.tree.ties import order_of

#: So many places must be shared against everybody earlier: one alone may be chance, two outlets mend one word alike.
FEWEST_PLACES = 2
#: So many readings of its own part a witness from a taker that lacks them: one may have been mended back. On made
#: transmissions (``python -m bench.lost``) a third of what one told was right, two thirds of what two told.
FEWEST_OWN = 2

Places = Sequence[Mapping[str, str]]  #: what each witness reads, by its name, where any differ in sense
Pair = tuple[str, str]


class Lost(NamedTuple):
    """Who has a text from the same lost exemplar, and the places (numbers in order) that tell so."""

    children: tuple[str, ...]
    places: tuple[int, ...]  #: one for each reading: a place of several words may have several


def lost(free: Sequence[str], published: Mapping[str, str | None], places: Places) -> list[Lost]:
    """The lost exemplars of some witnesses, none sharing a child with another; in order of their children.

    ``free``: the witnesses that name nobody they have it from; ``published``: their days and those of all others;
    ``places``: what each witness reads where they differ in sense. The order of witnesses changes nothing.
    """
    parts = [(number, part) for number, place in enumerate(places) for part in _word_by_word(place)]
    tradition = _Tradition(published, [part for _, part in parts])
    pairs = {both: shared for both in _likely(free, tradition) if (shared := tradition.told(both))}
    found: list[Lost] = []
    for both, shared in sorted(pairs.items(), key=lambda each: (-len(each[1]), each[0])):
        if not {child for each in found for child in each.children}.intersection(both):
            found.append(_with_others(Lost(both, shared), pairs))
    return sorted(each._replace(places=tuple(parts[number][0] for number in each.places)) for each in found)


def _word_by_word(place: Mapping[str, str]) -> list[Mapping[str, str]]:
    """A place as one for each of its words, where witnesses have as many: each may have been changed by somebody else.

    Those that have another count of words stand in one of their own, against all the others.
    """
    words = {name: TOKEN.findall(reading) for name, reading in place.items()}
    counts = Counter(map(len, words.values()))
    usual = min(counts, key=lambda count: (-counts[count], count))
    if usual <= 1:
        return [place]
    fitting = {name: some for name, some in words.items() if len(some) == usual}
    parts = [{name: some[number] for name, some in fitting.items()} for number in range(usual)]
    whole = {name: "" if name in fitting else reading for name, reading in place.items()}
    return [part for part in (*parts, whole) if len(set(part.values())) > 1]


def _likely(free: Sequence[str], tradition: _Tradition) -> list[Pair]:
    """Pairs of free witnesses that read alike in so many places, and otherwise than the first one, in order."""
    counts: Counter[Pair] = Counter()
    for readers in tradition.readers:
        for some in readers.values():
            if tradition.first not in some:
                counts.update(combinations(sorted(some.intersection(free)), 2))
    return sorted(both for both, count in counts.items() if count >= FEWEST_PLACES)


def _with_others(found: Lost, pairs: Mapping[Pair, tuple[int, ...]]) -> Lost:
    """A lost exemplar with further children: each shares so many of its places, and pairs with all the others."""
    for other in sorted({name for both in pairs for name in both}.difference(found.children)):
        its = [set(pairs.get((min(each, other), max(each, other)), ())) for each in found.children]
        shared = sorted(set(found.places).intersection(*its))
        if len(shared) >= FEWEST_PLACES:
            found = Lost(tuple(sorted((*found.children, other))), tuple(shared))
    return found


class _Tradition:
    """Witnesses with their days and readings, and what follows from these for two of them."""

    def __init__(self, published: Mapping[str, str | None], places: Places) -> None:
        self._published = published
        self._places = places
        self.readers = [_readers(place) for place in places]
        self.first = _first(published)  #: the witness that is known to be the earliest; None: not known
        self._before = {each: frozenset(self._earlier(each)) for each in published}
        self._sources = {each: frozenset(self._possible(each)) for each in published}
        self._own: dict[Pair, int] = {}

    def before(self, both: Pair) -> frozenset[str]:
        """The witnesses that are earlier than both."""
        return self._before[both[0]] & self._before[both[1]]

    def told(self, both: Pair) -> tuple[int, ...]:
        """The places that tell a lost exemplar of two witnesses; none where there is nothing to suppose."""
        if any(self._may_give(*each) for each in (both, both[::-1])):
            return ()
        shared = tuple(self._shared(both))
        if len(shared) < FEWEST_PLACES:
            return ()
        have_all = frozenset.intersection(*(self.readers[number][self._places[number][both[0]]] for number in shared))
        between = any(self._may_give(other, each) for each in both for other in have_all.difference(both))
        return () if between else shared

    def _shared(self, both: Pair) -> Iterator[int]:
        """The places at which both read alike, somebody earlier otherwise, and nobody from whom both may have it so."""
        for number, place in enumerate(self._places):
            one, other = (place.get(each) for each in both)
            if one is None or one != other:
                continue
            alike = self.readers[number][one]
            is_new = any(each in place for each in self.before(both) - alike)
            givers = alike & self._sources[both[0]] & self._sources[both[1]]
            if is_new and all(self._is_parted(giver, each) for giver in givers for each in both):
                yield number

    def _may_give(self, one: str, other: str) -> bool:
        """Whether the second may have its words from the first, by their dates and readings."""
        return one in self._sources[other] and not self._is_parted(one, other)

    def _is_parted(self, one: str, other: str) -> bool:
        """Whether one has so many readings of its own that the other lacks, which reads there as the earlier ones."""
        if (one, other) not in self._own:
            before = self.before((one, other))
            self._own[one, other] = sum(
                one in place and other in place and place[one] != place[other]
                and not before.isdisjoint(readers[place[other]])
                for place, readers in zip(self._places, self.readers, strict=True)
            )  # fmt: skip
        return self._own[one, other] >= FEWEST_OWN

    def _earlier(self, name: str) -> Iterator[str]:
        """Who is known to be earlier; than an undated one the first of all dated ones is taken to be."""
        own = self._published[name]
        for other, day in self._published.items():
            if other != name and (order_of(day, own) == "earlier" or (not own and other == self.first)):
                yield other

    def _possible(self, name: str) -> Iterator[str]:
        """From whom it may have its words by the dates."""
        own = self._published[name]
        return (other for other, day in self._published.items() if other != name and order_of(day, own) != "later")


def _readers(place: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each, reading in place.items():
        found[reading].add(each)
    return {reading: frozenset(some) for reading, some in found.items()}


def _first(published: Mapping[str, str | None]) -> str | None:
    """The witness that is earlier than all other dated ones; None where that is not known."""
    dated = {each: day for each, day in published.items() if day}
    firsts = (
        each for each, day in dated.items()
        if all(other == each or order_of(day, its) == "earlier" for other, its in dated.items())
    )  # fmt: skip
    return next(firsts, None)
