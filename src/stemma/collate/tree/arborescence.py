"""The best tree of all: whom each node hangs on, so that all hops together weigh most and no circle is drawn.

The maximum arborescence of Chu and Liu (1965) and Edmonds (1967), found as Tarjan (1977) and Gabow et al. (1986) do:
from each node a path of heaviest hops is followed; where it closes a circle the circle becomes one node, each hop into
it weighed against the hop of the circle that it would replace. Choosing hops one by one, and leaving out each that
closes a circle, can miss it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

Weights = Mapping[str, Mapping[str, float]]  #: of each child, what a hop from each of its possible parents weighs

_ROOT = -1


class _Hop(NamedTuple):
    """What a hop costs, and its ends as numbers; among hops of one cost the root's comes first."""

    cost: float
    parent: int
    child: int


class _Graph:
    """Nodes and the circles that became nodes, by numbers; the nodes come first."""

    def __init__(self, hops: Sequence[list[_Hop]]) -> None:
        self.into = list(hops)  #: heaps: the hops into each node that were not taken yet
        self.saved = [0.0] * len(hops)  #: what the costs of a heap are lowered by
        self.within: dict[int, int] = {}  #: the circle that a node is part of
        self._top: dict[int, int] = {}
        for heap in self.into:
            heapify(heap)

    def top(self, node: int) -> int:
        """The outermost circle that holds a node; the node itself where none does."""
        path = []
        while node in self._top:
            path.append(node)
            node = self._top[node]
        self._top |= dict.fromkeys(path, node)
        return node

    def cheapest(self, node: int) -> _Hop:
        """Take the cheapest hop into a node from outside of it; from now on the others cost what they cost more."""
        hop = heappop(self.into[node])
        while self.top(hop.parent) == node:
            hop = heappop(self.into[node])
        self.saved[node] = hop.cost
        return hop

    def join(self, circle: Sequence[int]) -> int:
        """Make a circle one node, and give its number; the largest of its heaps takes in the others."""
        made = len(self.into)
        largest = max(circle, key=lambda node: (len(self.into[node]), node))
        heap, saved = self.into[largest], self.saved[largest]
        for node in circle:
            self.within[node] = self._top[node] = made
            if node != largest:
                for hop in self.into[node]:
                    heappush(heap, hop._replace(cost=hop.cost - self.saved[node] + saved))
                self.into[node] = []
        self.into.append(heap)
        self.saved.append(saved)
        return made


def arborescence(weights: Weights, root: str) -> dict[str, str]:
    """The parent of each child, every one of them reached from ``root``; of trees that weigh the same always one.

    Each child needs a hop from ``root``, however light, and raises ``KeyError`` without; a parent that is neither a
    child nor ``root`` is none.
    """
    names = sorted(weights)
    numbers = {name: number for number, name in enumerate(names)} | {root: _ROOT}
    graph = _Graph([_hops(number, weights[name], numbers, root) for number, name in enumerate(names)])
    chosen = _followed(graph, len(names))
    for circle in range(len(graph.into) - 1, len(names) - 1, -1):
        entered = chosen[circle].child
        while graph.within[entered] != circle:
            entered = graph.within[entered]
        chosen[entered] = chosen[circle]
    parents = {name: chosen[number].parent for number, name in enumerate(names)}
    return {name: root if parent == _ROOT else names[parent] for name, parent in parents.items()}


def _hops(child: int, own: Mapping[str, float], numbers: Mapping[str, int], root: str) -> list[_Hop]:
    parents = {root: own[root], **own}
    return [
        _Hop(-weight, numbers[parent], child)
        for parent, weight in parents.items()
        if parent in numbers and numbers[parent] != child
    ]


def _followed(graph: _Graph, nodes: int) -> dict[int, _Hop]:
    """The hop that each node and each circle took, until all reach the root."""
    chosen: dict[int, _Hop] = {}
    done = {_ROOT}
    for start in range(nodes):
        path: dict[int, None] = {}
        at = graph.top(start)
        while at not in done:
            if at in path:
                ahead = list(path)
                circle = ahead[ahead.index(at) :]
                for node in circle:
                    del path[node]
                at = graph.join(circle)
            chosen[at] = graph.cheapest(at)
            path[at] = None
            at = graph.top(chosen[at].parent)
        done |= path.keys()
    return chosen
