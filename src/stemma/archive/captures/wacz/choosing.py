"""Which captures may leave the archive, and what is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from stemma.archive.captures.forms import date_of
from stemma.archive.corrections.access import sealed
from stemma.archive.pages.leaf import Leaf, load_leaf, snapshot_at, title_of
from stemma.archive.store.store import Store
from stemma.records import Snapshot

_LAST = "~"  #: stands after every date
Ground = Literal["sealed", "reserved"]


class Chosen(NamedTuple):
    """A snapshot by its row, what its page is called, and why it stays here; None: it may leave."""

    row: int
    snapshot: Snapshot
    title: str
    ground: Ground | None


def chosen(store: Store, only: Collection[int] | None = None) -> Iterator[Chosen]:
    """All snapshots or those of these rows, in order of their stated times and ids: the same for the same pages."""
    rows = [row for (row,) in store.all("SELECT row FROM snapshot") if only is None or row in only]
    return (_chosen(store, row) for *_, row in sorted((*_order(snapshot_at(store, row)), row) for row in rows))


def _order(snapshot: Snapshot) -> tuple[str, str]:
    return date_of(snapshot.fetched, _LAST), snapshot.id


def _chosen(store: Store, row: int) -> Chosen:
    snapshot = snapshot_at(store, row)
    if sealed(store, row):
        return Chosen(row, snapshot, "", "sealed")
    leaf = _leaf_of(store, row)
    is_reserved = leaf is not None and any(field.name == "reservation" for field in leaf.fields)
    title = (leaf and title_of(leaf)) or snapshot.origin
    return Chosen(row, snapshot, title, "reserved" if is_reserved else None)


def _leaf_of(store: Store, snapshot: int) -> Leaf | None:
    found = store.one("SELECT row FROM document WHERE snapshot = ? AND reading IS NOT NULL", snapshot)
    return load_leaf(store, found[0]) if found else None
