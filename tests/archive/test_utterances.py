"""Which statements carry the same words, and which witness came first."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive import Archive
from stemma.archive.utterances.matching import Contents, covered, twins
from stemma.archive.utterances.order import instant_of
from stemma.archive.views import Query
from stemma.records import Evidence, Statement, Variant

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

QUAY = "“The lamps along the quay stay lit until the ice is gone,”"


def span(start, end, document="d1"):
    return Evidence(document=document, start=start, end=end, exact="x" * (end - start))


def said(start, end, document="d1"):
    return Statement(document=document, content=(span(start, end, document),), kind="direct")


def dense(size):
    """Statements side by side, every one shared, in one variant and in one variant each; one statement around all."""
    sides = [[said(40 * n, 40 * n + 36, d) for n in range(size)] + [said(0, 40 * size, d)] for d in ("d1", "d2")]
    variants = [Variant(left=span(0, 40 * size), right=span(0, 40 * size, "d2"))]
    variants += [Variant(left=span(40 * n, 40 * n + 36), right=span(40 * n, 40 * n + 36, "d2")) for n in range(size)]
    return *sides, variants


def seconds(size):
    left, right, variants = dense(size)
    began = time.process_time()
    assert len(list(twins(left, right, variants))) == size + 1
    return time.process_time() - began


@pytest.mark.soak
def test_matching_grows_with_the_variants_not_with_their_square():
    assert min(seconds(1_600) for _ in range(2)) < 12 * min(seconds(200) for _ in range(3))  # 8 times as many


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 400)), max_size=8),
    st.tuples(st.integers(0, 900), st.integers(1, 400)),
)
def test_contents_are_found_by_place(spans, side):
    statements = [said(start, start + length) for start, length in spans]
    start, end = side[0], side[0] + side[1]
    plainly = [n for n, (at, length) in enumerate(spans) if at < end and start < at + length]
    assert [n for n, _ in Contents(statements).within(start, end)] == plainly


def test_pieces_of_a_statement_that_overlap_count_once():
    left = Statement(document="d1", content=(span(0, 60), span(40, 100)), kind="mixed")
    assert covered([left], [said(0, 100, "d2")], [Variant(left=span(0, 100), right=span(0, 100, "d2"))]) == {
        (0, 0): 100
    }


def page(kit, outlet, published, title, extra="It is cold."):
    return kit.make_page([title, f"{QUAY} Tamsin Orle said. {extra}"], outlet, published)


def witnesses(kit, folder, pages):
    """Outlets in order and those whose order is open."""
    with Archive.open(folder, create=True) as archive:
        kit.fill(archive, pages)
        (utterance,) = archive.utterances()
        tied = [line.outlet for line in utterance.lines if line.statement.id in utterance.tied]
        assert utterance.id == "w" + utterance.lines[0].statement.id[1:]
        assert all(line.witnesses == len(utterance.lines) for line in archive.find(Query(words="lamps")))
        return [line.outlet for line in utterance.lines], tied


@pytest.mark.parametrize("turned", [False, True])
def test_the_cited_come_before_the_citing(kit, tmp_path, turned):
    pages = [
        page(kit, "Belt Press", "2031-04-04", "A day on the quay", "It cites Orvo Wire."),
        page(kit, "Orvo Wire", "2031-04-04", "The quay at night"),
    ]
    assert witnesses(kit, tmp_path, pages[::-1] if turned else pages) == (["Orvo Wire", "Belt Press"], [])


@pytest.mark.parametrize("turned", [False, True])
def test_instants_come_in_order_whatever_their_zone(kit, tmp_path, turned):
    pages = [
        page(kit, "Belt Press", "2031-04-04T09:30:00+03:00", "B"),
        page(kit, "Orvo Wire", "2031-04-04T07:00:00Z", "A"),
    ]
    assert witnesses(kit, tmp_path, pages[::-1] if turned else pages) == (["Belt Press", "Orvo Wire"], [])


@pytest.mark.parametrize("turned", [False, True])
def test_of_one_day_alone_the_order_is_open(kit, tmp_path, turned):
    pages = [
        page(kit, "Dune Daily", None, "Undated"),
        page(kit, "Belt Press", "2031-04-04T09:30:00Z", "Quay"),
        page(kit, "Orvo Wire", "2031-04-04", "Lamps"),
        page(kit, "Milo Press", "2031-04-03", "Zeal"),
    ]
    order, tied = witnesses(kit, tmp_path, pages[::-1] if turned else pages)
    assert order[0] == "Milo Press"
    assert order[-1] == "Dune Daily"
    assert sorted(tied) == ["Belt Press", "Orvo Wire"]


def test_instants():
    assert instant_of("2031-04-04T07:00:00Z") == instant_of("2031-04-04T09:00:00+02:00")
    assert [instant_of(value) for value in (None, "2031-04-04", "2031-04-04Tnever")] == [None, None, None]


def test_captures_of_one_page_are_one_witness(kit, tmp_path):
    captures = [
        kit.make_page(["Quay", f"{QUAY} Tamsin Orle said. {extra}"], url="https://orvo.example/quay")
        for extra in ("It is cold.", "It is very cold.")
    ]
    other = kit.make_page(["Quay", f"{QUAY} Tamsin Orle said. Nobody came."], "Belt Press", "2031-04-06")
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, captures)
        assert {line.witnesses for line in archive.find(Query(words="lamps"))} == {1}
        assert (list(archive.utterances()), list(archive.carried(5))) == ([], [])
        kit.fill(archive, [other])
        assert {line.witnesses for line in archive.find(Query(words="lamps"))} == {2}
        (utterance,) = archive.utterances()
        assert len(utterance.lines) == 3
