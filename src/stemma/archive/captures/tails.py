"""Bytes in the folder of captures that the database does not name: left by killed writers, and harmless."""

from __future__ import annotations

from typing import NamedTuple

from stemma.archive.captures.segments import files_of, recorded
from stemma.archive.store.store import Store


class Tail(NamedTuple):
    """Bytes of a segment that nobody reads: of ``size`` bytes the archive knows the first ``known``."""

    name: str
    known: int  #: 0: the database does not know the file at all
    size: int


def tails(store: Store) -> list[Tail]:
    """Segments that are longer than what was committed, and those of which nothing was, in order of their names."""
    known = recorded(store)
    found = files_of(store.folder).items()
    return [Tail(name, known.get(name, 0), size) for name, size in found if name not in known or size > known[name]]
