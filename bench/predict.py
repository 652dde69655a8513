"""Predictions for every bench topic, through the public functions of the rooms.

    python -m bench.predict TOPIC INPUT OUTPUT [--nested]

INPUT is the scorer's input form without the gold (JSON Lines, plain or .gz), OUTPUT the scorer's prediction
form. A topic is a module of ``bench.topics`` with ``predict(rows) -> rows`` or ``run(source, output)``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

TOPICS = (
    "attribution",
    "statements",
    "dates",
    "extraction",
    "names-pairs",
    "names-roster",
    "names-ner",
    "names-pron",
    "names-seeds",
    "names-gap",
    "lineage",
)
Row = dict[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON Lines file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """One JSON object a line."""
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def predict(topic: str, source: Path, output: Path, *, nested: bool = False) -> None:
    """Write the predictions of one topic. Raises ``ValueError`` for a topic that does not exist."""
    if topic not in TOPICS:
        message = f"no topic {topic!r}; there are: {', '.join(TOPICS)}"
        raise ValueError(message)
    module = import_module(f"bench.topics.{topic.replace('-', '_')}")
    if hasattr(module, "run"):
        module.run(source, output)
        return
    answer = partial(module.predict, nested=True) if nested else module.predict
    write_rows(output, answer(read_rows(source)))


def main(arguments: list[str] | None = None) -> int:
    """Parse, predict; exit status 2 for misuse."""
    parser = argparse.ArgumentParser(prog="python -m bench.predict", description=__doc__.splitlines()[0])
    parser.add_argument("topic", choices=TOPICS)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--nested", action="store_true", help="attribution: keep inner levels too")
    chosen = parser.parse_args(arguments)
    if not chosen.input.exists():
        parser.error(f"{chosen.input} does not exist")
    predict(chosen.topic, chosen.input, chosen.output, nested=chosen.nested)
    return 0


if __name__ == "__main__":
    sys.exit(main())
