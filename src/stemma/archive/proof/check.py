"""The order of the proof: file, captures, pages, records of no page, indexes, views; in one moment of the archive."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial

from stemma.archive.pages.leaf import snapshot_at
from stemma.archive.proof.captures import wrong_captures
from stemma.archive.proof.database.layout import wrong_layout, wrong_pages
from stemma.archive.proof.database.log import LOG, wrong_log
from stemma.archive.proof.pages.documents import Held, Offered, is_worded, runs_of, wrong_document, wrong_snapshot
from stemma.archive.proof.pages.tables import SUMMED, Tables
from stemma.archive.proof.pages.words import TITLES, Words
from stemma.archive.proof.relations.facts import wrong_fact
from stemma.archive.proof.relations.given import troubled_keys, wrong_givers, wrong_troubles
from stemma.archive.proof.relations.loose import wrong_links
from stemma.archive.proof.relations.offers import OnOffer
from stemma.archive.proof.relations.repeats import Lines
from stemma.archive.proof.relations.tallies import wrong_tallies
from stemma.archive.proof.relations.views import wrong_views
from stemma.archive.proof.telling import DAMAGE, guarded, told
from stemma.archive.repeats import Repeating
from stemma.archive.store.databases import open_again
from stemma.archive.store.resting import wrong_rests
from stemma.archive.store.store import DATABASE, Store
from stemma.records import Problem

#: ``progress(part, done, total)``: part is one of ``PARTS``; captures are counted in bytes, everything else in records.
Progress = Callable[[str, int, int], None]
RowProof = Callable[[int], Iterator[str]]
PARTS = ("captures", "pages", "facts", "indexes")
_LOG_BACK = "What was added last may be missing: put the files back from a copy, or add the last pages again."
_EVERY = 32  #: rows between two calls of progress


def check(
    store: Store,
    progress: Progress | None = None,
    offered: Offered | None = None,
    repeating: Repeating | None = None,
) -> Iterator[Problem]:
    """A Problem for everything that is not as it was written; nothing for a sound archive.

    What pages have on offer for Group stages is proved where ``offered`` says what their records offer, and which of
    their lines are repeated where ``repeating`` tells the rules too. The archive is
    proved as it stands when the proof begins; others may add meanwhile. Memory stays the same for any number of pages
    but for some fifty bytes a page; the full-text indexes are proved in a temporary file.
    """
    if not store.db.is_server:
        yield from guarded(LOG, lambda: wrong_log(store.folder), _LOG_BACK)
    with _frozen(store) as held, closing(Words()) as words:
        tell = progress or (lambda _part, _done, _total: None)
        yield from guarded(DATABASE, lambda: wrong_pages(held))
        yield from guarded(DATABASE, lambda: wrong_layout(held))
        yield from _captures(held, tell)
        yield from _records(held, words, tell, (offered, repeating))
        yield from guarded("the views", lambda: wrong_views(held))


@contextmanager
def _frozen(store: Store) -> Iterator[Store]:
    """The archive as it stands now, read from the file and not from what is remembered."""
    held = open_again(store)
    try:
        held.db.freeze()
        yield held
    finally:
        held.close()


def _captures(store: Store, tell: Progress) -> Iterator[Problem]:
    """Every byte of the captures, with the bytes of pages counted."""
    done, total = 0, sum(size for (size,) in _ask(store, "SELECT coalesce(sum(size), 0) FROM snapshot"))

    def advance(size: int) -> None:
        nonlocal done
        done += size
        tell("captures", done, total)

    tell("captures", 0, total)
    yield from wrong_captures(store, advance)


def _records(
    store: Store, words: Words, tell: Progress, rules: tuple[Offered | None, Repeating | None]
) -> Iterator[Problem]:
    """Every record, and the tables and indexes over them."""
    offered, repeating = rules
    try:
        tables = Tables(store, words)
        pages = Held(
            store, tables, OnOffer(store) if offered else None, offered, runs_of(store), is_worded(store),
            troubled_keys(store), Lines(store, repeating) if offered and repeating else None,
        )  # fmt: skip
    except DAMAGE as error:  # what is damaged so far is told by the proof of the file
        yield told(DATABASE, f"its tables cannot be read ({error})")
        return
    yield from _each(store, "pages", {"document": lambda row: wrong_document(pages, row)}, tell)
    of_no_page = {
        "snapshot": lambda row: wrong_snapshot(pages, row),
        "fact": lambda row: wrong_fact(store, row, tables),
        "past": lambda row: wrong_fact(store, -row, tables),
    }
    yield from _each(store, "facts", of_no_page, tell)
    yield from _indexes(pages, words, tell)


def _each(store: Store, part: str, proofs: Mapping[str, RowProof], tell: Progress) -> Iterator[Problem]:
    """Every row of some tables."""
    rows = {table: array("q", [row for (row,) in _ask(store, f"SELECT row FROM {table}")]) for table in proofs}  # noqa: S608 (names of this file)
    done, total = 0, sum(map(len, rows.values()))
    for table, proof in proofs.items():
        for row in rows[table]:
            yield from guarded(partial(_title, store, table, row), partial(proof, row))
            done += 1
            if done % _EVERY == 0 or done == total:
                tell(part, done, total)


def _indexes(pages: Held, words: Words, tell: Progress) -> Iterator[Problem]:
    """The tables over the pages as wholes: by sums, and by what SQL and FTS5 tell of them."""
    store, tables = pages.store, pages.tables
    proofs: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("the table name", lambda: tables.wrong_names(store)),
        *((f"the table {table}", lambda table=table: tables.wrong(store, table)) for table in SUMMED),
        *((title, lambda index=index: words.wrong(store, index)) for index, title in TITLES.items()),
        ("the links between tables", lambda: wrong_links(store, members=pages.offers is None)),
        ("the facts of Group stages", lambda: wrong_givers(store)),
        ("the problems of pages", lambda: wrong_troubles(pages.troubled)),
        ("the counts", lambda: wrong_tallies(store)),
        ("the keys that rest", lambda: wrong_rests(store)),
    ]
    if offers := pages.offers:
        proofs.append(("the offers to Group stages", lambda: offers.wrong_members(store)))
    if lines := pages.lines:
        proofs.append(("the lines that outlets repeat", lines.wrong_lines))
    for done, (about, proof) in enumerate(proofs, 1):
        yield from guarded(about, proof)
        tell("indexes", done, len(proofs))


def _ask(store: Store, sql: str) -> Iterable[tuple[int]]:
    """Rows as far as they can be read: what is damaged is told by the proof of the file."""
    try:
        yield from store.each(sql)
    except DAMAGE:
        return


def _title(store: Store, table: str, row: int) -> str:
    """By what name a Problem speaks of a row."""
    try:
        if table == "document":
            return str(store.all("SELECT id FROM document WHERE row = ?", row)[0][0])
        if table == "snapshot":
            return snapshot_at(store, row).id
    except DAMAGE:
        pass
    return f"row {row} of the table {table}"
