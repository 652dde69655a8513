"""A document with all its readings: the records of each, and everything that stands on the current one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from stemma.archive.corrections.access import is_open
from stemma.archive.pages.leaf import Leaf, load_leaf, load_reading, snapshot_at
from stemma.archive.proof.pages.records import wrong_identity, wrong_leaf
from stemma.archive.proof.pages.tables import DOCUMENT, Tables
from stemma.archive.proof.relations.offers import OnOffer
from stemma.archive.proof.relations.repeats import Lines
from stemma.archive.relations.offers import key_number
from stemma.archive.relations.stages import PAGE
from stemma.archive.store.store import Store
from stemma.records import AnyRecord, Capture, Page
from stemma.stage import Offer

#: What a page offers to Group stages, by its records; the capture is given without its bytes.
Offered = Callable[[Capture, Page, Sequence[AnyRecord]], Iterable[Offer]]


class Held(NamedTuple):
    """What the proof of pages needs: the archive, and what pages ask of the tables beside them."""

    store: Store
    tables: Tables
    offers: OnOffer | None
    offered: Offered | None
    runs: dict[int, frozenset[str]]  #: ids of the runs in each row of the table
    worded: bool  #: whether people said anything at all, or an outlet repeats lines
    troubled: set[int]  #: keys of the pages that are said to have told problems; each goes when its page is met
    lines: Lines | None  #: the proof of repeated lines; None where it is left out


def runs_of(store: Store) -> dict[int, frozenset[str]]:
    """Ids of runs by the row of their set."""
    return {row: frozenset(str(ids).split()) for row, ids in store.all("SELECT row, ids FROM runs")}


def is_worded(store: Store) -> bool:
    """Whether anybody corrected, withdrew or redacted anything, or any line is repeated."""
    return store.one("SELECT 1 FROM fact WHERE kind IN ('k', 'l')") is not None


def wrong_snapshot(held: Held, row: int) -> Iterator[str]:
    """A snapshot; its bytes are proved with the captures."""
    snapshot = snapshot_at(held.store, row)
    held.tables.want_id(snapshot.id, row)
    held.troubled.discard(key_number(PAGE, snapshot.id))
    yield from wrong_identity(snapshot)


def wrong_document(held: Held, row: int) -> Iterator[str]:
    """All readings of a document as they were derived, and the tables over its current one as people have it."""
    store = held.store
    written = store.all(DOCUMENT, row)[0]
    snapshot, current = written[1], written[-1]
    readings = store.all("SELECT row, document, runs FROM reading WHERE snapshot = ? ORDER BY row", snapshot)
    newest = readings[-1][0] if readings and readings[-1][1] == row else None
    shown = (load_leaf if held.worded else load_reading)(store, row, newest) if newest else None
    if current != (newest if shown and is_open(shown) else None):
        yield "its current reading is not its newest, or it is withdrawn and has one"
    leaves = [(load_reading(store, row, reading), held.runs.get(runs)) for reading, of, runs in readings if of == row]
    for leaf, runs in leaves:
        yield from _wrong_reading(store, leaf, snapshot, runs)
    if current and shown:
        yield from held.tables.wrong_rows(store, shown, written)
        yield from _wrong_offers(held, shown)
    held.tables.want_ids([leaf for leaf, _ in leaves], row, written[0])


def _wrong_reading(store: Store, leaf: Leaf, snapshot: int, runs: frozenset[str] | None) -> Iterator[str]:
    if leaf.snapshot != snapshot or leaf.document.snapshot != snapshot_at(store, snapshot).id:
        yield "it is a reading of another snapshot"
    if runs is None:
        yield "the runs of a reading are not there"
    yield from wrong_leaf(store, leaf, runs or frozenset())


def _wrong_offers(held: Held, leaf: Leaf) -> Iterator[str]:
    if held.offers and held.offered:
        capture = Capture(snapshot_at(held.store, leaf.snapshot), b"")
        offered = list(held.offered(capture, leaf.page, leaf.records))
        yield from held.offers.wrong_items(held.store, leaf.row, leaf.document.id, offered)
        if held.lines:
            yield from held.lines.wrong_labels(leaf, offered)
