"""The jobs of the process that reads files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stemma.collect.apart.reading import Pulse
from stemma.collect.formats.warc.blocks import next_record
from stemma.collect.packed.opening import opened
from stemma.collect.source import Choice, Found, Source
from stemma.records import Stated


class Order(NamedTuple):
    """A file to be read, and what is taken of it."""

    path: Path
    name: str  #: origin of its pages
    stated: Stated
    hosts: frozenset[str]
    columns: Mapping[str, str]
    begin: int  #: byte to begin at
    is_behind: bool = False  #: whether to begin at the first record behind that byte
    is_careful: bool = False  #: whether each record is told of before it is looked at

    def again(self, at: int | None) -> Order:
        """The same where reading was lost: carefully from the record that was told of last, or from behind it where it
        was lost there before.
        """
        if at is None or not self.is_careful:
            return self._replace(begin=self.begin if at is None else at, is_careful=True)
        return self._replace(begin=at, is_behind=at == self.begin)


def read_pages(order: Order, pulse: Pulse) -> Found:
    """The pages of a file. Raises ``OSError`` where it cannot be opened."""
    with pulse.opened(order.path) as file:
        size = os.fstat(file.fileno()).st_size
        choice = Choice(order.hosts, order.columns, pulse)
        source = Source(file, order.name, order.stated, size, choice)
        pulse.begin, pulse.careful = order.begin, order.is_careful
        if order.is_behind:
            if (found := next_record(source, order.begin + 1)) is None:
                return
            pulse.begin = found
        yield from opened(source)
