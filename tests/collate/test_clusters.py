from hypothesis import given
from hypothesis import strategies as st

from stemma.collate import clusters, parallels
from stemma.collate.clusters import covered
from stemma.records import Evidence, Variant


def _variant(left, right):
    sides = [
        Evidence(document=name, start=start, end=end, exact="x" * (end - start)) for name, start, end in (left, right)
    ]
    return Variant(left=sides[0], right=sides[1])


def test_neighbours_are_joined_where_the_gap_is_small_on_both_sides():
    found = parallels(
        [
            _variant(("a", 120, 200), ("b", 330, 400)),
            _variant(("a", 0, 100), ("b", 200, 310)),
            _variant(("a", 215, 260), ("b", 800, 850)),
        ]
    )
    assert [(each.left, each.right) for each in found] == [((0, 200), (200, 400)), ((215, 260), (800, 850))]


def test_documents_that_share_most_of_the_shorter_are_one_article():
    variants = [_variant(("a", 0, 900), ("b", 0, 880)), _variant(("b", 0, 100), ("c", 0, 100))]
    assert clusters({"a": 1_000, "b": 1_000, "c": 1_000, "d": 5}, variants) == [("a", "b"), ("c",), ("d",)]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda t: (t[0], t[0] + t[1]))))
def test_characters_in_several_spans_count_once(spans):
    assert covered(spans) == len({place for start, end in spans for place in range(start, end)})
