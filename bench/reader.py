"""What the reader in a browser costs: CPU time of each kind of page, asked through the application itself.

    python -m bench.reader ARCHIVE [--turns N] [--profile KIND]

Prints for each kind the median, the 95th of a hundred and the worst, in milliseconds of CPU, beside its bar; then the
time from the start of a process to its first page and the most memory that was held. Questions differ from turn to
turn, so that nothing is answered from memory but what a reader would ask twice as well.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.show.web import reader

BARS = {
    "article": 60, "statement": 60, "search, newest first": 100, "search, further pages": 100, "search of fields": 300,
    "search, ranked": 300, "search, facets": 300, "articles of a search": 300, "person": 300, "utterance of 60": 400,
    "start page": 300,
}  # fmt: skip
START, MEMORY = 2.0, 400  #: seconds to the first page; MB
TURNS = 100
_OFTEN = 0.3  #: share of searches for a word of the most frequent hundred
_PORT = 8742
Ask = Callable[[str], tuple[int, bytes]]
Addresses = dict[str, list[str]]


def application(archive: Archive) -> Ask:
    """A function that asks the reader for an address and returns status and body."""
    app = reader(archive, _PORT)

    def ask(address: str) -> tuple[int, bytes]:
        parts = urlsplit(address)
        scope = {
            "type": "http", "method": "GET", "path": parts.path, "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(), "headers": [(b"host", f"127.0.0.1:{_PORT}".encode())],
            "scheme": "http", "server": ("127.0.0.1", _PORT), "http_version": "1.1", "root_path": "",
        }  # fmt: skip
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(app(scope, receive, send))
        return int(sent[0]["status"]), b"".join(message.get("body", b"") for message in sent[1:])

    return ask


def addresses(archive: Archive, turns: int) -> Addresses:
    """What is asked, kind by kind."""
    rng = random.Random(7)
    words = _words(archive, rng, turns)
    lines = [line for word in words[: turns // 2] for line in islice(archive.find(Query(words=word)), 4)]
    rng.shuffle(lines)
    names = sorted({who.name for line in lines for who in line.speakers})
    agencies = sorted({hop.name for line in lines for hop in line.chain if hop.kind == "cited"}) or names
    outlets = [each.name for each in archive.outlets()]
    fields = [
        rng.choice([
            f'said:"{rng.choice(names)}"', f'said:"{rng.choice(names)}" {word}', f"via:{rng.choice(agencies)} {word}",
            f'{word} -outlet:"{rng.choice(outlets)}"', f'outlet:"{rng.choice(outlets)}" kind:direct {word}',
            f"{word} near/5 {rng.choice(words)}", f"{word} is:shared",
        ])
        for word in words
    ]  # fmt: skip
    pages = [(word, next(islice(archive.found(Query(words=word, limit=60)), 24, None), None)) for word in words]
    people = sorted({who.entity for line in lines for who in line.speakers if who.entity})
    return {
        "statement": [f"/s/{line.statement.id}" for line in lines[:turns]],
        "article": [f"/a/{line.statement.document}" for line in lines[:turns]],
        "search, newest first": [_search(q=word) for word in words],
        "search, further pages": [_search(q=word, after=found.after) for word, found in pages if found],
        "search of fields": [_search(q=each) for each in fields],
        "search, ranked": [_search(q=word, sort="best") for word in words],
        "search, facets": [_search(q=word, facets="1") for word in words],
        "articles of a search": [_search(q=word, tab="articles") for word in words],
        "person": [f"/p/{each}" for each in people[: turns // 2]],
        "utterance of 60": [f"/w/{each.id}" for each in archive.utterances(10)],
        "start page": ["/"] * 5,
    }  # fmt: skip


def _words(archive: Archive, rng: random.Random, turns: int) -> list[str]:
    """Words of statements: some very frequent, most as they come."""
    said = list(islice(archive.find(Query(limit=None)), 2_000))
    found = [word for line in said for word in line.statement.content[0].exact.strip("“”,").split()]
    ranked = sorted(set(found), key=lambda word: (-found.count(word), word))
    plain = [word for word in ranked if word.isalpha() and word != "that"]
    return [rng.choice(plain[:100] if rng.random() < _OFTEN else plain) for _ in range(turns)]


def _search(**asked: str) -> str:
    return f"/search?{urlencode(asked)}"


def measured(ask: Ask, some: Sequence[str]) -> list[float]:
    """Milliseconds of CPU of each."""
    times = []
    for address in some:
        began = time.process_time()
        status, _ = ask(address)
        times.append((time.process_time() - began) * 1000)
        assert status in {200, 301, 302, 307, 308}, (status, address)
    return sorted(times)


def started(path: Path) -> float:
    """CPU seconds of a process that opens the archive and makes its first page."""
    code = (
        "import sys, pathlib; from bench.reader import application; from stemma.archive import Archive\n"
        "with Archive.open(pathlib.Path(sys.argv[1])) as a: assert application(a)('/')[0] == 200"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(path: Path, turns: int) -> bool:
    """Print the table; whether every bar is met."""
    met = True
    with Archive.open(path) as archive:
        totals = archive.totals()
        print(f"{totals.documents:,} articles, {totals.statements:,} statements; milliseconds of CPU")
        asked, ask = addresses(archive, turns), application(archive)
        print(f"{'kind':24}{'n':>5}{'median':>9}{'p95':>9}{'worst':>9}{'bar':>7}")
        for kind, some in asked.items():
            times = measured(ask, some)
            if times:
                p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
                met &= p95 <= BARS[kind]
                print(f"{kind:24}{len(times):5}{times[len(times) // 2]:9.1f}{p95:9.1f}{times[-1]:9.1f}{BARS[kind]:7}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    first = started(path)
    print(f"start to first page {first:.2f} s (bar {START}); memory {memory:.0f} MB (bar {MEMORY})")
    return met and first <= START and memory <= MEMORY


def profile(path: Path, turns: int, kind: str) -> None:
    """Print where the time of one kind goes."""
    with Archive.open(path) as archive:
        some, ask = addresses(archive, turns)[kind], application(archive)
        with cProfile.Profile() as watched:
            for address in some:
                ask(address)
        pstats.Stats(watched).sort_stats("cumulative").print_stats(45)


def main() -> int:
    """Measure, or profile one kind; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--profile", choices=sorted(BARS))
    chosen = parser.parse_args()
    if chosen.profile:
        profile(chosen.archive, chosen.turns, chosen.profile)
        return 0
    return 0 if report(chosen.archive, chosen.turns) else 1


if __name__ == "__main__":
    sys.exit(main())
