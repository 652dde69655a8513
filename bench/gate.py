"""Measures every topic against the gold and fails below a floor.

    python -m bench.gate [--bench FOLDER] [--only WORD] [--update]

Floors and the digests of the data stand in bench/floors.json. ``--update`` raises floors to what was
measured less a margin, and records the data's digests; it never lowers one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.inputs import prepare
from bench.predict import predict

FLOORS = Path(__file__).with_name("floors.json")
BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
MARGIN = 0.99  #: a raised floor leaves this share of the measured figure, for the noise of other machines
Row = dict[str, Any]


def measured(measure: Row, bench: Path, answers: dict[str, Path]) -> Row:
    """What the scorer prints for our predictions; ``answers`` keeps folders that several measures share.

    A measure with ``own`` has a module of ours in the place of gold and scorer: what its ``result()`` gives.
    """
    if "own" in measure:
        own: Row = import_module(f"bench.{measure['own']}").result()
        return own
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    gold, source = prepare(measure, bench, folder)
    shared = f"{measure['topic']} {measure.get('input') or measure['gold']} {measure.get('where')}"
    if shared not in answers:
        answers[shared] = folder / "answer"
        predict(measure["topic"], source, answers[shared], nested=measure.get("nested", False))
    answer = answers[shared] / measure["answer"] if "answer" in measure else answers[shared]
    scorer, *options = measure["scorer"]
    task, flags = [o for o in options if o[0] != "-"], [o for o in options if o[0] == "-"]
    command = [sys.executable, str(bench / scorer), *task, str(gold), str(answer), *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: Row = json.loads(done.stdout)
    return result


def pick(result: Row, path: str) -> float:
    """The figure at a dotted path; a whole number is a count."""
    value: Any = result
    for part in path.split("."):
        value = value[part]
    return value if isinstance(value, int) else float(value)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def changed(plan: Row, bench: Path) -> list[str]:
    """Files whose digest is not the recorded one: a floor holds for the data it was set on."""
    return [name for name, known in plan["data"].items() if digest(bench / name) != known]


def files_of(plan: Row) -> set[str]:
    """All data files and scorers that the measures read."""
    names: set[str] = set()
    for measure in (each for each in plan["measures"] if "own" not in each):
        golds = [measure["gold"]] if isinstance(measure["gold"], str) else measure["gold"]
        names.update([*golds, measure["scorer"][0], *([measure["input"]] if "input" in measure else [])])
    return names


def show(name: str, path: str, value: float, metric: Row) -> bool:
    """Print one row of the table; False below the floor."""
    good = value >= metric["floor"]
    peer = "-" if metric["peer"] is None else f"{metric['peer']:g}  ({metric['system']})"
    print(
        f"{'ok  ' if good else 'FAIL'} {name:<28} {path:<24} {value:>9.4g} {metric['floor']:>9.4g}  {peer}", flush=True
    )
    return good


def run(plan: Row, bench: Path, only: str) -> list[bool]:
    """Measure everything whose name holds ``only``; one bool a metric."""
    answers: dict[str, Path] = {}
    results = []
    print(f"{'':4} {'measure':<28} {'figure':<24} {'ours':>9} {'floor':>9}  best peer")
    for measure in plan["measures"]:
        if only not in measure["name"]:
            continue
        result = measured(measure, bench, answers)
        for path, metric in measure["metrics"].items():
            metric["ours"] = pick(result, path)
            results.append(show(measure["name"], path, metric["ours"], metric))
    return results


def update(plan: Row, bench: Path) -> None:
    """Raise floors and record digests."""
    for measure in plan["measures"]:
        for metric in measure["metrics"].values():
            ours = metric.pop("ours", 0)
            metric["floor"] = max(
                metric["floor"], int(ours * MARGIN) if isinstance(ours, int) else round(ours * MARGIN, 3)
            )
    plan["data"] = {name: digest(bench / name) for name in sorted(files_of(plan))}
    FLOORS.write_text(json.dumps(plan, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Exit status 1 below a floor, 2 where the data is not what the floors were set on."""
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--only", default="", help="measures whose name holds this")
    parser.add_argument("--update", action="store_true", help="raise floors to what is measured")
    chosen = parser.parse_args(arguments)
    plan = json.loads(FLOORS.read_text(encoding="utf-8"))
    needs_gold = any("own" not in each for each in plan["measures"] if chosen.only in each["name"])
    if needs_gold and not chosen.bench.is_dir():
        parser.error(f"no bench data in {chosen.bench}; floors were not checked")
    if needs_gold and not chosen.update and (other := changed(plan, chosen.bench)):
        parser.error(f"not the data that the floors were set on: {', '.join(other)}")
    begun = time.process_time()
    results = run(plan, chosen.bench, chosen.only)
    if chosen.update:
        update(plan, chosen.bench)
    print(f"{sum(results)} of {len(results)} figures at or above their floor, {time.process_time() - begun:.0f} CPU s")
    return int(not all(results) or not results)


if __name__ == "__main__":
    sys.exit(main())
