"""Captures that are versions of one page, and the statements in which they differ.

Versions are captures of one address or, where a page has none, of one item (outlet, day and title): whatever pages
offered to the stage ``versions`` under one key.
"""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.pages.leaf import load_leaf, snapshot_at
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
#: Condition on a document that has such facts at all: statements of all others are not looked at.
HAS_EDITS = (
    "line.document IN (SELECT left FROM fact WHERE kind = 'v' AND {given} "
    "UNION SELECT right FROM fact WHERE kind = 'v' AND {given})"
)


def versions_of(store: Store, row: int) -> list[str]:
    """Ids of the documents that are versions of a document's page, it among them: by stated capture time, then by id.

    Those that state no time stand last.
    """
    mates = store.all(_MATES, row, stage_row(store, STAGE))
    fetched = {record_id: snapshot_at(store, snapshot).fetched for record_id, snapshot in mates}
    return sorted(fetched, key=lambda each: (fetched[each] is None, fetched[each] or "", each))


def edited_condition(store: Store, name: str = "stemma_edited") -> str:
    """An SQL condition on rows of ``line``: another version of the page has other words for the statement."""
    store.db.create_function(name, 2, lambda document, n: is_edited(store, document, n), deterministic=True)
    stage = stage_row(store, STAGE)
    given = f"(stage = {stage} OR row IN (SELECT fact FROM beneath WHERE stage = {stage}))"  # noqa: S608 (row number)
    return f"{HAS_EDITS.format(given=given)} AND {name}(line.document, line.n)"


def is_edited(store: Store, document: int, n: int) -> bool:
    """Whether words of a statement lie where another version of its page differs."""
    said = load_leaf(store, document).statements[n]
    return any(_lies_in(said, start, end) for start, end in _places(store, document))


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
