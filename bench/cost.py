"""Cost of ``stemma add`` on generated pages: pages per CPU second, peak memory and how cost grows.

    python -m bench.cost [COUNT ...] [--workers N] [--stages]

Each count runs in a process of its own over a fresh archive; CPU time counts children too. With ``--stages`` a
table of the stages follows each count, measured in one process; metering costs some per cent of its own.
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
from typing import Any

from bench import stages
from bench.pages import pages
from stemma import flow

FLOOR = 60.0  #: pages per CPU second
MOST_MEMORY = 600.0  #: MB at 10,000 pages
STEEPEST = 1.15  #: exponent of growth that still counts as linear


def child(source: str, archive: str, workers: int) -> None:
    """Add the pages and print what it cost; with no workers at all by stages."""
    seconds_of = stages.add(archive, source) if not workers else {}
    totals = flow.add(archive, [source], workers=max(1, workers)) if workers else stages.totals(archive)
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = sum(u.ru_utime + u.ru_stime for u in (own, children))
    print(json.dumps({"pages": totals.pages, "statements": totals.statements, "cpu": seconds, "stages": seconds_of,
                      "memory": max(own.ru_maxrss, children.ru_maxrss) / 1024}))  # fmt: skip


def measure(count: int, workers: int) -> dict[str, Any]:
    """Cost of adding ``count`` pages to an empty archive; by stages where there are no workers."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "pages.jsonl"
        with source.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in pages(count))
        command = [sys.executable, "-m", "bench.cost", "--child", str(source), f"{folder}/cost.stemma", str(workers)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        size = sum(path.stat().st_size for path in Path(f"{folder}/cost.stemma").rglob("*") if path.is_file())
        return {**result, "archive": size / 1e6, "text": source.stat().st_size / 1e6}


def main() -> int:
    """Print a row a count; 1 where a bar is missed."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        return 0
    parser = argparse.ArgumentParser(prog="python -m bench.cost", description=__doc__.splitlines()[0])
    parser.add_argument("counts", type=int, nargs="*", default=[300, 3_000])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--stages", action="store_true")
    chosen = parser.parse_args()
    print("   pages    CPU s  pages/CPU s  peak MB  archive MB  text MB  statements")
    rows = []
    for count in chosen.counts:
        row = measure(count, 0 if chosen.stages else chosen.workers)
        rows.append(row)
        print(f"{row['pages']:>8} {row['cpu']:>8.1f} {row['pages'] / row['cpu']:>12.1f} {row['memory']:>8.0f} "
              f"{row['archive']:>11.1f} {row['text']:>8.1f} {row['statements']:>11}", flush=True)  # fmt: skip
        if row["stages"]:
            print(stages.table(row["stages"], row["pages"]), flush=True)
    return int(not good(rows))


def good(rows: list[dict[str, Any]]) -> bool:
    """Whether the largest run keeps the bars, and whether cost grew in proportion."""
    last, first = rows[-1], rows[0]
    fast = last["pages"] / last["cpu"] >= FLOOR and last["memory"] <= MOST_MEMORY
    if len(rows) > 1:
        growth = log(last["cpu"] / first["cpu"]) / log(last["pages"] / first["pages"])
        print(f"exponent of growth {growth:.3f} (at most {STEEPEST}); wanted {FLOOR:g} pages/CPU s, {MOST_MEMORY:g} MB")
        return fast and growth <= STEEPEST
    return fast


if __name__ == "__main__":
    sys.exit(main())
