"""Archives of schema 2 as they lie on disk: packed readings as today, captures in files of their own."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import msgspec

from stemma.archive.store.packing import unpack_record, unpack_records, unpack_text
from stemma.archive.store.store import CAPTURES, DATABASE
from stemma.records import AnyRecord, Document, Judgement, Problem, Snapshot

SCHEMA = 2
_GZIP = 31  #: window bits by which zlib reads a gzip file (zlib manual, inflateInit2)
_PATIENCE = 2  #: seconds to wait for a process that uses the archive
_OF_GROUPS = frozenset({"v", "y"})  #: kinds of fact that are given anew
_TRACE = "trace"  #: a stage whose problems are told anew


class Earlier:
    """An archive of schema 2; nobody else may write to it until it is closed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._db = sqlite3.connect(folder / DATABASE, timeout=_PATIENCE, isolation_level=None)
        self._told: dict[str, list[Problem]] = {}

    def __enter__(self) -> Self:
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            self._db.close()
            raise
        for record in self._facts():
            if isinstance(record, Problem) and record.run:
                self._told.setdefault(record.about, []).append(record)
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def count(self) -> int:
        """How many snapshots it holds."""
        return int(self._db.execute("SELECT count(*) FROM snapshot").fetchone()[0])

    def snapshots(self) -> Iterator[tuple[int, Snapshot]]:
        """All snapshots with their rows, in order of keeping."""
        for row, body in self._db.execute("SELECT row, body FROM snapshot ORDER BY row"):
            snapshot = unpack_record(body)
            assert isinstance(snapshot, Snapshot)
            yield row, snapshot

    def payload(self, digest: str) -> bytes:
        """The bytes of a digest. Raises ``OSError`` or ``zlib.error`` where they are gone or damaged."""
        return zlib.decompress(place_of(self._folder, digest).read_bytes(), _GZIP)

    def added(self, digest: str) -> str:
        """When the bytes were kept, by the file's time: the archive did not write it down."""
        moment = datetime.fromtimestamp(place_of(self._folder, digest).stat().st_mtime, UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def readings(self, snapshot: int) -> list[tuple[list[str], list[AnyRecord]]]:
        """What each set of runs found in a snapshot, problems included, the newest last."""
        rows = self._db.execute(
            "SELECT runs.ids, reading.document, reading.body FROM reading JOIN runs ON runs.row = reading.runs "
            "WHERE snapshot = ? ORDER BY reading.row",
            (snapshot,),
        ).fetchall()
        return [(ids.split(), self._records(document, body) if document else []) for ids, document, body in rows]

    def _records(self, document: int, body: bytes) -> list[AnyRecord]:
        (wording,) = self._db.execute("SELECT body FROM wording WHERE document = ?", (document,)).fetchone()
        text = unpack_text(wording)
        head, *records = unpack_records(body, text)
        assert isinstance(head, Document)
        return [msgspec.structs.replace(head, text=text), *records]

    def problems(self, *about: str) -> list[Problem]:
        """What stages told of a page, by the ids of its snapshot and documents."""
        return [problem for each in about for problem in self._told.get(each, ())]

    def facts(self) -> Iterator[AnyRecord]:
        """Facts of no page that no stage gives: runs, people's words, what was told of files."""
        return (each for each in self._facts() if not isinstance(each, Problem) or not each.run)

    def _facts(self) -> Iterator[AnyRecord]:
        """Facts that no Group stage gives anew."""
        listed = self._db.execute("SELECT facts FROM settled").fetchall()
        given = {row for (rows,) in listed for row in msgspec.json.decode(rows, type=list[int])}
        for row, kind, body in self._db.execute("SELECT row, kind, body FROM fact ORDER BY row"):
            if kind not in _OF_GROUPS:
                record = unpack_record(body)
                of_a_person = isinstance(record, Judgement) and not record.run
                if (row not in given or of_a_person) and not (isinstance(record, Problem) and record.stage == _TRACE):
                    yield record

    def give_up(self) -> None:
        """Let the database be one file without a log, so that another may take its place.

        Raises ``sqlite3.OperationalError`` where another process has it open.
        """
        self._db.execute("COMMIT")
        (mode,) = self._db.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise sqlite3.OperationalError("another process has the archive open; close it and upgrade again")


def place_of(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie: ``captures/ab/abcd...gz``."""
    name = digest.removeprefix("sha256:")
    return folder / CAPTURES / name[:2] / f"{name}.gz"


def files_of(folder: Path) -> Sequence[Path]:
    """All files of bytes, in order of their names."""
    return sorted((folder / CAPTURES).glob("??/*.gz"))
