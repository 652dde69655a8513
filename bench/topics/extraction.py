"""Topic ``extraction``: from a saved page to its body, title and publication day."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from stemma import read
from stemma.records import Capture, Document, Field, Label, Snapshot

_STORY = ("dateline", "body", "turn")


def run(source: Path, output: Path) -> None:
    """Predict for every row of ``source`` (JSON Lines, plain or gzip) into ``output``."""
    opener = gzip.open if source.suffix == ".gz" else open
    writer = gzip.open if output.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as rows, writer(output, "wt", encoding="utf-8") as out:
        for answer in predict((json.loads(row) for row in rows if row.strip()), source.parent):
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")


def predict(rows: Iterable[dict[str, Any]], folder: Path = Path()) -> Iterator[dict[str, Any]]:
    """``{"id","body","title","date"}`` for every row, and ``"lines"`` for a dump; files are sought from ``folder``."""
    for row in rows:
        records = read.read(_capture(row, folder))
        document = next((record for record in records if isinstance(record, Document)), None)
        answer = {"id": row["id"], "body": "", "title": None, "date": None}
        if document:
            labels = [record for record in records if isinstance(record, Label)]
            answer |= {
                "body": _body(document, labels),
                "title": _title(document, labels, records),
                "date": _published(records),
            }
            if "dump" in row:
                answer["lines"] = _lines(document.text, labels)
        yield answer


def _capture(row: dict[str, Any], folder: Path) -> Capture:
    if "dump" in row:
        payload, kind = row["dump"].encode("utf-8", "surrogatepass"), "text/plain"
    else:
        payload, kind = (folder / row["html_file"]).read_bytes(), "text/html"
    digest = "sha256:" + hashlib.sha256(payload).hexdigest()
    origin = str(row.get("html_file") or row["id"])
    return Capture(
        Snapshot(url=row.get("url"), origin=origin, media_type=kind, digest=digest, size=len(payload)), payload
    )


def _body(document: Document, labels: list[Label]) -> str:
    return "\n".join(document.text[label.start : label.end] for label in labels if label.role in _STORY)


def _title(document: Document, labels: list[Label], records: Iterable[object]) -> str | None:
    """The headline on the page; the metadata's where the page shows none."""
    shown = (document.text[label.start : label.end] for label in labels if label.role == "title")
    named = (record.value for record in records if isinstance(record, Field) and record.name == "title")
    return next(shown, None) or next(named, None)


def _published(records: Iterable[object]) -> str | None:
    fields = [record for record in records if isinstance(record, Field) and record.name == "published"]
    return max(fields, key=lambda field: field.confidence).value[:10] if fields else None


def _lines(text: str, labels: list[Label]) -> list[int]:
    """Numbers of the lines (``splitlines``) that story labels touch."""
    numbers: set[int] = set()
    bounds, at = [], 0
    for line in text.splitlines(keepends=True):
        bounds.append(at)
        at += len(line)
    number = 0
    for label in labels:
        if label.role not in _STORY:
            continue
        while number + 1 < len(bounds) and bounds[number + 1] <= label.start:
            number += 1
        last = number
        while last + 1 < len(bounds) and bounds[last + 1] < label.end:
            last += 1
        numbers.update(
            n
            for n in range(number, last + 1)
            if text[bounds[n] : bounds[n + 1] if n + 1 < len(bounds) else None].strip()
        )
    return sorted(numbers)
