"""How many pairs of names are compared in a CPU second, beside nomenklatura, in one run.

    python -m bench.names_speed PYTHON [--bench FOLDER]

PYTHON is the interpreter of an environment with nomenklatura (``pip install nomenklatura``). Pairs of names that were
never seen, once with what loading costs and once without; the same pairs once more (the names were read, the pairs are
not kept); and all pairs of the names of a roster, as ``judge`` tells which of them are one. Of the roster the peer,
which knows pairs alone, is given every 50th pair. Each has one thread, and what it loaded is no garbage to be looked
through.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from anyascii import anyascii

from bench.gate import BENCH
from bench.topics.names_pairs import rows_of
from stemma.records import Evidence, Mention
from stemma.resolve import compare, judge

_PEER = Path(__file__).with_name("names_peer.py")
_EACH = 50  #: one in so many pairs of the roster is given to the peer
#: A name a script, so that comparing them loads what names are read by.
WARM_UP = ("Cho Min Sol", "Чо Мин Соль", "조민솔", "Zhou Xiaoping", "周小平", "Anton Holt", "محمد")
_WAYS = {
    "loaded": "never seen, loading counted",
    "new": "names never seen",
    "again": "names seen before",
    "roster": "all of a roster",
}
Pair = tuple[str, str]
Rates = dict[str, float]  #: CPU seconds of loading, and pairs a CPU second by the way in which they are asked


def pairs_of(bench: Path) -> list[Pair]:
    """The pairs of persons' names."""
    rows = rows_of(bench / "names" / "pairs_dev.jsonl.gz")
    return [(row["left"], row["right"]) for row in rows if row["type"] not in {"org", "place"}]


def roster_of(bench: Path) -> list[str]:
    """The spellings of the roster, each once."""
    return sorted({row["name"] for row in rows_of(bench / "names" / "roster_dev.jsonl.gz")})


def rate(count: int, work: Callable[[], object]) -> float:
    """So many things a CPU second."""
    began = time.process_time()
    work()
    return count / (time.process_time() - began)


def ours(bench: Path) -> Rates:
    """Stemma's rates."""
    for left, right in combinations(WARM_UP, 2):
        compare(left, right, "person")
    anyascii("".join(map(chr, range(0x3400, 0xA000))))  # the tables of Chinese characters
    judge([*map(_mention, (f"Anton Holt{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))])
    gc.collect()
    gc.freeze()
    loading, pairs = time.process_time(), pairs_of(bench)
    new, again = (rate(len(pairs), lambda: [compare(*pair, "person") for pair in pairs]) for _ in range(2))
    names = [_mention(name) for name in roster_of(bench)]
    roster = rate(len(names) * (len(names) - 1) // 2, lambda: judge(names))
    return {"loading": loading, "new": new, "again": again, "roster": roster}


def _mention(name: str) -> Mention:
    words = Evidence(document=f"d{name}", start=0, end=len(name), exact=name)
    return Mention(document=words.document, evidence=words, kind="person")


def peers(python: str, bench: Path) -> Rates:
    """The peer's rates."""
    asked = {"warm-up": WARM_UP, "pairs": pairs_of(bench), "roster": [*combinations(roster_of(bench), 2)][::_EACH]}
    return _asked([python, "-P", str(_PEER)], json.dumps(asked))


def _own(bench: Path) -> Rates:
    return _asked([sys.executable, "-m", "bench.names_speed", "--child", "--bench", str(bench)])


def _asked(command: list[str], given: str = "") -> Rates:
    """What a process of its own prints last."""
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True, env=alone)
    rates: Rates = json.loads(done.stdout.splitlines()[-1])
    return rates


def main() -> int:
    """Print a row for each way."""
    parser = argparse.ArgumentParser(prog="python -m bench.names_speed", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("python", nargs="?", help="interpreter of the environment with nomenklatura")
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        print(json.dumps(ours(chosen.bench)))
        return 0
    mine, theirs = _own(chosen.bench), peers(chosen.python, chosen.bench)
    count = len(pairs_of(chosen.bench))
    for one in (mine, theirs):
        one["loaded"] = count / (one["loading"] + count / one["new"])
    print(f"{'pairs a CPU second':<32} {'Stemma':>9} {'logic-v2':>9} {'times':>6}")
    for way, title in _WAYS.items():
        print(f"{title:<32} {mine[way]:>9,.0f} {theirs[way]:>9,.0f} {mine[way] / theirs[way]:>6.1f}")
    print(f"{'CPU seconds of loading':<32} {mine['loading']:>9.1f} {theirs['loading']:>9.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
