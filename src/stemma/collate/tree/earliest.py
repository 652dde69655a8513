"""Which witness is the earliest that is known: a question of its own, asked before anybody's exemplar is chosen.

The earliest in this collection is not necessarily the origin. A small ensemble (``pair/earliest.toml``) tells of each
witness how likely it took its words from none of the others, by what stands around it: dates as far as they are stated,
how long it is, how much of it the others have, who names whom, how likely each of the others is its exemplar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from stemma.collate.pair.trees import score, trees
from stemma.collate.tree.ties import Edge, cites
from stemma.records import Witness

#: What the trees see of a witness. How likely the likeliest and the second of its exemplars are, all of them, its
#: likeliest taker and all of these; with how many it shares words, and the shares of those that are earlier, that may
#: be either, that are later; whether it is undated; its size against the largest of them; how much of it is shared, and
#: how closely; how many of them it names, how many name it, and their share.
FEATURES = (
    "likeliest", "second", "exemplars", "likeliest_taker", "takers", "neighbours", "earlier", "open", "later",
    "undated", "of_largest", "kept", "identity", "names", "named_by", "share_naming",
)  # fmt: skip
#: From this probability on a witness is taken to have its words from none of the others.
EARLIEST = 0.5


def earliest(known: Mapping[str, Witness], edges: Sequence[Edge]) -> dict[str, float]:
    """How likely each witness has its words from none of the others; ``edges``: all possible hops, judged."""
    rows = features(known, edges)
    chances = score(trees("earliest", "earliest"), np.array(list(rows.values())).reshape(len(rows), len(FEATURES)))
    return dict(zip(rows, chances.tolist(), strict=True))


def features(known: Mapping[str, Witness], edges: Sequence[Edge]) -> dict[str, tuple[float, ...]]:
    """What the trees see of each witness that shares words with another; see ``FEATURES``. In order of documents."""
    up: dict[str, list[Edge]] = {document: [] for edge in edges for document in (edge.child, edge.parent)}
    down: dict[str, list[Edge]] = {document: [] for document in up}
    for edge in edges:
        up[edge.child].append(edge)
        down[edge.parent].append(edge)
    return {document: _row(known, document, up[document], down[document]) for document in sorted(up)}


def _row(known: Mapping[str, Witness], document: str, up: Sequence[Edge], down: Sequence[Edge]) -> tuple[float, ...]:
    own = known[document]
    near = sorted({edge.parent for edge in up} | {edge.child for edge in down})
    best, second = sorted([0.0, 0.0, *(edge.likely for edge in up)])[:-3:-1]
    orders = [sum(edge.order == order for edge in some) / len(near)
              for some, order in ((up, "earlier"), (up, "open"), (down, "earlier"))]  # fmt: skip
    naming = sum(cites(known[each], own) for each in near)
    return (
        best, second, sum(edge.likely for edge in up), max((edge.likely for edge in down), default=0.0),
        sum(edge.likely for edge in down), len(near), *orders, not own.published,
        own.size / max(1, *(known[each].size for each in near)),
        max(edge.tie.kept for edge in (*up, *down)) / max(1, own.size),
        max((edge.tie.identity for edge in up), default=0.0), sum(cites(own, known[each]) for each in near),
        naming, naming / len(near),
    )  # fmt: skip
