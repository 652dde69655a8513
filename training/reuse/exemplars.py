"""Examples of hops: every witness that a document of a forest may have its words from, and whether it has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.topics.lineage import meet, page_of, witness_of
from stemma import collate
from stemma.collate.tree.ties import possible
from stemma.collate.tree.trace import FEATURES, features
from stemma.records import Variant, Witness

#: What may count either way; of all else more never makes an exemplar less likely.
FREE = {"kept", "of_child", "of_parent", "undated", "citations", "cites_back", "possible"}
MONOTONE = [0 if name in FREE else 1 for name in FEATURES]


def examples(folder: Path) -> Iterator[tuple[NDArray[np.float64], list[bool]]]:
    """Rows of features and whether each is the exemplar, a document at a time."""
    parents, known, variants = forest(folder)
    for child, some in sorted(possible(known, variants).items()):
        yield features(known, some), [edge.parent == parents[child] for edge in some]


def forest(folder: Path) -> tuple[dict[str, str | None], dict[str, Witness], list[Variant]]:
    """The exemplar of each document of a forest (None: it has none), all of them as witnesses, and what they share."""
    rows, edges = (
        [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        for name in ("docs.jsonl", "edges.jsonl")
    )
    outlets = sorted({row["outlet"] for row in rows})
    known = {row["id"]: witness_of(row, outlets) for row in rows}
    variants = meet([passage for row in rows for passage in collate.passages(page_of(row))])
    return {row["child"]: row["parent"] for row in edges}, known, variants
