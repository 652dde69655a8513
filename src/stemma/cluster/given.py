"""What an engine gave, by page and by key, as a load asks for it: in a file of its own, for it may be large."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from stemma.cluster import rows
from stemma.cluster.place import Folder
from stemma.engine import Found
from stemma.records import Capture, encode
from stemma.stage import Offer, Settled

_LEVEL = 1  #: the file lives for minutes
_LAYOUT = (
    "CREATE TABLE page (id TEXT PRIMARY KEY, stated BLOB NOT NULL, found BLOB NOT NULL) WITHOUT ROWID",
    (
        "CREATE TABLE key (stage TEXT NOT NULL, key TEXT NOT NULL, items TEXT NOT NULL, until INTEGER NOT NULL, "
        "records BLOB, PRIMARY KEY (stage, key)) WITHOUT ROWID"
    ),
)


class Given:
    """Answers for a flow; counts what it could not answer, which is worked on where it is asked."""

    def __init__(self, folder: Folder, file: Path, stages: Iterable[str], *, pages: bool) -> None:
        """Keep what ``folder`` holds in ``file``: of these Group stages, and of pages where these are wanted."""
        self.pages = self.keys = 0  #: answered
        self.missed_pages = self.missed_keys = 0
        self._db = sqlite3.connect(file, isolation_level=None)
        for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", *_LAYOUT, "BEGIN"):
            self._db.execute(statement)
        if pages:
            self._db.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", _pages(folder))
        self._keep_keys(folder, set(stages))
        self._db.execute("COMMIT")

    def _keep_keys(self, folder: Folder, stages: set[str]) -> None:
        looked = (row for row in folder.rows("looked") if row["stage"] in stages)
        place = ("stage", "key", "items", "until")
        added = ((*(row[name] for name in place), None if row["meets"] else b"") for row in looked)
        self._db.executemany("INSERT OR REPLACE INTO key VALUES (?, ?, ?, ?, ?)", added)
        compared = ((row["records"], row["stage"], row["key"]) for row in folder.rows("compared"))
        self._db.executemany("UPDATE key SET records = ? WHERE stage = ? AND key = ?", compared)

    def page(self, capture: Capture) -> Found | None:
        """What a capture gave; None where nobody read it, or something else was stated of it then."""
        row = self._db.execute("SELECT stated, found FROM page WHERE id = ?", (capture.snapshot.id,)).fetchone()
        if row is None or row[0] != encode(capture.snapshot):
            self.missed_pages += 1
            return None
        self.pages += 1
        lines, offers = msgspec.msgpack.decode(zlib.decompress(row[1]), type=tuple[bytes, list[tuple[Any, ...]]])
        given = [Offer(stage, name, packed, tuple(keys), wakes) for stage, name, packed, keys, wakes in offers]
        return [*rows.records_of(lines), *given]

    def key(self, stage: str, key: str, packed: Sequence[str]) -> Settled | None:
        """What a key gave; None where it had other items then."""
        sql = "SELECT items, until, records FROM key WHERE stage = ? AND key = ?"
        row = self._db.execute(sql, (stage, key)).fetchone()
        if row is None or row[2] is None or row[0] != rows.digest_of(packed):
            self.missed_keys += 1
            return None
        self.keys += 1
        return Settled(row[1], rows.records_of(row[2]))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def _pages(folder: Folder) -> Iterator[tuple[str, bytes, bytes]]:
    for row in folder.rows("pages"):
        if row["records"] is not None:
            offers = list(rows.offers_of(row["offers"]))
            packed = msgspec.msgpack.encode((row["records"], offers))
            yield row["id"], row["stated"], zlib.compress(packed, _LEVEL)


def runs_of(folder: Folder) -> set[str]:
    """Ids of the runs under which an engine made what a folder holds."""
    return {run for part in folder.made.values() for run in part.source.split()[1:]}
