import random
from itertools import combinations

import pytest

from stemma.collate import compare, keys, passages
from stemma.records import Field

QUOTE = "“We will keep the harbour open for every ship that asks for shelter,” the minister said."
FRAMES = (
    "The fog lifted early. {} Rain is expected.",
    "Prices rose in Velm. {} He left without questions.",
    "{} A crowd of nineteen had gathered by noon.",
    "In the evening the lamps were lit. {}",
)


def _passage(make_page, text, outlet):
    page = make_page(text)
    field = Field(document=page.document.id, name="outlet", value=outlet, basis="stated")
    return passages(page._replace(fields=(field,) if outlet else ()))[0]


def _found(items):
    """Every variant that any shared key brings, with and without the key told."""
    told, untold = {}, {}
    for key in sorted({key for item in items for key in keys(item)}):
        company = [item for item in items if key in keys(item)]
        told |= {each.id: each for each in compare(company, key)}
        untold |= {each.id: each for each in compare(company)}
    assert told.keys() <= untold.keys()
    return list(told.values())


@pytest.fixture
def witnesses(make_page):
    return [_passage(make_page, frame.format(QUOTE), f"outlet {n}") for n, frame in enumerate(FRAMES)]


def test_each_pair_of_documents_is_laid_side_by_side(witnesses):
    pairs = {(each.left.document, each.right.document) for each in _found(witnesses)}
    assert pairs == set(combinations(sorted(each.evidence.document for each in witnesses), 2))


def test_evidence_is_verbatim_and_edits_lie_within_it(witnesses):
    texts = {each.evidence.document: each.evidence.exact for each in witnesses}
    for variant in _found(witnesses):
        for side in (variant.left, variant.right):
            assert texts[side.document][side.start : side.end] == side.exact
        assert all(edit.left[1] <= len(variant.left.exact) for edit in variant.edits)
        assert variant.left.document < variant.right.document


def test_the_order_of_passages_does_not_matter(witnesses):
    shuffled = witnesses[:]
    random.Random(3).shuffle(shuffled)
    assert _found(shuffled) == _found(witnesses)


def test_one_document_is_not_compared_with_itself(make_page):
    text = f"{QUOTE}\nRead more\n{QUOTE}"
    first = make_page(text)
    both = [each for each in passages(first) for _ in range(2)]
    assert compare(both) == []


def test_what_one_outlet_alone_repeats_is_its_furniture(make_page):
    about = "Verified news from around the region reaches you by letter every morning, write to our desk for a copy."
    pages = [_passage(make_page, f"Story {n} of {name}. {about}", "Sarva") for n, name in enumerate("abcd")]
    assert _found(pages) == []


def test_a_formula_brings_nothing_even_where_the_documents_share_more(make_page):
    about = "Verified news from around the region reaches you by letter every morning, write to our desk for a copy."
    pages = [_passage(make_page, f"Story number {n} went on. {about}", f"outlet {n % 2}") for n in range(12)]
    sharing = [
        _passage(make_page, f"{name} wrote this down. {QUOTE} {about}", f"outlet {n}") for n, name in enumerate("xy")
    ]
    assert {each.left.exact for each in _found([*pages, *sharing])} == {QUOTE[1:-1]}


def test_a_large_company_is_compared_in_a_star(make_page):
    items = [_passage(make_page, f"{QUOTE} Note {n}.", None) for n in range(60)]
    found = _found(items)
    assert len({each.left.document for each in found} | {each.right.document for each in found}) == 60
    assert len(found) < 4 * 60


def test_long_lines_cost_little(make_page):
    line = "harbour bridge minister steel " * 5_000
    assert compare([_passage(make_page, line + end, end) for end in ("a", "b")]) is not None
