"""Captures that are versions of one page, and the statements in which they differ.

Versions are captures of one address or, where a page has none, of one item (outlet, day and title): whatever pages
offered to the stage ``versions`` under one key.
"""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.pages.leaf import load_leaf, snapshot_at
from stemma.archive.relations import stale
from stemma.archive.relations.stages import stage_row
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.records import Statement, Variant

STAGE = "versions"  #: the stage that lays captures of one page side by side
_MATES = (
    "SELECT id, snapshot FROM document WHERE reading IS NOT NULL AND ("
    "address = (SELECT address FROM document WHERE row = ?1) OR row IN "
    "(SELECT other.document FROM item AS mine JOIN member AS held ON held.item = mine.row "
    "JOIN member ON member.key = held.key JOIN item AS other ON other.row = member.item "
    "WHERE mine.document = ?1 AND mine.stage = ?2 AND other.stage = ?2))"
)
#: Facts of that stage on one side of a document, the other side of which is shown.
_EDITS = (
    "SELECT body FROM fact JOIN document ON document.row = fact.{there} WHERE kind = 'v' "
    "AND fact.{here} = ?1 AND reading IS NOT NULL "
    "AND (stage = ?2 OR EXISTS (SELECT 1 FROM beneath WHERE fact = fact.row AND beneath.stage = ?2))"
)
#: Documents that have such facts at all.
_HAVE_EDITS = (
    "SELECT left FROM fact WHERE kind = 'v' AND {given} UNION SELECT right FROM fact WHERE kind = 'v' AND {given} "
    "UNION SELECT document FROM edited JOIN line ON line.row = edited.line"
)
#: An SQL condition on rows of ``line``: another version of the page has other words for the statement.
EDITED = "line.row IN (SELECT line FROM edited)"


def versions_of(store: Store, row: int) -> list[str]:
    """Ids of the documents that are versions of a document's page, it among them: by stated capture time, then by id.

    Those that state no time stand last.
    """
    mates = store.all(_MATES, row, stage_row(store, STAGE))
    fetched = {record_id: snapshot_at(store, snapshot).fetched for record_id, snapshot in mates}
    return sorted(fetched, key=lambda each: (fetched[each] is None, fetched[each] or "", each))


def mark_edited(store: Store) -> None:
    """Bring up to date which statements another capture of their page words otherwise or lacks."""
    for row, _ in stale.marked(store, stale.EDIT):
        store.run("DELETE FROM edited WHERE line IN (SELECT row FROM line WHERE document = ?)", row)
        store.many("INSERT INTO edited (line) VALUES (?)", [(line,) for line in _edited_lines(store, row)])
        stale.unmark(store, stale.EDIT, (row,))


def wrong_edited(store: Store) -> list[int]:
    """Rows of documents, not marked, of which other statements are kept as edited than their variants say."""
    stage = stage_row(store, STAGE)
    given = f"(stage = {stage} OR row IN (SELECT fact FROM beneath WHERE stage = {stage}))"  # noqa: S608 (row number)
    marked = {row for row, _ in stale.marked(store, stale.EDIT)}
    kept = "SELECT line FROM edited WHERE line IN (SELECT row FROM line WHERE document = ?) ORDER BY line"
    rows = [row for (row,) in store.all(f"{_HAVE_EDITS.format(given=given)} ORDER BY 1") if row is not None]
    return [
        row
        for row in rows
        if row not in marked and [line for (line,) in store.all(kept, row)] != _edited_lines(store, row)
    ]


def _edited_lines(store: Store, document: int) -> list[int]:
    """Rows of the statements of a document that are edited."""
    lines = store.all("SELECT n, row FROM line WHERE document = ? ORDER BY row", document)
    places = list(_places(store, document)) if lines else []
    if not places:
        return []
    said = load_leaf(store, document).statements
    return [row for n, row in lines if any(_lies_in(said[n], start, end) for start, end in places)]


def _lies_in(said: Statement, start: int, end: int) -> bool:
    pieces = (*said.content, *said.source, *said.cue)
    return any(start < piece.end and piece.start < end for piece in pieces)


def _places(store: Store, document: int) -> Iterator[tuple[int, int]]:
    """Where a document has words that another version lacks or has otherwise."""
    stage = stage_row(store, STAGE)
    for here, there in (("left", "right"), ("right", "left")):
        for (body,) in store.all(_EDITS.format(here=here, there=there), document, stage):
            variant = unpack_record(body)
            assert isinstance(variant, Variant)
            start = (variant.left if here == "left" else variant.right).start
            spans = [edit.left if here == "left" else edit.right for edit in variant.edits]
            yield from ((start + first, start + end) for first, end in spans if first < end)
