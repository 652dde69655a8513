"""The manifest: JSON Lines that say what an archive holds, the same for the same records in any order of adding.

    {"manifest": "stemma/1", "schema": 3, "program": "0.1.0", "at": null, "pages": 2, "words": 1, "payload": 5120,
     "counts": {"snapshot": 2, ...}, "ids": {"snapshot": "sha256:...", ...}, "facts": "sha256:...",
     "lines": "sha256:..."}
    {"page": "c...", "digest": "sha256:...", "size": 2560, "document": "d...", "records": "sha256:..."}
    {"word": "k...", "digest": "sha256:..."}

Line 1 alone tells whether an archive is exactly this; each further line is about one page or one word of a person, in
order of their ids, so that an archive that has grown since can still be held against it. Digests of ids are over the
ids, one a line, in order of page and id. ``records`` is over all records of the page as they were derived, encoded,
one a line and sorted; what was redacted or set right since is not in it, nor any text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import version
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import msgspec

from stemma.archive.corrections.access import withdrawn
from stemma.archive.pages.leaf import load_reading, snapshot_at
from stemma.archive.pages.reading import Leaf
from stemma.archive.relations.facts import fact_at
from stemma.archive.store.ids import key_range
from stemma.archive.store.store import SCHEMA, Store
from stemma.records import (
    AnyRecord,
    Correction,
    Judgement,
    Label,
    Problem,
    Relay,
    Repeat,
    Run,
    Snapshot,
    Variant,
    encode,
)  # fmt: skip

if TYPE_CHECKING:
    from hashlib import _Hash

FORM = "stemma/1"  #: name and version of the form
#: Kinds of record that are of no page, in order of their letters.
_OF_NO_PAGE = (Judgement, Correction, Label, Problem, Repeat, Run, Variant, Relay)
_IN_ORDER = "SELECT at, key FROM ids WHERE document = 0 AND at > 0 AND key BETWEEN ? AND ? ORDER BY key"
_NEWEST = "SELECT row, document FROM reading WHERE snapshot = ? AND document IS NOT NULL ORDER BY row DESC LIMIT 1"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line."""

    manifest: str
    schema: int
    program: str
    at: str | None  #: when it was written, as stated; None where nobody stated it
    pages: int
    words: int
    payload: int  #: bytes of all pages as they came
    counts: dict[str, int]  #: current records by kind
    ids: dict[str, str]  #: digest over the ids of each kind
    facts: str  #: digest over all records that are of no page
    lines: str  #: digest over all further lines


class PageLine(msgspec.Struct, frozen=True, kw_only=True):
    """One capture, and what was found in it."""

    page: str
    digest: str
    size: int
    document: str | None = None  #: None where it has no text
    records: str | None = None
    withdrawn: str | None = None  #: id of the word that withdraws it


class WordLine(msgspec.Struct, frozen=True, kw_only=True):
    """One word of a person: a correction, or a judgement that names no run."""

    word: str
    digest: str


class Ids:
    """Counts and digests of ids by kind."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._digests: dict[str, _Hash] = {}

    def add(self, records: Iterable[AnyRecord]) -> None:
        """Count records, in order of their ids."""
        for record in sorted(records, key=lambda each: each.id):
            kind = type(record).__name__.lower()
            self.counts[kind] += 1
            self._digests.setdefault(kind, sha256()).update(f"{record.id}\n".encode())

    def digests(self) -> dict[str, str]:
        """Digest of each kind."""
        return {kind: _told(digest) for kind, digest in sorted(self._digests.items())}


def manifest(store: Store, at: str | None = None) -> Iterator[bytes]:
    """The lines of the manifest. ``at``: what it says of its own time. Memory does not grow with the archive."""
    ids, digest, facts = Ids(), sha256(), sha256()
    pages = words = payload = 0
    with TemporaryFile() as spool:
        for page in page_lines(store, ids):
            pages, payload = pages + 1, payload + page.size
            _write(spool, digest, page)
        for record in records_of_no_page(store):
            ids.add([record])
            facts.update(encode(record) + b"\n")
            if is_word(record):
                words += 1
                _write(spool, digest, WordLine(word=record.id, digest=digest_of([record])))
        yield _line(
            Head(
                manifest=FORM, schema=SCHEMA, program=version("stemma-archive"), at=at, pages=pages, words=words,
                payload=payload, counts=dict(sorted(ids.counts.items())), ids=ids.digests(), facts=_told(facts),
                lines=_told(digest),
            )
        )  # fmt: skip
        spool.seek(0)
        yield from spool


def _write(spool: Any, digest: _Hash, line: msgspec.Struct) -> None:  # noqa: ANN401 (a temporary file of any class)
    encoded = _line(line)
    digest.update(encoded)
    spool.write(encoded)


def page_lines(store: Store, ids: Ids | None = None) -> Iterator[PageLine]:
    """Every capture in order of its id; ``ids`` is told of its records and of those of its page."""
    for row in rows_in_order(store, Snapshot.letter):
        snapshot = snapshot_at(store, row)
        word, leaf = withdrawn(store, row), newest_leaf(store, row)
        if ids is not None:
            ids.add([snapshot])
            ids.add(leaf.records if leaf and not word else ())
        yield PageLine(
            page=snapshot.id, digest=snapshot.digest, size=snapshot.size, document=leaf.document.id if leaf else None,
            records=digest_of(leaf.records) if leaf else None, withdrawn=word.id if word else None,
        )  # fmt: skip


def newest_leaf(store: Store, snapshot: int) -> Leaf | None:
    """The newest reading of a snapshot as it was derived; None where it has no text."""
    found = store.one(_NEWEST, snapshot)
    return load_reading(store, found[1], found[0]) if found else None


def records_of_no_page(store: Store) -> Iterator[AnyRecord]:
    """Facts by kind and id, those left out that stand between pages of which one was superseded or withdrawn."""
    for kind in _OF_NO_PAGE:
        for row in rows_in_order(store, kind.letter):
            if store.one(_CURRENT, row):
                yield fact_at(store, row)


_CURRENT = (
    "SELECT 1 FROM fact WHERE row = ? AND (kind NOT IN ('v', 'y', 'l') OR NOT EXISTS "
    "(SELECT 1 FROM document WHERE row IN (fact.left, fact.right) AND reading IS NULL))"
)


def rows_in_order(store: Store, letter: str) -> Iterator[int]:
    """Rows of what is of no page and has ids with this letter, in order of the ids."""
    span = key_range(letter)
    assert span
    equal: list[int] = []
    last = None
    for at, key in store.each(_IN_ORDER, span):
        if key != last:
            yield from _sorted(store, letter, equal)
            equal, last = [], key
        equal.append(at)
    yield from _sorted(store, letter, equal)


def _sorted(store: Store, letter: str, rows: list[int]) -> list[int]:
    """Rows whose ids have the same key: very rarely more than one."""
    if len(rows) < 2:
        return rows
    read = snapshot_at if letter == Snapshot.letter else fact_at
    return sorted(rows, key=lambda row: read(store, row).id)


def is_word(record: AnyRecord) -> bool:
    """Whether a person said it."""
    return isinstance(record, Correction) or (isinstance(record, Judgement) and not record.run)


def digest_of(records: Iterable[AnyRecord]) -> str:
    """Digest over records, encoded, one a line and sorted."""
    return _told(sha256(b"".join(sorted(encode(record) + b"\n" for record in records))))


def _line(value: msgspec.Struct) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _told(digest: _Hash) -> str:
    return f"sha256:{digest.hexdigest()}"
