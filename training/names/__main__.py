"""Fit the weights of the comparer of names, on made-up names only.

    python -m training.names [--seed N] [--output FILE]

The names are put together from ``inventory.toml``; the features are those of ``stemma.resolve``. Two runs
with one seed write the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stemma.resolve.persons import features
from training.names.pairs import Pair, few, pairs

OUTPUT = Path(__file__).parents[2] / "src" / "stemma" / "resolve" / "names" / "weights.toml"
SEED = 1
_RIDGE = 2.0  #: penalty on the square of a weight
_STEPS = 30  #: of Newton's method; it stands still long before
Floats = npt.NDArray[np.float64]
_HEAD = '''# Weights of the features of two names of persons: logistic regression, by `python -m training.names`.
source = """
Fitted on {count:,} pairs ({same:,} of one person, {apart:,} of two) of names that were made up for it: syllables,
stems and given names of training/names/inventory.toml (written by hand for Stemma from general knowledge) in the
spellings of published transliteration systems; pairs of two persons are the nearest names by edit distance or
share their first word. No list of real persons was used: no row of any test list, of parliaments or of
sanctions. Seed {seed}.
"""
licence = "Apache-2.0"
# Digest of the features of a few made-up pairs: where it is another, names are read otherwise than they were for this.
features = "{digest}"

[weight]
'''
_DIGITS = 6  #: of features that the digest is of: another machine's last digits do not count


def fit(x: Floats, y: Floats, importance: Floats) -> Floats:
    """Weights of a logistic regression with a ridge penalty, by Newton's method; the last one is the bias."""
    x = np.hstack([x, np.ones((len(x), 1))])
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], _RIDGE)
    penalty[-1] = 0.0
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (importance * (y - share)) - penalty * weights
        bend = (x * (importance * share * (1 - share))[:, None]).T @ x + np.diag(penalty + 1e-6)
        weights += np.linalg.solve(bend, slope)
    return weights


def fit_rising(x: Floats, y: Floats, importance: Floats, rising: npt.NDArray[np.bool_]) -> Floats:
    """The same, but what is ``rising`` never weighs less than nothing: where it would, it is left out."""
    kept = np.ones(x.shape[1], dtype=np.bool_)
    while True:
        weights = np.zeros(x.shape[1] + 1)
        weights[np.append(kept, True)] = fit(x[:, kept], y, importance)
        wrong = rising & (weights[:-1] < 0)
        if not wrong.any():
            return weights
        kept &= ~wrong


def is_rising(name: str) -> bool:
    """Whether a feature is a likeness, which never speaks against two names."""
    return not name.endswith(_AGAINST)


#: Features that may speak either way: how much is left over, and what sort of names are laid side by side.
_AGAINST = (
    "unpaired of fewer", "unpaired of more", "one word", "one word each", "native alone", "heard", "loose",
    "bare", "korean", "chinese",
)  # fmt: skip


def balanced(made: list[Pair]) -> Floats:
    """The importance of each pair: both verdicts weigh alike within each kind of pair."""
    counts = Counter((pair.kind, pair.same) for pair in made)
    kinds = Counter(pair.kind for pair in made)
    return np.array([kinds[pair.kind] / (2 * counts[pair.kind, pair.same]) for pair in made])


def digest(seed: int) -> str:
    """How names are read: what their features are, of a few pairs."""
    told = [{name: round(value, _DIGITS) for name, value in features(*pair).items()} for pair in few(seed)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def main(arguments: list[str] | None = None) -> int:
    """Make names, fit, write."""
    parser = argparse.ArgumentParser(prog="python -m training.names", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    chosen = parser.parse_args(arguments)
    made = [pair for pair in pairs(chosen.seed) if pair.left != pair.right]
    found = [features(pair.left, pair.right) for pair in made]
    names = list(found[0])
    x = np.array([[one[name] for name in names] for one in found])
    y = np.array([float(pair.same) for pair in made])
    weights = fit_rising(x, y, balanced(made), np.array([is_rising(name) for name in names]))
    same = int(y.sum())
    told = {"count": len(made), "same": same, "apart": len(made) - same, "seed": chosen.seed}
    head = _HEAD.format(**told, digest=digest(chosen.seed))
    lines = [
        f"bias = {weights[-1]:.2f}",
        *(f'"{name}" = {value:.2f}' for name, value in zip(names, weights, strict=False)),
    ]
    chosen.output.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(made)} pairs ({same} same) -> {chosen.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
