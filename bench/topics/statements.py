"""Speaker, chain, day and kind of the statements of each page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from bench.topics.attribution import innermost, page_of_text
from stemma.annotate import annotate
from stemma.records import Mention, Reference, Relay, Statement


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows of ``file`` and ``text`` to rows of ``file`` and ``statements``."""
    for row in rows:
        found = annotate(page_of_text(row["text"]))
        yield {"file": row["file"], "statements": _told(found)}


def _told(found: list[Any]) -> list[dict[str, Any]]:
    names = {record.id: record.evidence.exact for record in found if isinstance(record, Mention)}
    speakers: dict[tuple[int, int], list[str]] = defaultdict(list)
    for record in found:
        if isinstance(record, Reference):
            speakers[record.anaphor.start, record.anaphor.end].append(names[record.antecedent])
    chains: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for record in found:
        if isinstance(record, Relay) and record.statement and record.exemplar in names:
            chains[record.statement].append((record.hop, names[record.exemplar]))
    said = [record for record in found if isinstance(record, Statement)]
    return [_row(s, speakers, chains) for s in innermost(said)]


def _row(
    statement: Statement, speakers: dict[tuple[int, int], list[str]], chains: dict[str, list[tuple[int, str]]]
) -> dict[str, Any]:
    first = (*statement.source, *statement.cue, *statement.content)[0]
    said_by = speakers.get((first.start, first.end), [])
    return {
        "content": [[piece.start, piece.end] for piece in statement.content],
        "speaker": " and ".join(dict.fromkeys(said_by)) or None,
        "relay": [name for _, name in sorted(chains.get(statement.id, []))],
        "said": statement.said,
        "kind": statement.kind,
    }
