"""Who took it from whom: the tree of the documents that share passages, inferred from wording, dates and citations."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from stemma.collate.pair.trees import Numbers, score, trees
from stemma.collate.tree.arborescence import arborescence
from stemma.collate.tree.earliest import EARLIEST, earliest
from stemma.collate.tree.ties import Edge, cites, possible
from stemma.records import Relay, Variant, Witness

#: Confidence of a tie that dates decide and nothing else, of one that a citation decides, and of one that neither does.
BY_DATE = 0.6
BY_CITATION = 0.8
UNDECIDED = 0.3
#: So likely is the earliest of two witnesses that have only each other, where nothing else tells which is which.
SURELY = 0.8
#: An exemplar less likely than this is none, even of a witness that is not the earliest known.
LEAST_LIKELY = 0.02
#: That a witness is the earliest counts so many times in the weight of a tree, against the choice of an exemplar; of 1,
#: 2 and 3 the best on four forests (development, seeds 21, 24 and 25), by a little.
EARLIEST_COUNTS = 2.0
LONE = 3.0  #: how an only exemplar stands against the rival that it has not
#: What the trees of exemplar.toml see of a possible hop: words kept, and as shares of the most that any exemplar keeps,
#: of the child and of the parent; the share of their wording kept, and that of the best; how the scores stand; dates
#: and citations; in how many ways the child might have its words.
FEATURES = (
    "kept", "of_best", "of_child", "of_parent", "identity", "of_best_identity", "against_rival", "earlier", "undated",
    "cited", "only_cited", "citations", "cites_back", "possible",
)  # fmt: skip


_NOBODY = ""  #: stands in the tree for whoever is not here: the earliest known witnesses hang on it
_SLIGHTLY = 1e-9  #: of what two witnesses share enters the weight of a hop: it parts only what is likely alike


def trace(witnesses: Sequence[Witness], variants: Sequence[Variant]) -> list[Relay]:
    """One inferred relay for each witness whose exemplar can be told, in order of documents.

    The exemplar is the witness that shares most words in most the same wording, that may be earlier, and rather one
    whose outlet the child names; the earliest known witness has none (``earliest``), versions of one page have none of
    each other, and no circle is drawn: the hops together are the likeliest tree (``arborescence``). ``published`` is
    compared as far as both state it; an undated witness may be parent or child. A witness without a relay took its text
    from none of these, or it cannot be told: two witnesses alone, of open order and neither naming the other, give
    nothing unless it is clear which one is the earlier.
    """
    known = {witness.document: witness for witness in witnesses}
    found = possible(known, variants)
    by_child = {child: judged(known, some) for child, some in found.items()}
    first = earliest(known, [edge for some in by_child.values() for edge in some])
    likely = [edge for child, some in by_child.items() if first[child] < EARLIEST for edge in some]
    chosen = _choose(known, sorted((edge for edge in likely if edge.likely >= LEAST_LIKELY), key=_best_first), first)
    return [
        _relay(edge, _certainty(edge, by_child[edge.child], first[edge.child]))
        for edge in sorted(chosen, key=lambda edge: edge.child)
        if first[edge.parent] >= SURELY or not _a_guess(edge, found)
    ]


def _certainty(edge: Edge, rivals: Sequence[Edge], first: float) -> float:
    """How likely a hop is: a witness that is not the earliest has its words from one of the possible ones."""
    among = edge.likely / sum(rival.likely for rival in rivals)
    return max(edge.likely, (1 - first) * among)


def judged(known: Mapping[str, Witness], edges: Sequence[Edge]) -> list[Edge]:
    """The possible hops of one child, each with how likely it is."""
    chances = score(trees("exemplar", "exemplar"), features(known, edges))
    return [edge._replace(likely=round(chance, 6)) for edge, chance in zip(edges, chances.tolist(), strict=True)]


def features(known: Mapping[str, Witness], edges: Sequence[Edge]) -> Numbers:
    """What the trees see of the possible hops of one child, a row each; see ``FEATURES``."""
    kept, identity = (max(part) for part in zip(*((edge.tie.kept, edge.tie.identity) for edge in edges), strict=True))
    scores = sorted(edge.score for edge in edges)
    cited = sum(edge.cited for edge in edges)
    rows = []
    for edge in edges:
        child, parent = known[edge.child], known[edge.parent]
        rival = scores[-1] if edge.score < scores[-1] else scores[-2] if len(scores) > 1 else edge.score / LONE
        rows.append((
            edge.tie.kept, edge.tie.kept / kept, edge.tie.kept / max(1, child.size),
            edge.tie.kept / max(1, parent.size), edge.tie.identity, edge.tie.identity / identity, edge.score / rival,
            edge.order == "earlier", (not parent.published) + 2 * (not child.published), edge.cited,
            edge.cited and cited == 1, len(child.cited), cites(parent, child), len(edges),
        ))  # fmt: skip
    return np.array(rows, np.float64)


def _best_first(edge: Edge) -> tuple[float, float, str, str]:
    return -edge.likely, -edge.score, edge.child, edge.parent


def _choose(known: Mapping[str, Witness], edges: Sequence[Edge], first: Mapping[str, float]) -> list[Edge]:
    """The hops of the tree that is likeliest as a whole; ``edges``: of each child the best first.

    A hop weighs how likely it is against the likeliest of its child, no hop how likely the child is the earliest.
    Captures of one page are one node: they have their words from the same page, or from none.
    """
    nodes = {document: known[document].page or document for document in first}
    weights: dict[str, dict[str, float]] = {node: {} for node in nodes.values()}
    for document, chance in first.items():
        _at_least(weights[nodes[document]], _NOBODY, EARLIEST_COUNTS * math.log(chance / (1 - chance)))
    best: dict[str, float] = {}
    for edge in edges:
        weight = math.log(edge.likely / best.setdefault(edge.child, edge.likely))
        _at_least(weights[nodes[edge.child]], nodes[edge.parent], weight + _SLIGHTLY * edge.score)
    tree = arborescence(weights, _NOBODY)
    fitting = (edge for edge in edges if tree[nodes[edge.child]] == nodes[edge.parent])
    chosen: dict[str, Edge] = {}
    for edge in fitting:
        chosen.setdefault(edge.child, edge)
    return list(chosen.values())


def _at_least(weights: dict[str, float], name: str, weight: float) -> None:
    weights[name] = max(weight, weights.get(name, weight))


def _a_guess(edge: Edge, found: Mapping[str, Sequence[Edge]]) -> bool:
    """Whether child and parent have only each other, and nothing tells which is which."""
    back = found.get(edge.parent, ())
    lone = len(found[edge.child]) == len(back) == 1 and back[0].parent == edge.child
    return lone and back[0].score == edge.score


def _relay(edge: Edge, likely: float) -> Relay:
    direction = BY_CITATION if edge.cited else BY_DATE if edge.order == "earlier" else UNDECIDED
    return Relay(
        document=edge.child, exemplar=edge.parent, kind="reused", reason=_reason(edge),
        confidence=round(direction * likely, 3),
    )  # fmt: skip


def _reason(edge: Edge) -> str:
    parts = [f"shares {edge.tie.kept:.0f} words, {edge.tie.identity:.0%} of the wording kept"]
    parts.append("published later" if edge.order == "earlier" else "order of publication open")
    if edge.cited:
        parts.append("names the outlet")
    return "; ".join(parts)
