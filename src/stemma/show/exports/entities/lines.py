"""Statements as JSON Lines: one object a line, with all that ``StatementRow`` tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import to_builtins

from stemma.show.exports.entities import dump
from stemma.show.exports.rows import Batch

VIEW = "statement"  #: what ``"view"`` says of such a line, which ``stemma join`` knows it by


def json_lines(batches: Iterable[Batch]) -> Iterator[bytes]:
    """The statements of each page, without its text; a page without statements gives no line."""
    for batch in batches:
        page = {name: value for name, value in to_builtins(batch.article).items() if name != "text"}
        lines = (dump({"view": VIEW, **to_builtins(said), "article": page}) for said in batch.statements)
        yield "".join(f"{line}\n" for line in lines).encode()
