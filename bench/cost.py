"""Cost of ``stemma add`` on generated pages: pages per CPU second, peak memory and how cost grows.

    python -m bench.cost [COUNT ...] [--statements network|rules] [--workers N] [--stages]

Statements are found both ways, one after the other, unless one is asked for. Each count runs in a process of its own
over a fresh archive; CPU time counts children too. With ``--stages`` a table of the stages follows each count,
measured in one process; metering costs some per cent of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from math import log
from pathlib import Path
from typing import Any, get_args

from bench import stages
from bench.pages import pages
from stemma import collect, flow
from stemma.records import Stated
from stemma.stage import Way

#: Pages per CPU second. The floor of the rules is the one that was set before there was a network.
FLOORS: dict[str, float] = {"rules": 60.0, "network": 12.0}
MOST_MEMORY = 600.0  #: MB at 10,000 pages
STEEPEST = 1.15  #: exponent of growth that still counts as linear


def child(source: str, archive: str, workers: int, way: Way) -> None:
    """Add the pages and print what it cost; with no workers at all by stages."""
    if workers:
        seconds_of: dict[str, float] = {}
        totals = flow.take(archive, collect.captures([source], Stated()), workers=workers, way=way)
    else:
        seconds_of, totals = stages.add(archive, source, way), stages.totals(archive)
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = sum(u.ru_utime + u.ru_stime for u in (own, children))
    print(json.dumps({"pages": totals.pages, "statements": totals.statements, "cpu": seconds, "stages": seconds_of,
                      "memory": max(own.ru_maxrss, children.ru_maxrss) / 1024}))  # fmt: skip


def measure(count: int, workers: int, way: Way) -> dict[str, Any]:
    """Cost of adding ``count`` pages to an empty archive this way; by stages where there are no workers."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "pages.jsonl"
        with source.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in pages(count))
        command = [
            sys.executable,
            "-m",
            "bench.cost",
            "--child",
            str(source),
            f"{folder}/cost.stemma",
            str(workers),
            way,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        size = sum(path.stat().st_size for path in Path(f"{folder}/cost.stemma").rglob("*") if path.is_file())
        return {**result, "archive": size / 1e6, "text": source.stat().st_size / 1e6}


def main() -> int:
    """Print a row a count and way; 1 where a bar is missed."""
    if sys.argv[1:2] == ["--child"]:
        source, archive, workers, way = sys.argv[2:6]
        child(source, archive, int(workers), "rules" if way == "rules" else "network")
        return 0
    parser = argparse.ArgumentParser(prog="python -m bench.cost", description=__doc__.splitlines()[0])
    parser.add_argument("counts", type=int, nargs="*", default=[300, 3_000])
    parser.add_argument("--statements", choices=get_args(Way), action="append", dest="ways")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--stages", action="store_true")
    chosen = parser.parse_args()
    workers = 0 if chosen.stages else chosen.workers
    missed = [way for way in chosen.ways or get_args(Way) if not kept(way, chosen.counts, workers)]
    return int(bool(missed))


def kept(way: Way, counts: list[int], workers: int) -> bool:
    """Print a row a count; whether the bars are kept."""
    print(f"statements found by the {way}" + (" and the rules" if way == "network" else " alone"))
    print("   pages    CPU s  pages/CPU s  peak MB  archive MB  text MB  statements")
    rows = []
    for count in counts:
        row = measure(count, workers, way)
        rows.append(row)
        print(f"{row['pages']:>8} {row['cpu']:>8.1f} {row['pages'] / row['cpu']:>12.1f} {row['memory']:>8.0f} "
              f"{row['archive']:>11.1f} {row['text']:>8.1f} {row['statements']:>11}", flush=True)  # fmt: skip
        if row["stages"]:
            print(stages.table(row["stages"], row["pages"]), flush=True)
    return good(rows, FLOORS[way])


def good(rows: list[dict[str, Any]], floor: float) -> bool:
    """Whether the largest run keeps the bars, and whether cost grew in proportion."""
    last, first = rows[-1], rows[0]
    fast = last["pages"] / last["cpu"] >= floor and last["memory"] <= MOST_MEMORY
    if len(rows) > 1:
        growth = log(last["cpu"] / first["cpu"]) / log(last["pages"] / first["pages"])
        print(f"exponent of growth {growth:.3f} (at most {STEEPEST}); wanted {floor:g} pages/CPU s, {MOST_MEMORY:g} MB")
        return fast and growth <= STEEPEST
    return fast


if __name__ == "__main__":
    sys.exit(main())
