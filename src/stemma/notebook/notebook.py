"""One SQLite file in the archive's folder; each part of the notebook has its tables in an SQL file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

NAME = "notebook.sqlite"
_PATIENCE = 10.0  #: seconds that a writer waits for another


class Notebook:
    """The notebook of one archive, made at its first use. Several processes may use it at once; close it after use."""

    def __init__(self, folder: str | Path) -> None:
        self._db = sqlite3.connect(Path(folder) / NAME, timeout=_PATIENCE, isolation_level=None)
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
        return self._db.execute(sql, values).fetchall()

    def run(self, sql: str, *values: object) -> int:
        """Run one statement; the row that it inserted last."""
        return self._db.execute(sql, values).lastrowid or 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all that is run within, or after an exception nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
