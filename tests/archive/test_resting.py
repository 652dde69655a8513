"""Keys that rest, and counts that are kept as rows change."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from postgres import in_a_file

from stemma import collect, flow, passages
from stemma.archive import FOREVER, Archive
from stemma.records import Stated
from stemma.stage import Offer

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

holders = st.lists(
    st.tuples(st.sampled_from([f"d{n}" for n in range(60)]), st.sampled_from([f"Outlet {n}" for n in range(12)])),
    min_size=2,
    max_size=120,
)


@given(holders, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 60)), max_size=60))
def test_a_formula_stays_one_as_long_as_it_rests(known, more):
    """The law that a rest stands on: whatever passages come, the key is a formula until it has so many."""
    packed = {f"{document} {n} {n + 9} - {outlet}" for n, (document, outlet) in enumerate(known)}
    until = passages.set_phrase(sorted(packed))
    for n, (document, outlet) in enumerate(more, len(packed)):
        if len(packed) < until:
            assert passages.set_phrase(sorted(packed))
        packed.add(f"d{document} {n} {n + 9} - Outlet {outlet}")


def offer(kit, archive, numbers, *, wakes=False):
    for n in numbers:
        page = kit.make_page([f"Title {n}", "nothing"])
        archive.keep(page.capture, "2031-06-01T00:00:00Z")
        text = f"{page.document.id} {n}"
        archive.add_page(page.capture.snapshot.id, kit.runs, page.records, [Offer("s", text, text, ("k",), wakes)])


def touched(archive):
    return [len(packed or ()) for _, packed in archive.touched("s")]


def test_a_resting_key_is_not_touched_until_it_has_so_many_items(kit, archive):
    offer(kit, archive, range(40))
    assert touched(archive) == [40]
    archive.settle("s", "k", [], until=43)
    offer(kit, archive, range(40, 42))
    assert touched(archive) == []
    offer(kit, archive, [42])
    assert touched(archive) == [43]


def test_few_items_do_not_rest(kit, archive):
    offer(kit, archive, range(3))
    assert touched(archive) == [3]
    archive.settle("s", "k", [], until=30)
    offer(kit, archive, [3])
    assert touched(archive) == [4]


def test_an_item_that_wakes_ends_the_rest(kit, archive):
    offer(kit, archive, range(3))
    assert touched(archive) == [3]
    archive.settle("s", "k", [], until=FOREVER)
    offer(kit, archive, [3])
    assert touched(archive) == []
    offer(kit, archive, [4], wakes=True)
    assert touched(archive) == [5]


def test_an_item_that_goes_ends_the_rest(kit, archive):
    offer(kit, archive, range(3))
    assert touched(archive) == [3]
    archive.settle("s", "k", [], until=FOREVER)
    page = kit.make_page(["Title 0", "nothing"])
    text = f"{page.document.id} 0"
    archive.replace_offers(page.document.id, [], [Offer("s", text, text, ("k",))])
    assert touched(archive) == [2]


@pytest.mark.parametrize("change", ["until = until - 1", "stage = stage + 1", "key = key + 1", "sum = sum + 1"])
def test_a_rest_that_nobody_wrote_so_is_found(kit, archive, change):
    offer(kit, archive, range(3))
    assert touched(archive) == [3]
    archive.settle("s", "k", [], until=FOREVER)
    with archive.batch():
        assert archive._store.run(f"UPDATE resting SET {change}").rowcount == 1
    assert any("table resting" in each.message for each in archive.check())


@pytest.fixture(scope="module")
def rows():
    """Pages of one set phrase: of few outlets first, then of many, then of an unknown one."""
    phrase = "The contents of this bulletin may be quoted freely by whoever names the agency that gave it away"
    rng = random.Random(7)
    words = ["".join(rng.choices("bdklmnprst", k=3)) + "a" for _ in range(200)]
    outlets = [*["The Velm Post", "The Dorn Post"] * 25, *[f"The {word} Courier" for word in words[:12]], None]
    return [
        {"url": f"https://a.example/{n}", "text": f"{' '.join(rng.choices(words, k=30))}.\n{phrase}.\n"}
        | ({"outlet": outlet} if outlet else {})
        for n, outlet in enumerate(outlets)
    ]


def filled(path, portions):
    with Archive.open(path, create=True):
        pass
    for some in portions:
        flow.take(path, captures(some, path.parent))
    with Archive.open(path) as archive:
        assert list(flow.check(archive)) == []
        return b"".join(archive.export()), archive.totals()


def captures(rows, folder):
    source = folder / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return collect.captures([str(source)], Stated())


@in_a_file
def test_rests_do_not_make_order_matter(rows, tmp_path):
    whole = filled(tmp_path / "whole", [rows])
    stream = iter(rows)
    assert filled(tmp_path / "portions", [list(islice(stream, n)) for n in (40, 10, 5, 5, 3)]) == whole
    assert filled(tmp_path / "backwards", [rows[:-41:-1], rows[:-40]]) == whole
    filled(tmp_path / "some", [rows[:40]])
    with closing(sqlite3.connect(tmp_path / "some" / "archive.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM resting").fetchone()[0] > 0  # else nothing was asked above
