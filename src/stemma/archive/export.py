"""The archive as JSON Lines: the same bytes for the same pages, whatever the order in which they came."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any

import msgspec

from stemma.archive.corrections.access import sealed, withdrawn
from stemma.archive.corrections.desk.sealing import shown_record
from stemma.archive.pages.leaf import load_covered, shown_snapshot, snapshot_at
from stemma.archive.relations.facts import fact_at
from stemma.archive.store.ids import key_of
from stemma.archive.store.store import Store
from stemma.archive.views import Stone
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.records import AnyRecord, Derived, Document, Judgement, Problem, Snapshot, Variant, encode

QUOTATION = 300  #: characters that are given of a longer text unless bodies are asked for
_HELD = 32_000_000  #: bytes sorted in memory at a time
_CUT = ("text", "exact")
_WORDED = ("text", "exact", "role", "value", "reason")  #: what may hold words of a page


def export(store: Store, *, bodies: bool, reserved: bool) -> Iterator[bytes]:
    """Every current record as a line, sorted by kind and id.

    Derived records are given as they were derived, so that ids and evidence prove, with people's words beside them; of
    withdrawn pages there is nothing, and what was redacted is covered. Pages whose rights are reserved give offsets,
    lengths and hashes instead of words, unless ``reserved``. A line begins with its kind and its id, so sorted lines
    are sorted records. Longer archives are sorted in pieces that lie in temporary files: memory stays the same.
    """
    pieces: list[IO[bytes]] = []
    held: list[bytes] = []
    size = 0
    for line in _lines(store, bodies=bodies, reserved=reserved):
        held.append(line)
        size += len(line)
        if size > _HELD:
            pieces.append(_spilled(held))
            held, size = [], 0
    yield from heapq.merge(sorted(held), *pieces)
    for piece in pieces:
        piece.close()


def _spilled(lines: list[bytes]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 (closed by export, after the merge)
    file.writelines(sorted(lines))
    file.seek(0)
    return file


def _lines(store: Store, *, bodies: bool, reserved: bool) -> Iterator[bytes]:
    """The records as lines; of reserved pages the words are left out, of all others long ones cut."""
    shut = set() if reserved else _reserved(store)
    for record in _records(store):
        line = encode(record)
        if shut and not shut.isdisjoint(_pages_of(record)):
            line = _cut_line(line, 0, _WORDED)
        elif not bodies and len(line) > QUOTATION:
            line = _cut_line(line, QUOTATION, _CUT)
        yield line + b"\n"


def _records(store: Store) -> Iterator[AnyRecord]:
    for (row,) in store.each("SELECT row FROM snapshot"):
        if not withdrawn(store, row):
            yield shown_snapshot(store, row)
    for (row,) in store.each("SELECT row FROM document WHERE reading IS NOT NULL"):
        yield from load_covered(store, row).records
    shut = _covered(store)
    for (row,) in store.each(f"SELECT row FROM fact WHERE {_CURRENT}"):  # noqa: S608 (constant)
        record = fact_at(store, row)
        if not shut or not _is_sealed(store, record, shut):
            yield record


#: Variants and traced relays stand between documents, which must be current on both sides; labels of repeated lines are
#: given with their page, in place of those that they outrank.
_CURRENT = (
    "kind <> 'l' AND (kind NOT IN ('v', 'y') OR NOT EXISTS "
    "(SELECT 1 FROM document WHERE row IN (fact.left, fact.right) AND reading IS NULL))"
)


def _covered(store: Store) -> set[int]:
    """Rows of the documents of pages of which something was withdrawn or covered."""
    pages = store.all("SELECT DISTINCT right FROM fact WHERE kind = 'k' AND right IS NOT NULL")
    shut = [row for (row,) in pages if sealed(store, row)]
    return {row for page in shut for (row,) in store.all("SELECT row FROM document WHERE snapshot = ?", page)}


def _is_sealed(store: Store, record: AnyRecord, shut: set[int]) -> bool:
    """Whether a comparer's judgement or a problem rests on what was withdrawn or covered."""
    match record:
        case Judgement() if record.run:
            sides = (record.left, record.right)
            return any(isinstance(_shown(store, each), Stone) for each in sides if _stands_in(store, each, shut))
        case Problem() if record.about[:1] in {Snapshot.letter, Document.letter}:
            return isinstance(_shown(store, record.about), Stone)
        case _:
            return False


def _stands_in(store: Store, record_id: str, documents: set[int]) -> bool:
    rows = store.all("SELECT document FROM ids WHERE key = ?", key_of(record_id))
    return any(row in documents for (row,) in rows)


def _shown(store: Store, record_id: str) -> AnyRecord | Stone | None:
    try:
        return shown_record(store, record_id)
    except (NoSuchRecord, AmbiguousId):
        return None


def _reserved(store: Store) -> set[str]:
    """Ids of the documents whose rights are reserved, and of their snapshots."""
    rows = store.all("SELECT id, snapshot FROM document WHERE reserved > 0")
    return {each for record_id, snapshot in rows for each in (record_id, snapshot_at(store, snapshot).id)}


def _pages_of(record: AnyRecord) -> tuple[str, ...]:
    """Ids of the documents whose words a record may hold."""
    match record:
        case Document():
            return (record.id,)
        case Derived():
            return (record.document,)
        case Variant():
            return (record.left.document, record.right.document)
        case _:
            return ()


def _cut_line(line: bytes, most: int, keys: Collection[str]) -> bytes:
    return msgspec.json.encode(_cut(msgspec.json.decode(line), most, keys))


def _cut(value: Any, most: int, keys: Collection[str]) -> Any:  # noqa: ANN401 (walks JSON of any form)
    """The value with texts under these keys cut to their beginning, their length and hash beside them."""
    if isinstance(value, list):
        return [_cut(part, most, keys) for part in value]
    if not isinstance(value, dict):
        return value
    whole = {key: _cut(part, most, keys) for key, part in value.items()}
    for key in keys:
        text = whole.get(key)
        if isinstance(text, str) and len(text) > most and not _is_plain(whole, key):
            whole |= {
                key: text[:most],
                f"{key}_length": len(text),
                f"{key}_sha256": sha256(text.encode()).hexdigest(),
            }
    return whole


def _is_plain(record: dict[str, Any], key: str) -> bool:
    """Whether a text under a key is none of the page's: a label's role, a time or language, a method's own reason."""
    match key:
        case "role":
            return record.get("record") == "label"
        case "value":
            return record.get("record") != "field" or record.get("name") != "title"
        case _:
            return False
