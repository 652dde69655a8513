"""Saved searches."""

from __future__ import annotations

from typing import NamedTuple

from stemma.errors import BadValue
from stemma.notebook.notebook import Notebook

_LONGEST = 200  #: characters of a name


class Saved(NamedTuple):
    """A search that is kept under a name."""

    name: str
    query: str  #: what stands behind "?" in its address
    at: str  #: ISO 8601 instant
    by: str  #: "": nobody named


def save(notebook: Notebook, search: Saved) -> None:
    """Keep a search; one of the same name is replaced. Raises ``BadValue`` for an empty or overlong name."""
    name = " ".join(search.name.split())
    if not 0 < len(name) <= _LONGEST:
        raise BadValue("name", search.name, f"a name of 1 to {_LONGEST} characters")
    notebook.run(
        "INSERT INTO saved (name, query, at, by) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET query = excluded.query, at = excluded.at, by = excluded.by",
        name, search.query, search.at, search.by,
    )  # fmt: skip


def saved(notebook: Notebook) -> list[Saved]:
    """All saved searches, by name."""
    return [Saved(*row) for row in notebook.rows("SELECT name, query, at, by FROM saved ORDER BY name")]


def forget(notebook: Notebook, name: str) -> None:
    """Keep a search no more; none of that name is no error."""
    notebook.run("DELETE FROM saved WHERE name = ?", name)
