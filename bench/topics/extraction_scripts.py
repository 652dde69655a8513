"""Body F1 by script: on the bench's pages of many countries, and on our own invented pages in six other languages.

    python -m bench.topics.extraction_scripts [--bench FOLDER] [--pages FOLDER]

The figures are the bench scorer's. Our own pages have their gold in them: stretches of the story stand in ⟦ ⟧, the
headline in ⟪ ⟫; the marks are taken out before a page is read.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from bench.topics.extraction import predict
from stemma import read
from stemma.records import AnyRecord, Capture, Document, Label, Snapshot

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench" / "extraction"
OWN = Path(__file__).resolve().parents[2] / "tests" / "read" / "pages"
_MARKED = re.compile(r"⟦(.*?)⟧", re.DOTALL)
_TITLE = re.compile(r"⟪(.*?)⟫", re.DOTALL)
_MARKS = re.compile(r"[⟦⟧⟪⟫]")
_STORY = frozenset(["dateline", "body", "turn"])
_SCRIPTS = {"HANGUL": "Korean", "CYRILLIC": "Cyrillic", "ARABIC": "Arabic", "LATIN": "Latin", "CJK": "Chinese"}
Overlap = Callable[[str, str], tuple[int, int, int]]


class Own(NamedTuple):
    """One of our own pages: its capture, its language (the name's first part), headline and story."""

    name: str
    language: str
    capture: Capture
    title: str
    story: list[str]


def own_pages(folder: Path = OWN) -> Iterator[Own]:
    """Our own pages, in order of name."""
    for path in sorted(folder.iterdir()):
        text = path.read_text("utf-8")
        payload = _MARKS.sub("", text).encode()
        kind = "text/html" if path.suffix == ".html" else "text/plain"
        digest = "sha256:" + hashlib.sha256(payload).hexdigest()
        capture = Capture(Snapshot(origin=path.name, media_type=kind, digest=digest, size=len(payload)), payload)
        story = [" ".join(part.split()) for part in _MARKED.findall(text)]
        yield Own(path.stem, path.name.split("-")[0], capture, _TITLE.findall(text)[0], story)


def story_of(records: list[AnyRecord]) -> list[str]:
    """The lines of the story, each with what its dateline says, blanks at its ends taken off."""
    text = next(record.text for record in records if isinstance(record, Document))
    lines: list[str] = []
    told = [record for record in records if isinstance(record, Label) and record.role in _STORY]
    for before, label in zip([None, *told], told, strict=False):
        words = " ".join(text[label.start : label.end].split())
        if before is not None and before.role == "dateline" and "\n" not in text[before.end : label.start]:
            lines[-1] += text[before.end : label.start].strip("\n") + words
        else:
            lines.append(words)
    return lines


def main(arguments: list[str] | None = None) -> int:
    """One row a script."""
    parser = argparse.ArgumentParser(prog="python -m bench.topics.extraction_scripts", description=_first_line())
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--pages", type=Path, default=OWN)
    chosen = parser.parse_args(arguments)
    overlap = _scorer(chosen.bench)
    rows: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for script, gold, body in _of_meta(chosen.bench / "meta"):
        rows["meta/", script].append(overlap(gold, body))
    for page in own_pages(chosen.pages):
        body = "\n".join(story_of(list(read.read(page.capture))))
        rows["own", page.language].append(overlap("\n".join(page.story), body))
    print(f"{'pages':<8} {'script':<10} {'count':>5} {'F1':>6} {'P':>6} {'R':>6}")
    for (where, script), counts in sorted(rows.items()):
        precision, recall, figure = f1(counts)
        print(f"{where:<8} {script:<10} {len(counts):>5} {figure:>6.3f} {precision:>6.3f} {recall:>6.3f}")
    return 0


def f1(counts: list[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Mean precision, mean recall and their harmonic mean, as the bench's scorer has them."""
    precision = mean([tp / (tp + fp) for tp, fp, _ in counts if tp + fp] or [0.0])
    recall = mean([tp / (tp + fn) for tp, _, fn in counts if tp + fn] or [0.0])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def script_of(text: str) -> str:
    """The script of most letters; Japanese where a page of Han holds kana."""
    found = Counter(unicodedata.name(sign, "?").split()[0] for sign in text if sign.isalpha())
    if found["HIRAGANA"] + found["KATAKANA"] > found["CJK"] // 20 and found["CJK"]:
        return "Japanese"
    return _SCRIPTS.get(max(found, key=lambda name: (found[name], name), default="LATIN"), "other")


def _of_meta(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Script, gold body and ours of every page of many countries."""
    rows = [json.loads(row) for row in (folder / "gold.jsonl").read_text("utf-8").splitlines() if row.strip()]
    for row, answer in zip(rows, predict(rows, folder), strict=True):
        yield script_of(row["body"]), row["body"], answer["body"]


def _scorer(bench: Path) -> Overlap:
    spec = importlib.util.spec_from_file_location("score", bench / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(bench / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    overlap: Overlap = scorer.overlap
    return overlap


def _first_line() -> str:
    return (__doc__ or "").split("\n", 1)[0]


if __name__ == "__main__":
    raise SystemExit(main())
