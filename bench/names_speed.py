"""How many pairs of names are compared in a CPU second, beside nomenklatura, in one run.

    python -m bench.names_speed PYTHON [--bench FOLDER]

PYTHON is the interpreter of an environment with nomenklatura (``pip install nomenklatura``). Loading is no part of it:
pairs of names that were never seen, the same pairs once more (the names were read, the pairs are not kept), and all
pairs of the names of a roster, as ``judge`` tells which of them are one. Of the roster the peer, which knows pairs
alone, is given every 50th pair.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

from bench.gate import BENCH
from bench.topics.names_pairs import rows_of
from stemma.records import Evidence, Mention
from stemma.resolve import compare, judge

_PEER = Path(__file__).with_name("names_peer.py")
_EACH = 50  #: one in so many pairs of the roster is given to the peer
Pair = tuple[str, str]


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


def ours(what: str, bench: Path) -> list[float]:
    """Stemma's rates: of new pairs and of the same again, or of all pairs of the roster."""
    warm_up = [("Cho Min Sol", "Чо Мин Соль"), ("Zhou Xiaoping", "周小平"), ("Anton Holt", "محمد")]
    for left, right in warm_up:
        compare(left, right, "person")
    if what == "pairs":
        pairs = pairs_of(bench)
        return [rate(len(pairs), lambda: [compare(*pair, "person") for pair in pairs]) for _ in range(2)]
    names = [_mention(name) for name in roster_of(bench)]
    judge([*map(_mention, (f"Anton Holt{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))])
    return [rate(len(names) * (len(names) - 1) // 2, lambda: judge(names))]


def _mention(name: str) -> Mention:
    words = Evidence(document=f"d{name}", start=0, end=len(name), exact=name)
    return Mention(document=words.document, evidence=words, kind="person")


def peers(python: str, pairs: Sequence[Pair]) -> list[float]:
    """The peer's rates of new pairs and of the same again."""
    done = subprocess.run(
        [python, "-P", str(_PEER)], input=json.dumps(pairs), capture_output=True, text=True, check=True
    )
    rates: list[float] = json.loads(done.stdout.splitlines()[-1])
    return rates


def _own(what: str, bench: Path) -> list[float]:
    command = [sys.executable, "-m", "bench.names_speed", "--child", what, "--bench", str(bench)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rates: list[float] = json.loads(done.stdout.splitlines()[-1])
    return rates


def main() -> int:
    """Print a row for each way."""
    parser = argparse.ArgumentParser(prog="python -m bench.names_speed", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("python", nargs="?", help="interpreter of the environment with nomenklatura")
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        print(json.dumps(ours(chosen.child, chosen.bench)))
        return 0
    roster = list(combinations(roster_of(chosen.bench), 2))
    mine = [*_own("pairs", chosen.bench), *_own("roster", chosen.bench)]
    theirs = [*peers(chosen.python, pairs_of(chosen.bench)), peers(chosen.python, roster[::_EACH])[0]]
    print(f"{'pairs a CPU second':<24} {'Stemma':>9} {'logic-v2':>9} {'times':>6}")
    for way, a, b in zip(("names never seen", "names seen before", "all of a roster"), mine, theirs, strict=True):
        print(f"{way:<24} {a:>9,.0f} {b:>9,.0f} {a / b:>6.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
