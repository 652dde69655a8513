"""What one more page costs an archive that is large already, and what else may grow with it.

    python -m bench.growth COUNT [--archive PATH] [--more N]

Fills a fresh archive with COUNT generated pages (or takes the one at PATH, filled so before, and works on a copy),
then adds N pages one by one and some again, and asks for a first page of hits. CPU time; of one more page it is
told apart what reading it takes, what the functions that compare pages and names take, and what the archive takes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from bench.pages import pages
from stemma import collect, flow
from stemma.archive import Archive
from stemma.archive.relations.offers import Keys
from stemma.archive.views import Query
from stemma.records import Capture, Stated

MOST_MS = 150.0  #: archive time of one more page
MOST_FIND = 50.0  #: ms for the first page of hits
MOST_SIZE = 2.5  #: file size over text, captures left out
AGAIN = 1_000  #: pages that are added a second time
_WORDS = ("treaty", "harbour", '"the treaty"', "ceasefire bridge")


def spent(work: Callable[[], object]) -> float:
    """CPU milliseconds of some work."""
    before = time.process_time()
    work()
    return 1000 * (time.process_time() - before)


def write(rows: Iterable[dict[str, Any]], file: Path) -> int:
    """Write rows as JSON Lines; the bytes of their texts."""
    size = 0
    with file.open("w", encoding="utf-8") as out:
        for row in rows:
            size += len(row["text"].encode())
            out.write(json.dumps(row) + "\n")
    return size


def reading(file: Path) -> float:
    """CPU milliseconds of reading the pages of a file by themselves."""
    found = [each for each in collect.captures([str(file)], Stated()) if isinstance(each, Capture)]
    return spent(lambda: [flow.page(each) for each in found])


class Comparing:
    """Counts the milliseconds that comparing and drawing trees take, for the rest of the process.

    That is what the functions of stages take, and what is told of many keys at once before any item is rebuilt; what
    the archive is asked for meanwhile is the archive's.
    """

    def __init__(self) -> None:
        self.spent = 0.0
        self._sifting = False
        some = tuple(
            replace(each, stage=self._counted(each.stage), sift=each.sift and self._sifted(each.sift))
            for each in flow.meetings()
        )
        flow.meetings = lambda: some  # type: ignore[assignment]
        flow.TRACE = self._counted(flow.TRACE)
        Keys.packed = self._asked(Keys.packed, list)  # type: ignore[method-assign]
        Archive.text = self._asked(Archive.text, str)  # type: ignore[method-assign]

    def _counted(self, stage: Any) -> Any:
        def counted(*values: Any) -> list[Any]:
            found: list[Any] = []
            self.spent += spent(lambda: found.extend(stage.function(*values)))
            return found

        return replace(stage, function=counted)

    def _sifted(self, sift: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
        def sifted(*values: Any) -> list[Any]:
            found: list[Any] = []
            self._sifting = True
            self.spent += spent(lambda: found.extend(sift(*values)))
            self._sifting = False
            return found

        return sifted

    def _asked(self, method: Callable[..., Any], whole: Callable[[Any], Any]) -> Callable[..., Any]:
        def asked(*values: Any) -> Any:
            found: list[Any] = []
            taken = spent(lambda: found.append(whole(method(*values))))
            self.spent -= taken if self._sifting else 0.0
            return found[0]

        return asked


def one_by_one(archive: Path, rows: Iterable[dict[str, Any]], folder: Path) -> list[tuple[float, float]]:
    """For each page the milliseconds of comparing it and those of the archive, beside its reading."""
    costs, comparing = [], Comparing()
    for row in rows:
        write([row], folder / "one.jsonl")
        before = comparing.spent
        whole = spent(lambda: flow.add(archive, [str(folder / "one.jsonl")]))
        compared = comparing.spent - before
        costs.append((compared, whole - compared - reading(folder / "one.jsonl")))
    return costs


def finding(archive: Path) -> float:
    """Milliseconds of the slowest first page of hits, on a connection of its own each."""

    def ask(words: str) -> None:
        with Archive.open(archive) as opened:
            list(islice(opened.find(Query(words=words)), 25))

    return max(spent(lambda words=words: ask(words)) for words in _WORDS)  # type: ignore[misc]


def row(name: str, value: float, most: float, unit: str) -> bool:
    """Print one measure against its bar; whether it is kept."""
    print(f"{name:<44} {value:>9.2f} {unit:<4} (at most {most:g})", flush=True)
    return value <= most


def measure(count: int, more: int, ready: Path | None, folder: Path) -> bool:
    """Print all; whether every bar is kept."""
    archive, source = folder / "growth.stemma", folder / "pages.jsonl"
    made = pages(count + more + 1)
    text = write(islice(made, count), source)
    if ready:
        shutil.copytree(ready, archive)
        first = float("nan")
    else:
        first = spent(lambda: flow.add(archive, [str(source)]))
    size = (archive / "archive.sqlite").stat().st_size
    print(f"{count} pages, {text / 1e6:.1f} MB of text, {first / 1000:.1f} CPU s ({1000 * count / first:.1f} a second)")
    one_by_one(archive, [next(made)], folder)  # loads what is loaded once
    compared, costs = zip(*one_by_one(archive, made, folder), strict=True)
    write(islice(pages(count), AGAIN), source)
    again = spent(lambda: flow.add(archive, [str(source)])) / min(AGAIN, count)
    print(f"comparing one more page: median {statistics.median(compared):.1f} ms, worst {max(compared):.1f} ms")
    kept = [
        row("archive time of one more page, median", statistics.median(costs), MOST_MS, "ms"),
        row(f"archive time of one more page, worst of {len(costs)}", max(costs), MOST_MS, "ms"),
        row("adding a page again", again, first / count / 10 if first == first else 2.0, "ms"),  # noqa: PLR0124 (not a number)
        row("find, first page, slowest", finding(archive), MOST_FIND, "ms"),
        row("file size over text", size / text, MOST_SIZE, ""),
    ]
    return all(kept)


def main() -> int:
    """Measure; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--archive", type=Path, help="an archive of just these pages")
    parser.add_argument("--more", type=int, default=20)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return int(not measure(chosen.count, chosen.more, chosen.archive, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
