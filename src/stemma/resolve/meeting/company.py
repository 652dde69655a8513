"""What the other names under a key say of two that are alike: which pairs they leave open.

Two names are judged by themselves; whether they may be joined hangs on who else is there. What is told here is a
function of the set of names under the key, whatever their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from stemma.records import Verdict
from stemma.resolve import pairing, persons
from stemma.resolve.comparing import Comparison

Pair = tuple[int, int]  #: places of two names, the lower first
Met = Callable[[int, int], Comparison | None]  #: of two names by their places; None: too far apart to be compared
#: By how much better (in likeness, 0 to 1, of the words or syllables that are least alike) a third name must fit to
#: leave a pair open by itself, and by how much worse a fuller name may fit and still be meant: one letter of ten, and
#: half of that. Scores would not do: each manner of writing has weights of its own.
_BETTER, _AS_GOOD = 0.1, 0.05
_MOST = 2  #: times as many fuller names must agree with the one that a shorter one is taken for as do not


class Company:
    """The names under one key and what any two of them are to each other, each asked once and only when needed."""

    def __init__(self, names: Sequence[str], near: Iterable[Pair], met: Met, *, all_near: bool) -> None:
        """``near``: pairs that may be one; ``all_near``: all others are different."""
        self.names, self._met, self._all_near = names, met, all_near
        self._partners: dict[int, set[int]] = defaultdict(set)
        for a, b in near:
            self._partners[a].add(b)
            self._partners[b].add(a)
        self._found: dict[Pair, Comparison | None] = {}
        self._linked: dict[tuple[int, Verdict], frozenset[int]] = {}
        self._fits: dict[Pair, float] = {}

    def found(self, a: int, b: int) -> Comparison | None:
        """What two names are by themselves; None where they are too far from each other to be compared."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._found:
            apart = self._all_near and b not in self._partners[a]
            self._found[pair] = None if apart else self._met(*pair)
        return self._found[pair]

    def verdict(self, a: int, b: int) -> Verdict:
        """The verdict on two names by themselves."""
        one = self.found(a, b)
        return one.verdict if one else "different"

    def linked(self, a: int, verdict: Verdict) -> frozenset[int]:
        """The names near this one that are the same, or unsure."""
        if (a, verdict) not in self._linked:
            told = frozenset(b for b in self._partners[a] if self.verdict(a, b) == verdict)
            self._linked[a, verdict] = told
        return self._linked[a, verdict]

    def fit(self, a: int, b: int) -> float:
        """How alike those words, or syllables, of two names are that are least so, 0 to 1; initials aside."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._fits:
            self._fits[pair] = _fit(*sorted((self.names[a], self.names[b])))
        return self._fits[pair]

    def doubt(self, a: int, b: int) -> str:
        """Why two names that are the same by themselves are left open; empty where nothing speaks for that."""
        if self._is_chained(a, b) or self._is_chained(b, a):
            return "one name says less and fits others that differ"
        if self._is_contested(a, b):
            return "more names fit one of the two alone than both"
        return "another name fits one of the two better" if self._has_rival(a, b) or self._has_rival(b, a) else ""

    def _is_chained(self, short: int, full: int) -> bool:
        """Whether a name says less than another, and fuller ones that differ from that fit it as well.

        It is taken for the one whose forms are most by far.
        """
        if not self._says_less(short, full):
            return False
        fuller = {each for each in self.linked(short, "same") if self._says_less(short, each)}
        agreeing = fuller & self.linked(full, "same")
        others = fuller - agreeing - {full}
        if any(map(pairing.middle, (self.names[c] for c in self.linked(short, "unsure")))):
            others |= {c for c in self.linked(short, "unsure") if self._fathers_differ(full, c)}
        least = self.fit(short, full) - _AS_GOOD
        rivals = sum(self.fit(short, each) > least for each in others)
        return 1 + len(agreeing) < _MOST * rivals

    def _fathers_differ(self, one: int, other: int) -> bool:
        return bool(pairing.middle(self.names[other])) and pairing.fathers_differ(self.names[one], self.names[other])

    def _says_less(self, short: int, full: int) -> bool:
        """Whether one name has fewer words than another; not where both tell the same syllables, joined or apart."""
        left, right = self.names[short], self.names[full]
        if not pairing.says_less(left, right):
            return False
        eastern = persons.agreement(left, right)
        return not (eastern and persons.agrees(eastern[1]))

    def _is_contested(self, a: int, b: int) -> bool:
        """Whether more names are the same as one of the two and different from the other than are the same as both.

        In a crowd two names are alike by chance. The forms of one person's name fit each other; a name that stands
        between two persons fits some of each, and joining it to both would join them (the triangles of correlation
        clustering: Bansal, Blum and Chawla 2004).
        """
        ours, theirs = self.linked(a, "same"), self.linked(b, "same")
        both = len(ours & theirs)
        against = sum(self.verdict(b, c) == "different" for c in ours - theirs - {b})
        against += sum(self.verdict(a, c) == "different" for c in theirs - ours - {a})
        return both < against

    def _has_rival(self, a: int, b: int) -> bool:
        """Whether a name that is not the same as the second fits the first clearly better than the second does."""
        others = self.linked(a, "same") - self.linked(b, "same") - {b}
        return bool(others) and max(self.fit(a, c) for c in others) >= self.fit(a, b) + _BETTER


def _fit(left: str, right: str) -> float:
    if eastern := persons.agreement(left, right):
        told = eastern[1]
        return min(told.family, told.lowest)
    laid = pairing.pair(pairing.side(left), pairing.side(right))
    if laid.left_over and laid.right_over:
        return 0.0
    return min((alike for x, y, alike in laid.pairs if min(len(x), len(y)) > 1), default=0.0)
