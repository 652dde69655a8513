"""What an archive costs to ask: CPU time of its answers, of ``check`` and ``export``.

    python -m bench.answers ARCHIVE

Prints the mean over the named number of turns; caches of the archive are cold where that is said.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.pages import pages as pages_of
from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Line, Query
from stemma.records import Capture, Snapshot

TURNS = 200
WORDS = ("treaty", "harbour", "bridge")  #: words that one in ten generated statements holds
PAGE = 25  #: lines of the first page of a search
SIZES = (6_000, 60_000, 600_000)  #: bytes of pages whose captures are read again: dumps, pages of news, large ones
KEPT, TEXTS = 50, 200  #: pages of each size, and dumps whose text they are cut from
STRIDE = 4_999  #: characters between the beginnings of two of them


def seconds(work: Callable[[], object], turns: int = TURNS) -> float:
    """CPU seconds of one turn."""
    began = time.process_time()
    for _ in range(turns):
        work()
    return (time.process_time() - began) / turns


def cold(path: Path, ask: Callable[[Archive, Line], object], lines: list[Line]) -> float:
    """CPU seconds of a question about a statement, the archive newly opened for all of them."""
    with Archive.open(path) as archive:
        began = time.process_time()
        for line in lines:
            ask(archive, line)
        return (time.process_time() - began) / len(lines)


def figures(path: Path) -> Iterator[tuple[str, str]]:
    """Rows of the table."""
    with Archive.open(path) as archive:
        totals = archive.totals()
        yield "pages, statements", f"{totals.pages:,}, {totals.statements:,}"
        for word in WORDS[:1]:
            query = Query(words=word, limit=PAGE)
            yield f"hits of {word!r}", f"{archive.count(query):,}"
            yield "first page of a search", _ms(seconds(lambda query=query: list(archive.find(query))))  # type: ignore[misc]
            yield "exact count", _ms(seconds(lambda query=query: archive.count(query)))  # type: ignore[misc]
        lines = list(islice(archive.find(Query(limit=None)), 0, None, max(1, totals.statements // TURNS)))
        yield "timeline of 200", _ms(seconds(lambda: archive.timeline(Query(limit=200)), 5))
    yield "a statement, cold", _ms(cold(path, lambda archive, line: archive.line(line.statement.id), lines))
    yield "an article, cold", _ms(cold(path, lambda archive, line: archive.article(line.statement.document), lines))
    with Archive.open(path) as archive:
        yield "export, a page", _ms(seconds(lambda: sum(map(len, archive.export())), 1) / totals.pages)
    yield from check_figures(path, totals.pages)
    for size in SIZES:
        yield f"check, captures of {size // 1000} kB", f"{captures_rate(size):.0f} MB/s"


class Shares:
    """CPU seconds of each part of a check, and how much of it was done."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.done: dict[str, int] = {}
        self._last = time.process_time()

    def __call__(self, part: str, done: int, _: int) -> None:
        """Note the time since the last call; what comes before the captures is the proof of the file."""
        now = time.process_time()
        self.spent[part if done else "file"] += now - self._last
        self.done[part], self._last = done, now


def check_figures(path: Path, pages: int) -> Iterator[tuple[str, str]]:
    """What the parts of a check cost, with and without asking again what pages offer to Group stages."""
    with Archive.open(path) as archive:
        shares = Shares()
        began = time.process_time()
        found = len(list(archive.check(shares)))
        whole = time.process_time() - began
        captures = shares.spent.pop("captures")
        yield "check, problems", f"{found:,}"
        yield "check, captures", f"{shares.done['captures'] / 1e6 / captures:.0f} MB/s"
        yield "check, records, a page", _ms((whole - captures) / pages)
        for part, spent in shares.spent.items():
            yield f"  of it {part}", _ms(spent / pages)
        yield "check with offers, a page", _ms(seconds(lambda: list(flow.check(archive)), 1) / pages)
        yield "manifest, a page", _ms(seconds(lambda: list(archive.manifest()), 1) / pages)


def captures_rate(size: int) -> float:
    """Megabytes of pages of a size that a check reads again in a CPU second."""
    words = json.dumps(list(pages_of(TEXTS)))
    with TemporaryDirectory() as folder, Archive.open(folder, create=True) as archive:
        with archive.batch():
            for n in range(KEPT):
                start = n * STRIDE % (len(words) - size)
                payload = f"<html><p>{words[start : start + size]}</p></html>".encode()
                digest = "sha256:" + sha256(payload).hexdigest()
                snapshot = Snapshot(origin=f"{n}", media_type="text/html", size=len(payload), digest=digest)
                archive.keep(Capture(snapshot, payload), "2031-01-01T00:00:00Z")
        shares = Shares()
        list(archive.check(shares))
        return shares.done["captures"] / 1e6 / shares.spent["captures"]


def _ms(value: float) -> str:
    return f"{1000 * value:.2f} ms"


def main() -> None:
    """Print the table."""
    for name, figure in figures(Path(sys.argv[1])):
        print(f"{name:>26}  {figure}", flush=True)


if __name__ == "__main__":
    main()
