"""Fits the weights of the kinds of names: ``python -m training.mentions CORPUS``.

CORPUS is the folder of the attribution corpus, whose names are marked in ``kinds.toml``. Each page of its training part
is read as it is and three times more with names of the world (``stemma.text.gazetteer``) for its own. The same corpus
gives the same files: ``kinds/weights.tsv`` and ``knowledge/small.txt`` of ``stemma.annotate.mentions``. A minute.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from stemma.annotate.mentions.kinds.weights import KINDS, SCALE
from stemma.annotate.mentions.lexicon import small_words
from training.mentions.fit import Floats, fit
from training.mentions.lessons import Lesson, disguised, lessons, marked

_TOOL = Path(__file__).parents[2] / "tools" / "corpus.py"
_ROOM = Path(__file__).parents[2] / "src" / "stemma" / "annotate" / "mentions"
_SMALL = re.compile(r"(?<![\w'’-])[a-z][a-z'-]+")
_COPIES = 3  #: of each page with names of the world
_OFTEN = 2  #: times that a word must stand in small letters
_SOURCE = (
    "# Made by `python -m training.mentions` from the Stemma attribution corpus (CC BY 4.0, the Stemma authors).\n"
)


def rows_of(corpus: Path) -> list[dict[str, Any]]:
    """The documents of the corpus without their brackets, with the part of the split that each is in."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "corpus.jsonl"
        subprocess.run([sys.executable, str(_TOOL), "write", str(corpus), str(out)], check=True, stdout=sys.stderr)
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def main(arguments: list[str]) -> int:
    """Write the words in small letters, then the weights, and print how they fare on the development part."""
    parser = argparse.ArgumentParser(prog="python -m training.mentions", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    rows = rows_of(parser.parse_args(arguments).corpus)
    words = Counter(word for row in rows if row["part"] == "train" for word in _SMALL.findall(row["text"]))
    kept = sorted(word for word, count in words.items() if count >= _OFTEN)
    (_ROOM / "knowledge" / "small.txt").write_text(_SOURCE + "\n".join(kept) + "\n", encoding="utf-8")
    small_words.cache_clear()
    taught = [one for row in rows if row["part"] == "train" for one in _copies(row)]
    names, weights = fit(taught)
    whole = np.round(weights * SCALE).astype(int)
    lines = [
        "\t".join((name, *map(str, row))) for name, row in zip(names, whole, strict=True) if name == "bias" or row.any()
    ]
    head = f"{_SOURCE}# A sign, then its weight in sixteenths of a nat for: {', '.join(KINDS)}.\n"
    (_ROOM / "kinds" / "weights.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(taught):,} names, {len(lines):,} signs")
    _report([one for row in rows if row["part"] == "dev" for one in lessons(row["text"], marked())], names, weights)
    return 0


def _copies(row: dict[str, Any]) -> list[Lesson]:
    """The lessons of a page as it is, and of copies of it with names as the world has them."""
    taught = list(lessons(row["text"], marked()))
    for number in range(_COPIES):
        taught += lessons(*disguised(row["text"], marked(), Random(f"{row['id']} {number}")))
    return taught


def _report(held_out: list[Lesson], names: list[str], weights: Floats) -> None:
    number = {name: place for place, name in enumerate(names)}
    table: Counter[tuple[str, str]] = Counter()
    for one in held_out:
        total = weights[0] + sum(value * weights[number[sign]] for sign, value in one.signs.items() if sign in number)
        table[KINDS[one.kind], KINDS[int(total.argmax())]] += 1
    for wanted in KINDS:
        print(wanted, {told: table[wanted, told] for told in KINDS})
    print("right:", round(sum(table[kind, kind] for kind in KINDS) / max(1, len(held_out)), 4))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
