"""Utterances: statements of different documents that carry the same words.

Two statements are twins where variants cover at least half of both contents, each is the other's best match
between the two documents, and their speakers are not known to differ. Twins of twins are one utterance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from stemma.archive.pages.days import WITHIN
from stemma.archive.pages.index import name_row
from stemma.archive.pages.leaf import load_leaf, speakers_of
from stemma.archive.relations import stale
from stemma.archive.relations.entities import entity_row
from stemma.archive.relations.graph import Union, closure
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.records import Evidence, Statement, Variant

_LEAST = 50  #: per cent of both contents that variants must cover; less is a shared phrase, not a shared statement
_LINES = "SELECT row FROM line WHERE document = ? ORDER BY n"
Span = tuple[float, float]


def join_utterances(store: Store) -> None:
    """Bring twins and utterances up to date where variants, statements or speakers changed."""
    for left, right in stale.marked(store, stale.PAIR):
        _pair_up(store, left, right)
        store.run("DELETE FROM stale WHERE kind = ? AND row = ? AND other = ?", stale.PAIR, left, right)
    seeds = [row for row, _ in stale.marked(store, stale.LINE)]
    nodes = closure(seeds, lambda line: [row for (row,) in store.all("SELECT other FROM twin WHERE line = ?", line)])
    store.many("DELETE FROM utterance WHERE line = ?", [(line,) for line in nodes])
    for members in _grouped(store, nodes):
        first = min(members, key=lambda line: _age(store, line))
        store.many("INSERT INTO utterance (line, first) VALUES (?, ?)", [(line, first) for line in sorted(members)])
    stale.unmark(store, stale.LINE, seeds)


def _pair_up(store: Store, left: int, right: int) -> None:
    """Find the twins of two documents anew."""
    lines = [[row for (row,) in store.all(_LINES, each)] for each in (left, right)]
    before = store.all(f"SELECT line, other FROM twin WHERE line IN ({_LINES}) AND other IN ({_LINES})", left, right)  # noqa: S608 (constant)
    _mark_twins(store, before, "DELETE FROM twin WHERE line = ? AND other = ?")
    if all(lines):
        one, other = (load_leaf(store, each).statements for each in (left, right))
        shares = twins(one, other, variants_between(store, left, right))
        found = [(lines[0][n], lines[1][m], share) for n, m, share in shares]
        _mark_twins(store, found, "INSERT OR REPLACE INTO twin (line, other, share) VALUES (?, ?, ?)")


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


def twins(
    left: Sequence[Statement], right: Sequence[Statement], variants: Sequence[Variant]
) -> Iterator[tuple[int, int, int]]:
    """Positions of statements that are each other's best match, and the smaller covered share in per cent."""
    near: dict[tuple[int, int], list[Variant]] = defaultdict(list)
    for variant in variants:
        for pair in product(_touching(left, variant.left), _touching(right, variant.right)):
            near[pair].append(variant)
    found = {(n, m): covered(left[n], right[m], some) for (n, m), some in sorted(near.items())}
    shares = {pair: share for pair, share in found.items() if share >= _LEAST}
    for (n, m), share in shares.items():
        rivals = [value for (a, b), value in shares.items() if (a == n) != (b == m)]
        if share >= max(rivals, default=0):
            yield n, m, share


def _touching(statements: Sequence[Statement], side: Evidence) -> list[int]:
    """Positions of the statements whose contents a variant's side lies in."""
    return [
        n
        for n, statement in enumerate(statements)
        if any(piece.start < side.end and side.start < piece.end for piece in statement.content)
    ]


def covered(left: Statement, right: Statement, variants: Iterable[Variant]) -> int:
    """The smaller of the shares of both contents that lie opposite each other, in per cent.

    Places are carried over in proportion to the two sides' lengths: shared sentences differ little in order.
    """
    ours: list[Span] = []
    theirs: list[Span] = []
    for variant in variants:
        for span in _within(left, variant.left):
            over = _carried(span, variant.left, variant.right)
            for common in _common([over], _within(right, variant.right)):
                theirs.append(common)
                ours.append(_carried(common, variant.right, variant.left))
    return int(100 * min(_length(ours) / _size(left), _length(theirs) / _size(right)))


def _within(statement: Statement, side: Evidence) -> list[Span]:
    return _common([(piece.start, piece.end) for piece in statement.content], [(side.start, side.end)])


def _common(some: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    pairs = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return [(start, end) for start, end in pairs if start < end]


def _carried(span: Span, here: Evidence, there: Evidence) -> Span:
    scale = (there.end - there.start) / max(1, here.end - here.start)
    return there.start + (span[0] - here.start) * scale, there.start + (span[1] - here.start) * scale


def _length(spans: Iterable[Span]) -> float:
    total, reached = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _size(statement: Statement) -> int:
    return max(1, sum(piece.end - piece.start for piece in statement.content))


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


def _by_share(store: Store, lines: Iterable[int]) -> list[tuple[int, int]]:
    rows = [(line, *row) for line in lines for row in store.all("SELECT other, share FROM twin WHERE line = ?", line)]
    once = [(left, right, share) for left, right, share in rows if left < right]
    return [row[:2] for row in sorted(once, key=lambda row: (-row[2], sorted(_age(store, line) for line in row[:2])))]


def _entities(store: Store, line: int) -> frozenset[int]:
    """Entities that speak in a statement; empty: not known."""
    found = store.one("SELECT document, n FROM line WHERE row = ?", line)
    assert found
    who = speakers_of(load_leaf(store, found[0]))[found[1]]
    return frozenset(entity_row(store, name_row(store, each.mention)) for each in who)


def _age(store: Store, line: int) -> tuple[int, str]:
    """Order of statements in time: day of publication, undated last, then id."""
    found = store.one("SELECT document, n FROM line WHERE row = ?", line)
    assert found
    day = line >> WITHIN
    return day or 2**WITHIN, load_leaf(store, found[0]).statements[found[1]].id
