"""What Daft costs beside the engine of this machine: CPU seconds of both over the same pages, and what they give.

    python -m bench.cluster [COUNT] [--statements network|rules]

Each runs in a process of its own, children counted, one after the other; it takes the extra 'cluster'.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.pages import pages
from stemma import cluster, collect, flow
from stemma.archive import Archive
from stemma.records import Stated
from stemma.stage import Manner, Way

MOST = 1.3  #: times the CPU time of the local engine


def spent() -> float:
    """CPU seconds of this process and of its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def local(source: str, archive: str, way: Way) -> dict[str, float]:
    """Add on this machine."""
    flow.take(archive, collect.captures([source], Stated()), way=way)
    return {}


def daft(source: str, archive: str, way: Way) -> dict[str, float]:
    """Work with Daft on this machine and load what it gave; seconds of each step."""
    steps: dict[str, float] = {}
    now, before = "captures", 0.0

    def turn(following: str) -> None:
        nonlocal now, before
        gc.collect()  # lets workers go, so that they count
        steps[now], before, now = spent() - before, spent(), following

    with tempfile.TemporaryDirectory() as place:
        folder = cluster.Folder(place)
        cluster.write_captures(folder, collect.captures([source], Stated()))
        cluster.start(None, 1)
        cluster.work(folder, Manner(way), turn)
        turn("load")
        _, given = cluster.load(archive, folder)
        turn("")
    assert not given.missed_pages + given.missed_keys, "the engine left something out"
    return steps


def child(engine: str, source: str, archive: str, way: Way) -> None:
    """Do one, and print what it cost and gave."""
    steps = (daft if engine == "daft" else local)(source, archive, way)
    cpu = spent()
    with Archive.open(archive) as opened:
        digest = sha256(b"".join(opened.export(bodies=True))).hexdigest()
    print(json.dumps({"cpu": cpu, "steps": steps, "export": digest}))


def main() -> int:
    """Print both; 1 where Daft costs too much or gives something else."""
    if sys.argv[1:2] == ["--child"]:
        engine, source, archive, way = sys.argv[2:6]
        child(engine, source, archive, "rules" if way == "rules" else "network")
        return 0
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("count", type=int, nargs="?", default=1_000)
    parser.add_argument("--statements", choices=["network", "rules"], default="network")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "pages.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in pages(chosen.count)), encoding="utf-8")
        told = {
            each: run(each, source, Path(folder) / f"{each}.stemma", chosen.statements) for each in ("local", "daft")
        }
    ratio = told["daft"]["cpu"] / told["local"]["cpu"]
    same = told["daft"]["export"] == told["local"]["export"]
    for name, each in told.items():
        steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in each["steps"].items())
        print(f"{name:<6} {each['cpu']:8.1f} CPU s  {chosen.count / each['cpu']:6.1f} pages a CPU s  {steps}")
    print(f"daft / local {ratio:.2f} (at most {MOST}); {'the same export' if same else 'ANOTHER EXPORT'}")
    return int(ratio > MOST or not same)


def run(engine: str, source: Path, archive: Path, way: str) -> dict[str, Any]:
    """One engine in a process of its own."""
    command = [sys.executable, "-m", "bench.cluster", "--child", engine, str(source), str(archive), way]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
