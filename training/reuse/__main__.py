"""Fit the trees of ``stemma/collate/pair/*.toml`` on generated transmission forests.

    python -m training.reuse likeness FOREST... --output likeness.toml
    python -m training.reuse exemplar FOREST... --output exemplar.toml
    python -m training.reuse earliest FOREST... --output earliest.toml

A FOREST is a folder with docs.jsonl (``id``, ``outlet``, ``text``), passages.jsonl (``a``, ``b`` and the places
that were taken over, between any two documents) and edges.jsonl (``child``, ``parent``). Likeness: two units of
documents that share a key are an example; they are reuse if known passages cover half of what they share on both
sides. More weight, more of a sentence kept, better neighbours never make reuse less likely. Exemplar: every witness
that a document may have its words from. Earliest: every witness that shares words with another. The same forests give
the same trees.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemma.collate.pair.align import Stretch
from stemma.collate.pair.likeness import FEATURES, OWN, features
from stemma.collate.pair.matches import aligned, unit_pairs
from stemma.collate.pair.sketch import sketch
from stemma.collate.pair.wording import Wording, wording
from training.reuse import earliest, exemplars
from training.reuse.fit import fit, write

Row = dict[str, Any]
MOST_HOLDERS = 60  #: a key that more documents hold is a formula
REPEATED = 3  #: a last line that so many documents of one outlet have is its furniture
#: Which way each of FEATURES may turn the score; 0: either.
MONOTONE = {"runs": 0, "capitals": 0, "shorter": 0, "longer": 0, "words": 0}


def rows(file: Path) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def texts(folder: Path) -> dict[str, str]:
    """Texts by id, without the last line where it is furniture."""
    documents = rows(folder / "docs.jsonl")
    last = Counter((row["outlet"], row["text"].splitlines()[-1]) for row in documents)
    return {
        row["id"]: row["text"][: row["text"].rfind("\n")]
        if last[row["outlet"], row["text"].splitlines()[-1]] >= REPEATED else row["text"]
        for row in documents
    }  # fmt: skip


def meetings(documents: dict[str, str]) -> list[tuple[str, str]]:
    """Pairs of documents that share a key, in order."""
    holders: dict[int, list[str]] = defaultdict(list)
    for document in sorted(documents):
        for key in set(sketch(documents[document]).keys):
            holders[key].append(document)
    return sorted({pair for some in holders.values() if len(some) <= MOST_HOLDERS for pair in combinations(some, 2)})


def taken(a: Wording, b: Wording, stretch: Stretch, known: Sequence[Row]) -> bool:
    """Whether known passages cover half of a stretch on both sides."""
    left = a.starts[stretch.left[0]], a.ends[stretch.left[1] - 1]
    right = b.starts[stretch.right[0]], b.ends[stretch.right[1] - 1]
    return any(
        2 * (min(left[1], row["a_end"]) - max(left[0], row["a_start"])) >= left[1] - left[0]
        and 2 * (min(right[1], row["b_end"]) - max(right[0], row["b_start"])) >= right[1] - right[0]
        for row in known
    )


def passages(folder: Path) -> dict[tuple[str, str], list[Row]]:
    """The passages of a forest by pair of documents, the lower first."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(folder / "passages.jsonl"):
        sides = {"a": "a", "b": "b"} if row["a"] < row["b"] else {"a": "b", "b": "a"}
        ends = ("", "_start", "_end")
        turned = {f"{mine}{end}": row[f"{theirs}{end}"] for mine, theirs in sides.items() for end in ends}
        found[turned["a"], turned["b"]].append(turned)
    return found


def examples(folder: Path) -> Iterator[tuple[NDArray[np.float64], list[bool]]]:
    """Rows of features and whether each is reuse, a pair of documents at a time."""
    documents, known = texts(folder), passages(folder)
    for left, right in meetings(documents):
        a, b = wording(documents[left]), wording(documents[right])
        if found := aligned(a, b, unit_pairs(a, b)):
            yield features(a, b, found), [taken(a, b, each, known.get((left, right), ())) for each in found.values()]


def main() -> None:
    """Fit all ensembles and write them into a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", choices=("likeness", "exemplar", "earliest"))
    parser.add_argument("forest", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args()
    make = {"likeness": examples, "exemplar": exemplars.examples, "earliest": earliest.examples}[chosen.part]
    found = [each for folder in chosen.forest for each in make(folder)]
    x, y = np.concatenate([rows for rows, _ in found]), np.concatenate([labels for _, labels in found])
    print(f"{len(y)} examples, {y.sum()} of them true")
    if chosen.part == "likeness":
        monotone = [MONOTONE.get(name, 1) for name in FEATURES]
        parts = {"alone": fit(x[:, :OWN], y, monotone[:OWN]), "beside": fit(x, y, monotone)}
        write(chosen.output, "How likely shared stretches are reuse", parts)
    elif chosen.part == "earliest":
        write(chosen.output, "How likely a witness is the earliest known", {"earliest": fit(x, y, earliest.MONOTONE)})
    else:
        write(chosen.output, "How likely a witness is the exemplar", {"exemplar": fit(x, y, exemplars.MONOTONE)})


if __name__ == "__main__":
    main()
