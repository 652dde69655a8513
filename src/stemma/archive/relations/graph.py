"""Connected components, the same whatever the order of what connects them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping


class Union:
    """Sets of numbers that grow together."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._members: dict[int, set[int]] = {}

    def root(self, node: int) -> int:
        """The number that stands for the set of a node."""
        self._parent.setdefault(node, node)
        while self._parent[node] != node:
            self._parent[node] = node = self._parent[self._parent[node]]
        return node

    def members(self, node: int) -> set[int]:
        """The whole set of a node."""
        return self._members.get(self.root(node), {node})

    def join(self, left: int, right: int) -> None:
        """Make one set of two; the smaller is poured into the larger."""
        one, other = sorted((self.root(left), self.root(right)), key=lambda root: len(self.members(root)))
        if one != other:
            self._members.setdefault(other, {other}).update(self._members.pop(one, {one}))
            self._parent[one] = other

    def sets(self, nodes: Iterable[int]) -> list[set[int]]:
        """The sets that hold these nodes, each once, in order of their first node."""
        roots = dict.fromkeys(self.root(node) for node in sorted(nodes))
        return [self.members(root) for root in roots]


def closure(start: Iterable[int], neighbours: Callable[[int], Iterable[int]]) -> Mapping[int, tuple[int, ...]]:
    """Everything reachable, with the neighbours of each."""
    found: dict[int, tuple[int, ...]] = {}
    waiting = list(start)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = tuple(neighbours(node))
            waiting += found[node]
    return found
