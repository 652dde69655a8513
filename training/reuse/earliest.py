"""Examples of witnesses: each document of a forest that shares words with another, and whether it began its tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stemma.collate.tree.earliest import FEATURES, features
from stemma.collate.tree.ties import possible
from stemma.collate.tree.trace import judged
from training.reuse.exemplars import forest

#: More of none of these makes a witness surely more or less likely to be the earliest.
MONOTONE = [0] * len(FEATURES)


def examples(folder: Path) -> Iterator[tuple[NDArray[np.float64], list[bool]]]:
    """Rows of features and whether each took its words from none, a forest at a time."""
    parents, known, variants = forest(folder)
    found = possible(known, variants)
    rows = features(known, [edge for some in found.values() for edge in judged(known, some)])
    yield np.array(list(rows.values())), [parents[document] is None for document in rows]
