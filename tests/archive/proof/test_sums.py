from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.proof.sums import Sums

NUMBER = st.integers(-(2**63), 2**63 - 1)
ROWS = st.lists(st.tuples(st.integers(0, 3), NUMBER, NUMBER), max_size=8)


def wrong(wanted, found):
    sums = Sums(3)
    for row in wanted:
        sums.want([row])
    sums.find(found)
    return sums.wrong()


@given(ROWS, st.randoms())
def test_same_rows_in_any_order_leave_nothing(rows, chance):
    assert wrong(rows, chance.sample(rows, len(rows))) == []


@given(ROWS, ROWS)
def test_other_rows_are_told_with_their_document(wanted, found):
    for document in range(4):
        ours, theirs = (sorted(row for row in rows if row[0] == document) for rows in (wanted, found))
        assert (document in wrong(wanted, found)) == (ours != theirs)


def test_values_that_change_places_are_told():
    assert wrong([(1, 5, 6), (1, 7, 8)], [(1, 5, 8), (1, 7, 6)]) == [1]
    assert wrong([(1, 5, 6)], [(1, 6, 5)]) == [1]


def test_rows_of_no_page_count_together():
    assert wrong([], [(99, 1, 1)]) == [0]
    assert wrong([], [(-1, 1, 1)]) == [0]
