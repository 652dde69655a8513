"""The archive as JSON Lines: the same bytes for the same pages, whatever the order in which they came."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any

import msgspec

from stemma.archive.pages.leaf import load_leaf, snapshot_at
from stemma.archive.relations.facts import fact_at
from stemma.archive.store.store import Store
from stemma.records import encode

QUOTATION = 300  #: characters that are given of a longer text unless bodies are asked for
_HELD = 32_000_000  #: bytes sorted in memory at a time
_CUT = ("text", "exact")


def export(store: Store, *, bodies: bool) -> Iterator[bytes]:
    """Every current record as a line, sorted by kind and id.

    A line begins with its kind and its id, so sorted lines are sorted records. Longer archives are sorted in
    pieces that lie in temporary files: memory stays the same.
    """
    pieces: list[IO[bytes]] = []
    held: list[bytes] = []
    size = 0
    for line in _lines(store, bodies=bodies):
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


def _lines(store: Store, *, bodies: bool) -> Iterator[bytes]:
    for line in _encoded(store):
        yield (line if bodies or len(line) <= QUOTATION else _cut_line(line)) + b"\n"


def _encoded(store: Store) -> Iterator[bytes]:
    for (row,) in store.db.execute("SELECT row FROM snapshot"):
        yield encode(snapshot_at(store, row))
    for (row,) in store.db.execute("SELECT row FROM document WHERE reading IS NOT NULL"):
        for record in load_leaf(store, row).records:
            yield encode(record)
    for (row,) in store.db.execute(f"SELECT row FROM fact WHERE {_CURRENT}"):  # noqa: S608 (constant)
        yield encode(fact_at(store, row))


#: Variants and traced relays stand between documents, which must be current on both sides.
_CURRENT = (
    "kind NOT IN ('v', 'y') OR NOT EXISTS "
    "(SELECT 1 FROM document WHERE row IN (fact.left, fact.right) AND reading IS NULL)"
)


def _cut_line(line: bytes) -> bytes:
    return msgspec.json.encode(_cut(msgspec.json.decode(line)))


def _cut(value: Any) -> Any:  # noqa: ANN401 (walks JSON of any form)
    """The value with long texts cut to their beginning, their length and hash beside them."""
    if isinstance(value, list):
        return [_cut(part) for part in value]
    if not isinstance(value, dict):
        return value
    whole = {key: _cut(part) for key, part in value.items()}
    for key in _CUT:
        text = whole.get(key)
        if isinstance(text, str) and len(text) > QUOTATION:
            whole |= {
                key: text[:QUOTATION],
                f"{key}_length": len(text),
                f"{key}_sha256": sha256(text.encode()).hexdigest(),
            }
    return whole
