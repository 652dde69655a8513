"""What the archive asks of an index of words; each database has its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, Protocol

from stemma.archive.store.words.wanted import Wanted

Index = Literal["search", "names"]  #: words of statements by rows of ``line``, of names by rows of ``name``
Searched = tuple[int, str, str]  #: row of a statement; in indexed form what is said, and the words around it


class Test(NamedTuple):
    """A condition in SQL and its values."""

    sql: str
    values: tuple[object, ...] = ()


class Database(Protocol):
    """What an index needs of the connection."""

    def all(self, sql: str, *values: object) -> list[Any]:
        """All rows."""

    def run(self, sql: str, *values: object) -> object:
        """Carry out one change."""

    def many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Carry out one change for each row."""


class WordIndex(Protocol):
    """The indexes of words, as tables ``search`` and ``names`` with a column ``rowid``."""

    counts_ranges: bool  #: whether the hits between two rows are counted fastest range by range

    def holds(self, index: Index, wanted: Wanted) -> Test:
        """The condition that a row of an index holds what is wanted."""

    def lacks(self, row: str, unwanted: Wanted) -> Test:
        """The condition that a statement, by the column of its row, does not hold something."""

    def several(self, word: str, first: int) -> Mapping[int, int]:
        """How often a word stands in statements, by rows from ``first``; once may be left out."""

    def put(self, rows: Iterable[Searched]) -> None:
        """Index statements."""

    def take(self, rows: Iterable[Searched]) -> None:
        """Take statements out again, as they were put in."""

    def put_name(self, row: int, form: str) -> None:
        """Index a name by its indexed form."""

    def take_name(self, row: int, form: str) -> None:
        """Take a name out again, as it was put in."""
