"""An archive in a folder: one SQLite file beside its captures."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from stemma.archive.store.store import CAPTURES, DATABASE, SCHEMA, Store
from stemma.errors import NewerArchive, NoArchive, OlderArchive

_APPLICATION = 0x53544D41  #: "STMA": how the file tells what it is
_PAGE_SIZE = 8_192  #: bytes; packed readings are of 2 to 4 kB, and three or more should share a page
_CACHE = -32_768  #: KiB, negative by SQLite's convention
_LOG = 16_384  #: pages (128 MiB) of log before it is written back: indexes change the same pages again and again
_FREE_SHARE, _FEWEST_FREE = 1 / 100, 32  #: of the pages of the file; pages: what may lie free without being given back
_GIVING = "INCREMENTAL"  #: how they are: when ``give_back`` says so, not after each transaction
_PATIENCE = 120_000  #: milliseconds to wait for another writer


class SQLite(sqlite3.Connection):
    """One connection to the file of an archive."""

    is_server = False

    def each(self, sql: str, values: Sequence[object] = (), /) -> sqlite3.Cursor:
        """Rows one after the other, however many there are."""
        return self.execute(sql, values)

    def begin(self) -> None:
        """Begin a transaction that writes; one at a time, others wait for it."""
        self.execute("BEGIN IMMEDIATE")

    def freeze(self) -> None:
        """Begin a transaction that reads: whatever others write, it sees the archive as it stands now."""
        self.execute("BEGIN")

    def end(self) -> None:
        """End the transaction; what it wrote lasts."""
        self.execute("COMMIT")

    def undo(self) -> None:
        """End the transaction; what it wrote is gone."""
        self.execute("ROLLBACK")

    def insert(self, sql: str, values: tuple[object, ...]) -> int:
        """Insert one row into a table whose rows are numbered; its number."""
        row = self.execute(sql, values).lastrowid
        assert row
        return row

    def revision(self) -> tuple[int, int]:
        """What differs once others committed (``PRAGMA data_version``), and what does once this one wrote."""
        return int(self.execute("PRAGMA data_version").fetchone()[0]), self.total_changes

    def is_frozen(self, folder: Path) -> bool:
        """Whether the archive may only be read."""
        return not os.access(folder, os.W_OK)

    def lend(self, name: str, count: int, function: Callable[..., object]) -> None:
        """Let statements call a function of ``count`` values, which always gives the same for the same."""
        self.create_function(name, count, function, deterministic=True)  # type: ignore[arg-type] # of what SQLite holds

    def size(self, folder: Path) -> int:
        """Bytes of the file and its log."""
        return sum(map(bytes_of, list(folder.glob(f"{DATABASE}*"))))

    def give_back(self) -> None:
        """Give pages of the file that lie free back to the system, where they are many."""
        free, pages = (self.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
        if free > max(_FEWEST_FREE, _FREE_SHARE * pages):
            with suppress(sqlite3.OperationalError):  # the disk is full, or others write: it is only room
                self.executescript("PRAGMA incremental_vacuum")  # ``execute`` would free one page


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
    db = sqlite3.connect(
        _address(file), timeout=wait, isolation_level=None, check_same_thread=False, uri=True, factory=SQLite
    )
    try:
        _prepare(db, folder, create=create)
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema repeats its bytes
        db.close()
        raise sqlite3.DatabaseError("malformed database schema") from error
    except BaseException:
        db.close()
        raise
    return Store(folder, db)


def bytes_of(file: Path) -> int:
    """The size of a file; 0 for a folder, and for a log that was taken away meanwhile."""
    try:
        found = file.stat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


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
