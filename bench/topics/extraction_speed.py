"""Pages per CPU second: our reading beside the extraction libraries, on the same pages in one run.

    python -m bench.topics.extraction_speed [--bench FOLDER] [--rounds N]

A page is timed alone, in rounds over all of them, and its fastest round counts, so that what else the machine does is
left out as far as may be. Dumps are also read one render a page, for renders of one page share their lines.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from trafilatura import extract

from bench.topics.extraction import _capture
from stemma import read
from stemma.records import Capture

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench" / "extraction"
Reader = tuple[str, Callable[[Any], object], list[Any]]


def main(arguments: list[str] | None = None) -> int:
    """One row a reader."""
    parser = argparse.ArgumentParser(prog="python -m bench.topics.extraction_speed", description=_first_line())
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(arguments)
    readers = list(_readers(chosen.bench))
    fastest: list[list[float]] = [[float("inf")] * len(pages) for _, _, pages in readers]
    for _ in range(chosen.rounds):
        for (_, reader, pages), best in zip(readers, fastest, strict=True):
            for number, page in enumerate(pages):
                best[number] = min(best[number], _seconds(reader, page))
    print(f"{'reader':<34} {'pages':>6} {'ms/page':>8} {'pages/CPU s':>12}")
    for (name, _, pages), best in zip(readers, fastest, strict=True):
        print(f"{name:<34} {len(pages):>6} {1000 * sum(best) / len(pages):>8.2f} {len(pages) / sum(best):>12.0f}")
    return 0


def _first_line() -> str:
    return (__doc__ or "").split("\n", 1)[0]


def _seconds(reader: Callable[[Any], object], page: object) -> float:
    begun = time.process_time()
    reader(page)
    return time.process_time() - begun


def _readers(bench: Path) -> Iterator[Reader]:
    with gzip.open(bench / "dumps" / "dumps.jsonl.gz", "rt", encoding="utf-8") as rows:
        dumps = list(_captures(rows, bench / "dumps"))
    yield "stemma, text dumps", read.read, dumps
    yield "stemma, one render a page", read.read, dumps[::3]
    with (bench / "html" / "gold.jsonl").open(encoding="utf-8") as rows:
        pages = list(_captures(rows, bench / "html"))
    markup = [gzip.decompress(page.payload).decode("utf-8", "replace") for page in pages]
    yield "stemma, HTML", read.read, pages
    yield "trafilatura fast", lambda page: extract(page, fast=True, include_comments=False), markup
    try:
        plain = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    except ImportError:
        print("resiliparse is not installed: its row is left out")
        return
    yield "resiliparse main content", lambda page: plain(page, main_content=True), markup


def _captures(rows: Iterable[str], folder: Path) -> Iterator[Capture]:
    return (_capture(json.loads(row), folder) for row in rows if row.strip())


if __name__ == "__main__":
    raise SystemExit(main())
