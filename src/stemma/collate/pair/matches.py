"""The stretches that two texts share: found sentence by sentence, judged alone or by their neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import numpy as np

from stemma.collate.pair.align import Stretch, align, lower_weight
from stemma.collate.pair.sketch import Numbers, Places, find_grams
from stemma.collate.pair.wording import Wording

#: A word that one text uses more often says nothing of where its sentences came from.
MOST_USES = 4
#: Sentence pairs are aligned if they share a gram, or so many telling words and that share of the poorer side's.
FEWEST_SHARED = 2
LEAST_SHARE = 0.3


#: A stretch stands alone from this weight on where it fills the sentence or quotation it stands in; the less of it is
#: shared, the more weight it must have. Tuned together on the generated forest and on natural quotations.
WHOLE_WEIGHT = 3.2
WHOLE = 0.9
WEIGHT_PER_SHARE = 9.0
LEAST_IDENTITY = 0.45
#: Weight of the words written small: a row of names and titles proves no reuse, however long.
LEAST_LOWER = 2.0
#: What a stretch next to one that stands alone must reach: weight, share of words kept, share of its sentence.
BESIDE_WEIGHT = 2.0
BESIDE_IDENTITY = 0.25
BESIDE_SHARE = 0.25
#: A stretch most of whose words lie in a better one is dropped.
MOST_OVERLAP = 0.5


class Match(NamedTuple):
    """A shared stretch, and whether it proves itself; else it stands beside one that does."""

    stretch: Stretch
    alone: bool


def match(a: Wording, b: Wording) -> list[Match]:
    """The stretches that two texts share, in order of the left."""
    found = _aligned(a, b, _sentence_pairs(a, b))
    return sorted(_without_overlaps(_supported(a, b, found)))


def meets(a: Wording, b: Wording, places: tuple[int, int]) -> bool:
    """Whether the sentences around two places share a stretch that stands alone: a cheap look before ``match``."""
    pair = (bisect_right(a.firsts, places[0]) - 1, bisect_right(b.firsts, places[1]) - 1)
    found = _aligned(a, b, [pair])
    return any(_stands_alone(a, one, _share_of_units(a, b, one)) for one in found.values())


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
    sentence = np.repeat(np.arange(len(ready.firsts) - 1), np.diff(ready.firsts))
    telling = np.flatnonzero(numbers & np.uint64(1))
    load = np.bincount(sentence[telling], minlength=len(ready.firsts))
    return _Index(numbers, sentence, telling, *find_grams(ready.words), load)


def _sentence_pairs(a: Wording, b: Wording) -> list[tuple[int, int]]:
    """Pairs of sentences worth aligning."""
    one, other, width = _index(a), _index(b), len(b.firsts)
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


def _aligned(a: Wording, b: Wording, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], Stretch]:
    """Each pair of sentences with the stretch it shares, if any worth a look."""
    found: dict[tuple[int, int], Stretch] = {}
    for s, t in pairs:
        stretch = align(a, b, (a.firsts[s], a.firsts[s + 1]), (b.firsts[t], b.firsts[t + 1]))
        if stretch and stretch.weight >= BESIDE_WEIGHT and stretch.identity >= BESIDE_IDENTITY:
            found[s, t] = stretch
    return found


def _supported(a: Wording, b: Wording, found: dict[tuple[int, int], Stretch]) -> list[Match]:
    """Stretches that stand by themselves, and those beside them."""
    share = {pair: _share_of_units(a, b, stretch) for pair, stretch in found.items()}
    alone = {pair for pair, stretch in found.items() if _stands_alone(a, stretch, share[pair])}
    sure, fringe = set(alone), list(alone)
    while fringe:
        s, t = fringe.pop()
        near = {(s + x, t + y) for x in (-2, -1, 0, 1, 2) for y in (-2, -1, 0, 1, 2)}
        new = {pair for pair in near if share.get(pair, 0.0) >= BESIDE_SHARE and pair not in sure}
        sure |= new
        fringe.extend(new)
    return [Match(found[pair], pair in alone) for pair in sorted(sure)]


def _stands_alone(a: Wording, stretch: Stretch, share: float) -> bool:
    return (
        stretch.weight >= WHOLE_WEIGHT + WEIGHT_PER_SHARE * max(0.0, WHOLE - share)
        and stretch.identity >= LEAST_IDENTITY
        and lower_weight(a, stretch) >= LEAST_LOWER
    )


def _share_of_units(a: Wording, b: Wording, stretch: Stretch) -> float:
    """Share of the poorer of the two sentences or quotations around the stretch that is kept."""
    return stretch.weight / min(_unit_weight(a, stretch.left), _unit_weight(b, stretch.right))


def _unit_weight(ready: Wording, words: tuple[int, int]) -> float:
    first = ready.breaks[bisect_right(ready.breaks, words[0]) - 1]
    last = ready.breaks[bisect_left(ready.breaks, words[1])]
    return ready.total[last] - ready.total[first]


def _without_overlaps(matches: list[Match]) -> list[Match]:
    """The heaviest first; one that mostly lies in those already taken is dropped, whichever side it overlaps on."""
    taken: list[Match] = []
    left: set[int] = set()
    right: set[int] = set()
    for one in sorted(matches, key=lambda each: (-each.stretch.weight * each.stretch.identity, each)):
        mine, theirs = range(*one.stretch.left), range(*one.stretch.right)
        if max(_share(mine, left), _share(theirs, right)) <= MOST_OVERLAP:
            taken.append(one)
            left.update(mine)
            right.update(theirs)
    return taken


def _share(words: range, taken: set[int]) -> float:
    return sum(word in taken for word in words) / max(1, len(words))
