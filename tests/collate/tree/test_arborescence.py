import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.tree.arborescence import arborescence

ROOT = "root"
NAMES = st.sampled_from("abcdefg")
GRAPHS = st.dictionaries(NAMES, st.dictionaries(NAMES, st.integers(-9, 9), max_size=6), min_size=1, max_size=7).map(
    lambda graph: {child: {**hops, ROOT: -5} for child, hops in graph.items()}
)


def test_the_best_of_all_trees_is_not_that_of_the_best_hops():
    """c takes its words best from b and b from c; taking b's hop first leaves c with the poorest."""
    weights = {"b": {"c": 9.0, "a": 8.0, ROOT: -100.0}, "c": {"b": 8.5, "a": 1.0, ROOT: -100.0}, "a": {ROOT: 0.0}}
    assert arborescence(weights, ROOT) == {"a": ROOT, "b": "a", "c": "b"}


def test_a_circle_of_circles_is_opened_once():
    weights = {
        "a": {"b": 9.0, ROOT: 0.0}, "b": {"a": 9.0, "c": 8.0, ROOT: 0.0},
        "c": {"d": 9.0, "b": 8.0, ROOT: 0.0}, "d": {"c": 9.0, ROOT: 1.0},
    }  # fmt: skip
    assert arborescence(weights, ROOT) == {"a": "b", "b": "c", "c": "d", "d": ROOT}


def test_circles_in_circles_are_no_matter_of_depth():
    """Every page of a long row may have its words from the next one or the one before."""
    names = [f"{number:04}" for number in range(1500)]
    weights = {
        each: dict.fromkeys(names[max(0, number - 1) : number + 2], 1.0 + number) | {ROOT: -1.0}
        for number, each in enumerate(names)
    }
    assert len(arborescence(weights, ROOT)) == len(names)


def test_a_child_without_the_root_is_told():
    with pytest.raises(KeyError):
        arborescence({"a": {"b": 1.0}}, ROOT)


@given(GRAPHS)
def test_it_weighs_what_the_reference_weighs_and_reaches_all(graph):
    found = arborescence(graph, ROOT)
    reference = nx.DiGraph()
    for child, hops in graph.items():
        reference.add_weighted_edges_from(
            (parent, child, weight) for parent, weight in hops.items() if parent in {*graph, ROOT} - {child}
        )
    best = nx.maximum_spanning_arborescence(reference)
    assert sum(graph[child][parent] for child, parent in found.items()) == best.size(weight="weight")
    assert nx.is_arborescence(nx.DiGraph([(parent, child) for child, parent in found.items()]))
    assert found.keys() == graph.keys()


@given(GRAPHS, st.randoms(use_true_random=False))
def test_the_order_of_nodes_changes_nothing(graph, chance):
    turned = {child: dict(chance.sample(list(graph[child].items()), len(graph[child]))) for child in
              chance.sample(list(graph), len(graph))}  # fmt: skip
    assert arborescence(turned, ROOT) == arborescence(graph, ROOT)
