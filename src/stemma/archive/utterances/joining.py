"""Utterances: statements of different documents that carry the same words.

Twins whose speakers are not known to differ, and twins of twins, are one utterance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stemma.archive.pages.days import WITHIN
from stemma.archive.pages.index import spelling_row
from stemma.archive.pages.leaf import load_leaf, speakers_of
from stemma.archive.relations import stale
from stemma.archive.relations.entities import entity_row
from stemma.archive.relations.graph import Union, closure
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.archive.utterances.matching import twins
from stemma.archive.utterances.order import in_order
from stemma.records import Variant

_LINES = "SELECT row FROM line WHERE document = ? ORDER BY n"
#: Twins of a document's lines among those of another, whose rows follow each other (see days.py).
_BETWEEN = f"SELECT line, other FROM twin WHERE line IN ({_LINES}) AND other BETWEEN ? AND ?"  # noqa: S608 (constant)
_TWIN = (
    "INSERT INTO twin (line, other, share) VALUES (?, ?, ?) "
    "ON CONFLICT (line, other) DO UPDATE SET share = excluded.share"
)


def join_utterances(store: Store) -> None:
    """Bring twins and utterances up to date where variants, statements or speakers changed."""
    for left, right in stale.marked(store, stale.PAIR):
        _pair_up(store, left, right)
        store.run("DELETE FROM stale WHERE kind = ? AND row = ? AND other = ?", stale.PAIR, left, right)
    seeds = [row for row, _ in stale.marked(store, stale.LINE)]
    nodes = closure(seeds, lambda line: [row for (row,) in store.all("SELECT other FROM twin WHERE line = ?", line)])
    store.many("DELETE FROM utterance WHERE line = ?", [(line,) for line in nodes])
    store.many("INSERT INTO utterance (line, first) VALUES (?, ?)", _utterance_rows(store, nodes))
    stale.unmark(store, stale.LINE, seeds)


def _utterance_rows(store: Store, nodes: Iterable[int]) -> list[tuple[int, int]]:
    """Row of a line and of the first witness of its utterance."""
    return [
        (line, first)
        for members in _grouped(store, nodes)
        for first in [in_order(store, members)[0][0]]
        for line in sorted(members)
    ]


def twins_anew(store: Store) -> Iterator[tuple[int, int, list[tuple[int, int, int]]]]:
    """Rows of each two documents that variants join, and the twins that these give: two lines and the covered share."""
    pairs = "SELECT DISTINCT min(left, right), max(left, right) FROM fact WHERE kind = 'v' AND left <> right"
    for left, right in store.each(pairs):
        yield left, right, _twins_between(store, left, right)


def written_twins(store: Store, left: int, right: int) -> list[tuple[int, int]]:
    """Lines of two documents that are written as twins."""
    theirs = [row for (row,) in store.all(_LINES, right)]
    return store.all(_BETWEEN, left, theirs[0], theirs[-1]) if theirs else []


def wrong_utterances(store: Store, found: Iterable[tuple[int, int, int]]) -> list[int]:
    """Rows of statements whose twins are not those found anew, or that do not stand under the utterance these give."""
    right = {row for line, other, share in found for row in ((line, other, share), (other, line, share))}
    grouped = set(_utterance_rows(store, {row[0] for row in right}))
    written = set(store.all("SELECT line, other, share FROM twin")), set(store.all("SELECT line, first FROM utterance"))
    return sorted({row[0] for row in (right ^ written[0]) | (grouped ^ written[1])})


def _pair_up(store: Store, left: int, right: int) -> None:
    """Find the twins of two documents anew."""
    _mark_twins(store, written_twins(store, left, right), "DELETE FROM twin WHERE line = ? AND other = ?")
    found = _twins_between(store, left, right)
    _mark_twins(store, found, _TWIN)


def _twins_between(store: Store, left: int, right: int) -> list[tuple[int, int, int]]:
    """Rows of the lines of two documents that are twins, and the covered share."""
    lines = [[row for (row,) in store.all(_LINES, each)] for each in (left, right)]
    if not all(lines):
        return []
    one, other = (load_leaf(store, each).statements for each in (left, right))
    shares = twins(one, other, variants_between(store, left, right))
    return [(lines[0][n], lines[1][m], share) for n, m, share in shares]


def _mark_twins(store: Store, rows: Sequence[tuple[int, ...]], sql: str) -> None:
    store.many(sql, [row for line, other, *rest in rows for row in ((line, other, *rest), (other, line, *rest))])
    stale.mark(store, stale.LINE, [line for row in rows for line in row[:2]])


def variants_between(store: Store, left: int, right: int) -> list[Variant]:
    """Variants of two documents by row, without their words; ``left`` and ``right`` in any order."""
    one_way = "SELECT body FROM fact WHERE kind = 'v' AND left = ? AND right = ?"
    rows = store.all(one_way, left, right) + store.all(one_way, right, left)
    found = [record for (body,) in rows if isinstance(record := unpack_record(body), Variant)]
    ids = store.all("SELECT id FROM document WHERE row = ?", left)
    return [each if each.left.document == ids[0][0] else _turned(each) for each in found]


def _turned(variant: Variant) -> Variant:
    return Variant(
        id=variant.id, left=variant.right, right=variant.left, similarity=variant.similarity, run=variant.run
    )


def _grouped(store: Store, nodes: Iterable[int]) -> list[set[int]]:
    """Groups of two or more; the closest twins first, never two whose speakers are known to differ."""
    lines = sorted(nodes)
    speakers = {line: _entities(store, line) for line in lines}
    union = Union()
    for left, right in _by_share(store, lines):
        one, other = (speakers[union.root(line)] for line in (left, right))
        if not one or not other or one & other:
            union.join(left, right)
            speakers[union.root(left)] = one | other
    return [members for members in union.sets(lines) if len(members) > 1]


def _by_share(store: Store, lines: Sequence[int]) -> list[tuple[int, int]]:
    rows = [(line, *row) for line in lines for row in store.all("SELECT other, share FROM twin WHERE line = ?", line)]
    once = [(left, right, share) for left, right, share in rows if left < right]
    ages = {line: _age(store, line) for line in lines}
    return [row[:2] for row in sorted(once, key=lambda row: (-row[2], sorted(ages[line] for line in row[:2])))]


def _entities(store: Store, line: int) -> frozenset[int]:
    """Entities that speak in a statement; empty: not known."""
    found = store.one("SELECT document, n FROM line WHERE row = ?", line)
    assert found
    who = speakers_of(load_leaf(store, found[0]))[found[1]]
    return frozenset(entity_row(store, spelling_row(store, each.form, each.kind)) for each in who)


def _age(store: Store, line: int) -> tuple[int, str]:
    """An order of statements that no order of adding changes: day of publication, undated last, then id."""
    found = store.one("SELECT document, n FROM line WHERE row = ?", line)
    assert found
    day = line >> WITHIN
    return day or 2**WITHIN, load_leaf(store, found[0]).statements[found[1]].id
