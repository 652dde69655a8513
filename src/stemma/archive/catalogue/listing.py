"""Pages and captures one after the other, in the order of ids or of adding."""

from __future__ import annotations

from stemma.archive.pages.leaf import snapshot_at
from stemma.archive.store.ids import key_range
from stemma.archive.store.store import Store

_CLOSE = 12  #: ids that share a key, at most: more of ten million would be a wonder


class Listing:
    """What an archive holds, to be walked through."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def documents(self, after: str = "", limit: int = 100) -> list[str]:
        """Ids of shown documents in the order of ids, from the first one behind ``after``."""
        self._store.flush()
        sql = (
            "SELECT id FROM ids JOIN document ON document.row = ids.document AND document.reading IS NOT NULL "
            "WHERE ids.key BETWEEN ? AND ? AND document.id > ? ORDER BY ids.key, id LIMIT ?"
        )
        return [found for (found,) in self._store.all(sql, *_from("d", after), after, limit)]

    def snapshots(self, after: str = "", limit: int = 100) -> list[str]:
        """Ids of snapshots in the order of ids, from the first one behind ``after``; withdrawn ones too."""
        self._store.flush()
        sql = "SELECT at FROM ids WHERE document = 0 AND key BETWEEN ? AND ? ORDER BY key LIMIT ?"
        rows = self._store.all(sql, *_from("c", after), limit + _CLOSE)
        return sorted(each for (row,) in rows if (each := snapshot_at(self._store, row).id) > after)[:limit]

    def fresh(self, mark: int) -> tuple[frozenset[str], int]:
        """Ids of the shown documents of pages that came behind a mark, and the mark behind them; 0: before all.

        What is kept and not read yet lies behind the new mark, and what is read anew lies before it.
        """
        found = self._store.one("SELECT coalesce(max(row), 0) FROM snapshot")
        unread = self._store.one("SELECT min(snapshot) FROM unread WHERE snapshot > ?", mark)
        assert found
        assert unread
        end = int(found[0]) if unread[0] is None else int(unread[0]) - 1
        sql = "SELECT id FROM document WHERE snapshot > ? AND snapshot <= ? AND reading IS NOT NULL"
        return frozenset(each for (each,) in self._store.all(sql, mark, end)), max(mark, end)


def _from(letter: str, after: str) -> tuple[int, int]:
    """The keys of a letter that begin with the one of an id; none where it is no id of that letter."""
    bounds, start = key_range(letter), key_range(after) if after.startswith(letter) else None
    assert bounds
    return (start[0] if start else bounds[0]), bounds[1]
