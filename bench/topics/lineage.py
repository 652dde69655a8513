"""Near-duplicates, shared passages and the tree of who took from whom, over text pages whose lines are body.

Rows ``{"id", "outlet", "text", "date" or null}``; OUTPUT is a folder: clusters.jsonl, passages.jsonl, edges.jsonl.
Passages are what is shared by its wording (reuses) and what is quoted again in other words (resembles); clusters and
the tree are told by the former alone.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from stemma import collate
from stemma.records import Document, Field, Label, Page, Passage, Relay, Variant, Witness

Row = dict[str, Any]
LINE = re.compile(r"\S[^\n]*")


def run(source: Path, output: Path) -> None:
    """Write the three predictions for the rows of ``source`` (JSON Lines, plain or .gz)."""
    rows = list(_read(source))
    passages = [passage for row in rows for passage in collate.passages(page_of(row))]
    variants = meet(passages)
    shared = collate.parallels(variants, carried=True)
    output.mkdir(parents=True, exist_ok=True)
    _write(output / "passages.jsonl", map(_passage, [*shared, *collate.requotations(passages, shared)]))
    lengths = {row["id"]: len(row["text"]) for row in rows}
    groups = collate.clusters(lengths, variants)
    _write(output / "clusters.jsonl", ({"doc": doc, "cluster": group[0]} for group in groups for doc in group))
    _write(output / "edges.jsonl", _edges(rows, variants))


def _read(path: Path) -> Iterator[Row]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def page_of(row: Row) -> Page:
    """The row as a page every line of which is body."""
    document = Document(id=row["id"], snapshot=row["id"], layout="bench/1", text=row["text"])
    spans = [match.span() for match in LINE.finditer(row["text"])]
    labels = tuple(Label(document=row["id"], start=start, end=end, role="body") for start, end in spans)
    outlet = row.get("outlet")
    fields = (Field(document=row["id"], name="outlet", value=outlet, basis="stated"),) if outlet else ()
    return Page(document, labels, fields)


def meet(passages: Sequence[Passage]) -> list[Variant]:
    """All variants: what the flow does with an archive's keys, in memory."""
    return collate.variants(passages)


def _passage(parallel: collate.Parallel) -> Row:
    (a_start, a_end), (b_start, b_end) = parallel.left, parallel.right
    places = {"a_start": a_start, "a_end": a_end, "b_start": b_start, "b_end": b_end}
    return {"a": parallel.left_document, "b": parallel.right_document, **places}


def _edges(rows: Sequence[Row], variants: Sequence[Variant]) -> Iterator[Row]:
    outlets = sorted({row["outlet"] for row in rows if row.get("outlet")})
    witnesses = [witness_of(row, outlets) for row in rows]
    parents = {relay.document: relay.exemplar for relay in traced(witnesses, variants)}
    for row in rows:
        yield {"child": row["id"], "parent": parents.get(row["id"])}


def witness_of(row: Row, outlets: Sequence[str]) -> Witness:
    """A row as the tracing sees it: cited is whichever other outlet its text names."""
    cited = tuple(name for name in outlets if name != row.get("outlet") and name in row["text"])
    return Witness(row["id"], row.get("outlet"), row.get("date"), cited, len(row["text"].split()))


def traced(witnesses: Sequence[Witness], variants: Sequence[Variant]) -> list[Relay]:
    """The tree of each component; components do not touch, so all may be traced at once."""
    return collate.trace(witnesses, variants)
