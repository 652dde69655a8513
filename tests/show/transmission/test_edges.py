"""Hops as rows and as a graph, read back by other programs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import networkx as nx

from stemma.archive.views import Utterance
from stemma.show.transmission.edges import COLUMNS, edges_csv, graphml
from stemma.show.transmission.sharing import Sharing
from stemma.show.transmission.tree import tree
from tests.show.conftest import HOSTILE


def test_a_row_for_each_hop(bond: Utterance) -> None:
    drawn = tree(bond)
    rows = list(csv.DictReader(io.StringIO(edges_csv([(drawn, Sharing())]), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(drawn.edges)
    (post,) = [row for row in rows if row["taker_name"] == "Dorn Post"]
    assert (post["giver_name"], post["tie"], post["inferred"], post["proof"]) == (
        "SARVA",
        "cites",
        "no",
        "SARVA reported",
    )


def test_a_spreadsheet_runs_nothing(bond: Utterance) -> None:
    formula = replace(bond.lines[0], outlet='=HYPERLINK("http://x","y")')
    text = edges_csv([(tree(replace(bond, lines=(formula, *bond.lines[1:]))), Sharing())])
    assert not [
        cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row if cell.startswith(("=", "+", "@"))
    ]


def test_another_program_reads_the_graph(bond: Utterance) -> None:
    drawn = tree(bond)
    graph = nx.parse_graphml(graphml([(drawn, Sharing())]).decode())
    assert graph.is_directed()
    assert set(graph) == {node.id for node in drawn.nodes}
    assert set(graph.edges()) == {(edge.giver, edge.taker) for edge in drawn.edges}
    edge = next(edge for edge in drawn.edges if edge.inferred)
    stored = graph.edges[edge.giver, edge.taker]
    assert (stored["inferred"], stored["confidence"], stored["tie"]) == (True, edge.confidence, edge.tie)
    assert [data["here"] for _, data in graph.nodes(data=True)].count(False) == 1
    assert any(data["name"].startswith(HOSTILE[:8]) for _, data in graph.nodes(data=True))


def test_what_is_only_named_is_one_node_of_all_trees(bond: Utterance) -> None:
    graph = nx.parse_graphml(graphml([(tree(bond), Sharing()), (tree(bond), Sharing())]).decode())
    assert [data["name"] for _, data in graph.nodes(data=True) if not data["here"]] == ["NAK"]


def test_reserved_words_are_left_out(bond: Utterance) -> None:
    held = Sharing(reserved=frozenset({bond.lines[1].statement.document}))
    for made in (edges_csv([(tree(bond), held)]), graphml([(tree(bond), held)]).decode()):
        assert "SARVA reported" not in made
        assert "the Dorn Post wrote" in made
