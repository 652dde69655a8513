from stemma.collate.tree.earliest import EARLIEST, FEATURES, earliest, features
from stemma.collate.tree.ties import possible
from stemma.collate.tree.trace import judged
from stemma.records import Evidence, Variant, Witness

WORDS = "the seven steel bridges over the harbour were opened again after a winter of repairs"
WITNESSES = {
    each.document: each
    for each in (
        Witness("a", "Sarva", "2025-01-01T06:00:00Z", (), 400),
        Witness("b", "Velta", "2025-01-02", ("Sarva",), 120),
        Witness("c", "Orin", None, ("Sarva",), 90),
        Witness("d", "Dorn Post", "2025-01-04", ("Sarva", "Velta"), 60),
    )
}


def _edges():
    sides = {name: Evidence(document=name, start=0, end=len(WORDS), exact=WORDS) for name in WITNESSES}
    variants = [
        Variant(left=sides[one], right=sides[other], similarity=0.9)
        for one in WITNESSES for other in WITNESSES if one < other
    ]  # fmt: skip
    return [edge for some in possible(WITNESSES, variants).values() for edge in judged(WITNESSES, some)]


def test_whom_the_others_name_and_nobody_precedes_is_the_earliest():
    chances = earliest(WITNESSES, _edges())
    assert max(chances, key=lambda document: chances[document]) == "a"
    assert [document for document, chance in chances.items() if chance >= EARLIEST] == ["a"]


def test_a_row_has_every_feature_and_the_order_of_hops_changes_none():
    edges = _edges()
    rows = features(WITNESSES, edges)
    assert all(len(row) == len(FEATURES) for row in rows.values())
    assert list(rows) == sorted(rows)
    turned = features(WITNESSES, edges[::-1])
    assert {name: [round(value, 9) for value in row] for name, row in turned.items()} == {
        name: [round(value, 9) for value in row] for name, row in rows.items()
    }


def test_without_hops_nothing_is_asked():
    assert earliest(WITNESSES, []) == {}
