"""What the rows of a table add up to, document by document: compared without a question for each row.

Each row that the pages ask for is added, each row that is there is taken away; what is not 0 in the end is wrong.
A row counts as a hash of 64 bits, so that a table of millions of rows costs eight bytes a document. The hash guards
against damage, not against somebody who forges rows to its measure: for that there are signed manifests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 8_192  #: rows counted together
#: SplitMix64, which makes any two inputs that differ look unrelated (Steele, Lea, Flood 2014, OOPSLA).
_STEP, _ONE, _OTHER = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_SHIFTS = tuple(np.uint64(each) for each in (30, 27, 31))
Ints = tuple[int, ...]
Weights = NDArray[np.uint64]


class Sums:
    """The sums of one table. A row begins with its document; 0, and one that is not there, count as no page."""

    def __init__(self, documents: int) -> None:
        self._left: Weights = np.zeros(documents + 1, np.uint64)
        self._wanted: list[Ints] = []

    def want(self, rows: Iterable[Ints]) -> None:
        """Add rows that must be there."""
        self._wanted += rows
        if len(self._wanted) >= _AT_ONCE:
            self._settle()

    def find(self, rows: Iterable[Ints]) -> None:
        """Take away rows that are there."""
        self._settle()
        for some in batches(rows):
            self.take(np.array(some, np.int64))

    def take(self, rows: NDArray[np.int64]) -> None:
        """The same for rows as an array."""
        np.subtract.at(self._left, self._places(rows), _weights(rows))

    def wrong(self) -> list[int]:
        """The documents whose rows are not those wanted."""
        self._settle()
        found: list[int] = np.flatnonzero(self._left).tolist()
        return found

    def _settle(self) -> None:
        if self._wanted:
            rows = np.array(self._wanted, np.int64)
            self._wanted.clear()
            np.add.at(self._left, self._places(rows), _weights(rows))

    def _places(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        documents = rows[:, 0]
        return np.where((documents > 0) & (documents < len(self._left)), documents, 0)


def batches(rows: Iterable[Ints]) -> Iterator[Sequence[Ints]]:
    """The rows, some at a time."""
    stream = iter(rows)
    while some := list(islice(stream, _AT_ONCE)):
        yield some


def _weights(rows: NDArray[np.int64]) -> Weights:
    """A hash of each row, in which the place of a value counts."""
    weights: Weights = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        weights = _mixed(weights + column.astype(np.uint64) + _STEP)
    return weights


def _mixed(numbers: Weights) -> Weights:
    numbers = (numbers ^ (numbers >> _SHIFTS[0])) * _ONE
    numbers = (numbers ^ (numbers >> _SHIFTS[1])) * _OTHER
    mixed: Weights = numbers ^ (numbers >> _SHIFTS[2])
    return mixed
