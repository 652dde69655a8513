"""What waits for a person to look at it, the newest first: each step reads a few pages, however large the archive.

Only what nobody has looked at yet is given: a thing of which a person said something waits no more. How sure a speaker
or a part of a page is stands with the page and in no index; those queues are found by reading on from page to page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal

from stemma.archive.answers.lines import speakers_in
from stemma.archive.catalogue.kin import open_pairs
from stemma.archive.catalogue.views import Failures, Seek
from stemma.archive.pages.days import WITHIN
from stemma.archive.pages.leaf import load_leaf
from stemma.archive.pages.reading import Leaf, speakers_of
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Row, Store
from stemma.records import Label, Problem, Role

Queue = Literal["doubted", "unnamed", "dates", "names", "furniture", "failed"]
DOUBT = 0.75  #: confidence below which a speaker or a part of a page is shown to a person
_PAGES = 80  #: pages read for one step: some 40 ms
_END = 1 << 62
#: Parts of a page of which it matters whether they are furniture.
_PARTS: frozenset[Role] = frozenset({"body", "furniture", "caption"})
_DAY = len("2025-10-24")
_UNDATED = f"reading IS NOT NULL AND (published IS NULL OR length(published) < {_DAY})"
_LINES = "SELECT row, document, n FROM line WHERE voiced = ? AND row < ? ORDER BY row DESC"


def seek(store: Store, queue: Queue, start: int | None = None, passed: Collection[str] = ()) -> Seek:
    """The next of a queue from a place on (``Seek.on``), without those passed; None: from the newest on."""
    if queue == "names":
        found = open_pairs(store, 1, passed)
        return Seek(found[0].id if found else None, None, 0)
    if queue == "failed":
        told = next((each.id for each in failures(store, _PAGES).problems if each.id not in passed), None)
        return Seek(told, None, 0)
    walk, fits = _WALKS[queue]
    looked = set[int]()
    for place, row, n in walk(store, _END if start is None else start):
        if row not in looked and len(looked) == _PAGES:
            return Seek(None, _onward(queue, place) + 1, len(looked))
        looked.add(row)
        about = fits(store, load_leaf(store, row), n, passed)
        if about:
            return Seek(about, _onward(queue, place), len(looked))
    return Seek(None, None, len(looked))


def _onward(queue: Queue, place: int) -> int:
    """Where looking goes on: a page that is set right gets new rows within its day, so the day is walked again."""
    return ((place >> WITHIN) + 1) << WITHIN if queue in {"doubted", "unnamed"} else place + 1


def _rows(found: Iterable[Row]) -> Iterator[tuple[int, int, int]]:
    return ((row, document, n) for row, document, n in found)


def _voiced(store: Store, start: int) -> Iterator[tuple[int, int, int]]:
    return _rows(store.each(_LINES, (1, start)))


def _unvoiced(store: Store, start: int) -> Iterator[tuple[int, int, int]]:
    return _rows(store.each(_LINES.replace("voiced = ?", "voiced = 0"), (start,)))


def _undated(store: Store, start: int) -> Iterator[tuple[int, int, int]]:
    sql = f"SELECT row, row, 0 FROM document WHERE {_UNDATED} AND row < ? ORDER BY row DESC"  # noqa: S608 (constant)
    return _rows(store.each(sql, (start,)))


def _pages(store: Store, start: int) -> Iterator[tuple[int, int, int]]:
    return _rows(
        store.each("SELECT row, row, 0 FROM document WHERE reading IS NOT NULL AND row < ? ORDER BY row DESC", (start,))
    )


def _is_doubted(_: Store, leaf: Leaf, n: int, passed: Collection[str]) -> str | None:
    statement, speakers = leaf.statements[n], speakers_of(leaf)[n]
    doubted = speakers and min(each.confidence for each in speakers) < DOUBT
    return statement.id if doubted and statement.id not in leaf.spoken and statement.id not in passed else None


def _is_unnamed(store: Store, leaf: Leaf, n: int, passed: Collection[str]) -> str | None:
    """Statements whose speaker is not identified; who is only described, or worded without a name, is told as that."""
    statement = leaf.statements[n]
    if statement.id in leaf.spoken or statement.id in passed or speakers_in(store, leaf, n):
        return None
    return statement.id


def _is_undated(_: Store, leaf: Leaf, __: int, passed: Collection[str]) -> str | None:
    said = any(word.field == "published" for _, word in leaf.laid)
    return None if said or leaf.document.id in passed else leaf.document.id


def _is_furniture(_: Store, leaf: Leaf, __: int, passed: Collection[str]) -> str | None:
    return next((each.id for each in doubted_labels(leaf.labels) if each.id not in passed), None)


def doubted_labels(labels: Iterable[Label]) -> Iterator[Label]:
    """Parts of a page that may or may not be furniture."""
    return (each for each in labels if each.role in _PARTS and each.confidence < DOUBT)


_Walk = Callable[[Store, int], Iterator[tuple[int, int, int]]]
_Fits = Callable[[Store, Leaf, int, Collection[str]], "str | None"]
_WALKS: dict[Queue, tuple[_Walk, _Fits]] = {
    "doubted": (_voiced, _is_doubted),
    "unnamed": (_unvoiced, _is_unnamed),
    "dates": (_undated, _is_undated),
    "furniture": (_pages, _is_furniture),
}


def failures(store: Store, limit: int) -> Failures:
    """What could not be read or had, the newest first."""
    rows = store.all("SELECT body FROM fact NOT INDEXED WHERE kind = 'p' ORDER BY row DESC LIMIT ?", limit)
    found = [record for (body,) in rows if isinstance(record := unpack_record(body), Problem)]
    counted = store.one("SELECT count FROM tally WHERE what = 'p'")
    return Failures(tuple(found), int(counted[0]) if counted else 0)


def count(store: Store, queue: Queue) -> tuple[int, str]:
    """How much waits in a queue, and what that number counts."""
    match queue:
        case "unnamed":
            found = store.one("SELECT count(*) FROM line WHERE voiced = 0")
            return (int(found[0]) if found else 0), "without a named speaker"
        case "dates":
            found = store.one(f"SELECT count(*) FROM document WHERE {_UNDATED}")  # noqa: S608 (constant)
            return (int(found[0]) if found else 0), "without a known day"
        case "names":
            return len(open_pairs(store, _PAGES)), "left open, of the newest comparisons"
        case "failed":
            return failures(store, 0).total, "told"
        case _:
            return _sampled(store, queue), f"among the newest {_PAGES} pages"


def _sampled(store: Store, queue: Queue) -> int:
    """How many of the newest pages' things are in doubt."""
    rows = store.all("SELECT row FROM document WHERE reading IS NOT NULL ORDER BY row DESC LIMIT ?", _PAGES)
    return sum(_in_doubt(load_leaf(store, row), queue) for (row,) in rows)


def _in_doubt(leaf: Leaf, queue: Queue) -> int:
    if queue == "furniture":
        return sum(1 for _ in doubted_labels(leaf.labels))
    return sum(
        bool(some) and min(each.confidence for each in some) < DOUBT and statement.id not in leaf.spoken
        for statement, some in zip(leaf.statements, speakers_of(leaf), strict=True)
    )
