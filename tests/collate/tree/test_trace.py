import random

import pytest

from stemma.collate import trace
from stemma.collate.tree.ties import order_of
from stemma.records import Evidence, Variant, Witness

WORDS = "the seven steel bridges over the harbour were opened again after a winter of repairs"


def _variant(left, right, similarity=1.0):
    sides = (Evidence(document=name, start=0, end=len(WORDS), exact=WORDS) for name in (left, right))
    return Variant(left=next(sides), right=next(sides), similarity=similarity)


def _parents(witnesses, variants):
    return {relay.document: relay.exemplar for relay in trace(witnesses, variants)}


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("2025-10-24", "2025-10-25", "earlier"),
        ("2025-10-24T09:00:00Z", "2025-10-24T08:00:00Z", "later"),
        ("2025-10-24", "2025-10-24T08:00:00Z", "open"),
        ("2025-10", "2025-10-24", "open"),
        (None, "2025-10-24", "open"),
    ],
)
def test_order_is_known_as_far_as_both_dates_say(one, other, order):
    assert order_of(one, other) == order


def test_the_later_one_took_it_from_the_earlier_one():
    witnesses = [Witness("a", "Sarva", "2025-01-02"), Witness("b", "Velta", "2025-01-01")]
    (relay,) = trace(witnesses, [_variant("a", "b")])
    assert (relay.document, relay.exemplar, relay.kind, relay.statement) == ("a", "b", "reused", None)
    assert relay.reason
    assert 0 < relay.confidence < 1


def test_the_closer_wording_is_the_exemplar():
    witnesses = [Witness(name, name, f"2025-01-0{day}") for day, name in enumerate("abc", 1)]
    variants = [_variant("a", "b", 0.7), _variant("a", "c", 0.6), _variant("b", "c", 0.9)]
    assert _parents(witnesses, variants) == {"b": "a", "c": "b"}


def test_a_named_outlet_outweighs_a_little_more_wording():
    witnesses = [
        Witness("a", "Sarva", "2025-01-01"),
        Witness("b", "Velta", "2025-01-02"),
        Witness("c", "Orin", "2025-01-03", ("SARVA",)),
    ]
    variants = [_variant("a", "b", 0.8), _variant("a", "c", 0.8), _variant("b", "c", 0.9)]
    assert _parents(witnesses, variants)["c"] == "a"


def test_a_lone_pair_of_open_order_gives_nothing():
    undated = [Witness("a", "Sarva", None), Witness("b", "Velta", "2025-01-01")]
    assert trace(undated, [_variant("a", "b")]) == []


def test_a_citation_tells_the_direction_where_dates_do_not():
    witnesses = [Witness("a", "Sarva", "2025-01-01", ("Velta",)), Witness("b", "Velta", "2025-01-01")]
    assert _parents(witnesses, [_variant("a", "b")]) == {"a": "b"}


def test_no_circle_is_drawn_among_undated_witnesses():
    witnesses = [Witness(name, name, None) for name in "abcd"]
    variants = [_variant(one, other, 0.9) for one in "abcd" for other in "abcd" if one < other]
    parents = _parents(witnesses, variants)
    assert len(parents) == 3
    for document in parents:
        seen, at = set(), document
        while at in parents:
            assert at not in seen
            seen.add(at)
            at = parents[at]


def test_variants_of_unknown_documents_are_passed_over():
    assert trace([Witness("a", None, None)], [_variant("a", "b")]) == []


def test_what_shares_no_word_is_no_exemplar():
    witnesses = [Witness("a", "Sarva", "2025-01-01"), Witness("b", "Velta", "2025-01-02")]
    dropped = Variant(
        left=Evidence(document="a", start=0, end=len(WORDS), exact=WORDS),
        right=Evidence(document="b", start=9, end=9, exact=""),
        similarity=0.0,
    )
    assert trace(witnesses, [dropped]) == []
    assert trace(witnesses, [_variant("a", "b", 0.0)]) == []


def test_two_captures_of_one_page_are_one_witness():
    page = "https://velta.example/1"
    witnesses = [
        Witness("a", "Sarva", "2025-01-01"),
        Witness("b", "Velta", "2025-01-02", ("Sarva",), page=page),
        Witness("c", "Velta", "2025-01-02", ("Sarva",), page=page),
        Witness("d", "Orin", "2025-01-03"),
    ]
    variants = [_variant(one, other, 0.9) for one in "abcd" for other in "abcd" if one < other]
    parents = _parents(witnesses, variants)
    assert (parents["b"], parents["c"]) == ("a", "a")
    assert "d" in parents
    alone = [each for each in witnesses if each.page]
    assert trace(alone, [_variant("b", "c")]) == []


@pytest.mark.parametrize("seed", range(4))
def test_neither_the_order_of_witnesses_nor_of_variants_matters(seed):
    chance = random.Random(seed)
    witnesses = [
        Witness(name, name.upper(), chance.choice([None, "2025-01-01", f"2025-01-0{n + 1}"]), (), 10 * n, f"p{n // 2}")
        for n, name in enumerate("abcdefg")
    ]
    pairs = [(one, other) for one in "abcdefg" for other in "abcdefg" if one < other]
    variants = [_variant(*pair, chance.uniform(0.3, 1)) for pair in chance.sample(pairs, 12)]
    found = trace(witnesses, variants)
    mixed = chance.sample(witnesses, len(witnesses)), chance.sample(variants, len(variants))
    assert trace(*mixed) == found
