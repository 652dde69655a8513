"""Stemma's stages beside the chain of programs that one would put together instead: pages per CPU second, in one run.

    python -m bench.chain PYTHON [COUNT]

PYTHON is the interpreter of an environment with the peers (bench/peers.md). Both get the same generated pages as HTML
with menus around them. The chain: trafilatura for the text; spaCy (en_core_web_sm) for names and parse; clauses of
verbs of saying on that parse, the core of the Gender Gap Tracker's method; dateparser's search for dates; MinHash with
banding (datasketch) for shared wording, since passim runs on Spark and is no package of PyPI.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from bench.pages import pages
from stemma import annotate, collect, flow, read
from stemma.archive import Archive
from stemma.records import Capture, Stated
from stemma.stage import Manner

COUNT = 100
LEAST = 5.0  #: times as many pages per CPU second as the chain
_PEER = Path(__file__).with_name("chain_peer.py")
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>{body}</article></main>
<aside><h2>Read more</h2><ul>{menu}</ul></aside><footer><p>All rights reserved.</p></footer></body></html>"""
_MENU = "".join(
    f'<li><a href="/{each}">{each}</a></li>' for each in ("World", "Business", "Sport", "Weather", "About us")
)
Spent = dict[str, float]  #: CPU seconds by step


def as_html(row: dict[str, Any]) -> str:
    """A generated page with menus around it."""
    title, *lines = (line for line in row["text"].splitlines() if line.strip())
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return _PAGE.format(title=escape(title), body=body, menu=_MENU)


class Clock:
    """CPU seconds of this process by step."""

    def __init__(self) -> None:
        self.spent: Spent = {}

    def each(self, step: str, function: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        """What the function gives for each item."""
        began = time.process_time()
        found = [function(item) for item in items]
        self.spent[step] = self.spent.get(step, 0.0) + time.process_time() - began
        return found


def stemma(captures: list[Capture], archive: Path, *, by_rules: bool) -> Spent:
    """Each step by itself, then the archive: all that ``add`` does beside reading pages."""
    manner = Manner("rules" if by_rules else "network")
    flow.page(captures[0], manner)  # what is loaded once is no cost of a page
    clock = Clock()
    laid = clock.each("text", read.read, captures)
    known = [page for page in map(flow.page_of, laid) if page]
    named = clock.each("names", annotate.mentions, known)
    timed = clock.each("times", annotate.times, known)
    parts = list(zip(known, named, timed, strict=True))
    said = clock.each("statements", lambda one: annotate.statements(*one, by_rules=by_rules), parts)

    def who(one: Any) -> Any:
        people, referred = annotate.people(one[0], one[1], one[2])
        return people, annotate.relays(one[0], (*one[1], *people), one[2], referred)

    clock.each("speakers, relays", who, list(zip(known, named, said, strict=True)))
    found = {each.snapshot.id: flow.page(each, manner) for each in captures}
    clock.each("reuse, who is who, archive", lambda _: _archived(captures, found, archive, manner), [None])
    return clock.spent


class _Found:
    """Pages that are read already."""

    def __init__(self, found: dict[str, Any]) -> None:
        self._found = found

    def page(self, capture: Capture) -> Any:
        """What it gave."""
        return self._found[capture.snapshot.id]

    def key(self, *_: object) -> None:
        """Nothing: keys are compared now."""


def _archived(captures: list[Capture], found: dict[str, Any], path: Path, manner: Manner) -> None:
    with Archive.open(path, create=True) as archive:
        known = _Found(found)
        flow.keep(archive, captures)
        flow.enrol(archive, manner)
        flow.derive(archive, 0, None, manner, known)
        flow.settle(archive, known)


def chain(python: str, source: Path) -> Spent:
    """The chain in an environment of its own."""
    done = subprocess.run([python, "-P", str(_PEER), str(source)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    found: Spent = json.loads(done.stdout.splitlines()[-1])
    return found


def table(name: str, spent: Spent, count: int) -> Iterator[str]:
    """A row a step, and all."""
    yield f"{name:<28} {'ms a page':>10} {'pages/CPU s':>12}"
    for step, seconds in [*spent.items(), ("all", sum(spent.values()))]:
        yield f"  {step:<26} {1000 * seconds / count:10.2f} {count / max(seconds, 1e-9):12.1f}"


def main() -> int:
    """Print all three; 1 where Stemma with the network is not so much faster."""
    parser = argparse.ArgumentParser(prog="python -m bench.chain", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("python", help="interpreter of the environment with the peers")
    parser.add_argument("count", type=int, nargs="?", default=COUNT)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, source = Path(place) / "pages", Path(place) / "pages.jsonl"
        folder.mkdir()
        rows = [as_html(row) for row in pages(chosen.count)]
        for n, row in enumerate(rows):
            (folder / f"{n:05}.html").write_text(row, encoding="utf-8")
        source.write_text("".join(json.dumps({"html": row}) + "\n" for row in rows), encoding="utf-8")
        captures = [each for each in collect.captures([str(folder)], Stated()) if isinstance(each, Capture)]
        told = {
            "chain of programs": chain(chosen.python, source),
            "stemma, rules": stemma(captures, Path(place) / "rules", by_rules=True),
            "stemma, network": stemma(captures, Path(place) / "network", by_rules=False),
        }
    for name, spent in told.items():
        print("\n".join(table(name, spent, chosen.count)), flush=True)
    peer, *own = (sum(spent.values()) for spent in told.values())
    print(f"times as fast as the chain: rules {peer / own[0]:.1f}, network {peer / own[1]:.1f} (at least {LEAST:g})")
    return int(peer / own[1] < LEAST)


if __name__ == "__main__":
    sys.exit(main())
