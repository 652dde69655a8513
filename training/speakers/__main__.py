"""Fit the weights by which the speaker behind a source is told.

    python -m training.speakers [--ridge R] [--output FILE]

The lessons are the sources of the corpus' second layer outside the folders that are measured. There is no chance in
it: two runs write the same file. Of documents left out in turn (a sixth each) it prints how many sources are told
rightly, by the rules and by the weights.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.speakers.fit import Weights, fit, weigh
from training.speakers.lessons import Lesson, lessons

OUTPUT = Path(__file__).parents[2] / "src/stemma/annotate/references/choosing/weights.toml"
RIDGE = 4.0  #: of 1, 2, 4, 8 and 12 that with the greatest likelihood of documents left out
_FOLDS = 6
_LEAST = 0.01  #: a weight that is nearer to nothing is left out
_HEAD = '''# Weights of the signs by which the speaker behind a source is told, by `python -m training.speakers`.
source = """
Conditional logistic regression, fitted on {count:,} sources of {documents} documents of the Stemma attribution corpus
(CC BY 4.0), second layer: all annotated folders but d, o, ab and v, which are for measuring. Ridge {ridge:g}.
"""
licence = "Apache-2.0"

[weight]  # a line for each sign: its weight by the sort of words of the source
'''


def left_out(given: Sequence[Lesson], ridge: float) -> Iterator[tuple[Lesson, bool]]:
    """Each lesson, and whether weights that were fitted without its document tell it rightly."""
    for fold in range(_FOLDS):
        weights = fit([one for one in given if _fold(one) != fold], ridge, ridge)
        for one in given:
            if _fold(one) == fold:
                yield one, one.right[int(weigh(weights, one).argmax())]


def _fold(one: Lesson) -> int:
    return hashlib.sha256(one.document.encode()).digest()[1] % _FOLDS


def report(rows: Sequence[tuple[Lesson, bool]]) -> Iterator[str]:
    """A line for each sort of source: how many, right by the rules, right by the weights, right among the answers."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one, right in rows:
        for sort in (one.sort, "all"):
            counts[sort] += Counter(
                sources=1,
                rules=int(one.ruled >= 0 and one.right[one.ruled]),
                weights=int(right),
                any=int(any(one.right)),
            )
    for sort, count in sorted(counts.items()):
        yield f"{sort:8}" + "".join(f"{name} {count[name]:5}  " for name in ("sources", "rules", "weights", "any"))


def written(weights: Weights, given: Sequence[Lesson], ridge: float) -> str:
    """The file of the weights: a line for each sign."""
    documents = len({one.document for one in given})
    lines = [_HEAD.format(count=len(given), documents=documents, ridge=ridge).rstrip()]
    rows: dict[str, list[str]] = defaultdict(list)
    for sort, table in sorted(weights.items()):
        for name, much in table.items():
            if abs(much) >= _LEAST:
                rows[name].append(f"{sort} = {much:.2f}")
    lines += [f'"{name}" = {{ {", ".join(row)} }}' for name, row in sorted(rows.items())]
    return "\n".join([*lines, ""])


def main(arguments: list[str] | None = None) -> int:
    """Fit, report, and write."""
    parser = argparse.ArgumentParser(prog="python -m training.speakers", description=__doc__.splitlines()[0])
    parser.add_argument("--ridge", type=float, default=RIDGE)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    chosen = parser.parse_args(arguments)
    given = list(lessons("train"))
    print("\n".join(report(list(left_out(given, chosen.ridge)))))
    chosen.output.write_text(written(fit(given, chosen.ridge, chosen.ridge), given, chosen.ridge), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
