"""Proof: every capture against its digest, every record against its id and its text, every index against its rows."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import msgspec

from stemma.archive.pages.aliases import alias_rows
from stemma.archive.pages.index import (
    address_of,
    line_rows,
    name_row,
    outlet_of,
    published_of,
    voice_rows,
)  # fmt: skip
from stemma.archive.pages.leaf import Leaf, load_leaf, snapshot_at
from stemma.archive.relations import stale
from stemma.archive.relations.entities import wrong_entities
from stemma.archive.relations.facts import binds, ends_of, fact_at
from stemma.archive.relations.offers import wrong_givers, wrong_offers
from stemma.archive.store.captures import digest_of, place_of, read_bytes
from stemma.archive.store.ids import key_of
from stemma.archive.store.store import Row, Store
from stemma.archive.store.words import match_form
from stemma.archive.utterances.joining import wrong_utterances
from stemma.records import (
    AnyRecord,
    Capture,
    Derived,
    Document,
    Evidence,
    Page,
    Problem,
    Reference,
    Relay,
    Snapshot,
    Statement,
    Variant,
    identify,
)  # fmt: skip
from stemma.stage import Offer
from stemma.text.words import fold

#: What a page offers to Group stages, by its records.
Offered = Callable[[Capture, Page, Sequence[AnyRecord]], Iterable[Offer]]
#: ``progress(done, total)``: snapshots, documents and facts together.
Progress = Callable[[int, int], None]
_DAMAGE = (
    sqlite3.DatabaseError, zlib.error, msgspec.MsgspecError, OSError, EOFError, KeyError, IndexError, AssertionError,
    UnicodeError, ValueError,
)  # fmt: skip
_WAY_OUT = "Restore the archive's files from a copy, or add the pages to a new archive."


def check(store: Store, progress: Progress | None = None, offered: Offered | None = None) -> Iterator[Problem]:
    """A Problem for everything that is not as it was written; nothing for a sound archive.

    What pages have on offer for Group stages is proved where ``offered`` says what their records offer.
    """
    yield from _guarded("archive.sqlite", lambda: _integrity(store))
    counted: Counter[str] = Counter()
    tables: list[tuple[str, Callable[[Store, int], Iterator[str]]]] = [
        ("snapshot", _snapshot), ("document", partial(_document, counted=counted, offered=offered)), ("fact", _fact),
        ("name", _name), ("runs", _runs),
    ]  # fmt: skip
    total = sum(_count(store, table) for table, _ in tables)
    done = 0
    for table, proof in tables:
        for row in _rows(store, table):
            yield from _guarded(_title(store, table, row), lambda proof=proof, row=row: proof(store, row))  # type: ignore[misc]
            done += 1
            if progress:
                progress(done, total)
    yield from _guarded("the index of ids", lambda: _ids_complete(store))
    yield from _guarded("the full-text index", lambda: _search(store))
    yield from _guarded("the tables over the pages", lambda: _surplus(store, counted))
    yield from _guarded("the facts of Group stages", lambda: wrong_givers(store))
    yield from _guarded("the views", lambda: _views(store))


def _guarded(about: str, proof: Callable[[], Iterator[str]]) -> Iterator[Problem]:
    """Each failed proof, and damage that stops a proof, as a Problem."""
    try:
        for message in proof():
            yield _problem(about, message)
    except _DAMAGE as error:
        yield _problem(about, f"it cannot be read ({type(error).__name__}: {error})")


def _problem(about: str, message: str) -> Problem:
    return Problem(stage="archive", about=about, message=f"{message}. {_WAY_OUT}")


def _count(store: Store, table: str) -> int:
    try:
        return int(store.all(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 (names of this file)
    except sqlite3.DatabaseError:
        return 0  # what is damaged so far is told by the integrity check


def _rows(store: Store, table: str) -> Iterator[int]:
    try:
        yield from [row for (row,) in store.db.execute(f"SELECT row FROM {table}")]  # noqa: S608 (names of this file)
    except sqlite3.DatabaseError:
        return


def _title(store: Store, table: str, row: int) -> str:
    if table == "document":
        try:
            return str(store.all("SELECT id FROM document WHERE row = ?", row)[0][0])
        except _DAMAGE:
            pass
    return f"row {row} of {table}"


def _integrity(store: Store) -> Iterator[str]:
    """SQLite's own proof of its pages, trees and indexes."""
    for (message,) in store.db.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield str(message).replace("\n", " ")


def _snapshot(store: Store, row: int) -> Iterator[str]:
    store.snapshots.pop(row, None)  # proof is about the file, not about memory
    snapshot = snapshot_at(store, row)
    yield from _identity(snapshot)
    if not _indexed(store, snapshot.id, 0, row):
        yield f"{snapshot.id} is missing in the index of ids"
    try:
        payload = read_bytes(store.folder, snapshot.digest)
    except (OSError, EOFError, zlib.error) as error:
        name = place_of(store.folder, snapshot.digest).name
        yield f"the capture {name} of {snapshot.id} cannot be read ({type(error).__name__}: {error})"
        return
    if digest_of(payload) != snapshot.digest or len(payload) != snapshot.size:
        yield f"the capture of {snapshot.id} is not what its digest {snapshot.digest} says"


def _document(store: Store, row: int, *, counted: Counter[str], offered: Offered | None) -> Iterator[str]:
    """All readings of a document; the tables over its current one."""
    current = store.all("SELECT reading FROM document WHERE row = ?", row)[0][0]
    readings = [each for (each,) in store.all("SELECT row FROM reading WHERE document = ?", row)]
    if current is not None and current not in readings:
        yield "its current reading is missing"
    for reading in readings:
        store.readings.pop(reading, None)
        leaf = load_leaf(store, row, reading)
        yield from _leaf(store, leaf)
        if reading == current:
            yield from _tables(store, leaf, counted)
            yield from _offers(store, leaf, offered)


def _leaf(store: Store, leaf: Leaf) -> Iterator[str]:
    known = {record.id for record in leaf.records}
    names = {mention.id: name_row(store, mention) for mention in leaf.mentions}
    for record in leaf.records:
        yield from _identity(record)
        yield from _evidence(store, record, leaf.document)
        yield from _foreign(store, record, known)
        at = names.get(record.id, 0)
        if not _indexed(store, record.id, leaf.row, at):
            yield f"{record.id} is missing in the index of ids"


def _identity(record: AnyRecord) -> Iterator[str]:
    if identify(record) != record.id:
        yield f"{record.id} is not the hash of what it says"


def _evidence(store: Store, record: AnyRecord, document: Document | None = None) -> Iterator[str]:
    for piece in pieces(record):
        text = (document or load_leaf(store, _document_row(store, piece.document)).document).text
        wrong = document is not None and piece.document != document.id
        if wrong or not 0 <= piece.start <= piece.end <= len(text) or text[piece.start : piece.end] != piece.exact:
            yield f"the evidence of {record.id} at {piece.start}-{piece.end} is not in the text"


def pieces(record: AnyRecord) -> Iterator[Evidence]:
    """All evidence of a record."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Evidence):
                yield part


def _foreign(store: Store, record: AnyRecord, known: set[str]) -> Iterator[str]:
    """Ids that a record names must be there."""
    for name in _named(record):
        if name not in known and not store.one("SELECT 1 FROM ids WHERE key = ?", key_of(name)):
            yield f"{record.id} names {name}, which is not in the archive"


def _named(record: AnyRecord) -> Sequence[str]:
    match record:
        case Document():
            return (record.snapshot,)
        case Reference():
            return (record.document, record.antecedent)
        case Statement():
            return (record.document, record.within) if record.within else (record.document,)
        case Relay():
            return tuple(each for each in (record.document, record.statement, record.exemplar) if each)
        case Derived():
            return (record.document,)
        case Variant():
            return (record.left.document, record.right.document)
        case _:
            return ()


def _indexed(store: Store, record_id: str, document: int, at: int) -> bool:
    where = "SELECT 1 FROM ids WHERE key = ? AND document = ? AND at = ?"
    return store.one(where, key_of(record_id), document, at) is not None


def _document_row(store: Store, document_id: str) -> int:
    for (row,) in store.all("SELECT document FROM ids WHERE key = ?", key_of(document_id)):
        if store.one("SELECT 1 FROM document WHERE row = ? AND id = ?", row, document_id):
            return int(row)
    raise KeyError(document_id)


def _offers(store: Store, leaf: Leaf, offered: Offered | None) -> Iterator[str]:
    """What a page has on offer is what its records offer, asked again."""
    if offered:
        snapshot = snapshot_at(store, leaf.snapshot)
        capture = Capture(snapshot, read_bytes(store.folder, snapshot.digest))
        yield from wrong_offers(store, leaf.row, leaf.document.id, offered(capture, leaf.page, leaf.records))


def _tables(store: Store, leaf: Leaf, counted: Counter[str]) -> Iterator[str]:
    """The narrow tables over a document say what its records say; ``counted`` is told how many rows they have."""
    snapshot: Snapshot = snapshot_at(store, leaf.snapshot)
    wanted: Row = (
        leaf.document.id, leaf.snapshot, outlet_of(leaf, snapshot), published_of(leaf, snapshot)[0],
        address_of(leaf, snapshot), len(leaf.relays),
    )  # fmt: skip
    if wanted != store.one(
        "SELECT id, snapshot, outlet, published, address, relays FROM document WHERE row = ?", leaf.row
    ):
        yield "its row does not say what its records say"
    lines = store.all("SELECT row, document, n, kind, said, voiced FROM line WHERE document = ? ORDER BY n", leaf.row)
    if lines != line_rows(leaf, lines[0][0] if lines else 0):
        yield "its rows of statements do not say what its records say"
    names = [name_row(store, mention) for mention in leaf.mentions]
    for name in set(names):
        if not store.one(
            "SELECT 1 FROM uses WHERE name = ? AND document = ? AND count = ?", name, leaf.row, names.count(name)
        ):
            yield "its names are not counted as its records say"
    meant, voices = alias_rows(leaf, names), set(voice_rows(leaf, names, lines[0][0] if lines else 0))
    counted.update(uses=len(set(names)), meant=len(meant), voice=len(voices), line=len(lines))
    for alias in meant:
        if not store.one("SELECT 1 FROM meant WHERE name = ? AND document = ? AND whole = ?", *alias):
            yield "its short forms are not indexed as its records say"
    for voice in voices:
        if not store.one("SELECT 1 FROM voice WHERE name = ? AND line = ?", *voice):
            yield "its speakers are not indexed as its records say"


def _fact(store: Store, row: int) -> Iterator[str]:
    record = fact_at(store, row)
    yield from _identity(record)
    yield from _evidence(store, record)
    yield from _foreign(store, record, set())
    if not _indexed(store, record.id, 0, row):
        yield f"{record.id} is missing in the index of ids"
    ends = store.one("SELECT kind, left, right, about, binds FROM fact WHERE row = ?", row)
    if ends != (record.letter, *ends_of(store, record), binds(record)):
        yield f"the row of {record.id} does not say what the record says"


def _surplus(store: Store, counted: Counter[str]) -> Iterator[str]:
    """Each row that the pages ask for is there; there are no others."""
    for table in ("line", "meant", "uses", "voice"):
        if (count := _count(store, table)) != counted[table]:
            yield f"{table} has {count} rows, the pages ask for {counted[table]}"


def _views(store: Store) -> Iterator[str]:
    """Entities and utterances, formed anew from all records, are those written; what waits is not proved."""
    if store.one("SELECT 1 FROM stale WHERE kind <> ?", stale.TRACE):
        return
    for row in wrong_entities(store):
        yield f"row {row} of name does not stand under its entity"
    for row in wrong_utterances(store):
        yield f"row {row} of line does not stand under its utterance"


def _runs(store: Store, row: int) -> Iterator[str]:
    """The runs of a reading are records."""
    for run in str(store.all("SELECT ids FROM runs WHERE row = ?", row)[0][0]).split():
        if not store.one("SELECT 1 FROM ids WHERE key = ?", key_of(run)):
            yield f"it names the run {run}, which is not in the archive"


def _name(store: Store, row: int) -> Iterator[str]:
    form, folded, count = store.all("SELECT form, folded, count FROM name WHERE row = ?", row)[0]
    counted = store.all("SELECT coalesce(sum(count), 0) FROM uses WHERE name = ?", row)[0][0]
    if fold(form) != folded or count != counted:
        yield f"the name {form!r} is not folded or counted as its pages say"
    words = match_form(form)
    if words and not store.one("SELECT 1 FROM names WHERE names MATCH ? AND rowid = ?", words, row):
        yield f"the name {form!r} is not found by its words"


def _ids_complete(store: Store) -> Iterator[str]:
    """No id leads to nothing: rows that lead outside pages must exist, and pages must."""
    lost = (
        "SELECT count(*) FROM ids WHERE (document > 0 AND document NOT IN (SELECT row FROM document)) OR "
        "(document = 0 AND at NOT IN (SELECT row FROM snapshot) AND at NOT IN (SELECT row FROM fact) "
        "AND at NOT IN (SELECT row FROM name))"
    )
    if count := store.all(lost)[0][0]:
        yield f"{count} ids lead to nothing"


def _search(store: Store) -> Iterator[str]:
    """FTS5 compares every entry with the words of the records; it does so only where the archive may be written."""
    if store.is_frozen:
        return
    try:
        store.run("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield f"it does not agree with the statements ({error})"
