"""nomenklatura's logic-v2 on pairs of names, run by the interpreter of an environment of its own.

PYTHON bench/names_peer.py < ASKED: {"warm-up": names, "pairs": pairs, "roster": pairs} as JSON in; the last line
printed is a JSON object of CPU seconds of loading, and of pairs a CPU second: pairs never seen, the same again, those
of the roster. Building the two entities is in it: it is what a user has to do.
Nothing of Stemma is imported.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from itertools import combinations
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

    def rate(pairs: Sequence[Sequence[str]]) -> float:
        began = time.process_time()
        for at, (left, right) in enumerate(pairs):
            algorithm.compare(person(2 * at, left), person(2 * at + 1, right), usual)
        return len(pairs) / (time.process_time() - began)

    asked = json.load(sys.stdin)
    rate([*combinations(asked["warm-up"], 2)])
    gc.collect()
    gc.freeze()
    told = {"loading": time.process_time()}
    told |= {"new": rate(asked["pairs"]), "again": rate(asked["pairs"]), "roster": rate(asked["roster"])}
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
