"""Archives of schema 3, brought up to date where they lie: all that is new follows from what is there."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec

from stemma.archive.relations.stages import sum_of
from stemma.archive.store.databases.sqlite import schema, statements
from stemma.archive.store.packing import plain
from stemma.archive.store.store import DATABASE

SCHEMA = 3
_PATIENCE = 2  #: seconds to wait for a process that uses the archive
_NEW = frozenset({"resting", "tally", "shelf", "spoken"})  #: tables that schema 4 has and 3 not; all triggers are new
_NAME = re.compile(r"CREATE (TABLE|TRIGGER) (\w+)")
_COLUMNS = (
    "ALTER TABLE waiting ADD COLUMN wakes INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE settled ADD COLUMN said BLOB NOT NULL DEFAULT x''",
)
_COUNTS = (
    "INSERT INTO tally SELECT 'c', count(*) FROM snapshot",
    "INSERT INTO tally SELECT kind, count(*) FROM fact GROUP BY kind",
    "INSERT INTO tally SELECT 'w', count(*) FROM utterance WHERE line <> first",
    "INSERT INTO spoken SELECT coalesce(entity, row), count(*) FROM voice JOIN name ON row = voice.name GROUP BY 1",
    (
        "INSERT INTO shelf SELECT coalesce(outlet, ''), coalesce(language, ''), count(*), sum(statements), sum(relays) "
        "FROM document WHERE reading IS NOT NULL GROUP BY 1, 2"
    ),
)
_BODIES = (
    "SELECT coalesce((SELECT body FROM beneath WHERE fact = fact.row AND beneath.stage = ?2), body) FROM json_each(?1) "
    "JOIN fact ON fact.row = value ORDER BY json_each.key"
)
_EVERY = 1_000  #: keys between two calls of progress


def bring_up(folder: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Add what schema 4 keeps: all in one transaction, so that a break changes nothing.

    ``progress``: keys done, keys to do. Raises ``sqlite3.OperationalError`` where another process writes.
    """
    with closing(sqlite3.connect(folder / DATABASE, timeout=_PATIENCE, isolation_level=None)) as db:
        for name in ("stemma_said", "stemma_around"):  # named in a view that SQLite reads again after each change
            db.create_function(name, 2, lambda _document, _n: None, deterministic=True)
        db.execute("BEGIN IMMEDIATE")
        if db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA:  # else another process was quicker
            for sql in (*filter(_is_new, statements(schema())), *_COLUMNS, *_COUNTS):
                db.execute(sql)
            _write_sums(db, progress or (lambda _done, _total: None))
            db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        db.execute("COMMIT")


def _is_new(statement: str) -> bool:
    found = _NAME.match(statement)
    return found is not None and (found[1] == "TRIGGER" or found[2] in _NEW)


def _write_sums(db: sqlite3.Connection, progress: Callable[[int, int], None]) -> None:
    """What each key says of its facts."""
    keys = array("q", (key for (key,) in db.execute("SELECT key FROM settled")))
    for n, key in enumerate(keys, 1):
        stage, facts = db.execute("SELECT stage, facts FROM settled WHERE key = ?", (key,)).fetchone()
        bodies = db.execute(_BODIES, (facts, stage)).fetchall()
        if len(bodies) == len(msgspec.json.decode(facts, type=list[int])):  # else it is damaged, as ``check`` tells
            sums = array("q", [sum_of(plain(body)) for (body,) in bodies])
            db.execute("UPDATE settled SET said = ? WHERE key = ?", (sums.tobytes(), key))
        if n % _EVERY == 0 or n == len(keys):
            progress(n, len(keys))
