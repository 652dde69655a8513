"""Entities: names that mean the same one, by judgements; only what changed is looked at again.

Equal folded spellings of one kind are one entity; a comparer's "same" joins two, and so do pages that define an
acronym, where they agree; a person's word outranks both, and no chain joins what a person keeps apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from stemma.archive.corrections.log import is_undone
from stemma.archive.corrections.standing import age
from stemma.archive.pages.aliases import is_acronym
from stemma.archive.relations import stale
from stemma.archive.relations.graph import Union, closure
from stemma.archive.store.ids import mint
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.records import Judgement

#: Spelling of a name, rows of it and of a body that it means in some page, and that body's folded spelling.
_BODIES = (
    "SELECT DISTINCT short.form, meant.name, meant.whole, body.folded FROM meant "
    "JOIN name AS short ON short.row = meant.name JOIN name AS body ON body.row = meant.whole "
    "WHERE short.kind IN ('organization', 'outlet') AND body.kind IN ('organization', 'outlet') AND "
)
_MEANT_BY = _BODIES + "meant.name = ?"
_MEANT_OR_MEANING = f"{_MEANT_BY}1 UNION {_BODIES}meant.whole = ?1"


class Edge(NamedTuple):
    """A judgement between the rows of two names."""

    left: int
    right: int
    judgement: Judgement

    @property
    def personal(self) -> bool:
        """Whether a person judged: comparers name their run."""
        return not self.judgement.run


def join_entities(store: Store) -> None:
    """Bring ``name.entity`` up to date; statements of names that moved are marked for their utterances."""
    seeds = [row for row, _ in stale.marked(store, stale.NAME)]
    if not seeds:
        return
    edges: dict[int, Edge] = {}
    nodes = closure(seeds, lambda name: _neighbours(store, name, edges))
    for members in _united(store, set(nodes), edges.values()).sets(nodes):
        _write(store, members, _standing_for(store, members))
    stale.unmark(store, stale.NAME, seeds)


def wrong_entities(store: Store) -> list[int]:
    """Rows of names that do not stand under the entity that all judgements and definitions together give them."""
    nodes = {row for (row,) in store.all("SELECT row FROM name")}
    edges = {row: edge for name in nodes for row, edge in edges_of(store, name, binding=True)}
    written: dict[int, int | None] = dict(store.all("SELECT row, entity FROM name"))
    right = {
        row: first
        for members in _united(store, nodes, edges.values()).sets(nodes)
        for first in [_standing_for(store, members)]
        for row in members
    }
    return sorted(row for row in nodes if written[row] != right[row])


def reached(store: Store, seeds: Iterable[int]) -> set[int]:
    """Rows of the names that are looked at again where these are stale."""
    return set(closure(seeds, lambda name: _neighbours(store, name, {})))


def edges_of(store: Store, name: int, *, binding: bool = False) -> Iterator[tuple[int, Edge]]:
    """Rows and judgements that concern a name and hold; with ``binding`` those that may join or part names."""
    found = store.all(
        "SELECT row, left, right, body FROM fact WHERE kind = 'j' AND left = ?1 AND right IS NOT NULL AND binds >= ?2 "
        "UNION SELECT row, left, right, body FROM fact WHERE kind = 'j' AND right = ?1 AND left IS NOT NULL "
        "AND binds >= ?2",
        name,
        binding,
    )
    for row, left, right, body in found:
        record = unpack_record(body)
        assert isinstance(record, Judgement)
        if record.run or not is_undone(store, record.id):
            yield row, Edge(left, right, record)


def is_decided(store: Store, one: int, other: int) -> bool:
    """Whether a person judged two names, in whatever way."""
    return any(edge.personal and {*edge[:2]} == {one, other} for _, edge in edges_of(store, one, binding=True))


def _neighbours(store: Store, name: int, edges: dict[int, Edge]) -> list[int]:
    """Names of the same folded form, of the same entity so far, judged together with this one, or defined by it.

    Short forms of persons join nobody ("Holt" is one here and another there), so they lead to no neighbour either.
    """
    kin = store.all(
        "SELECT other.row FROM name JOIN name AS other ON other.folded = name.folded AND other.kind = name.kind "
        "WHERE name.row = ?1 UNION SELECT entity FROM name WHERE row = ?1 AND entity IS NOT NULL "
        "UNION SELECT row FROM name WHERE entity = ?1",  # who stands for all leads to all
        name,
    )
    defined = (ends for form, *ends, _ in store.all(_MEANT_OR_MEANING, name) if is_acronym(form))
    new = dict(edges_of(store, name, binding=True))
    edges |= new
    return [row for ends in chain(kin, defined, (edge[:2] for edge in new.values())) for row in ends]


def _united(store: Store, nodes: set[int], edges: Iterable[Edge]) -> Union:
    union = Union()
    for row in sorted(nodes):
        found = store.one("SELECT folded, kind FROM name WHERE row = ?", row)
        assert found
        for (other,) in store.all("SELECT row FROM name WHERE folded = ? AND kind = ?", *found):
            union.join(row, other)
    apart, same = _decided(edges)
    for edge in same:
        if not _forbidden(union, edge.left, edge.right, apart):
            union.join(edge.left, edge.right)
    for one, other in _defined(store, nodes, union):
        if not _forbidden(union, one, other, apart):
            union.join(one, other)
    return union


def _defined(store: Store, nodes: Iterable[int], union: Union) -> list[tuple[int, int]]:
    """Acronyms and the bodies that pages define by them, where all pages that do so mean the same one."""
    meant: dict[int, dict[int, str]] = defaultdict(dict)
    for row in nodes:
        for form, _, full, folded in store.all(_MEANT_BY, row):
            if is_acronym(form):
                meant[union.root(row)][union.root(full)] = folded
    agreed = [(folded, root, full) for root, of in meant.items() for full, folded in of.items() if len(of) == 1]
    return [(root, full) for _, root, full in sorted(agreed)]


def _decided(edges: Iterable[Edge]) -> tuple[list[tuple[int, int]], list[Edge]]:
    """Pairs that a person keeps apart, and what joins: persons first, then the surest."""
    newest: dict[frozenset[int], Edge] = {}
    for edge in sorted(edges, key=lambda edge: age(edge.judgement)):
        pair = frozenset(edge[:2])
        if edge.personal or pair not in newest or not newest[pair].personal:
            newest[pair] = _surer(newest.get(pair), edge)
    chosen = newest.values()
    apart = [(edge.left, edge.right) for edge in chosen if edge.personal and edge.judgement.verdict == "different"]
    same = [edge for edge in chosen if edge.judgement.verdict == "same"]
    return apart, sorted(same, key=lambda edge: (not edge.personal, -edge.judgement.score, edge.judgement.id))


def _surer(known: Edge | None, edge: Edge) -> Edge:
    """Of a person's judgements the newest, of comparers' the one that says "same" most surely."""
    if known is None or edge.personal:
        return edge
    return max(
        known, edge, key=lambda each: (each.judgement.verdict == "same", each.judgement.score, each.judgement.id)
    )


def _forbidden(union: Union, one: int, other: int, apart: Iterable[tuple[int, int]]) -> bool:
    roots = {union.root(one), union.root(other)}
    return any({union.root(left), union.root(right)} == roots for left, right in apart)


def _standing_for(store: Store, members: Iterable[int]) -> int:
    """The name with the smallest minted id."""
    rows = {row: store.all("SELECT kind, folded FROM name WHERE row = ?", row)[0] for row in members}
    return min(rows, key=lambda row: (entity_id(*rows[row]), row))


def _write(store: Store, members: set[int], first: int) -> None:
    """Let one name stand for all; what moved makes utterances stale."""
    known = {row: store.one("SELECT entity FROM name WHERE row = ?", row) for row in sorted(members)}
    moved = [row for row, found in known.items() if found and found[0] != first]
    store.many("UPDATE name SET entity = ? WHERE row = ?", [(first, row) for row in moved])
    for row in moved:
        lines = store.all(
            "SELECT line FROM voice WHERE name = ? AND EXISTS (SELECT 1 FROM twin WHERE twin.line = voice.line)", row
        )
        stale.mark(store, stale.LINE, [line for (line,) in lines])


def entity_id(kind: str, folded: str) -> str:
    """The id that a spelling mints; an entity has that of the member whose id is smallest, the others lead there."""
    return mint("e", kind, folded)


def entity_row(store: Store, name: int) -> int:
    """The row that stands for a name's entity; its own before the views were joined."""
    found = store.one("SELECT coalesce(entity, row) FROM name WHERE row = ?", name)
    return int(found[0]) if found else name
