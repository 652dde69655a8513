"""Antecedents of pronouns: {"doc","text"} (and the pronouns' starts) -> {"doc","links"}."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bench.topics.names_page import page_of
from stemma.annotate import mentions, references, statements, times


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One link a pronoun: to the mention that its reference names; only the given starts where the row gives some."""
    for row in rows:
        page = page_of(row["text"])
        named = mentions(page)
        spans = {one.id: (one.evidence.start, one.evidence.end) for one in named}
        found = references(page, named, statements(page, named, times(page)))
        wanted = set(row["pronouns"]) if row.get("pronouns") is not None else None
        links = [
            [one.anaphor.start, *spans[one.antecedent]] for one in found
            if wanted is None or one.anaphor.start in wanted
        ]  # fmt: skip
        yield {"doc": row["doc"], "links": links}
