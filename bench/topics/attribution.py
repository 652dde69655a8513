"""Who said what: the scorer's form of the statements of each text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from stemma.annotate import mentions, statements, times
from stemma.read import read
from stemma.records import Capture, Document, Evidence, Field, Label, Page, Snapshot, Statement


def predict(rows: Iterable[dict[str, Any]], *, nested: bool = False) -> Iterator[dict[str, Any]]:
    """Rows of ``id`` and ``text`` to rows of ``id`` and ``attributions``.

    Outermost statements only unless ``nested``. Where two levels share one content ("the agency reported, citing the
    minister") the inner one, who spoke, stands for both.
    """
    for row in rows:
        page = page_of_text(row["text"])
        found = statements(page, mentions(page), times(page))
        chosen = found if nested else outermost(found)
        yield {"id": row["id"], "attributions": [attribution(statement) for statement in chosen]}


def page_of_text(text: str, outlet: str | None = None) -> Page:
    """The page as the room ``read`` sees it; ``outlet``: what the person who adds it states."""
    payload = text.encode()
    digest = "sha256:" + hashlib.sha256(payload).hexdigest()
    snapshot = Snapshot(origin="row.txt", media_type="text/plain", size=len(payload), digest=digest, outlet=outlet)
    found = read(Capture(snapshot, payload))
    document = next(record for record in found if isinstance(record, Document))
    labels = sorted((record for record in found if isinstance(record, Label)), key=lambda label: label.start)
    return Page(document, tuple(labels), tuple(record for record in found if isinstance(record, Field)))


def outermost(found: Iterable[Statement]) -> list[Statement]:
    """One level: statements that stand in no other, and the innermost of those that share one content."""
    all_of_them = list(found)
    by_id = {statement.id: statement for statement in all_of_them}
    return [statement for statement in innermost(all_of_them) if _is_top(statement, by_id)]


def innermost(found: list[Statement]) -> list[Statement]:
    """All levels, without those whose whole content somebody inside them says."""
    contents = {statement.id: statement.content for statement in found}
    repeated = {s.within for s in found if s.within and contents.get(s.within) == s.content}
    return [statement for statement in found if statement.id not in repeated]


def _is_top(statement: Statement, by_id: dict[str, Statement]) -> bool:
    outer = by_id.get(statement.within or "")
    return outer is None or (outer.content == statement.content and _is_top(outer, by_id))


def attribution(statement: Statement) -> dict[str, list[list[int]]]:
    """The spans of one statement."""
    return {
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
    }


def _spans(pieces: tuple[Evidence, ...]) -> list[list[int]]:
    return [[piece.start, piece.end] for piece in pieces]
