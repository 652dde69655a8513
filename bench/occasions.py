"""Real quotations that recur in another outlet's words, and look-alikes: which are told to be of one occasion.

    python -m bench.occasions [--bench FOLDER]

Statements and who makes them are those marked in the attribution texts, so that only the telling is measured. A
quotation counts as told where statements that hold half of either place resemble each other, both taken for one
speaker's; its days are those of the pages. Below: how many statements of one surname on pages two days apart at most
are told, of all pairs of them. Only counts are printed: the texts belong to their publishers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.gate import BENCH
from stemma.collate.occasion import Saying, resemblance

Row = dict[str, Any]
#: Share of the wording that is kept, by name, as ../shared/bench/lineage/score.py has it.
KEPT = ((0.9, "verbatim"), (0.7, "light"), (0.5, "heavy"), (0.0, "extreme"))
_NAME = re.compile(r"(?:[A-Z][\w'.-]+ )*([A-Z][\w'-]+)")


def rows(path: Path) -> list[Row]:
    """The rows of a packed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def sayings(page: Row) -> Iterator[tuple[Saying, list[list[int]]]]:
    """The statements of a page, each with the places of its content; a speaker is a surname."""
    for number, each in enumerate(page["attributions"]):
        words, source = (
            " … ".join(page["text"][start:end] for start, end in each[part]) for part in ("content", "source")
        )
        name = _NAME.search(source)
        speakers = frozenset([name[1]] if name else [])
        yield Saying(f"{page['id']}:{number}", page["id"], speakers, words, None, page["date"]), each["content"]


def holding(page: Row, start: int, end: int) -> list[Saying]:
    """The statements whose content covers half of a place, taken for one speaker's."""
    return [
        saying._replace(speakers=frozenset(["the speaker"]))
        for saying, pieces in sayings(page)
        if 2 * sum(max(0, min(end, last) - max(start, first)) for first, last in pieces) >= end - start
    ]


def told(row: Row, pages: dict[str, Row]) -> bool:
    """Whether a pair of places is told to be of one occasion."""
    sides = [holding(pages[row[side]], row[f"{side}_start"], row[f"{side}_end"]) for side in "ab"]
    return any(resemblance(one, other) for one in sides[0] for other in sides[1])


def main() -> None:
    """Print what is told of each group."""
    parser = argparse.ArgumentParser(prog="python -m bench.occasions", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bench", type=Path, default=BENCH)
    bench = parser.parse_args().bench
    pages = {row["id"]: row for row in rows(bench / "attribution" / "polnear.train.jsonl.gz")}
    groups = defaultdict(list)
    for row in rows(bench / "lineage" / "natural_quotes.jsonl.gz"):
        group = next(name for least, name in KEPT if row["same"] >= least) if row["label"] else "look-alikes"
        groups[group].append(told(row, pages))
    for group, found in sorted(groups.items()):
        print(f"{group:<12} {sum(found)} of {len(found)}")
    by_name = defaultdict(list)
    for page in pages.values():
        for saying, _ in sayings(page):
            for name in saying.speakers:
                by_name[name].append(saying)
    pairs = [pair for some in by_name.values() for pair in combinations(some, 2)]
    print(f"of one surname: {sum(bool(resemblance(*pair)) for pair in pairs)} of {len(pairs)} pairs of any days")


if __name__ == "__main__":
    main()
