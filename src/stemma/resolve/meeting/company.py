"""What the other names under a key say of two that are alike: which pairs they leave open.

Two names are judged by themselves; whether they may be joined hangs on who else is there. What is told here is a
function of the set of names under the key, whatever their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from stemma.records import Verdict
from stemma.resolve import pairing, persons
from stemma.resolve.comparing import Comparison

Pair = tuple[int, int]  #: places of two names, the lower first
Found = Mapping[Pair, Comparison | None]  #: None: too far from each other to be compared
Judge = Callable[[int, int], Verdict]  #: the verdict on two names by their places


def chaining(names: Sequence[str], found: Found) -> Iterator[Pair]:
    """Pairs that are the same by a name that says less, which may be another one that differs as well."""
    same, unsure = _linked(found, "same"), _linked(found, "unsure")
    for a, fitting in same.items():
        fuller = {b for b in fitting if _says_less(names[a], names[b])}
        told = [c for c in unsure[a] if pairing.middle(names[c])] if fuller else []
        for b in fuller:
            if fuller - same[b] - {b} or any(pairing.fathers_differ(names[b], names[c]) for c in told):
                yield min(a, b), max(a, b)


def contested(found: Found, near: Iterable[Pair], judge: Judge) -> Iterator[Pair]:
    """Pairs that are the same, of which one fits more names that the other is not than there are that both fit.

    In a crowd two names are alike by chance. The forms of one person's name fit each other; a name that stands between
    two persons fits some of each, and joining it to both would join them (the triangles of correlation clustering:
    Bansal, Blum and Chawla 2004).
    """
    partners: dict[int, set[int]] = defaultdict(set)
    for a, b in near:
        partners[a].add(b)
        partners[b].add(a)
    for (a, b), one in found.items():
        if one is not None and one.verdict == "same":
            others = (partners[a] | partners[b]) - {a, b}
            if sum(_speaks(judge(a, c), judge(b, c)) for c in others) < 0:
                yield a, b


def _speaks(ours: Verdict, theirs: Verdict) -> int:
    """1 where a third name is the same as both, -1 where it is the same as one and different from the other."""
    return {("same", "same"): 1, ("same", "different"): -1, ("different", "same"): -1}.get((ours, theirs), 0)


def _linked(found: Found, verdict: Verdict) -> dict[int, set[int]]:
    """For each place those with which it has this verdict."""
    linked: dict[int, set[int]] = defaultdict(set)
    for (a, b), one in found.items():
        if one is not None and one.verdict == verdict:
            linked[a].add(b)
            linked[b].add(a)
    return linked


def _says_less(short: str, full: str) -> bool:
    """Whether one name has fewer words than another; not where both tell the same syllables, joined or apart."""
    if not pairing.says_less(short, full):
        return False
    eastern = persons.agreement(short, full)
    return not (eastern and persons.agrees(eastern[1]))
