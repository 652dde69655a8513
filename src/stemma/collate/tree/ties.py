"""What witnesses share, and every hop between them that time allows: not judged yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from stemma.collate.pair.sketch import TOKEN, plain_word
from stemma.records import Variant, Witness

Order = Literal["earlier", "open", "later"]

#: How much being named by the child, and being open in time, multiply what two witnesses share.
CITED = 2.0
OPEN = 0.65
#: The same wording counts more than more of it: the share of words kept enters squared.
IDENTITY_POWER = 2.0


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


def possible(known: Mapping[str, Witness], variants: Iterable[Variant]) -> dict[str, list[Edge]]:
    """Every hop that time allows, by child; not judged yet."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in _edges(known, _ties(variant for variant in variants if _both_known(known, variant))):
        found[edge.child].append(edge)
    return found


def same_page(one: Witness, other: Witness) -> bool:
    """Whether two are captures of one page: versions of one witness, which have nothing from each other."""
    return one.page != "" and one.page == other.page


def _both_known(known: Mapping[str, Witness], variant: Variant) -> bool:
    """Whether both sides are words of different witnesses; a sentence that one version lacks is shared by nobody."""
    left, right = (known.get(side.document) for side in (variant.left, variant.right))
    worded = variant.left.exact.strip() and variant.right.exact.strip()
    return bool(worded) and left is not None and right is not None and not same_page(left, right)


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
