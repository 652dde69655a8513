"""nomenklatura's logic-v2 on pairs of names, run by the interpreter of an environment of its own.

PYTHON bench/names_peer.py < PAIRS: a JSON list of pairs in; the last line printed is a list of two rates, pairs a CPU
second of pairs never seen and of the same once more. Building the two entities is in it: it is what a user has to do.
Nothing of Stemma is imported.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import Any


def main() -> int:
    """Read pairs, compare them twice, print both rates."""
    entity = import_module("followthemoney").EntityProxy
    matching, config = (
        import_module("nomenklatura.matching"),
        import_module("nomenklatura.matching.types").ScoringConfig,
    )
    algorithm, usual = matching.get_algorithm("logic-v2"), config.defaults()

    def person(at: int, name: str) -> Any:
        return entity.from_dict({"id": str(at), "schema": "Person", "properties": {"name": [name]}})

    def compare(pairs: list[list[str]]) -> None:
        for at, (left, right) in enumerate(pairs):
            algorithm.compare(person(2 * at, left), person(2 * at + 1, right), usual)

    compare([["Anton Holt", "Антон Хольт"], ["Zhou Xiaoping", "周小平"]])
    pairs = json.load(sys.stdin)
    rates = []
    for _ in range(2):
        began = time.process_time()
        compare(pairs)
        rates.append(len(pairs) / (time.process_time() - began))
    print(json.dumps(rates))
    return 0


if __name__ == "__main__":
    sys.exit(main())
