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


def test_two_rewordings_of_one_passage_share_it_through_the_third():
    both = [_variant(("a", 0, 100), ("b", 500, 600)), _variant(("b", 520, 620), ("c", 0, 200))]
    found = [each for each in parallels(both, carried=True) if (each.left_document, each.right_document) == ("a", "c")]
    assert [(each.left, each.right) for each in found] == [((20, 100), (0, 160))]
    assert len(parallels(both)) == 2


def test_what_two_documents_share_directly_is_not_told_again():
    known = [
        _variant(("a", 0, 100), ("b", 0, 100)),
        _variant(("b", 0, 100), ("c", 0, 100)),
        _variant(("a", 0, 100), ("c", 0, 100)),
    ]
    assert parallels(known, carried=True) == parallels(known)


def test_different_places_of_a_third_document_carry_nothing():
    assert (
        len(parallels([_variant(("a", 0, 90), ("b", 0, 90)), _variant(("b", 90, 200), ("c", 0, 90))], carried=True))
        == 2
    )


def test_a_short_text_within_a_long_one_is_an_excerpt():
    assert clusters({"a": 1_000, "b": 100}, [_variant(("a", 300, 400), ("b", 0, 100))]) == [("a",), ("b",)]
