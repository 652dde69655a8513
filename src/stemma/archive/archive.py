"""One archive: a folder that holds an SQLite file and the captures."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from stemma.archive.answers import articles, find, lookup, names, overview
from stemma.archive.answers.lines import line_at
from stemma.archive.check import Offered, Progress, check
from stemma.archive.export import export
from stemma.archive.pages import add
from stemma.archive.pages.leaf import OF_A_PAGE, load_document, load_leaf, snapshot_at
from stemma.archive.relations import offers, witnesses
from stemma.archive.relations.entities import join_entities
from stemma.archive.relations.facts import renew
from stemma.archive.store.captures import read_bytes
from stemma.archive.store.ids import key_range
from stemma.archive.store.store import Store, open_store
from stemma.archive.utterances.joining import join_utterances
from stemma.archive.views import Article, Line, Outlet, Person, Query, Totals, Unresolved, Utterance
from stemma.errors import NoSuchRecord
from stemma.records import (
    AnyRecord,
    Capture,
    Document,
    Page,
    Problem,
    Relay,
    Run,
    Snapshot,
    Variant,
    Witness,
    with_run,
)  # fmt: skip
from stemma.stage import Offer

_LINES_OF_A_PERSON = 200  #: newest statements in a Person unless more are asked for
_LINES_OF_EACH = 20  #: the same where several are listed
_PERSONS = 25  #: most entities that one name is taken for


class Archive:
    """Keeps records and never changes one; answers with the views of ``stemma.archive.views``.

    One process at a time adds, any number read meanwhile and see whole transactions. Ids may be shortened to
    what is unique; a method that takes one raises ``NoSuchRecord`` or ``AmbiguousId``.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.path = store.folder
        for part in ("said", "around"):
            function = lambda document, n, part=part: find.words_of(store, document, n, part)  # noqa: E731 (bound here)
            store.db.create_function(f"stemma_{part}", 2, function, deterministic=True)

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Self:
        """Open the archive in a folder, made with ``create``. Raises ``NoArchive`` and ``NewerArchive``."""
        return cls(open_store(Path(path), create=create))

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Adding

    def batch(self) -> AbstractContextManager[None]:
        """One transaction around many additions: all of them, or after an exception none."""
        return self._store.writing()

    def keep(self, capture: Capture) -> bool:
        """Keep the bytes and the snapshot; False where it is known."""
        return add.keep_capture(self._store, capture)

    def payload(self, snapshot_id: str) -> bytes:
        """The bytes of a snapshot as they came."""
        return read_bytes(self.path, self.snapshot(snapshot_id).digest)

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """A snapshot."""
        record = lookup.record_of(self._store, snapshot_id)
        if not isinstance(record, Snapshot):
            raise NoSuchRecord(snapshot_id)
        return record

    def pending_snapshots(self, run_ids: Sequence[str]) -> Iterator[Capture]:
        """Captures not yet read under all of these runs, in order of keeping: where a broken-off addition goes on.

        One whose bytes are gone or damaged becomes a Problem and is passed over.
        """
        for row in add.pending(self._store, run_ids):
            snapshot = snapshot_at(self._store, row)
            try:
                yield Capture(snapshot, read_bytes(self.path, snapshot.digest))
            except (OSError, EOFError, zlib.error) as error:
                message = f"the kept bytes cannot be read ({error}); add the page again to put them back"
                self.add_records([Problem(stage="archive", about=snapshot.id, message=message)])

    def count_pending(self, run_ids: Sequence[str]) -> int:
        """How many captures ``pending_snapshots`` would give."""
        return add.count_pending(self._store, run_ids)

    def add_page(
        self, snapshot_id: str, run_ids: Sequence[str], records: Sequence[AnyRecord], offered: Iterable[Offer] = ()
    ) -> bool:
        """Keep all that these runs found in a snapshot, in one transaction; False where that was kept before.

        The Document is among the records, unless the page has no text. What an earlier set of runs found is
        superseded: still reached by id, no longer searched or exported.
        """
        with self._store.writing():
            if not add.write_page(self._store, snapshot_id, run_ids, records):
                return False
            self.add_records([record for record in records if not isinstance(record, (Document, *OF_A_PAGE))])
            for document in (record for record in records if isinstance(record, Document)):
                offers.write_offers(self._store, self._row(document.id), document.id, offered)
            return True

    def add_records(self, records: Iterable[AnyRecord]) -> None:
        """Keep records that are not of one page: problems, runs, people's judgements and corrections."""
        with self._store.writing():
            for record in records:
                renew(self._store, record)

    # Group stages

    def touched(self, stage: str) -> Iterator[tuple[str, list[str]]]:
        """Keys that got a second or further item since they were settled, with the packed items, sorted.

        Of an over-full key one item more than ``FULLEST_KEY`` is given.
        """
        return offers.touched(self._store, stage)

    def settle(self, stage: str, key: str, records: Sequence[AnyRecord], run: Run) -> None:
        """Let these records replace all that the key gave before."""
        with self._store.writing():
            offers.settle(self._store, stage, key, [_of_run(record, run) for record in records])

    def untraced(self) -> Iterator[tuple[set[str], list[Variant]]]:
        """Components of documents whose variants changed since they were traced, and all variants in them."""
        for rows in witnesses.untraced(self._store):
            yield self._ids(rows), list(witnesses.variants_among(self._store, rows))

    def put_traces(self, documents: Iterable[str], relays: Iterable[Relay]) -> None:
        """Let these relays replace all that were traced of these documents before."""
        with self._store.writing():
            witnesses.put_traces(self._store, documents, relays)

    def variants_of(self, documents: Iterable[str]) -> Iterator[Variant]:
        """Variants between any two of these documents."""
        return witnesses.variants_among(self._store, self._rows(documents))

    def components(self, documents: Iterable[str]) -> Iterator[set[str]]:
        """Sets of documents connected by variants that hold these, each once."""
        return (self._ids(rows) for rows in witnesses.components(self._store, self._rows(documents)))

    def join(self) -> None:
        """Bring entities and utterances up to date with what was added."""
        with self._store.writing():
            self._store.flush()
            join_entities(self._store)
            join_utterances(self._store)

    # Pages

    def page(self, document_id: str) -> Page:
        """A document with its labels and fields."""
        return load_leaf(self._store, self._row(document_id)).page

    def document(self, document_id: str) -> Document:
        """A document with its text."""
        return load_document(self._store, self._row(document_id))

    def outlet(self, document_id: str) -> str | None:
        """The carrier of a document; None: unknown."""
        known = self._store.outlets.recall(document_id)
        if known is None:
            known = (witnesses.outlet_at(self._store, self._row(document_id)),)
            self._store.outlets.remember(document_id, known)
        outlet: str | None = known[0]
        return outlet

    def witness(self, document_id: str) -> Witness:
        """A document as the tracing of a transmission sees it."""
        return witnesses.witness_of(self._store, self._row(document_id))

    def article(self, document_id: str) -> Article:
        """A document with everything found in it."""
        return articles.article_at(self._store, self._row(document_id))

    # Statements

    def find(self, query: Query) -> Iterator[Line]:
        """Statements that fit, newest first, undated last. Raises ``BadQuery``."""
        return find.find(self._store, query)

    def count(self, query: Query) -> int:
        """How many statements fit, whatever the limit. Raises ``BadQuery``."""
        return find.count(self._store, query)

    def line(self, statement_id: str) -> Line:
        """A statement with all that must stand beside it."""
        return line_at(self._store, lookup.line_by_prefix(self._store, statement_id))

    def utterance(self, utterance_id: str) -> Utterance:
        """One speech act with its witnesses; the id that any witness ever minted leads to it."""
        return articles.utterance_by_id(self._store, utterance_id)

    def utterances(self, limit: int | None = None) -> Iterator[Utterance]:
        """Speech acts of two witnesses or more, the most carried first."""
        return overview.utterances(self._store, limit)

    def timeline(self, limit: int | None = None) -> list[tuple[str, str, Line]]:
        """Day, what it rests on ("said" or "published") and line of the newest dated statements, in order of time."""
        return overview.timeline(self._store, limit)

    # Records, persons, the whole

    def record(self, record_id: str) -> AnyRecord:
        """Any record."""
        return lookup.record_of(self._store, record_id)

    def person(self, entity_id: str, limit: int | None = _LINES_OF_A_PERSON) -> Person:
        """An entity with its newest statements; the id that any of its names minted leads to it."""
        return articles.person_by_id(self._store, entity_id, limit)

    def persons(self, name: str, limit: int | None = _LINES_OF_EACH) -> list[Person]:
        """The entities that a form may mean, most mentioned first; where none is equal, those that hold its words."""
        found = names.entities_like(self._store, name)[:_PERSONS]
        return [articles.person_at(self._store, row, limit) for row in found]

    def unresolved(self, limit: int = 25) -> Unresolved:
        """What could not be told."""
        return overview.unresolved(self._store, limit)

    def problems(self) -> list[Problem]:
        """All problems, in order of their ids."""
        return overview.problems(self._store)

    def runs(self) -> list[Run]:
        """All runs that records name, in order of their ids."""
        return overview.runs(self._store)

    def outlets(self) -> tuple[Outlet, ...]:
        """Carriers, the one with most pages first."""
        return overview.outlets(self._store)

    def totals(self) -> Totals:
        """Counts of what is current."""
        return overview.totals(self._store)

    def check(self, progress: Progress | None = None, offered: Offered | None = None) -> Iterator[Problem]:
        """A Problem for everything that is not as it was written; offers are proved by what ``offered`` gives."""
        return check(self._store, progress, offered)

    def export(self, *, bodies: bool = False) -> Iterator[bytes]:
        """Current records as JSON Lines, sorted; texts over 300 characters cut unless ``bodies``."""
        return export(self._store, bodies=bodies)

    def _row(self, document_id: str) -> int:
        row = add.document_row(self._store, document_id) if key_range(document_id) and document_id[1:] else None
        return row if row is not None else lookup.document_by_prefix(self._store, document_id)

    def _rows(self, documents: Iterable[str]) -> set[int]:
        return {self._row(each) for each in documents}

    def _ids(self, rows: Iterable[int]) -> set[str]:
        return {witnesses.id_at(self._store, row) for row in rows}


def _of_run(record: AnyRecord, run: Run) -> AnyRecord:
    """A record that names no run was found by this one."""
    named: AnyRecord = with_run(record, run.id) if getattr(record, "run", None) == "" else record
    return named
