"""nomenklatura's logic-v2 on pairs of names, run by the interpreter of an environment of its own.

PYTHON bench/names_peer.py < PAIRS: a JSON list of pairs in; the last line printed is a list of two rates, pairs a CPU
second of pairs never seen and of the same once more. Building the two entities is in it: it is what a user has to do.
Nothing of Stemma is imported.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def main() -> int:
    """Read pairs, compare them twice, print both rates."""
    from followthemoney import EntityProxy  # type: ignore[import-not-found]  # noqa: PLC0415 - of the peer's environment
    from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]  # noqa: PLC0415
    from nomenklatura.matching.types import ScoringConfig  # type: ignore[import-not-found]  # noqa: PLC0415

    algorithm: Any = get_algorithm("logic-v2")
    config = ScoringConfig.defaults()

    def person(at: int, name: str) -> Any:  # noqa: ANN401 - of the peer
        return EntityProxy.from_dict({"id": str(at), "schema": "Person", "properties": {"name": [name]}})

    def compare(pairs: list[list[str]]) -> None:
        for at, (left, right) in enumerate(pairs):
            algorithm.compare(person(2 * at, left), person(2 * at + 1, right), config)

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
