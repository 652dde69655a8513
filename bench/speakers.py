"""Measures who speaks where GUM names the speaker: Wikinews reports and interviews.

    python -m bench.speakers [--part train|dev|both] [--spans gold|found] [--genre news|interview] [--misses] [--bins]

Right: the name told is GUM's. Precision: among the statements for which somebody is named at all. The labels of
interviews are not in GUM's text: who "I" is must follow from the page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.people import Told, bins_of, found, given, same
from bench.topics.attribution import page_of_text

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench" / "attribution"
GENRES = ("news", "interview")


class Marked(NamedTuple):
    """An attribution in the form of the corpus."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]
    level: int


class Case(NamedTuple):
    """One statement whose speaker GUM names, and what was told of it; None where it was not found."""

    where: str
    speaker: str
    told: Told | None
    words: str


def rows(part: str, genres: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The documents of these genres."""
    for name in ("train", "dev") if part == "both" else (part,):
        with gzip.open(BENCH / f"gum.{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (row for line in lines if (row := json.loads(line))["genre"] in genres)


def cases(part: str, genres: Sequence[str], spans: str) -> Iterator[Case]:
    """All statements whose speaker is named."""
    for row in rows(part, genres):
        page = page_of_text(row["text"])
        marked = [_marked(one) for one in row["attributions"]]
        told = given(page, marked) if spans == "gold" else found(page, marked)
        for one, answer, raw in zip(marked, told, row["attributions"], strict=True):
            if raw.get("speaker"):
                words = " / ".join(row["text"][s:e] for s, e in (*one.source, *one.cue, *one.content[:1]))
                yield Case(row["id"], raw["speaker"], answer, words)


def _marked(raw: dict[str, Any]) -> Marked:
    spans = (tuple((start, end) for start, end in raw[name]) for name in ("content", "cue", "source"))
    return Marked(*spans, level=int(bool(raw.get("nested"))))


def is_right(case: Case) -> bool:
    """Whether the one named is GUM's."""
    return case.told is not None and any(_alike(case.speaker, name) for name in case.told.speakers)


def _alike(gold: str, told: str) -> bool:
    initials = "".join(word[0] for word in told.split() if word[0].isupper())
    return same(gold, told) or (gold.isupper() and gold == initials)


def figures(all_cases: Sequence[Case]) -> dict[str, float]:
    """Share of right ones among all, and among those for which somebody is named."""
    named = [case for case in all_cases if case.told and case.told.named]
    right = sum(map(is_right, all_cases))
    return {
        "speakers named by GUM": len(all_cases),
        "found": sum(case.told is not None for case in all_cases),
        "right": round(right / len(all_cases), 4),
        "precision": round(sum(map(is_right, named)) / max(1, len(named)), 4),
    }


def result() -> dict[str, float]:
    """The figures of both parts and genres with the spans given, for the gate."""
    return figures(list(cases("both", GENRES, "gold")))


def main(arguments: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.speakers", description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=("train", "dev", "both"), default="both")
    parser.add_argument("--spans", choices=("gold", "found"), default="gold")
    parser.add_argument("--genre", choices=GENRES)
    parser.add_argument("--misses", action="store_true", help="list what went wrong; of train only")
    parser.add_argument("--bins", action="store_true", help="how often names told at a confidence are right")
    chosen = parser.parse_args(arguments)
    if chosen.misses and chosen.part != "train":
        parser.error("errors are looked at in train only")
    every = list(cases(chosen.part, (chosen.genre,) if chosen.genre else GENRES, chosen.spans))
    for name, value in figures(every).items():
        print(f"{name:24} {value:g}")
    if chosen.bins:
        told = [(case.told.sure, is_right(case)) for case in every if case.told and case.told.named]
        print("\n".join(bins_of(told)))
    for case in every if chosen.misses else ():
        if not is_right(case):
            told_ = case.told and (list(case.told.speakers), case.told.reason)
            print(f"{case.where} {case.speaker!r} told {told_} | {case.words[:140]!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
