"""One archive: a folder that holds an SQLite file and the captures, or a schema of PostgreSQL and such a folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from stemma.archive import faces
from stemma.archive.answers import articles, coverage, find, lookup, names, overview
from stemma.archive.answers.coverage import By
from stemma.archive.answers.lines import line_at
from stemma.archive.answers.search.asking import Searches
from stemma.archive.captures.keeping import DAMAGE, read_capture, read_payload
from stemma.archive.captures.tails import Tail, tails
from stemma.archive.captures.wacz import Packed, write_wacz
from stemma.archive.catalogue import Catalogue
from stemma.archive.catalogue.listing import Listing
from stemma.archive.corrections import keeping, log
from stemma.archive.corrections.access import sealed
from stemma.archive.corrections.desk import held, sealing, sides, stating
from stemma.archive.corrections.standing import age
from stemma.archive.export import export
from stemma.archive.gold import gold
from stemma.archive.leaving import Leaving
from stemma.archive.pages import add
from stemma.archive.pages.leaf import OF_A_PAGE, load_leaf, load_text, snapshot_at
from stemma.archive.proof import Offered, Outcome, Progress, check, compare, manifest
from stemma.archive.relations import offers, stages, witnesses
from stemma.archive.relations.entities import join_entities
from stemma.archive.relations.facts import is_past, renew
from stemma.archive.renewal import Renewal
from stemma.archive.repeats import Repeating, Repeats
from stemma.archive.store.databases import open_store
from stemma.archive.store.ids import key_range
from stemma.archive.store.store import Store
from stemma.archive.utterances.joining import join_utterances
from stemma.archive.versions import mark_edited
from stemma.archive.views import (
    Article,
    Coverage,
    Held,
    Line,
    Moment,
    Outlet,
    Person,
    Query,
    Stats,
    Stone,
    Totals,
    Unresolved,
    Utterance,
)  # fmt: skip
from stemma.errors import NoSuchRecord, Withdrawn
from stemma.records import (
    AnyRecord,
    Capture,
    Correction,
    Document,
    Judgement,
    Page,
    Problem,
    Relay,
    Run,
    Snapshot,
    Statement,
    Variant,
    Verdict,
    Witness,
)  # fmt: skip
from stemma.stage import Offer

_LINES_OF_A_PERSON = 200  #: newest statements in a Person unless more are asked for
_LINES_OF_EACH = 20  #: the same where several are listed
_PERSONS = 25  #: most entities that one name is taken for


class Archive(Searches):
    """Keeps records and never changes one; answers with the views of ``stemma.archive.views``.

    One process at a time adds, any number read meanwhile and see whole transactions. Ids may be shortened to
    what is unique; a method that takes one raises ``NoSuchRecord`` or ``AmbiguousId``.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.path = store.folder
        self.renewal = Renewal(store)
        self.repeats = Repeats(store)
        self.keys = offers.Keys(store)
        self.listing = Listing(store)
        self.leaving = Leaving(store)
        self.catalogue = Catalogue(store)
        store.db.lend("stemma_shows", 3, faces.shows_or_not)
        find.lend_words(store)

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, patience: float | None = None) -> Self:
        """Open the archive in a folder or at an address, made with ``create``; see ``open_store`` for the rest."""
        return cls(open_store(path, create=create, patience=patience))

    @property
    def own_names(self) -> str:
        """What ``names.toml`` in the archive's folder holds: names that its people have listed; "" without one."""
        return path.read_text(encoding="utf-8") if (path := self.path / "names.toml").is_file() else ""

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Adding

    def batch(self) -> AbstractContextManager[None]:
        """One transaction around many additions: all of them, or after an exception none."""
        return self._store.writing()

    def keep(self, capture: Capture, at: str) -> bool:
        """Keep the bytes and the snapshot, at an ISO 8601 instant; False where it is known."""
        return add.keep_capture(self._store, capture, at)

    def payload(self, snapshot_id: str) -> bytes:
        """The bytes of a snapshot as they came. Raises ``Withdrawn`` where its page was withdrawn or redacted."""
        snapshot = self.snapshot(snapshot_id)
        row = add.snapshot_row(self._store, snapshot.id)
        assert row
        if word := sealed(self._store, row):
            raise Withdrawn(snapshot.id, word.at, word.reason, word.id)
        return read_payload(self._store, row, snapshot.size)

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """A snapshot, of a withdrawn page too: where, when and under which digest."""
        record = lookup.record_of(self._store, snapshot_id)
        if not isinstance(record, Snapshot):
            raise NoSuchRecord(snapshot_id)
        return record

    def restate(self, snapshot: Snapshot) -> Snapshot:
        """A known snapshot as it reads by now: a stated value outranks none, of two the smaller counts.

        Its page is read again where that may change what is found. Raises ``NoSuchRecord``.
        """
        with self._store.writing():
            return add.restate(self._store, snapshot)

    def pending_snapshots(self) -> Iterator[Capture]:
        """Captures that no run has read yet, in order of keeping: where a broken-off addition goes on.

        One whose bytes are gone or damaged becomes a Problem and is passed over.
        """
        yield from self._captures(add.pending(self._store))

    def count_pending(self) -> int:
        """How many captures ``pending_snapshots`` would give."""
        return add.count_pending(self._store)

    def outdated_snapshots(self, run_ids: Sequence[str]) -> Iterator[Capture]:
        """Captures whose newest reading is not under all of these runs; else like ``pending_snapshots``."""
        yield from self._captures(add.outdated(self._store, run_ids))

    def count_outdated(self, run_ids: Sequence[str]) -> int:
        """How many captures ``outdated_snapshots`` would give; costs nothing, whatever the size of the archive."""
        return add.count_outdated(self._store, run_ids)

    def _captures(self, rows: Iterable[int]) -> Iterator[Capture]:
        for row in rows:
            snapshot = snapshot_at(self._store, row)
            try:
                yield read_capture(self._store, row, snapshot)
            except DAMAGE as error:
                message = f"the kept bytes cannot be read ({error}); add the page again to put them back"
                self.settle(stages.PAGE, snapshot.id, [Problem(stage="archive", about=snapshot.id, message=message)])

    def add_page(
        self, snapshot_id: str, run_ids: Sequence[str], records: Sequence[AnyRecord],
        offered: Iterable[Offer] = (), repeats: Sequence[AnyRecord] = (),
    ) -> bool:  # fmt: skip
        """Keep all that these runs found in a snapshot, in one transaction; False where that was kept before.

        The Document is among the records, unless the page has no text. What an earlier set of runs found is
        superseded: still reached by id, no longer searched or exported. ``repeats``: what lines that are known to be
        repeated give on this page.
        """
        with self._store.writing():
            documents = [record.id for record in records if isinstance(record, Document)]
            if not add.write_page(self._store, snapshot_id, run_ids, records, lambda: self._lay(documents, repeats)):
                return False
            keeping.adopt(self._store)
            told = [record for record in records if not isinstance(record, (Document, *OF_A_PAGE))]
            self.settle(stages.PAGE, snapshot_id, told)
            for document in documents:
                offers.write_offers(self._store, self._row(document), document, offered)
                keeping.doubt_lines(self._store, self._row(document))
            return True

    def _lay(self, documents: Iterable[str], repeats: Sequence[AnyRecord]) -> None:
        for document in documents:
            self.repeats.lay(document, repeats)

    def add_records(self, records: Iterable[AnyRecord]) -> None:
        """Keep records that are not of one page: problems, runs, people's judgements and corrections."""
        with self._store.writing():
            for record in records:
                if isinstance(record, Correction):
                    keeping.keep_words(self._store, [record])
                else:
                    renew(self._store, record)

    # People's words

    def worded(self, correction: Correction) -> Correction:
        """A correction as it is kept: ids whole, names in their normal form. Raises ``BadValue``."""
        return stating.worded(self._store, correction)

    def concerned(self, corrections: Iterable[Correction]) -> list[str]:
        """Ids of the current documents whose pages these corrections are about."""
        return keeping.concerned(self._store, map(self.worded, corrections))

    def correct(self, corrections: Iterable[Correction]) -> list[str]:
        """Keep corrections; ids of the documents whose effective page changed, sorted. Raises ``BadValue``.

        Indexes are renewed with them; what pages offer, and ``join``, are left to the caller.
        """
        with self._store.writing():
            return keeping.keep_words(self._store, [self.worded(each) for each in corrections])

    def is_shown(self, document_id: str) -> bool:
        """Whether a document has a current reading: none if it was withdrawn or superseded."""
        row = self._store.one("SELECT 1 FROM document WHERE row = ? AND reading IS NOT NULL", self._row(document_id))
        return row is not None

    def has_words(self, document_id: str) -> bool:
        """Whether people said something of a document's page, undone or not."""
        return bool(log.word_rows(self._store, self._row(document_id)))

    def corrections_of(self, record_id: str) -> list[Correction]:
        """What people said of a record by its whole id and of those words, undone or not, oldest first."""
        return sorted(log.words_about(self._store, record_id), key=age)

    def words(self) -> list[Correction | Judgement]:
        """All that people said, newest first."""
        return log.people(self._store)

    def judgement(self, left: str, right: str, verdict: Verdict, word: Correction) -> Judgement:
        """A person's judgement between two mentions, entities or names, with who, when and why of ``word``.

        To be kept with ``add_records``. Raises ``NoSuchRecord``, ``AmbiguousId`` for a name of several, ``BadValue``.
        """
        return sides.judged(self._store, left, right, verdict, word)

    def sides(self, judgement_id: str) -> tuple[str, str]:
        """How the two of a judgement are written, by its whole id; "name withheld" for one who is not to be told."""
        return sides.sides_of(self._store, judgement_id)

    def held_on(self, person: str) -> Iterator[Person | Held]:
        """All that is held on somebody, by id of the entity or exact name, listed or not: the person first."""
        return held.held_on(self._store, person)

    # Group stages

    def offered(self, stage: str, key: str) -> list[str]:
        """The packed items that share a key of a stage, sorted; of a key that is too full the first."""
        return offers.items_under(self._store, stage, key)

    def touched(self, stage: str) -> Iterator[tuple[str, list[str] | None]]:
        """Keys whose items changed since they were settled, with the packed items, sorted; None: over-full."""
        return offers.touched(self._store, stage)

    def settle(self, stage: str, key: str, new: Sequence[AnyRecord], run: Run | None = None, until: int = 0) -> None:
        """Let these records replace all that the key gave before; those that name no run are found by this one.

        The key rests until it has so many items, or an item is taken off or wakes its keys; 0: it does not rest.
        """
        with self._store.writing():
            found = [stages.of_run(record, run) for record in new] if run else new
            stages.settle(self._store, stage, offers.key_number(stage, key), found, until)

    def replace_offers(self, document_id: str, offered: Sequence[Offer], before: Iterable[Offer]) -> list[Offer]:
        """Let a document offer exactly these; ``before``: what its page offered so far, asked in the same way.

        Returns the items of ``before`` that other pages may offer too and of which this page's text counted: they are
        taken off, and the others must offer them again (``offer``), in the same ``batch``.
        """
        with self._store.writing():
            return offers.replace_offers(self._store, self._row(document_id), document_id, offered, before)

    def offer(self, document_id: str, offered: Iterable[Offer]) -> None:
        """Let a document offer these beside what it offers."""
        with self._store.writing():
            offers.write_offers(self._store, self._row(document_id), document_id, offered)

    def naming(self, kind: str, form: str) -> list[str]:
        """Ids of the documents that hold a name in any spelling of this folded form."""
        return witnesses.naming(self._store, kind, form)

    def is_superseded(self, record_id: str) -> bool:
        """Whether a record is one that nothing gives any more. Raises ``NoSuchRecord``."""
        return is_past(self._store, lookup.record_of(self._store, record_id))

    def untraced(self) -> Iterator[tuple[set[str], list[Variant]]]:
        """Components of documents whose variants changed since they were traced, and all variants in them."""
        store = self._store
        return ((self._ids(rows), list(witnesses.variants_among(store, rows))) for rows in witnesses.untraced(store))

    def put_traces(self, documents: Iterable[str], found: Iterable[Relay | Problem]) -> None:
        """Let these relays, or the problem in their way, replace all that were traced of these documents before."""
        with self._store.writing():
            witnesses.put_traces(self._store, documents, found)

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
            mark_edited(self._store)
        self._store.give_back()

    # Pages

    def current_documents(self, snapshot_id: str) -> list[str]:
        """Ids of the documents of a snapshot that have a current reading."""
        return add.current_documents(self._store, snapshot_id)

    def leaf(self, document_id: str) -> tuple[Snapshot, Page, list[AnyRecord]]:
        """A document's snapshot, page, and all that its current reading holds."""
        found = load_leaf(self._store, self._row(document_id))
        return snapshot_at(self._store, found.snapshot), found.page, found.records

    def page(self, document_id: str) -> Page:
        """A document with its labels and fields."""
        return load_leaf(self._store, self._row(document_id)).page

    def document(self, document_id: str) -> Document:
        """A document with its text."""
        return load_leaf(self._store, self._row(document_id)).document

    def text(self, document_id: str) -> str:
        """Its text alone."""
        return load_text(self._store, self._row(document_id))

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

    def article(self, document_id: str) -> Article | Stone:
        """A document with everything found in it, or the stone of one that was withdrawn."""
        return articles.article_or_stone(self._store, self._row(document_id))

    # Statements

    def line(self, statement_id: str) -> Line | Stone:
        """A statement with all that must stand beside it, or the stone of one that was withdrawn."""
        stone = sealing.shown_record(self._store, lookup.whole_id(self._store, statement_id, Statement.letter))
        if isinstance(stone, Stone):
            return stone
        return line_at(self._store, lookup.line_by_prefix(self._store, statement_id))

    def utterance(self, utterance_id: str) -> Utterance | Stone:
        """One speech act with its witnesses, or a stone; the id that any witness ever minted leads to it."""
        return articles.utterance_by_id(self._store, utterance_id)

    def utterances(self, limit: int | None = None) -> Iterator[Utterance]:
        """Speech acts of two witnesses or more, the most carried first."""
        return overview.utterances(self._store, limit)

    def timeline(self, query: Query = Query(limit=None)) -> list[Moment]:  # noqa: B008 (frozen)
        """The newest dated statements that fit, in order of time. Raises ``BadQuery``."""
        return overview.timeline(self._store, query)

    def undated(self, query: Query = Query()) -> int:  # noqa: B008 (frozen)
        """How many statements fit of which no day is known. Raises ``BadQuery``."""
        return overview.undated(self._store, query)

    # Records, persons, the whole

    def record(self, record_id: str) -> AnyRecord | Stone:
        """Any record as people have it, or the stone of what was withdrawn."""
        return sealing.shown_record(self._store, record_id)

    def person(self, entity_id: str, limit: int | None = _LINES_OF_A_PERSON) -> Person | Stone:
        """An entity with its newest statements, or a stone; the id that any of its names minted leads to it."""
        return articles.person_by_id(self._store, entity_id, limit)

    def persons(self, name: str, limit: int | None = _LINES_OF_EACH) -> list[Person]:
        """The entities that a form may mean, most mentioned first; where none is equal, those that hold its words."""
        return [articles.person_at(self._store, n, limit) for n in names.entities_like(self._store, name)[:_PERSONS]]

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

    def coverage(self, by: By = "month") -> list[Coverage]:
        """What is here of each outlet, the one with most pages first; pages without outlet last."""
        return coverage.coverage(self._store, by)

    def revision(self) -> tuple[int, int]:
        """Something that differs once the archive changed, by this connection or another; costs next to nothing."""
        return self._store.revision()

    def languages(self) -> tuple[tuple[str | None, int], ...]:
        """Pages of each language, the most frequent first; None: not known."""
        return coverage.languages(self._store)

    def stats(self) -> Stats:
        """What the archive holds and lacks, counted."""
        return coverage.stats(self._store)

    def check(
        self, progress: Progress | None = None, offered: Offered | None = None, repeating: Repeating | None = None
    ) -> Iterator[Problem]:
        """A Problem for everything that is not as it was written; offers and repeated lines by these rules if given."""
        return check(self._store, progress, offered, repeating)

    def stands_under(self, runs: Mapping[str, str]) -> bool:
        """Whether stages stand under these runs, by name; not where what says so is damaged."""
        try:
            return runs.items() <= self.renewal.runs().items()
        except sqlite3.DatabaseError:
            return False

    def manifest(self, at: str | None = None) -> Iterator[bytes]:
        """Lines that say what the archive holds, in digests; ``at``: what they say of their own time."""
        return manifest(self._store, at)

    def compare(self, name: str, lines: Iterable[bytes], outcome: Outcome) -> Iterator[Problem]:
        """A Problem for everything that a manifest names and that is not here as it was. Raises ``BadValue``."""
        return compare(self._store, name, lines, outcome)

    def export(self, *, bodies: bool = False, reserved: bool = False) -> Iterator[bytes]:
        """Current records as JSON Lines, sorted; texts over 300 characters cut unless ``bodies``.

        Pages whose rights are reserved give offsets, lengths and hashes, but no words unless ``reserved``.
        """
        return export(self._store, bodies=bodies, reserved=reserved)

    def gold(self, *, reserved: bool = False) -> Iterator[bytes]:
        """What people set right or confirmed as JSON Lines in the form of the benches; see ``stemma.archive.gold``."""
        return gold(self._store, reserved=reserved)

    def export_wacz(self, path: Path, *, reserved: bool = False) -> Packed:
        """Captures as a WACZ file, of pages with a reservation only with ``reserved``; sealed ones stay here."""
        return write_wacz(self._store, path, reserved=reserved)

    def tails(self) -> list[Tail]:
        """Bytes beside the captures that a killed writer left and nobody reads."""
        return tails(self._store)

    def _row(self, document_id: str) -> int:
        row: int | None = self._store.documents.recall(document_id)
        if row is None and document_id[1:] and key_range(document_id):
            row = add.document_row(self._store, document_id)
        return row if row is not None else lookup.document_by_prefix(self._store, document_id)

    def _rows(self, documents: Iterable[str]) -> set[int]:
        return {self._row(each) for each in documents}

    def _ids(self, rows: Iterable[int]) -> set[str]:
        return {witnesses.id_at(self._store, row) for row in rows}
