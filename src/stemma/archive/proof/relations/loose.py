"""Rows that lead to nothing, and bookkeeping that does not agree with what it counts."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.relations.facts import fact_at
from stemma.archive.relations.offers import key_number
from stemma.archive.store.ids import key_of
from stemma.archive.store.store import Store
from stemma.records import Run

_LOOSE = {
    "reading": (
        "snapshot NOT IN (SELECT row FROM snapshot) OR runs NOT IN (SELECT row FROM runs) "
        "OR (document IS NOT NULL AND document NOT IN (SELECT row FROM document)) "
        "OR snapshot <> (SELECT document.snapshot FROM document WHERE document.row = reading.document)"
    ),
    "wording": "document NOT IN (SELECT row FROM document)",
    "unread": "snapshot NOT IN (SELECT row FROM snapshot)",
    "named": "item NOT IN (SELECT row FROM item WHERE named > 0 AND document > 0)",
    "item": (
        "document > 0 AND (document NOT IN (SELECT row FROM document) OR stage NOT IN (SELECT row FROM stage) "
        "OR named <> CASE WHEN row IN (SELECT item FROM named) THEN 1 ELSE 0 END)"
    ),
    "member": "item NOT IN (SELECT row FROM item WHERE document > 0)",
    "waiting": "item NOT IN (SELECT row FROM item WHERE document > 0) OR stage NOT IN (SELECT row FROM stage)",
    "resting": "stage NOT IN (SELECT row FROM stage) OR key NOT IN (SELECT key FROM member)",
    "edited": "line NOT IN (SELECT row FROM line)",
    "touched": "stage NOT IN (SELECT row FROM stage)",
}
_UNLISTED = (
    "SELECT count(*) FROM snapshot WHERE row NOT IN (SELECT snapshot FROM reading) "
    "AND row NOT IN (SELECT snapshot FROM unread)"
)
_NEWEST = (
    "SELECT runs, count(*) FROM reading WHERE row IN (SELECT max(row) FROM reading GROUP BY snapshot) GROUP BY runs"
)


def wrong_links(store: Store, *, members: bool) -> Iterator[str]:
    """What leads to nothing, table by table; ``members``: items of keys too, unless offers are proved."""
    for table, where in _LOOSE.items():
        if table == "member" and not members:
            continue
        if count := store.all(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]:  # noqa: S608 (names of this file)
            yield f"{count} rows of the table {table} lead to nothing"
    if count := store.all(_UNLISTED)[0][0]:
        yield f"{count} rows of the table snapshot were read by no run and do not wait for one (table unread)"
    yield from _wrong_runs(store)
    yield from _wrong_stages(store)
    yield from _wrong_names(store)


def _wrong_runs(store: Store) -> Iterator[str]:
    """How many snapshots have their newest reading under a set of runs."""
    counts: dict[int, int] = dict(store.all(_NEWEST))
    for row, current in store.all("SELECT row, current FROM runs"):
        if current != counts.get(row, 0):
            yield f"row {row} of the table runs is not counted as the readings say"


def _wrong_stages(store: Store) -> Iterator[str]:
    """Each stage stands under a run of its name."""
    last = store.all("SELECT coalesce(max(row), 0) FROM document")[0][0]
    for name, run, due in store.all("SELECT name, run, due FROM stage"):
        if not 0 <= due <= last or (run is not None and _stage_of(store, run) != name):
            yield f"the stage {name!r} does not stand under a run of its own (table stage)"


def _stage_of(store: Store, run: str) -> str | None:
    """The stage of a run by its id; None where it is not there."""
    for (row,) in store.all("SELECT at FROM ids WHERE key = ? AND document = 0", key_of(run)):
        record = fact_at(store, row)
        if isinstance(record, Run) and record.id == run:
            return record.stage
    return None


def _wrong_names(store: Store) -> Iterator[str]:
    """What waits or is touched names its key; an empty name says that only its facts are to go."""
    for table in ("waiting", "touched"):
        named = f"SELECT stage.name, key, {table}.name FROM {table} JOIN stage ON stage.row = stage"  # noqa: S608 (two names)
        for stage, key, name in store.each(named):
            if key_number(stage, name) != key and (name or table == "waiting"):
                yield f"the key {name!r} of the stage {stage!r} is not the one that it stands for (table {table})"
