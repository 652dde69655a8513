"""What an archive costs to ask: CPU time of its answers, of ``check`` and ``export``.

    python -m bench.answers ARCHIVE

Prints the mean over the named number of turns; caches of the archive are cold where that is said.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Line, Query

TURNS = 200
WORDS = ("treaty", "harbour", "bridge")  #: words that one in ten generated statements holds
PAGE = 25  #: lines of the first page of a search


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
        yield "timeline of 200", _ms(seconds(lambda: archive.timeline(200), 5))
    yield "a statement, cold", _ms(cold(path, lambda archive, line: archive.line(line.statement.id), lines))
    yield "an article, cold", _ms(cold(path, lambda archive, line: archive.article(line.statement.document), lines))
    with Archive.open(path) as archive:
        yield "export, a page", _ms(seconds(lambda: sum(map(len, archive.export())), 1) / totals.pages)
        yield "check, a page", _ms(seconds(lambda: list(flow.check(archive)), 1) / totals.pages)


def _ms(value: float) -> str:
    return f"{1000 * value:.2f} ms"


def main() -> None:
    """Print the table."""
    for name, figure in figures(Path(sys.argv[1])):
        print(f"{name:>26}  {figure}", flush=True)


if __name__ == "__main__":
    main()
