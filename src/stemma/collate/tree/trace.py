"""Who took it from whom: the tree of the documents that share passages, inferred from wording, dates and citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from stemma.collate.pair.sketch import TOKEN, plain_word
from stemma.collate.pair.trees import Numbers, score, trees
from stemma.records import Relay, Variant, Witness

Order = Literal["earlier", "open", "later"]

#: How much being named by the child, and being open in time, multiply what two witnesses share.
CITED = 2.0
OPEN = 0.65
#: The same wording counts more than more of it: the share of words kept enters squared.
IDENTITY_POWER = 2.0
#: Confidence of a tie that dates decide and nothing else, of one that a citation decides, and of one that neither does.
BY_DATE = 0.6
BY_CITATION = 0.8
UNDECIDED = 0.3
#: An exemplar less likely than this is none.
LEAST_LIKELY = 0.2
LONE = 3.0  #: how an only exemplar stands against the rival that it has not
#: What the trees of exemplar.toml see of a possible hop: words kept, and as shares of the most that any exemplar keeps,
#: of the child and of the parent; the share of their wording kept, and that of the best; how the scores stand; dates
#: and citations; in how many ways the child might have its words.
FEATURES = (
    "kept", "of_best", "of_child", "of_parent", "identity", "of_best_identity", "against_rival", "earlier", "undated",
    "cited", "only_cited", "citations", "cites_back", "possible",
)  # fmt: skip


class Tie(NamedTuple):
    """What two documents share: words kept, and words compared."""

    kept: float
    compared: float

    @property
    def identity(self) -> float:
        """Share of the words that stand on both sides."""
        return self.kept / self.compared if self.compared else 0.0


class Edge(NamedTuple):
    """A possible hop from parent to child."""

    score: float
    child: str
    parent: str
    tie: Tie
    order: Order
    cited: bool
    likely: float = 0.0


def trace(witnesses: Sequence[Witness], variants: Sequence[Variant]) -> list[Relay]:
    """One inferred relay for each witness whose exemplar can be told, in order of documents.

    The exemplar is the witness that shares most words in most the same wording, that may be earlier, and rather one
    whose outlet the child names; no circle is drawn. ``published`` is compared as far as both state it; an undated
    witness may be parent or child. A witness without a relay took its text from none of these, or it cannot be told:
    two witnesses alone, of open order and neither naming the other, give nothing.
    """
    known = {witness.document: witness for witness in witnesses}
    found = possible(known, variants)
    edges = [edge for some in found.values() for edge in judged(known, some)]
    likely = sorted((edge for edge in edges if edge.likely >= LEAST_LIKELY), key=_best_first)
    chosen = sorted(_choose(likely), key=lambda edge: edge.child)
    return [_relay(edge) for edge in chosen if not _a_guess(edge, found)]


def possible(known: Mapping[str, Witness], variants: Iterable[Variant]) -> dict[str, list[Edge]]:
    """Every hop that time allows, by child; not judged yet."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in _edges(known, _ties(variant for variant in variants if _both_known(known, variant))):
        found[edge.child].append(edge)
    return found


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


def _both_known(known: Mapping[str, Witness], variant: Variant) -> bool:
    """Whether both sides are witnesses' words; a sentence that one version lacks is shared by nobody."""
    worded = variant.left.exact.strip() and variant.right.exact.strip()
    return bool(worded) and variant.left.document in known and variant.right.document in known


def _ties(variants: Iterable[Variant]) -> dict[tuple[str, str], Tie]:
    ties: dict[tuple[str, str], Tie] = defaultdict(lambda: Tie(0.0, 0.0))
    for variant in variants:
        pair = variant.left.document, variant.right.document
        if pair[0] == pair[1]:
            continue
        words = max(len(TOKEN.findall(side.exact)) for side in (variant.left, variant.right))
        before = ties[pair]
        ties[pair] = Tie(before.kept + variant.similarity * words, before.compared + words)
    return ties


def _edges(known: Mapping[str, Witness], ties: dict[tuple[str, str], Tie]) -> list[Edge]:
    """Both directions of every tie that time allows, best first."""
    found = [
        _edge(known[child], known[parent], tie)
        for pair, tie in ties.items()
        for child, parent in (pair, pair[::-1])
        if order_of(known[parent].published, known[child].published) != "later"
    ]
    return sorted((edge for edge in found if edge.score > 0), key=lambda edge: (-edge.score, edge.child, edge.parent))


def _edge(child: Witness, parent: Witness, tie: Tie) -> Edge:
    order, cited = order_of(parent.published, child.published), cites(child, parent)
    weight = (CITED if cited else 1.0) * (OPEN if order == "open" else 1.0)
    score = round(tie.kept * tie.identity**IDENTITY_POWER * weight, 6)
    return Edge(score, child.document, parent.document, tie, order, cited)


def order_of(one: str | None, other: str | None) -> Order:
    """Whether ``one`` is earlier than ``other``, as far as both are stated; an unknown date leaves it open."""
    if not one or not other:
        return "open"
    precise = min(len(one), len(other))
    if one[:precise] == other[:precise]:
        return "open"
    return "earlier" if one[:precise] < other[:precise] else "later"


def cites(child: Witness, parent: Witness) -> bool:
    """Whether the child names the parent's outlet."""
    return parent.outlet is not None and plain_word(parent.outlet) in map(plain_word, child.cited)


def _choose(edges: Sequence[Edge]) -> list[Edge]:
    """The best edge of each child that closes no circle (Kruskal's greedy order on directed edges)."""
    parents: dict[str, str] = {}
    chosen = []
    for edge in edges:
        if edge.child not in parents and _top(parents, edge.parent) != edge.child:
            parents[edge.child] = edge.parent
            chosen.append(edge)
    return chosen


def _top(parents: dict[str, str], document: str) -> str:
    while document in parents:
        document = parents[document]
    return document


def _a_guess(edge: Edge, found: Mapping[str, Sequence[Edge]]) -> bool:
    """Whether child and parent have only each other, and nothing tells which is which."""
    back = found.get(edge.parent, ())
    lone = len(found[edge.child]) == len(back) == 1 and back[0].parent == edge.child
    return lone and back[0].score == edge.score


def _relay(edge: Edge) -> Relay:
    direction = BY_CITATION if edge.cited else BY_DATE if edge.order == "earlier" else UNDECIDED
    return Relay(
        document=edge.child, exemplar=edge.parent, kind="reused", reason=_reason(edge),
        confidence=round(direction * edge.likely, 3),
    )  # fmt: skip


def _reason(edge: Edge) -> str:
    parts = [f"shares {edge.tie.kept:.0f} words, {edge.tie.identity:.0%} of the wording kept"]
    parts.append("published later" if edge.order == "earlier" else "order of publication open")
    if edge.cited:
        parts.append("names the outlet")
    return "; ".join(parts)
