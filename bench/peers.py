"""Peers beside Stemma on the attribution bench, in one run: F1 and articles per CPU second.

    python -m bench.peers PYTHON [--bench FOLDER] [--only WORD]

PYTHON is the interpreter of an environment with the peers (bench/peers.md tells how to make it, and which peers cannot
be had that way).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.gate import BENCH, FLOORS
from bench.inputs import prepare
from bench.topics import attribution
from stemma.annotate import mentions, statements, times

PEERS = ("textacy", "clauses")
_PEER = Path(__file__).with_name("peer.py")
Row = dict[str, Any]
#: Writes the predictions for an input; CPU seconds without loading.
System = Callable[[Path, Path, bool], float]


def peer(python: str, name: str) -> System:
    """A peer of the other environment; it knows no levels."""

    def run(source: Path, output: Path, _: bool) -> float:
        command = [python, "-P", str(_PEER), name, str(source), str(output)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return float(json.loads(done.stdout.splitlines()[-1])["cpu"])

    return run


def stemma(*, by_rules: bool) -> System:
    """Stemma itself: the statements of each page as ``annotate`` finds them."""

    def run(source: Path, output: Path, nested: bool) -> float:
        rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
        _attributions("Nobody said so.", nested=False, by_rules=by_rules)  # what is loaded once is no cost of a page
        began = time.process_time()
        found = [_attributions(row["text"], nested=nested, by_rules=by_rules) for row in rows]
        spent = time.process_time() - began
        pairs = zip(rows, found, strict=True)
        lines = [json.dumps({"id": row["id"], "attributions": each}) + "\n" for row, each in pairs]
        output.write_text("".join(lines), encoding="utf-8")
        return spent

    return run


def _attributions(text: str, *, nested: bool, by_rules: bool) -> list[Row]:
    page = attribution.page_of_text(text)
    said = statements(page, mentions(page), times(page), by_rules=by_rules)
    return [dict(attribution.attribution(each)) for each in (said if nested else attribution.outermost(said))]


def scored(measure: Row, bench: Path, system: System) -> tuple[Row, float]:
    """What the scorer says of a system, and articles per CPU second."""
    folder = Path(tempfile.mkdtemp(prefix="peers-"))
    gold, source = prepare(measure, bench, folder)
    output = folder / "predictions.jsonl"
    spent = system(source, output, measure.get("nested", False))
    command = [sys.executable, str(bench / measure["scorer"][0]), str(gold), str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    count = len(source.read_text(encoding="utf-8").splitlines())
    return json.loads(done.stdout), count / max(spent, 1e-9)


def main() -> int:
    """Print a table of all systems on all attribution sets."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("python", help="interpreter of the environment with the peers")
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--only", default="", help="sets whose name has this in it")
    chosen = parser.parse_args()
    systems = {name: peer(chosen.python, name) for name in PEERS}
    systems |= {"stemma, rules": stemma(by_rules=True), "stemma": stemma(by_rules=False)}
    plan = json.loads(FLOORS.read_text(encoding="utf-8"))["measures"]
    print(f"{'set':<28} {'system':<14} {'triple':>7} {'speech':>7} {'direct':>7} {'partial':>8} {'articles/CPU s':>15}")
    for measure in (each for each in plan if each["topic"] == "attribution" and chosen.only in each["name"]):
        for name, system in systems.items():
            result, speed = scored(measure, chosen.bench, system)
            types = result["by_type"]
            figures = [
                result["triple"],
                types["speech"]["triple"],
                types["direct"]["triple"],
                result["content"]["partial"],
            ]
            told = " ".join(f"{each['f1']:>7.1f}" for each in figures)
            print(f"{measure['name']:<28} {name:<14} {told} {speed:>16.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
