"""The file itself: SQLite's own proof of its pages, and the tables and indexes that must be there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from stemma.archive.store.databases.sqlite import schema
from stemma.archive.store.store import Store

#: How SQLite names a tree in its messages: by the number of its root page.
_TREE = re.compile(r"(?:On tree page|Tree) (\d+)")
_TOLD_BY_COLUMNS = "CREATE TABLE"
_ASK = {"table": "table_xinfo", "index": "index_xinfo"}


def wrong_pages(store: Store) -> Iterator[str]:
    """SQLite's own proof of its pages, trees and indexes; a server is proved by its own programs (pg_amcheck)."""
    if store.db.is_server:
        return
    for (message,) in store.db.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield _named(store, " ".join(str(message).split()))


def _named(store: Store, message: str) -> str:
    """SQLite's message with the name of the table or index that it speaks of by number."""
    if match := _TREE.search(message):
        with suppress(sqlite3.DatabaseError):
            if found := store.one("SELECT name FROM sqlite_master WHERE rootpage = ?", int(match[1])):
                return f"{message} (that is {found[0]})"
    return message


def wrong_layout(store: Store) -> Iterator[str]:
    """Tables, columns and indexes that are not as this version lays them out."""
    if not isinstance(store.db, sqlite3.Connection):
        return
    wanted, found = _empty_layout(), _layout(store.db)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            yield f"{name} is not laid out as this version lays it out"


def _layout(db: sqlite3.Connection) -> dict[str, object]:
    """What is told of each table, index and view, without the spelling of a table's definition."""
    rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {f"the {kind} {name}": (table, _columns(db, kind, name), _bare(sql)) for kind, name, table, sql in rows}


def _columns(db: sqlite3.Connection, kind: str, name: str) -> object:
    if kind not in _ASK or "'" in name:
        return None
    return sorted(row[1:] for row in db.execute(f"PRAGMA {_ASK[kind]}('{name}')"))


def _bare(sql: str | None) -> str | None:
    """A definition that columns do not tell: of a virtual table, a view, an index."""
    return None if sql is None or sql.startswith(_TOLD_BY_COLUMNS) else " ".join(sql.split())


@cache
def _empty_layout() -> dict[str, object]:
    """The layout of an archive without pages."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.executescript(schema())
        return _layout(db)
    finally:
        db.close()
