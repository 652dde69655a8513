"""The full-text indexes: copied into a database of their own that lies beside the words they must be made of.

FTS5 compares every entry of an index with the words it was made of, but only where it may write; so a copy of the
index is compared, in a temporary database on the disk. The archive itself is only read, and nobody waits.
On a server the words of each row are compared; what its own indexes find by them is the server's to prove (pg_amcheck).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter

from stemma.archive.store.databases.sqlite import schema
from stemma.archive.store.store import Row, Store
from stemma.archive.store.words.tsvector import row_of

#: The parts that FTS5 keeps an index in (sqlite.org/fts5.html, section 9), and their columns.
_PARTS = {"data": ("id", "block"), "idx": ("segid", "term", "pgno"), "config": ("k", "v")}
_VIRTUAL = re.compile(r"CREATE VIRTUAL TABLE (\w+) USING fts5 \(.*?\n\)", re.DOTALL)
_CONTENT = re.compile(r"content = '\w*',(?: content_rowid = '\w+',)?")
#: Of the words of an index one in _EACH is looked for: FTS5's own proof passes over the way to a leaf of its tree.
#: A leaf of 4 kB holds as many words, or one that stands in more statements than _OFTEN.
_EACH, _OFTEN = 16, 16
_CACHE = -16_384  #: KiB, negative by SQLite's convention
TITLES = {"search": "the full-text index of statements", "names": "the full-text index of names"}


class Words:
    """What the indexes must hold, in a temporary database that is gone when it is closed."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {_CACHE}"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE search_words (row INTEGER PRIMARY KEY, said, around)")
        self._db.execute("CREATE TABLE names_words (row INTEGER PRIMARY KEY, form)")
        for match in _VIRTUAL.finditer(schema()):
            content = f"content = '{match[1]}_words', content_rowid = 'row',"
            self._db.execute(_CONTENT.sub(content, match[0]))
            self._db.execute(f"CREATE VIRTUAL TABLE {match[1]}_terms USING fts5vocab ({match[1]}, 'row')")
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Let go of the temporary database."""
        self._db.close()

    def want_statements(self, rows: Iterable[Row]) -> None:
        """Row of a statement, what is said, what stands around it."""
        self._db.executemany("INSERT OR IGNORE INTO search_words VALUES (?, ?, ?)", rows)

    def want_names(self, rows: Iterable[Row]) -> None:
        """Row of a name and its form as it is indexed."""
        self._db.executemany("INSERT OR IGNORE INTO names_words VALUES (?, ?)", rows)

    def wrong(self, store: Store, index: str) -> Iterator[str]:
        """Whether an index of the archive is what the words make."""
        if store.db.is_server:
            if wrong := sum(1 for _ in self._differing(store, index)):
                yield f"{wrong} of its rows do not agree with the records"
            return
        for part, columns in _PARTS.items():
            table = f"{index}_{part}"
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 (names of this file)
            rows = store.each(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 (same)
            self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)  # noqa: S608 (same)
        try:
            self._db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 (same)
            lost = sum(1 for _ in self._lost(f"{index}_terms"))
        except sqlite3.DatabaseError as error:
            yield f"it does not agree with the records ({error})"
        else:
            if lost:
                yield f"{lost} of its words are not found, or not everywhere"

    def _differing(self, store: Store, index: str) -> Iterator[int]:
        """Rows of an index on a server that hold other words than they must, are missing, or are too many."""
        wanted = self._db.execute(f"SELECT * FROM {index}_words ORDER BY row")  # noqa: S608 (names of this file)
        held = store.each(f"SELECT rowid, words FROM {index} ORDER BY rowid")  # noqa: S608 (same)
        made = ((row, row_of(*texts)) for row, *texts in wanted)
        for row, some in groupby(merge(made, held), key=itemgetter(0)):
            both = list(some)
            if both[1:] != both[:1]:
                yield row

    def _lost(self, terms: str) -> Iterator[str]:
        """Words that stand in an index and are not found when they are looked for."""
        look = f"SELECT doc, cnt FROM {terms} WHERE term = ?"  # noqa: S608 (names of this file)
        for n, (term, *counts) in enumerate(self._db.execute(f"SELECT term, doc, cnt FROM {terms}")):  # noqa: S608 (same)
            if (n % _EACH == 0 or counts[0] > _OFTEN) and self._db.execute(look, (term,)).fetchall() != [tuple(counts)]:
                yield term
