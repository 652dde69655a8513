"""Fits how sure a statement is: ``python -m training.spans.confidence CORPUS.jsonl`` (of ``tools/corpus.py write``).

The weights are fitted on the documents of the development part and printed with how they fare on the test part: of the
statements that are given so much, how many have the right source and content.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.annotate.statements.chains import page_drafts
from stemma.annotate.statements.encoder import heard, network
from stemma.annotate.statements.encoder.confidence import Signs
from stemma.annotate.statements.encoder.joined import judged
from stemma.annotate.statements.encoder.weights import Network
from stemma.annotate.statements.grammar.lines import Span
from training.spans.lessons import lesson_of

Floats = npt.NDArray[np.float64]
OUTPUT = Path(__file__).parents[2] / "src" / "stemma" / "annotate" / "statements" / "encoder" / "confidence.toml"
_RIDGE = 1.0  #: penalty on the square of a weight
_STEPS = 30  #: of Newton's method; it stands still long before
_BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
_HEAD = """# Weights of what a statement's confidence is reckoned from, by `python -m training.spans.confidence`.
source = "Fitted on {count} statements found in the development part of the Stemma attribution corpus"
licence = "Apache-2.0"
bias = {bias:.3f}

[weight]
"""


def cases(net: Network, row: dict[str, Any]) -> Iterator[tuple[Signs, bool]]:
    """The statements found in one document: their signs, and whether source and content are right."""
    lesson = lesson_of(row)
    starts = [match.start() for match in re.finditer(r"\w+", lesson.text)]

    def tokens(spans: Sequence[Span]) -> frozenset[int]:
        return frozenset(n for a, b in spans for n in range(bisect_left(starts, a), bisect_left(starts, b)))

    gold = [(tokens(one.content), tokens(one.source)) for one in lesson.said]
    rules = page_drafts(lesson.text, lesson.stretches, ["body"] * len(lesson.stretches))
    sheet, marked = heard(lesson.text, lesson.stretches, rules, net)
    for draft, signs in judged(sheet, rules, marked):
        content, source = tokens(draft.content), tokens(draft.source)
        yield signs, any(_half(content, theirs) and _half(source, who) for theirs, who in gold)


def _half(left: frozenset[int], right: frozenset[int]) -> bool:
    return 2 * len(left & right) >= max(len(left), len(right))


def table(net: Network, rows: Sequence[dict[str, Any]]) -> tuple[Floats, Floats]:
    """Signs, a row for each statement, and 1 for those that are right."""
    found = [case for row in rows for case in cases(net, row)]
    return np.array([signs for signs, _ in found], float), np.array([right for _, right in found], float)


def fit(x: Floats, y: Floats) -> Floats:
    """Weights of a logistic regression with a ridge penalty, by Newton's method; the last one is the bias."""
    x = np.hstack([x, np.ones((len(x), 1))])
    weights, penalty = np.zeros(x.shape[1]), np.full(x.shape[1], _RIDGE)
    penalty[-1] = 0.0
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        bend = (x * (share * (1 - share))[:, None]).T @ x + np.diag(penalty + 1e-6)
        weights += np.linalg.solve(bend, x.T @ (y - share) - penalty * weights)
    return weights


def reliability(chances: Floats, right: Floats) -> Iterator[str]:
    """A line for each bin: bounds, statements, mean confidence, share that is right."""
    for low, high in pairwise(_BINS):
        inside = (chances >= low) & (chances < high)
        if inside.any():
            share = f"{chances[inside].mean():.3f} | {right[inside].mean():.3f}"
            yield f"| {low:.2f}-{min(high, 1):.2f} | {inside.sum()} | {share} |"


def main(arguments: list[str]) -> int:
    """Fit, write, print."""
    rows = [json.loads(line) for line in Path(arguments[0]).read_text(encoding="utf-8").splitlines()]
    net = network()
    assert net is not None, "the package has no network yet"
    parts = {part: table(net, [row for row in rows if row["part"] == part]) for part in ("dev", "test")}
    weights = fit(*parts["dev"])
    head = _HEAD.format(count=len(parts["dev"][1]), bias=weights[-1])
    told = [f"{name} = {value:.3f}\n" for name, value in zip(Signs._fields, weights, strict=False)]
    OUTPUT.write_text(head + "".join(told), encoding="utf-8")
    x, right = parts["test"]
    chances = 1 / (1 + np.exp(-(x @ weights[:-1] + weights[-1])))
    print("\n".join(reliability(chances, right)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
