"""Pages as exports tell them: what is known of each as a whole, and its text, without what was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stemma.archive.corrections.access import withdrawn
from stemma.archive.pages.index import outlet_of, published_of
from stemma.archive.pages.leaf import best_field, load_leaf, shown_snapshot, title_of
from stemma.archive.store.store import Store
from stemma.records import RESERVATIONS, Document, Snapshot


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document as people have it; ``reserved`` names what the page or its server reserves."""

    document: Document
    snapshot: Snapshot
    title: str | None
    outlet: str | None
    published: str | None
    published_basis: str | None
    language: str | None
    reserved: tuple[str, ...]


def sheet_at(store: Store, row: int) -> Sheet:
    """The document of a row. Raises ``KeyError`` for an unknown one."""
    leaf = load_leaf(store, row)
    snapshot = shown_snapshot(store, leaf.snapshot)
    published, basis = published_of(leaf, snapshot)
    language = best_field(leaf, "language")
    reserved = {field.value for field in leaf.fields if field.name == "reservation"}
    return Sheet(
        leaf.document, snapshot, title_of(leaf), outlet_of(leaf, snapshot), published, basis,
        (language.value or None) if language else None, tuple(each for each in RESERVATIONS if each in reserved),
    )  # fmt: skip


def silent(store: Store) -> Iterator[str]:
    """Ids of the shown documents without a statement, sorted."""
    rows = store.all(
        "SELECT id, snapshot FROM document WHERE reading IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM line WHERE line.document = document.row) ORDER BY id"
    )
    return (record_id for record_id, snapshot in rows if not withdrawn(store, snapshot))
