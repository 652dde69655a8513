"""Who has an utterance from whom: what pages say of it, and what likeness of wording suggests, kept apart.

A page that names its source links to a witness of that outlet where the archive has one that may be earlier, else to
the outlet by name. Likeness links two witnesses; where the page names the same one, only that is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.views import Hop, Line, Utterance
from stemma.show.lines import named, outlet, same_body
from stemma.show.plain import one_line
from stemma.show.transmission import sigla, witnesses
from stemma.show.transmission.apparatus import apparatus

if TYPE_CHECKING:
    from stemma.collate.tree.lost import Lost

#: In order of certainty: the page says so; much of the wording, or else some of it, is that of the other one.
Tie = Literal["cites", "reuses", "resembles"]
#: From this confidence on likeness is told as reuse; below ``SLIGHT`` it says nothing.
REUSES = 0.5
SLIGHT = 0.1


@dataclass(frozen=True, slots=True)
class Node:
    """A witness, or somebody who is named as the source and of whom this archive has no witness."""

    id: str  #: of the statement; "named:" and the name where there is none
    name: str  #: of the outlet
    siglum: str | None = None  #: None: not in this archive
    published: str | None = None  #: ISO day or instant; None: not known
    document: str | None = None
    url: str | None = None
    is_lost: bool = False  #: supposed, since witnesses share readings that no other has; nobody has seen it
    version_of: str = (
        ""  #: id of the node that is an earlier capture of the same page: one witness, and no hop leads here
    )


@dataclass(frozen=True, slots=True)
class Edge:
    """One hop: ``taker`` has it from ``giver``; both are ids of nodes."""

    taker: str
    giver: str
    tie: Tie
    confidence: float
    proof: str = ""  #: the words of the taker's page that say so; of a likeness nothing
    reason: str = ""  #: what a likeness rests on
    relay: str = ""  #: id of the Relay
    told_by: str = ""  #: id of the witness whose page says so, where that is not the taker

    @property
    def inferred(self) -> bool:
        """Whether it is a conclusion, not a citation."""
        return self.tie != "cites"


@dataclass(frozen=True, slots=True)
class Tree:
    """The witnesses of an utterance, earliest first, undated last, then those only named; and the hops between them."""

    utterance: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    tied: frozenset[str] = frozenset()  #: ids of nodes that share their day with a neighbour, their order not known

    def node(self, node_id: str) -> Node:
        """The node of an id. Raises ``KeyError``."""
        return {each.id: each for each in self.nodes}[node_id]

    def givers(self, node_id: str) -> list[Edge]:
        """Where a node has it from, the surest first."""
        found = [edge for edge in self.edges if edge.taker == node_id]
        return sorted(found, key=lambda edge: (edge.inferred, -edge.confidence))

    @property
    def roots(self) -> tuple[Node, ...]:
        """Nodes that have it from none of the others, as far as is known."""
        takers = {edge.taker for edge in self.edges}
        return tuple(node for node in self.nodes if node.id not in takers and not node.version_of)

    def versions(self, node_id: str) -> tuple[Node, ...]:
        """The further captures of a node's page."""
        return tuple(node for node in self.nodes if node.version_of == node_id)


def tree(view: Utterance) -> Tree:
    """The tree of an utterance."""
    lines = witnesses(view)
    nodes = _told_apart([_node(line, sign) for line, sign in zip(lines, sigla(lines), strict=True)])
    edges: list[Edge] = []
    for line, node in zip(lines, nodes, strict=True):
        edges += [*_cited(line, node, nodes), *_like(line, node, nodes)]
    names = dict.fromkeys(each for edge in edges for each in (edge.taker, edge.giver) if each.startswith(_NAMED))
    edges = list(_once(_of_pages(edges, nodes)))
    for number, found in enumerate(_lost(view, nodes, edges), 1):
        supposed = Node(f"{_LOST}{view.id}:{number}", "lost exemplar", is_lost=True)
        edges = [*_without(edges, found), *_of_lost(edges, supposed, found, nodes)]
        nodes.append(supposed)
    nodes += [Node(each, each.removeprefix(_NAMED)) for each in names]
    return Tree(view.id, tuple(nodes), tuple(edges), frozenset(view.tied))


_NAMED = "named:"
_LOST = "lost:"
#: How sure two readings that nobody earlier has are, and more of them: so often or oftener they told right of made
#: transmissions (``python -m bench.lost``: .61 to .69 and .88).
_SUPPOSED, _SURER = 0.5, 0.8
_MANY = 3


def _lost(view: Utterance, nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Lost]:
    """The lost exemplars that the readings call for; who names a source, or whom another capture shows, has none."""
    if len(nodes) < _FEWEST:
        return []
    from stemma.collate.tree.lost import lost  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    ids = {node.siglum: node.id for node in nodes}
    places = [
        {ids[sign]: reading.words.casefold() for reading in place.readings for sign in reading.sigla}
        for place in apparatus(view).variations
        if not place.is_slight
    ]
    citing = {edge.taker for edge in edges if not edge.inferred}
    own = {node.id for node in nodes if not node.version_of}
    dated = {node.id: node.published for node in nodes if node.id in own}
    kept = [{each: reading for each, reading in place.items() if each in own} for place in places]
    return lost([each for each in own if each not in citing], dated, kept)


_FEWEST = 3  #: witnesses: two and one that reads otherwise


def _without(edges: Sequence[Edge], found: Lost) -> list[Edge]:
    """The hops without those that likeness alone supposed for its children."""
    return [edge for edge in edges if not (edge.inferred and edge.taker in found.children)]


def _of_lost(edges: Sequence[Edge], supposed: Node, found: Lost, nodes: Sequence[Node]) -> Iterator[Edge]:
    """The hops from a lost exemplar to its children, and to it from whom they all seemed to have it."""
    signs = " ".join(node.siglum or "" for node in nodes if node.id in found.children)
    reason = f"{signs} share {len(found.places)} readings that none before them has, and none has all of another's"
    sure = _SURER if len(found.places) >= _MANY else _SUPPOSED
    for child in found.children:
        yield Edge(child, supposed.id, "resembles", sure, reason=reason)
    before = [edge for edge in edges if edge.inferred and edge.taker in found.children]
    givers = {edge.giver for edge in before} - set(found.children)
    if len(givers) == 1:
        surest = min(before, key=lambda edge: (edge.giver not in givers, -edge.confidence, edge.taker))
        confidence = min(surest.confidence, sure)
        yield Edge(supposed.id, surest.giver, "resembles", confidence, reason="similar wording of its children")


def _told_apart(nodes: Sequence[Node]) -> list[Node]:
    """The nodes, further captures of a page told to be versions of its first."""
    first: dict[str, str] = {}
    found = []
    for node in nodes:
        known = first.setdefault(node.url or node.id, node.id)
        found.append(node if known == node.id else replace(node, version_of=known))
    return found


def _of_pages(edges: Sequence[Edge], nodes: Sequence[Node]) -> list[Edge]:
    """The hops between pages: what one capture has, the page has; captures of one page have nothing from each other."""
    first = {node.id: node.version_of for node in nodes if node.version_of}
    moved = (
        replace(edge, taker=first.get(edge.taker, edge.taker), giver=first.get(edge.giver, edge.giver))
        for edge in edges
    )
    return [edge for edge in moved if edge.taker != edge.giver]


def _node(line: Line, siglum: str) -> Node:
    return Node(line.statement.id, outlet(line), siglum, line.published, line.statement.document, line.snapshot.url)


def _cited(line: Line, own: Node, nodes: Sequence[Node]) -> Iterator[Edge]:
    """The hops that the page tells, the nearest first: each from the one before it."""
    taker = own.id
    for hop in line.chain:
        name = named(hop.name)
        if hop.kind == "reused" or name == WITHHELD or _is_end(line, name):
            continue
        giver = _giver(hop, own, nodes)
        if giver in {taker, own.id}:
            continue
        proof = one_line(hop.evidence.exact) if hop.evidence else ""
        yield Edge(
            taker, giver, "cites", hop.confidence, proof, relay=hop.relay, told_by="" if taker == own.id else own.id
        )
        taker = giver


def _is_end(line: Line, name: str) -> bool:
    """Whether a name is the carrier's own, or a speaker's: neither is a source between the two."""
    return any(same_body(name, end) for end in (line.outlet or "", *(who.name for who in line.speakers)) if end)


def _giver(hop: Hop, taker: Node, nodes: Sequence[Node]) -> str:
    """The witness that a hop leads to: the document it names, else the first of that outlet that may be earlier."""
    exact = [node for node in nodes if hop.document and node.document == hop.document]
    of_outlet = [node for node in nodes if same_body(node.name, hop.name) and node.document != taker.document]
    possible = exact or [node for node in of_outlet if not _is_later(node.published, taker.published)]
    return possible[0].id if possible else _NAMED + named(hop.name)


def _is_later(one: str | None, other: str | None) -> bool:
    """Whether the first is later, as far as both are stated."""
    if not one or not other:
        return False
    precise = min(len(one), len(other))
    return one[:precise] > other[:precise]


def _like(line: Line, own: Node, nodes: Sequence[Node]) -> Iterator[Edge]:
    """The hops that rest on wording alone, to witnesses of the same utterance."""
    for hop in line.chain:
        giver = next((node for node in nodes if hop.document and node.document == hop.document), None)
        if hop.kind == "reused" and giver and giver.id != own.id and hop.confidence >= SLIGHT:
            tie: Tie = "reuses" if hop.confidence >= REUSES else "resembles"
            yield Edge(own.id, giver.id, tie, hop.confidence, reason=_reason(own, giver), relay=hop.relay)


def _reason(taker: Node, giver: Node) -> str:
    if not taker.published or not giver.published:
        return "similar wording; order not known"
    later = _is_later(taker.published, giver.published)
    return "similar wording, published later" if later else "similar wording; order of publication open"


def _once(edges: Sequence[Edge]) -> Iterator[Edge]:
    """Each pair once: what a page says before what is inferred, what it says itself before what another page says."""
    kept: dict[frozenset[str], Edge] = {}
    for edge in sorted(edges, key=lambda each: (each.inferred, bool(each.told_by))):
        kept.setdefault(frozenset((edge.taker, edge.giver)), edge)
    yield from (edge for edge in edges if kept[frozenset((edge.taker, edge.giver))] is edge)
