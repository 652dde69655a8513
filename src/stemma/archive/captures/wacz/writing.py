"""A WACZ written from the captures that may leave: equal archives give equal bytes."""

from __future__ import annotations

import json
import os
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple

from stemma.archive.captures import segments
from stemma.archive.captures.forms import Original, capture_records, exchange_of, head_record, original_of, program
from stemma.archive.captures.keeping import DAMAGE, read_records
from stemma.archive.captures.segments import Place
from stemma.archive.captures.wacz.choosing import Chosen, chosen
from stemma.archive.captures.wacz.index import BLOCKS, blocks_of, index_line
from stemma.archive.captures.warc import digest_of, pack
from stemma.archive.store.store import Store
from stemma.records import Capture

_VERSION = "1.1.1"
_MADE = (1980, 1, 1, 0, 0, 0)  #: the earliest time that ZIP can write: the bytes shall not tell when they were made
_MODE = 0o644 << 16  #: of a file, where ZIP has it
_NO_DATE = "1970-01-01T00:00:00Z"  #: of the files in an archive without captures
_PAGES = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}


class Packed(NamedTuple):
    """How many captures were written, and how many stayed behind."""

    written: int
    sealed: int  #: withdrawn, or redacted in part
    reserved: int  #: the page or its server reserves what is done with it
    damaged: int  #: their bytes cannot be read


def write_wacz(store: Store, path: Path, *, reserved: bool, only: Collection[int] | None = None) -> Packed:
    """Write the captures to a file, with ``only`` those of these rows; those of pages with a reservation with
    ``reserved`` alone.

    The file appears whole or not at all. Captures that were withdrawn or redacted are never written.
    """
    with (
        _appearing(path) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive,
        closing(_Package(archive)) as package,
    ):
        writer = _Writer(store, package)
        for each in chosen(store, only):
            writer.take(each, reserved=reserved)
        writer.finish()
        return Packed(*(writer.counted[each] for each in ("written", "sealed", "reserved", "damaged")))


class _Writer:
    """The records, their index and the list of pages in the making."""

    def __init__(self, store: Store, package: _Package) -> None:
        self._store, self._package = store, package
        self._lines: list[str] = []
        self._pages: list[str] = []
        self._written: dict[str, Original] = {}  #: by digest
        self._newest = _NO_DATE
        self._file: _Entry | None = None
        self.counted: Counter[str] = Counter()

    def take(self, each: Chosen, *, reserved: bool) -> None:
        """Write a capture, or count why it was not written."""
        if each.ground == "sealed" or (each.ground == "reserved" and not reserved):
            self.counted[each.ground] += 1
            return
        try:
            payload, kept, request = read_records(self._store, each.row, each.snapshot.size)
        except DAMAGE:
            self.counted["damaged"] += 1
            return
        exchange = exchange_of(kept, request, each.snapshot.size)
        self._write(Capture(each.snapshot, payload, exchange), kept.fields["WARC-Date"], each.title)

    def _write(self, capture: Capture, at: str, title: str) -> None:
        snapshot = capture.snapshot
        kept, *request = capture_records(capture, at, self._written.get(snapshot.digest))
        self._written.setdefault(snapshot.digest, original_of(kept))
        file, member = self._segment(at), pack(kept)
        place = file.append(member)
        for each in request:
            file.append(pack(each))
        self._lines.append(index_line(kept, snapshot.media_type, file.title, place, member))
        date = kept.fields["WARC-Date"]
        page = {"id": snapshot.id, "url": kept.fields["WARC-Target-URI"], "ts": date, "title": title}
        self._pages.append(_line(page | {"size": snapshot.size}))
        self._newest = max(self._newest, date)
        self.counted["written"] += 1

    def _segment(self, at: str) -> _Entry:
        """The WARC file that is being written; a new one where the last is full."""
        if self._file is None or self._file.size >= segments.FULL:
            self._file = self._package.begin(f"archive/captures-{self._package.count + 1:05}{segments.ENDING}")
            self._file.append(pack(head_record(self._file.title, at)))
        return self._file

    def finish(self) -> None:
        """Write index, pages and manifest."""
        if self._file is None:  # there must be one
            self._segment(self._newest)
        blocks = blocks_of(sorted(self._lines))
        self._package.add(f"indexes/{BLOCKS}", [blocks.packed])
        self._package.add("indexes/index.idx", [blocks.places])
        self._package.add("pages/pages.jsonl", (line.encode() for line in [_line(_PAGES), *self._pages]))
        self._package.finish(self._newest)


class _Package:
    """The ZIP file and what its manifest will say of each entry."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries: list[_Entry] = []

    @property
    def count(self) -> int:
        """How many entries were begun."""
        return len(self._entries)

    def begin(self, name: str) -> _Entry:
        """Begin an entry, which ends the last one."""
        self.close()
        entry = _Entry(name, self._archive.open(_title(name), "w"))
        self._entries.append(entry)
        return entry

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a whole entry."""
        entry = self.begin(name)
        for piece in pieces:
            entry.append(piece)

    def close(self) -> None:
        """End the last entry; ZIP knows one open entry at a time."""
        if self._entries:
            self._entries[-1].close()

    def finish(self, modified: str) -> None:
        """Write the manifest and its digest."""
        self.close()
        manifest = {
            "profile": "data-package",
            "wacz_version": _VERSION,
            "title": "Captures of a Stemma archive",
            "software": program(),
            "modified": modified,  # what the newest record says: when the file was made is nothing of the archive's
            "resources": [entry.resource for entry in self._entries],
        }
        told = json.dumps(manifest, indent=2).encode()
        digest = {"path": "datapackage.json", "hash": digest_of(told)}
        self._archive.writestr(_title("datapackage.json"), told)
        self._archive.writestr(_title("datapackage-digest.json"), json.dumps(digest, indent=2))


class _Entry:
    """An entry of the ZIP file that is being written."""

    def __init__(self, path: str, file: IO[bytes]) -> None:
        self._path, self._file = path, file
        self.title = path.rpartition("/")[2]
        self.size = 0
        self._hash = sha256()

    def append(self, piece: bytes) -> Place:
        """Write bytes after the last ones; tells where they lie."""
        place = Place(0, self.size, len(piece))
        self._file.write(piece)
        self._hash.update(piece)
        self.size += len(piece)
        return place

    def close(self) -> None:
        """End the entry."""
        self._file.close()

    @property
    def resource(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {
            "name": self.title,
            "path": self._path,
            "hash": f"sha256:{self._hash.hexdigest()}",
            "bytes": self.size,
        }


def _title(name: str) -> zipfile.ZipInfo:
    """An entry that is stored as it is: readers fetch single records out of the file."""
    entry = zipfile.ZipInfo(name, _MADE)
    entry.external_attr = _MODE
    return entry


def _line(value: object) -> str:
    return json.dumps(value) + "\n"


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its place when it is whole."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with half.open("wb") as file:
            yield file
        half.replace(path)
    finally:
        with suppress(FileNotFoundError):
            half.unlink()
