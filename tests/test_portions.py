from __future__ import annotations

from stemma.portions import BATCH, LARGE, batches, holding
from stemma.records import Capture, Snapshot


def page(size):
    snapshot = Snapshot(origin="a.txt", media_type="text/plain", digest=f"sha256:{size:064x}", size=size)
    return Capture(snapshot, bytes(size))


def test_small_items_go_in_full_portions():
    assert [len(some) for some in map(list, batches(range(2 * BATCH + 1)))] == [BATCH, BATCH, 1]


def test_a_portion_ends_where_its_pages_are_large():
    sizes = [LARGE + 1] * 3 + [1, 1]
    assert [len(list(some)) for some in batches(map(page, sizes))] == [1, 1, 1, 2]


def test_what_was_rebuilt_of_late_is_kept():
    asked = []

    def rebuild(_, packed):
        asked.append(packed)
        return page(1)

    held = holding(rebuild, 2)
    for packed in "abab" + "c" + "ba":
        held(None, packed)
    assert asked == ["a", "b", "c", "a"]
