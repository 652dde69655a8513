"""Entities and utterances, formed anew from all records, are those written, or are marked to be joined anew."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.relations import stale
from stemma.archive.relations.entities import reached, wrong_entities
from stemma.archive.relations.graph import closure
from stemma.archive.store.store import Store
from stemma.archive.utterances.joining import twins_anew, written_twins, wrong_utterances
from stemma.archive.versions import wrong_edited

_STALE = (
    "SELECT count(*) FROM stale WHERE (kind = 1 AND row NOT IN (SELECT row FROM name)) "
    "OR (kind IN (2, 4, 5, 6) AND row NOT IN (SELECT row FROM document)) "
    "OR (kind = 3 AND row NOT IN (SELECT row FROM line)) "
    "OR (kind = 2 AND other NOT IN (SELECT row FROM document)) OR (kind IN (1, 3, 5, 6) AND other <> 0) "
    "OR kind NOT BETWEEN 1 AND 6"
)


def wrong_views(store: Store) -> Iterator[str]:
    """Names and statements that stand under the wrong one and are not marked to be looked at again."""
    if count := store.all(_STALE)[0][0]:
        yield f"{count} rows of the table stale lead to nothing"
        return
    names = reached(store, [row for row, _ in stale.marked(store, stale.NAME)])
    for row in wrong_entities(store):
        if row not in names:
            yield f"row {row} of the table name does not stand under its entity"
    marked = set(stale.marked(store, stale.PAIR))
    found: list[tuple[int, int, int]] = []
    for left, right, twins in twins_anew(store):
        found += twins
        if {row[:2] for row in twins} != set(written_twins(store, left, right)) and (left, right) not in marked:
            yield f"statements of rows {left} and {right} of the table document are not twins as their variants say"
    lines = _awaited(store, names)
    for row in wrong_utterances(store, found):
        if row not in lines:
            yield f"row {row} of the table line does not stand under its utterance"
    for row in wrong_edited(store):
        yield f"statements of row {row} of the table document are not edited as its variants say (table edited)"


def _awaited(store: Store, names: set[int]) -> set[int]:
    """Rows of the statements that are looked at again, by themselves, their pages, their speakers, or their twins."""
    marked = [row for row, _ in stale.marked(store, stale.LINE)]
    for document in {row for pair in stale.marked(store, stale.PAIR) for row in pair}:
        marked += [row for (row,) in store.all("SELECT row FROM line WHERE document = ?", document)]
    for name in names:
        marked += [row for (row,) in store.all("SELECT line FROM voice WHERE name = ?", name)]
    twins = "SELECT other FROM twin WHERE line = ?"
    return set(closure(marked, lambda line: [row for (row,) in store.all(twins, line)]))
