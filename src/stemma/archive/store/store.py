"""The open archive: one connection, its transactions, and what is remembered between calls."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from stemma.archive.store.words.fts5 import Fts5
from stemma.archive.store.words.index import WordIndex
from stemma.archive.store.words.tsvector import TsVector

SCHEMA = 5  #: raised with every change of schema.sql
DATABASE = "archive.sqlite"
CAPTURES = "captures"
_REMEMBERED = 256  #: readings kept in memory, about 100 kB each
_SPELLINGS = 16_384  #: ids of mentions kept in memory with their names, about 200 bytes each
_TEXTS = 2_048  #: documents kept in memory, about 7 kB each: Group stages come back to them passage by passage

_RANKINGS = 4  #: rankings kept in memory, of up to 20,000 hits each, about 3 MB
_COUNTS = 64  #: facets and histograms kept in memory, about 20 kB each

Row = tuple[Any, ...]


class Remembered(OrderedDict[Any, Any]):
    """A dictionary that forgets what was not asked for of late."""

    def __init__(self, limit: int = _REMEMBERED) -> None:
        super().__init__()
        self._limit = limit

    def recall(self, key: object) -> Any:  # noqa: ANN401 (holds values of every type)
        """The value, or None."""
        try:
            self.move_to_end(key)
            return self[key]
        except KeyError:
            return None

    def remember(self, key: object, value: object) -> None:
        """Keep the value, forget the oldest."""
        self[key] = value
        while len(self) > self._limit:
            try:
                self.popitem(last=False)
            except KeyError:  # another thread was quicker
                return


class Rows(Protocol):
    """The answer of a database."""

    @property
    def rowcount(self) -> int:
        """How many rows a change changed."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """Row after row."""
        ...

    def fetchone(self) -> Any:  # noqa: ANN401 (values of every type)
        """The next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...


class Database(Protocol):
    """One connection to a database, which is spoken to in SQLite's SQL; see ``store.databases``."""

    @property
    def is_server(self) -> bool:
        """Whether it is PostgreSQL."""
        ...

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""
        ...

    def execute(self, sql: str, values: Sequence[object] = ..., /) -> Rows:
        """Carry out one statement."""
        ...

    def each(self, sql: str, values: Sequence[object] = ..., /) -> Iterable[Any]:
        """Rows one after the other, however many there are."""
        ...

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> object:
        """Carry out one statement for each row."""
        ...

    def insert(self, sql: str, values: tuple[object, ...]) -> int:
        """Insert one row into a table whose rows are numbered; its number."""
        ...

    def begin(self) -> None:
        """Begin a transaction that writes; one at a time, others wait for it."""
        ...

    def freeze(self) -> None:
        """Begin a transaction that reads: whatever others write, it sees the archive as it stands now."""
        ...

    def end(self) -> None:
        """End the transaction; what it wrote lasts."""
        ...

    def undo(self) -> None:
        """End the transaction; what it wrote is gone."""
        ...

    def revision(self) -> tuple[int, int]:
        """What differs once others committed, and what does once this one wrote."""
        ...

    def is_frozen(self, folder: Path) -> bool:
        """Whether the archive may only be read."""
        ...

    def size(self, folder: Path) -> int:
        """Bytes of the database."""
        ...

    def give_back(self) -> None:
        """Give room that lies free back to the system, where it is much."""
        ...

    def lend(self, name: str, count: int, function: Callable[..., object]) -> None:
        """Let statements call a function of ``count`` values, where the database has none of that name of its own."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class Beside(Protocol):
    """What a transaction writes beside the database, so that it lasts or goes with it."""

    def settle(self) -> None:
        """Make it lasting; called before the commit."""

    def cut(self) -> None:
        """Take it back; called before the rollback."""

    def cut_to_recorded(self) -> None:
        """Take back what the database does not know of; called where the transaction has ended already."""

    def close(self) -> None:
        """Let go of it; called last."""


class Store:
    """One connection to one archive; threads may share it for reading.

    ``place``: by what it is opened, a folder or the address of a server, which may hold a password; ``folder``: where
    its captures lie.
    """

    def __init__(self, folder: Path, db: Database, place: str | None = None) -> None:
        self.folder = folder
        self.place = str(folder) if place is None else place
        self.db = db
        self.words: WordIndex = TsVector(self) if db.is_server else Fts5(self)
        self.readings = Remembered()  #: by row of the reading, which never changes; with words laid over, by its state
        self.snapshots = Remembered()  #: by row
        self.texts = Remembered(_TEXTS)  #: texts by row of the document, where nobody said anything of its page
        self.witnesses = Remembered(_TEXTS)  #: by state of the document's leaf: its reading and people's words
        self.outlets = Remembered(_SPELLINGS)  #: a document's outlet, alone in a tuple, by its id
        self.documents = Remembered(_SPELLINGS)  #: row of a document by its id
        self.mentions = Remembered(_SPELLINGS)  #: row of a mention's name by its id
        self.rankings = Remembered(_RANKINGS)  #: ranked hits by revision and query
        self.counts = Remembered(_COUNTS)  #: facets and days by revision and query
        self.names: dict[tuple[str, str], int] = {}  #: row of a form and kind
        self.waiting = 0  #: keys of offers written since the last ones met
        self.items: dict[int, str] = {}  #: packed items by their row
        self.marks: dict[tuple[int, int], int] = {}  #: marks of what was read to be worked on, by stage or kind and row
        self.beside: list[Beside] = []  #: what this transaction wrote beside the database
        self._rows: dict[str, int] = {}
        self._version = 0  #: what others had committed when it was asked last
        self._depth = 0
        self._waiting: dict[str, list[Row]] = {}

    @property
    def is_frozen(self) -> bool:
        """Whether the archive may only be read."""
        return self.db.is_frozen(self.folder)

    def revision(self) -> tuple[int, int]:
        """What differs once the archive changed: what others committed, what this one did."""
        found = self.db.revision()
        if found[0] != self._version:
            self._version = found[0]
            self.snapshots.clear()  # what is stated of one may be restated; all else is remembered by what it rests on
        return found

    def one(self, sql: str, *values: object) -> Row | None:
        """The first row, or None."""
        row: Row | None = self.db.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: object) -> list[Row]:
        """All rows."""
        return self.db.execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """Rows one after the other: who asks for very many, or may stop early, has few of them in memory."""
        return iter(self.db.each(sql, values))

    def run(self, sql: str, *values: object) -> Rows:
        """Carry out one change."""
        return self.db.execute(sql, values)

    def insert(self, sql: str, *values: object) -> int:
        """Insert one row into a table whose rows are numbered; its number."""
        return self.db.insert(sql, values)

    def many(self, sql: str, rows: Iterable[Row]) -> None:
        """Carry out one change for each row."""
        self.db.executemany(sql, rows)

    def later(self, sql: str, rows: Iterable[Row]) -> None:
        """Carry out a change at ``flush`` or the end of the transaction, sorted: a tree is filled fastest in order."""
        self._waiting.setdefault(sql, []).extend(rows)

    def new_row(self, table: str) -> int:
        """A free row of a table, without asking it twice in one transaction."""
        if (row := self._rows.get(table)) is None:
            found = self.one(f"SELECT coalesce(max(row), 0) FROM {table}")  # noqa: S608 (names of this room)
            assert found
            row = int(found[0])
        self._rows[table] = row + 1
        return row + 1

    def flush(self) -> None:
        """Carry out what waits."""
        waiting, self._waiting = self._waiting, {}
        for sql, rows in waiting.items():
            self.db.executemany(sql, sorted(rows))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; inside another one it is part of that. An exception undoes all of it."""
        if self._depth:
            yield
            return
        self.db.begin()
        self._depth = 1
        try:
            yield
            self.commit()
        except BaseException:
            self._undo()
            raise
        finally:
            self._depth = 0
            self._rows.clear()
            self._let_go()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One transaction of questions, which all see the same; inside another one it is part of that."""
        inside = self.db.in_transaction
        if not inside:
            self.db.freeze()
        try:
            yield
        finally:
            if not inside:
                self.db.undo()

    def commit(self) -> None:
        """Carry out what waits and end the transaction; the bytes that its rows name are on the disk before."""
        self.flush()
        for each in self.beside:
            each.settle()
        self.db.end()

    def give_back(self) -> None:
        """Give room that lies free back to the system, where it is much.

        What waits to be compared takes room for a while, after many pages a fifth of the file. A file that an earlier
        version laid out keeps its size.
        """
        if not self._depth:
            self.db.give_back()

    def _undo(self) -> None:
        self._waiting.clear()
        self.names.clear()
        self.documents.clear()
        self.mentions.clear()
        self.items.clear()
        self.outlets.clear()
        self.readings.clear()
        self.snapshots.clear()
        self.texts.clear()
        self.witnesses.clear()
        if self.db.in_transaction:
            for each in self.beside:
                each.cut()
            self.db.undo()
        else:  # a full disk has undone it already, or an interrupt came after the commit
            for each in self.beside:
                each.cut_to_recorded()

    def _let_go(self) -> None:
        beside, self.beside = self.beside, []
        for each in beside:
            each.close()

    def close(self) -> None:
        """Close the connection."""
        self.db.close()
