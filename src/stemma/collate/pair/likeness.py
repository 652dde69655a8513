"""How likely it is that a shared stretch was taken over: two small ensembles of trees over what can be counted of it.

One sees the stretch and the sentences it stands in, the other its neighbours too: a reworded sentence is known by them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

import numpy as np

from stemma.collate.pair.align import Stretch, lower_weight
from stemma.collate.pair.sketch import weight_of
from stemma.collate.pair.trees import Numbers, score, trees
from stemma.collate.pair.wording import Wording

#: What is counted of a stretch: its weight, that of words written small, the share of words kept, the share of the
#: poorer sentence or quotation that it fills; its heaviest unbroken run, its longest one and all kept words in words,
#: its runs; the share of capitalised words, whether it is quoted on a side and on both, words of either unit; then the
#: two best of its neighbours, and all else.
FEATURES = (
    "weight", "lower", "identity", "share", "longest", "unbroken", "words", "runs", "capitals", "quoted",
    "both_quoted", "shorter", "longer", "near", "second", "rest",
)  # fmt: skip
OWN = 13  #: so many of them are the stretch's own
REACH = (-2, -1, 0, 1, 2)  #: units before and after that are neighbours
#: Of the stretches of two texts those count as the rest that weigh so much.
TELLING = 4.0

Units = tuple[int, int]


def likeness(a: Wording, b: Wording, found: Mapping[Units, Stretch]) -> tuple[Numbers, Numbers]:
    """For each stretch, in order, how likely it was taken over by itself, and with what stands around it; 0 to 1."""
    rows = features(a, b, found)
    return score(trees("likeness", "alone"), rows), score(trees("likeness", "beside"), rows)


def likeness_alone(a: Wording, b: Wording, units: tuple[Units, Units], stretch: Stretch) -> float:
    """How likely one stretch was taken over by itself; ``units``: the first and the last around it in either text."""
    return float(score(trees("likeness", "alone"), np.array([_own(a, b, units, stretch)]))[0])


def features(a: Wording, b: Wording, found: Mapping[Units, Stretch]) -> Numbers:
    """What can be counted of each stretch, a row each in order; see ``FEATURES``."""
    worth = {units: stretch.weight * stretch.identity for units, stretch in found.items()}
    rest = sum(stretch.weight for stretch in found.values() if stretch.weight >= TELLING)
    return np.array(
        [
            (*_own(a, b, ((s, s), (t, t)), stretch), *_around(worth, (s, t), stretch, rest))
            for (s, t), stretch in found.items()
        ]
    ).reshape(len(found), len(FEATURES))


def _own(a: Wording, b: Wording, units: tuple[Units, Units], stretch: Stretch) -> tuple[float, ...]:
    kept = [word for i, _, size in stretch.all_blocks for word in range(i, i + size)]
    runs = [sum(map(weight_of, a.words[i : i + size])) for i, _, size in stretch.all_blocks]
    capitals = sum(a.text[a.starts[word]].isupper() for word in kept) / len(kept)
    quoted = a.quoted[stretch.left[0]], b.quoted[stretch.right[0]]
    words = [each.units[last + 1] - each.units[first] for each, (first, last) in zip((a, b), units, strict=True)]
    return (
        stretch.weight, lower_weight(a, stretch), stretch.identity, share_of_units(a, b, stretch), max(runs),
        max(size for _, _, size in stretch.all_blocks), len(kept), len(runs), capitals, max(quoted), min(quoted),
        min(words), max(words),
    )  # fmt: skip


def _around(worth: Mapping[Units, float], units: Units, stretch: Stretch, rest: float) -> tuple[float, float, float]:
    near = [worth.get((units[0] + x, units[1] + y), 0.0) for x in REACH for y in REACH if x or y]
    best, second = sorted(near)[:-3:-1]
    return best, second, rest - (stretch.weight if stretch.weight >= TELLING else 0.0)


def share_of_units(a: Wording, b: Wording, stretch: Stretch) -> float:
    """Share of the poorer of the two sentences or quotations around the stretch that is kept."""
    return stretch.weight / min(_unit_weight(a, stretch.left), _unit_weight(b, stretch.right))


def _unit_weight(ready: Wording, words: tuple[int, int]) -> float:
    first = ready.breaks[bisect_right(ready.breaks, words[0]) - 1]
    last = ready.breaks[bisect_left(ready.breaks, words[1])]
    return ready.total[last] - ready.total[first]
