"""The hops of a tree for other programs: rows of CSV, and GraphML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from stemma.show.plain import cell, one_line
from stemma.show.transmission.sharing import Sharing, xml_safe
from stemma.show.transmission.tei import inner, split
from stemma.show.transmission.tree import Edge, Node, Tree

GRAPHML = "http://graphml.graphdrawing.org/xmlns"  #: namespace of GraphML 1.0
COLUMNS = (
    "utterance", "giver", "giver_name", "giver_published", "taker", "taker_name", "taker_published", "tie", "inferred",
    "confidence", "proof", "reason", "relay",
)  # fmt: skip
_NODE_KEYS = (
    ("siglum", "string"), ("name", "string"), ("published", "string"), ("document", "string"), ("url", "string"),
    ("here", "boolean"),
)  # fmt: skip
_EDGE_KEYS = (
    ("utterance", "string"), ("tie", "string"), ("inferred", "boolean"), ("confidence", "double"), ("proof", "string"),
    ("reason", "string"), ("relay", "string"),
)  # fmt: skip


def edges_csv(trees: Iterable[tuple[Tree, Sharing]]) -> str:
    """One row a hop, under a row of names (RFC 4180); the words went from ``giver`` to ``taker``.

    A cell that a spreadsheet would run begins with an apostrophe. Words of pages that reserve them are left out.
    """
    return "".join(csv_pieces(trees))


def csv_pieces(trees: Iterable[tuple[Tree, Sharing]]) -> Iterator[str]:
    """The same in pieces, one a tree."""
    yield _rows([COLUMNS])
    for tree, sharing in trees:
        yield _rows([cell(value) for value in _row(tree, edge, sharing)] for edge in tree.edges)


def _rows(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _row(tree: Tree, edge: Edge, sharing: Sharing) -> Sequence[object]:
    giver, taker = tree.node(edge.giver), tree.node(edge.taker)
    return (
        tree.utterance, giver.id, giver.name, giver.published, taker.id, taker.name, taker.published, edge.tie,
        "yes" if edge.inferred else "no", edge.confidence, _proof(tree, edge, sharing), edge.reason, edge.relay,
    )  # fmt: skip


def _proof(tree: Tree, edge: Edge, sharing: Sharing) -> str:
    """The words that prove a hop, where the page that has them gives words away."""
    teller = tree.node(edge.told_by or edge.taker)
    return "" if teller.document in sharing.reserved else edge.proof[: sharing.limit]


def graphml(trees: Iterable[tuple[Tree, Sharing]]) -> bytes:
    """All trees as one directed graph; an edge leads from whom the words came to who took them.

    Somebody who is only named is one node for all trees (``here`` is false).
    """
    return b"".join(graphml_pieces(trees))


def graphml_pieces(trees: Iterable[tuple[Tree, Sharing]]) -> Iterator[bytes]:
    """The same in pieces, one a tree."""
    root = etree.fromstring(f'<graphml xmlns="{GRAPHML}"/>')
    for domain, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys:
            attributes = {"id": f"{domain}_{name}", "for": domain, "attr.name": name, "attr.type": kind}
            _add(root, "key", attributes)
    graph = _add(root, "graph", {"id": "transmission", "edgedefault": "directed"})
    graph.append(etree.ProcessingInstruction("trees"))
    before, after = split(root, "trees")
    yield before
    seen: set[str] = set()
    for tree, sharing in trees:
        yield inner(_of_tree(tree, sharing, seen))
    yield after


def _of_tree(tree: Tree, sharing: Sharing, seen: set[str]) -> etree._Element:
    """The hops of a tree, and those of its nodes that did not stand in another."""
    graph = etree.fromstring(f'<graph xmlns="{GRAPHML}"/>')
    for node in tree.nodes:
        if node.id not in seen:
            seen.add(node.id)
            element = _add(graph, "node", {"id": node.id})
            _put(element, "node", _NODE_KEYS, node, {"here": node.siglum is not None})
    for edge in tree.edges:
        element = _add(graph, "edge", {"source": edge.giver, "target": edge.taker})
        more = {"utterance": tree.utterance, "proof": _proof(tree, edge, sharing)}
        _put(element, "edge", _EDGE_KEYS, edge, more)
    return graph


def _add(parent: etree._Element, tag: str, attributes: dict[str, str]) -> etree._Element:
    return etree.SubElement(parent, f"{{{GRAPHML}}}{tag}", {key: xml_safe(value) for key, value in attributes.items()})


def _put(
    element: etree._Element, domain: str, keys: Sequence[tuple[str, str]], of: Node | Edge, more: Mapping[str, object]
) -> None:
    """A value for each key that has one."""
    for name, _ in keys:
        value = more[name] if name in more else getattr(of, name)
        if value not in (None, ""):
            told = str(value).lower() if isinstance(value, bool) else str(value)
            _add(element, "data", {"key": f"{domain}_{name}"}).text = xml_safe(one_line(told))
