"""Archives of schema 4, brought up to date where they lie: what searches are narrowed by follows from what is there."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from stemma.archive.pages.index import face_text, search_rows
from stemma.archive.pages.leaf import load_leaf
from stemma.archive.relations import stale
from stemma.archive.store.databases.sqlite import SQLite, schema, statements
from stemma.archive.store.store import DATABASE, Store
from stemma.archive.versions import mark_edited

SCHEMA = 4
_PATIENCE = 2  #: seconds to wait for a process that uses the archive
_NEW = frozenset({"face", "edited"})  #: tables that schema 4 does not have
_NAME = re.compile(r"CREATE TABLE (\w+)")
_SHOWN = "SELECT row FROM document WHERE reading IS NOT NULL AND statements > 0 ORDER BY row"
_VARIED = "SELECT left FROM fact WHERE kind = 'v' UNION SELECT right FROM fact WHERE kind = 'v'"
_EVERY = 100  #: documents between two calls of progress


def bring_up(folder: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Add what schema 5 keeps: all in one transaction, so that a break changes nothing.

    ``progress``: documents done, documents to do. Raises ``sqlite3.OperationalError`` where another process writes.
    """
    with closing(sqlite3.connect(folder / DATABASE, timeout=_PATIENCE, isolation_level=None, factory=SQLite)) as db:
        for name in ("stemma_said", "stemma_around"):  # named in a view that SQLite reads again after each change
            db.create_function(name, 2, lambda _document, _n: None, deterministic=True)
        db.execute("BEGIN IMMEDIATE")
        if db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA:  # else another process was quicker
            for sql in filter(_is_new, statements(schema())):
                db.execute(sql)
            _fill(Store(folder, db), progress or (lambda _done, _total: None))
            db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        db.execute("COMMIT")


def _is_new(statement: str) -> bool:
    found = _NAME.match(statement)
    return found is not None and found[1] in _NEW


def _fill(store: Store, progress: Callable[[int, int], None]) -> None:
    """The faces of all documents, and which statements are edited."""
    rows = array("q", (row for (row,) in store.db.execute(_SHOWN)))
    for n, row in enumerate(rows, 1):
        leaf = load_leaf(store, row)
        face = face_text(store, leaf, search_rows(leaf, range(len(leaf.statements))))
        store.run("INSERT INTO face (document, body) VALUES (?, ?)", row, face)
        if n % _EVERY == 0 or n == len(rows):
            progress(n, len(rows))
    stale.mark(store, stale.EDIT, (row for (row,) in store.all(_VARIED) if row is not None))
    mark_edited(store)
