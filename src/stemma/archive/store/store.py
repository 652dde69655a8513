"""The open file: one connection, its transactions, and what is remembered between calls."""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from stemma.errors import NewerArchive, NoArchive, OlderArchive

SCHEMA = 5  #: raised with every change of schema.sql
DATABASE = "archive.sqlite"
CAPTURES = "captures"
_APPLICATION = 0x53544D41  #: "STMA": how the file tells what it is
_PAGE_SIZE = 8_192  #: bytes; packed readings are of 2 to 4 kB, and three or more should share a page
_CACHE = -32_768  #: KiB, negative by SQLite's convention
_LOG = 16_384  #: pages (128 MiB) of log before it is written back: indexes change the same pages again and again
_FREE_SHARE, _FEWEST_FREE = 1 / 16, 32  #: of the pages of the file; pages: what may lie free without being given back
_GIVING = "INCREMENTAL"  #: how they are: when ``Store.give_back`` says so, not after each transaction
_PATIENCE = 120_000  #: milliseconds to wait for another writer
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
    """One connection to one archive; threads may share it for reading."""

    def __init__(self, folder: Path, db: sqlite3.Connection) -> None:
        self.folder = folder
        self.db = db
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
        self._version = 0  #: ``PRAGMA data_version`` when it was asked last
        self._depth = 0
        self._waiting: dict[str, list[Row]] = {}

    @property
    def is_frozen(self) -> bool:
        """Whether the archive may only be read."""
        return not os.access(self.folder, os.W_OK)

    def revision(self) -> tuple[int, int]:
        """What differs once the file changed: what others committed (``PRAGMA data_version``), what this one did."""
        found = self.one("PRAGMA data_version")
        if found and found[0] != self._version:
            self._version = int(found[0])
            self.snapshots.clear()  # what is stated of one may be restated; all else is remembered by what it rests on
        return self._version, self.db.total_changes

    def one(self, sql: str, *values: object) -> Row | None:
        """The first row, or None."""
        row: Row | None = self.db.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: object) -> list[Row]:
        """All rows."""
        return self.db.execute(sql, values).fetchall()

    def run(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Carry out one change."""
        return self.db.execute(sql, values)

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
        self.db.execute("BEGIN IMMEDIATE")
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
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK")

    def commit(self) -> None:
        """Carry out what waits and end the transaction; the bytes that its rows name are on the disk before."""
        self.flush()
        for each in self.beside:
            each.settle()
        self.db.execute("COMMIT")

    def give_back(self) -> None:
        """Give pages of the file that lie free back to the system, where they are many.

        What waits to be compared takes room for a while, after many pages a fifth of the file. A file that an earlier
        version laid out keeps its size.
        """
        (free,), (pages,) = (self.all(f"PRAGMA {name}")[0] for name in ("freelist_count", "page_count"))
        if not self._depth and free > max(_FEWEST_FREE, _FREE_SHARE * pages):
            with suppress(sqlite3.OperationalError):  # the disk is full, or others write: it is only room
                self.db.executescript("PRAGMA incremental_vacuum")  # ``execute`` would free one page

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
            self.db.execute("ROLLBACK")
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


def open_store(folder: Path, *, create: bool, patience: float | None = None) -> Store:
    """Open the archive in ``folder``. ``patience``: seconds to wait for another writer; None: long enough for any.

    Raises ``NoArchive`` and ``NewerArchive``.
    """
    file = folder / DATABASE
    if create:
        (folder / CAPTURES).mkdir(parents=True, exist_ok=True)
    elif not file.is_file():
        raise NoArchive(folder)
    wait = _PATIENCE / 1000 if patience is None else patience
    db = sqlite3.connect(_address(file), timeout=wait, isolation_level=None, check_same_thread=False, uri=True)
    try:
        _prepare(db, folder, create=create)
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema repeats its bytes
        db.close()
        raise sqlite3.DatabaseError("malformed database schema") from error
    except BaseException:
        db.close()
        raise
    return Store(folder, db)


def _address(file: Path) -> str:
    """The file as SQLite's address; one that may not be written is opened as what nobody changes.

    SQLite could not read it otherwise: a file with a write-ahead log wants to lay out an index beside it.
    """
    frozen = file.is_file() and not os.access(file.parent, os.W_OK) and not _is_filled(Path(f"{file}-wal"))
    return file.resolve().as_uri() + ("?immutable=1" if frozen else "")


def _is_filled(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _prepare(db: sqlite3.Connection, folder: Path, *, create: bool) -> None:
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise NoArchive(folder) from error
    if version > SCHEMA:
        raise NewerArchive(folder, version, SCHEMA)
    if 0 < version < SCHEMA:
        raise OlderArchive(folder, version, SCHEMA)
    if not version and not create:
        raise NoArchive(folder)
    # Readers see the last whole transaction while one adds; after a power cut the last ones may be missing, never half.
    for pragma in (
        "synchronous = NORMAL",
        f"cache_size = {_CACHE}",
        f"wal_autocheckpoint = {_LOG}",
        "trusted_schema = ON",
    ):
        db.execute(f"PRAGMA {pragma}")
    if not version:
        _found(db)


def _found(db: sqlite3.Connection) -> None:
    """Lay out an empty archive; of two processes that do so at once one waits for the other."""
    db.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
    db.execute(f"PRAGMA auto_vacuum = {_GIVING}")
    db.execute("PRAGMA journal_mode = WAL")
    for name in ("stemma_said", "stemma_around"):  # named in a view; the archive gives them their meaning
        db.create_function(name, 2, lambda _document, _n: None, deterministic=True)
    db.execute("BEGIN IMMEDIATE")
    if not db.execute("PRAGMA user_version").fetchone()[0]:
        for statement in statements(schema()):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {SCHEMA}")
    db.execute("COMMIT")


def schema() -> str:
    """The statements by which this version lays out an archive."""
    return files("stemma.archive.store").joinpath("schema.sql").read_text("utf-8")


def statements(script: str) -> Iterator[str]:
    """The statements of a script, those of a trigger together; ``executescript`` would end the transaction."""
    found = ""
    for line in script.splitlines():
        found += "" if line.startswith("--") else f"{line}\n"
        if sqlite3.complete_statement(found):
            yield found.strip()
            found = ""
