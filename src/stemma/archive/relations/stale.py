"""What must be looked at again before the views are true, written in the transaction that made it stale."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from stemma.archive.store.store import Store

NAME = 1  #: a name whose entity may change
PAIR = 2  #: two documents whose variants changed
LINE = 3  #: a statement whose utterance may change
TRACE = 4  #: a document whose tree of transmission may change
LABEL = 5  #: a document on which other lines may be repeated ones
EDIT = 6  #: a document in which other statements may differ from another capture of its page

_MARK = "INSERT INTO stale (kind, row, other) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"


def new_mark() -> int:
    """A mark that no other one is like: 63 bits of chance, which no record shows."""
    return secrets.randbits(63)


def mark(store: Store, kind: int, rows: Iterable[int]) -> None:
    """Mark rows as stale."""
    store.many(_MARK, [(kind, row, 0) for row in rows])


def mark_pair(store: Store, left: int, right: int) -> None:
    """Mark two documents as stale: what they share, and where they stand in the tree."""
    store.run(_MARK, PAIR, min(left, right), max(left, right))
    mark(store, EDIT, (left, right))
    store.many("DELETE FROM stale WHERE kind = ? AND row = ?", [(TRACE, left), (TRACE, right)])
    # A mark of its own each time: whoever read an earlier one sees that it is no longer the newest.
    store.many(_MARK, [(TRACE, row, new_mark()) for row in {left, right}])


def marked(store: Store, kind: int) -> list[tuple[int, int]]:
    """The stale rows of a kind, in order."""
    return store.all("SELECT row, other FROM stale WHERE kind = ? ORDER BY row, other", kind)


def marks_of(store: Store, kind: int, rows: Iterable[int]) -> list[tuple[int, int]]:
    """The same of these rows alone."""
    sql = "SELECT row, other FROM stale WHERE kind = ? AND row = ? ORDER BY other"
    return [found for row in rows for found in store.all(sql, kind, row)]


def unmark(store: Store, kind: int, rows: Iterable[int]) -> None:
    """These rows are true again."""
    store.many("DELETE FROM stale WHERE kind = ? AND row = ?", [(kind, row) for row in rows])
