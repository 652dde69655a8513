"""What Korean and Chinese names share: family name first, one or two syllables after it, and how two of them agree."""

from __future__ import annotations

from typing import NamedTuple


class Eastern(NamedTuple):
    """A name as family name and given syllables.

    ``numbers``: lines of the table of family names that the family name may stand for; ``certain``: the order or the
    script leaves no doubt which word is the family name.
    """

    family: str
    given: tuple[str, ...]
    numbers: frozenset[int] = frozenset()
    certain: bool = True


class Agreement(NamedTuple):
    """How two eastern names agree: their family names, their given syllables at worst and on average (0 to 1)."""

    family: float
    lowest: float
    mean: float
    reasons: tuple[str, ...]

    @property
    def rank(self) -> float:
        """By which the best of several readings is told."""
        return self.family + self.lowest + self.mean


TURNED = 0.93  #: share that an agreement keeps where one name reads so only with its family name last
