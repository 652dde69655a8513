"""An open file with all that is known of it, as readers of files take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Protocol
from urllib.parse import urlsplit

from stemma.collect.apart.gauge import Gauge
from stemma.collect.packed.gzips import unzipped
from stemma.records import Capture, Problem, Stated

Found = Iterator[Capture | Problem]


class Marks(Protocol):
    """Who is told how far a file of many entries is read, and says where to begin (``bookmarks``)."""

    def start(self, file: BufferedReader, name: str, size: int, /) -> int:
        """The byte of the file at which to begin."""

    def reached(self, at: int, /) -> None:
        """An entry begins there."""

    def ended(self) -> None:
        """All of the file was given."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is taken of files that hold many pages, and what their columns mean."""

    hosts: frozenset[str] = frozenset()  #: only pages of these servers and those below them; empty: of all
    columns: Mapping[str, str] = field(default_factory=dict)  #: a page's field -> the column of a table that holds it
    marks: Marks | None = None  #: how far large files were read; None: they are read from their beginning
    gauge: Gauge = field(default_factory=Gauge, compare=False)  #: told how much of all is read

    def takes(self, url: str | None) -> bool:
        """Whether a page of that address is wanted; one without address is where all are."""
        if not self.hosts:
            return True
        try:
            host = (urlsplit(url or "").hostname or "").rstrip(".")
        except ValueError:
            return False
        return any(host == wanted or host.endswith(f".{wanted}") for wanted in self.hosts)


@dataclass(frozen=True, slots=True)
class Source:
    """An open file, the name that its pages have as origin, and what is stated of them."""

    file: BufferedReader
    origin: str
    stated: Stated
    size: int  #: bytes as it lies there
    choice: Choice = field(default_factory=Choice)

    @property
    def packed(self) -> bool:
        """Whether it is gzip, by its name."""
        return self.origin.lower().endswith(".gz")

    def plain(self) -> BufferedReader:
        """The file, unzipped where it is packed; reading raises what ``unzipped`` tells."""
        return unzipped(self.file, self.size) if self.packed else self.file
