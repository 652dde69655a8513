"""Names of persons, places and organisations: {"doc","text"} -> {"doc","ents"}."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bench.topics.names_page import page_of
from stemma.annotate import inner, mentions

_TYPES = {"person": "person", "place": "place", "organization": "organization", "outlet": "organization"}


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Mentions of the whole text, outlets as organisations, works left out; inner names too: those of the gold nest."""
    for row in rows:
        found = mentions(page_of(row["text"]))
        ents = [[m.evidence.start, m.evidence.end, _TYPES[m.kind]] for m in found if m.kind in _TYPES]
        ents += [[start, end, _TYPES[kind]] for m in found for start, end, kind in inner(m)]
        yield {"doc": row["doc"], "ents": ents}
