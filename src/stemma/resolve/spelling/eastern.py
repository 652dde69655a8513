"""What Korean and Chinese names share: family name first, one or two syllables after it, and how two of them agree."""

from __future__ import annotations

from typing import NamedTuple


class Eastern(NamedTuple):
    """A name as family name and given syllables.

    ``numbers``: lines of the table of family names that the family name may stand for; ``certain``: the order or the
    script leaves no doubt which word is the family name; ``foreign``: read as languages write it in which "j" is "y";
    ``last``: the family name stands last.
    """

    family: str
    given: tuple[str, ...]
    numbers: frozenset[int] = frozenset()
    certain: bool = True
    foreign: bool = False
    last: bool = False


class Agreement(NamedTuple):
    """How two eastern names agree: their family names, their given syllables at worst and on average (0 to 1).

    ``scores``: of each two given syllables, none where the given names are of different length; ``turned``: one of the
    two reads so only with its family name last.
    """

    family: float
    lowest: float
    mean: float
    left: Eastern
    right: Eastern
    scores: tuple[float, ...]
    turned: bool

    @property
    def length(self) -> int:
        """How many given syllables both have; 0 where one has more."""
        return len(self.scores)

    @property
    def rank(self) -> float:
        """By which the best of several readings is told."""
        return self.family + self.lowest + self.mean


TURNED = 0.93  #: share that an agreement keeps where one name reads so only with its family name last
