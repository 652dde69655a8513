"""Words kept, and the pages that they are about indexed anew, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from stemma.archive.corrections.bearing import snapshot_of, subject_of
from stemma.archive.corrections.log import word_rows
from stemma.archive.pages.add import document_row
from stemma.archive.pages.index import reindex, unindex_leaf
from stemma.archive.pages.leaf import load_leaf
from stemma.archive.pages.reading import Leaf
from stemma.archive.relations import stale
from stemma.archive.relations.facts import fact_at, fact_row, give, renew
from stemma.archive.store.store import Store
from stemma.records import Correction, Problem

_PAGELESS = "SELECT row, about FROM fact WHERE kind = 'k' AND right IS NULL"


def keep_words(store: Store, corrections: Iterable[Correction]) -> list[str]:
    """Keep corrections; ids of the documents whose effective page changed by them, sorted.

    Names that a judgement concerns which is undone or brought back wait for ``join``.
    """
    with store.writing():
        new = [each for each in corrections if not _is_known(store, each)]
        pages = {row for each in new if (row := snapshot_of(store, each.about)) is not None}
        return _relined(store, renewed(store, pages, lambda: _give(store, new))) + adopt(store)


def _relined(store: Store, documents: list[str]) -> list[str]:
    """The same documents, marked: which repeated lines are furniture may be another matter now."""
    stale.mark(store, stale.LABEL, (row for each in documents if (row := document_row(store, each)) is not None))
    return documents


def doubt_lines(store: Store, document: int) -> None:
    """Mark a page that was read anew, where people said something of it: repeated lines depend on that too."""
    if word_rows(store, document):
        stale.mark(store, stale.LABEL, (document,))


def concerned(store: Store, corrections: Iterable[Correction]) -> list[str]:
    """Ids of the current documents whose pages these corrections are about, sorted."""
    pages = {row for each in corrections if (row := snapshot_of(store, each.about)) is not None}
    return sorted(leaf.document.id for row in pages if (leaf := shown(store, row)))


def _is_known(store: Store, correction: Correction) -> bool:
    """Whether a correction is here; of two reasons for one word the smaller counts, in whatever order they came."""
    row = fact_row(store, correction.id)
    if row is None:
        return False
    known = fact_at(store, row)
    if isinstance(known, Correction) and correction.reason < known.reason:
        renew(store, correction)
    return True


def _give(store: Store, new: Iterable[Correction]) -> None:
    for each in new:
        give(store, each)
        mark_judged(store, subject_of(store, each))


def mark_judged(store: Store, record_id: str) -> None:
    """Names that a judgement stands between are looked at again; nothing is done for other records."""
    if record_id[:1] == "j" and (row := fact_row(store, record_id)):
        ends = store.all("SELECT left, right FROM fact WHERE row = ?", row)[0]
        stale.mark(store, stale.NAME, [each for each in ends if each is not None])


def adopt(store: Store) -> list[str]:
    """Lay words that came before their page over it; ids of the documents that changed."""
    found = [(row, page) for row, about in store.all(_PAGELESS) if (page := snapshot_of(store, about)) is not None]
    change = "UPDATE fact SET right = ? WHERE row = ?"
    pages = {page for _, page in found}
    return _relined(store, renewed(store, pages, lambda: store.many(change, [pair[::-1] for pair in found])))


def renewed(store: Store, snapshots: Iterable[int], change: Callable[[], None]) -> list[str]:
    """Ids of the documents of these pages that a change altered, sorted; they are indexed anew."""
    before = {row: shown(store, row) for row in sorted(snapshots)}
    change()
    return sorted({each for row, leaf in before.items() for each in _reindexed(store, row, leaf)})


def shown(store: Store, snapshot: int) -> Leaf | None:
    """The effective page of a snapshot; None where it is withdrawn or has no text."""
    row = store.one("SELECT row FROM document WHERE snapshot = ? AND reading IS NOT NULL", snapshot)
    return load_leaf(store, row[0]) if row else None


def _reindexed(store: Store, snapshot: int, before: Leaf | None) -> set[str]:
    """Ids of the documents of a page that changed; nothing is written where nothing did."""
    if before and _bare(load_leaf(store, before.row)) == _bare(before):
        return set()
    if before:
        unindex_leaf(store, before)
    reindex(store, snapshot)
    return {leaf.document.id for leaf in (before, shown(store, snapshot)) if leaf}


def _bare(leaf: Leaf) -> Leaf:
    return replace(leaf, laid=(), waiting=())


def waiting(store: Store, snapshots: Iterable[int] | None = None) -> list[Problem]:
    """A Problem for each word that no longer fits its page, of these snapshots or of all; in order of their ids."""
    rows = (
        store.all("SELECT DISTINCT right FROM fact WHERE kind = 'k' AND right IS NOT NULL") if snapshots is None else ()
    )
    pages = [row for (row,) in rows] if snapshots is None else snapshots
    words = [word for row in pages if (leaf := shown(store, row)) for word in leaf.waiting]
    return sorted((_problem(word) for word in words), key=lambda each: each.id)


def _problem(word: Correction) -> Problem:
    covered = " Until then the whole page is covered." if word.field in {"redaction", "access"} else ""
    message = (
        f"what {word.by} said of {word.about} ({word.field}: {word.value!r}) waits for review: the page was read anew "
        f"and its place is not found.{covered} Say it again of what stands there now, or undo it"
    )
    return Problem(stage="archive", about=word.id, message=message)
