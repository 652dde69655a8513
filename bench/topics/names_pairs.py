"""Pairs of names: {"left","right","type"} -> one score a line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stemma.records import MentionKind
from stemma.resolve import compare

_KINDS: dict[str, MentionKind] = {"org": "organization", "place": "place"}


def rows_of(source: Path) -> Iterator[dict[str, Any]]:
    """Rows of JSON Lines, gzipped or not."""
    payload = source.read_bytes()
    plain = gzip.decompress(payload) if source.suffix == ".gz" else payload
    yield from (json.loads(line) for line in plain.splitlines() if line.strip())


def run(source: Path, output: Path) -> None:
    """One score a line, in order."""
    scores = (compare(row["left"], row["right"], _KINDS.get(row["type"], "person")).score for row in rows_of(source))
    output.write_text("".join(f"{score}\n" for score in scores), encoding="utf-8")
