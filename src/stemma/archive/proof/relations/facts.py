"""Records that are of no page: each against its id, its words, the ids that it names, and its row."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.proof.pages.records import is_known, named, wrong_far_evidence, wrong_identity
from stemma.archive.proof.pages.tables import Tables
from stemma.archive.relations.facts import binds, ends_of, fact_at
from stemma.archive.store.store import Store

_FACT = "SELECT kind, left, right, about, binds FROM fact WHERE row = ?"
_PAST = "SELECT kind, left, right FROM past WHERE row = ?"


def wrong_fact(store: Store, row: int, tables: Tables) -> Iterator[str]:
    """A fact by its row; one that nothing gives any more by its row below 0."""
    record = fact_at(store, row)
    tables.want_id(record.id, row)
    yield from wrong_identity(record)
    yield from wrong_far_evidence(store, record)
    for name in named(record):
        if not is_known(store, name):
            yield f"{record.id} names {name}, which is not in the archive"
    left, right, about = ends_of(store, record)
    wanted = (record.letter, left, right, about, binds(record)) if row > 0 else (record.letter, left, right)
    if store.one(_FACT if row > 0 else _PAST, abs(row)) != wanted:
        yield f"the row of {record.id} in the table {'fact' if row > 0 else 'past'} does not say what the record says"
