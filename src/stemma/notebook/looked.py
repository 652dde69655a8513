"""Which capture of a page a reader has seen last."""

from __future__ import annotations

from typing import NamedTuple

from stemma.notebook.notebook import Notebook


class Looked(NamedTuple):
    """What somebody has seen of a page."""

    document: str  #: id of the newest capture's document at that time
    at: str  #: ISO 8601 instant


def look(notebook: Notebook, address: str, by: str, seen: Looked) -> None:
    """Keep that somebody ("": nobody named) has seen a page so far."""
    notebook.run(
        "INSERT INTO looked (address, by, document, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (address, by) DO UPDATE SET document = excluded.document, at = excluded.at",
        address, by, *seen,
    )  # fmt: skip


def looked(notebook: Notebook, address: str, by: str) -> Looked | None:
    """What somebody has seen of a page so far; ``None``: nothing."""
    rows = notebook.rows("SELECT document, at FROM looked WHERE address = ? AND by = ?", address, by)
    return Looked(*rows[0]) if rows else None
