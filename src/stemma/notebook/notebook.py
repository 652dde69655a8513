"""One SQLite file in the archive's folder; each part of the notebook has its tables in an SQL file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Any, Self

NAME = "notebook.sqlite"
_OWN = 0o600  #: read and written by the one who serves the archive
_PATIENCE = 10.0  #: seconds that a writer waits for another


class Notebook:
    """The notebook of one archive, made at its first use; close it after use. Several processes may use it at once.

    Threads may share one: what one of them writes in ``writing`` is not mixed with what others do.
    """

    def __init__(self, folder: str | Path) -> None:
        self._lock = RLock()
        file = Path(folder) / NAME
        with suppress(FileExistsError):  # it holds secrets of people, digested or not: nobody else's to read
            file.touch(_OWN, exist_ok=False)
        self._db = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        sheets = [each for each in files(__package__).iterdir() if each.name.endswith(".sql")]
        for sheet in sorted(sheets, key=lambda each: each.name):
            self._db.executescript(sheet.read_text("utf-8"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def run(self, sql: str, *values: object) -> int:
        """Run one statement; the row that it inserted last."""
        with self._lock:
            return self._db.execute(sql, values).lastrowid or 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all that is run within, or after an exception nothing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
