"""The indexes of words in SQLite: FTS5 without a copy of the texts (sqlite.org/fts5.html)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from stemma.archive.store.words.index import Database, Index, Searched, Test
from stemma.archive.store.words.wanted import Either, Every, Near, Phrase, Said, Wanted

_PUT = "INSERT INTO search (rowid, said, around) VALUES (?, ?, ?)"
_TAKE = "INSERT INTO search (search, rowid, said, around) VALUES ('delete', ?, ?, ?)"
_PUT_NAME = "INSERT INTO names (rowid, form) VALUES (?, ?)"
_TAKE_NAME = "INSERT INTO names (names, rowid, form) VALUES ('delete', ?, ?)"
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.stemma_places USING fts5vocab (main, search, 'instance')"
_PLACES = "SELECT doc FROM temp.stemma_places WHERE term = ? AND doc >= ?"


class Fts5:
    """The indexes of an archive in SQLite."""

    counts_ranges = True  #: it knows where a row begins in a list of hits

    def __init__(self, db: Database) -> None:
        self._db = db

    def holds(self, index: Index, wanted: Wanted) -> Test:
        """The condition that a row of an index holds what is wanted."""
        return Test(f"{index} MATCH ?", (written(wanted),))

    def lacks(self, row: str, unwanted: Wanted) -> Test:
        """The condition that a statement, by the column of its row, does not hold something."""
        return Test(f"{row} NOT IN (SELECT rowid FROM search WHERE search MATCH ?)", (written(unwanted),))  # noqa: S608 (a column)

    def several(self, word: str, first: int) -> Mapping[int, int]:
        """How often a word stands in statements, by rows from ``first``."""
        self._db.run(_VOCABULARY)
        return Counter(row for (row,) in self._db.all(_PLACES, word, first))

    def put(self, rows: Iterable[Searched]) -> None:
        """Index statements."""
        self._db.many(_PUT, rows)

    def take(self, rows: Iterable[Searched]) -> None:
        """Take statements out again, as they were put in."""
        self._db.many(_TAKE, rows)

    def put_name(self, row: int, form: str) -> None:
        """Index a name by its indexed form."""
        self._db.run(_PUT_NAME, row, form)

    def take_name(self, row: int, form: str) -> None:
        """Take a name out again, as it was put in."""
        self._db.run(_TAKE_NAME, row, form)


def written(wanted: Wanted) -> str:
    """What is wanted as an expression of FTS5."""
    match wanted:
        case Phrase():
            return f'"{wanted.form}"{" *" if wanted.begins else ""}'
        case Near():
            return f"NEAR({' '.join(map(written, wanted.phrases))}, {wanted.distance})"
        case Every():
            return f"({' AND '.join(map(written, wanted.parts))})"
        case Either():
            return " OR ".join(map(written, wanted.parts))
        case Said():
            return f"said : ({written(wanted.wanted)})"
        case _:
            return " NOT ".join([written(wanted.wanted), *map(written, wanted.unwanted)])
