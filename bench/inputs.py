"""From a gold file to the scorer's input form without the gold, so that no prediction can lean on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.predict import read_rows, write_rows

Row = dict[str, Any]
PRONOUNS = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
#: What each topic's predictor may see.
SEEN = {
    "attribution": ("id", "text"),
    "statements": ("file", "text"),
    "dates": ("id", "dct", "text", "mode"),
    "extraction": ("id", "url", "html_file", "dump"),
    "names-pairs": ("left", "right", "type"),
    "names-roster": ("name",),
    "names-ner": ("doc", "text"),
    "names-pron": ("doc", "text", "pronouns"),
    "names-seeds": ("doc", "text"),
    "names-gap": ("id", "text", "pronoun", "pstart", "a", "astart", "b", "bstart"),
    "lineage": ("id", "outlet", "text", "date"),
}


def rows_of(paths: Iterable[Path]) -> Iterator[Row]:
    """The rows of gold files; of a plain JSON file the rows of its ``documents``."""
    for path in paths:
        if path.suffix == ".json":
            yield from json.loads(path.read_text(encoding="utf-8"))["documents"]
        else:
            yield from read_rows(path)


def blind(topic: str, rows: Iterable[Row], folder: Path, seeds: Path) -> Iterator[Row]:
    """The rows as the predictor sees them; html files get their absolute place, seeds their text."""
    for row in rows:
        full = dict(row)
        if "html_file" in full:
            full["html_file"] = str((folder / full["html_file"]).resolve())
        if "text" not in full and "text" in SEEN[topic]:
            full["text"] = (seeds / (full.get("file") or full["doc"])).read_bytes().decode("utf-8")
        if topic == "names-pron":
            full["pronouns"] = [m["start"] for m in full["mentions"] if is_pronoun(full["text"], m)]
        if topic == "lineage":
            full.setdefault("outlet", full.get("publisher"))
        yield {key: full.get(key) for key in SEEN[topic] if key in full}


def is_pronoun(text: str, mention: Row) -> bool:
    """Whether the mention is a third-person singular pronoun of a person."""
    return mention["type"] == "person" and text[mention["start"] : mention["end"]].lower() in PRONOUNS


def prepare(measure: Row, bench: Path, folder: Path) -> tuple[Path, Path]:
    """Write the gold rows that a measure wants and the blind input beside them; returns (gold, input)."""
    golds = [measure["gold"]] if isinstance(measure["gold"], str) else measure["gold"]
    gold = bench / golds[0]
    where = measure.get("where", {})
    rows = [r for r in rows_of([bench / g for g in golds]) if all(r.get(k) == v for k, v in where.items())]
    if where or len(golds) > 1:
        gold = folder / "gold.jsonl"
        write_rows(gold, rows)
    if "input" in measure:
        rows = list(read_rows(bench / measure["input"]))
    given = [{**row, **measure.get("add", {})} for row in rows]
    source = folder / "input.jsonl"
    write_rows(source, blind(measure["topic"], given, (bench / golds[0]).parent, bench.parent / "seeds"))
    return gold, source
