"""An import that is stopped in the middle of a file goes on there, and gives no page less."""

from __future__ import annotations

import gzip
from itertools import islice

import pytest

from bench.hostile_files import PAGE, answer, record
from stemma import flow
from stemma.archive import Archive
from stemma.collect import captures
from stemma.collect.bookmarks import BEHIND, NAME, Bookmarks
from stemma.collect.source import Choice
from stemma.records import Stated

COUNT = 300


def archived(number: int) -> bytes:
    block = answer(PAGE.replace(b"lamps", b"lamps of quay %d" % number))
    return record(block).replace(b"example/1", b"example/%d" % number)


@pytest.fixture(params=["crawl.warc", "crawl.warc.gz"])
def crawl(request, tmp_path):
    press = gzip.compress if request.param.endswith(".gz") else bytes
    path = tmp_path / request.param
    path.write_bytes(b"".join(press(archived(number)) for number in range(COUNT)))
    return path


def read(crawl, folder, terms=""):
    """What comes of the file; each item is told before it is handed on, as ``add`` does it."""
    marks = Bookmarks(folder, terms)
    for each in captures([str(crawl)], Stated(), choice=Choice(marks=marks)):
        marks.given()
        yield each.snapshot.url


@pytest.mark.parametrize("stop", [0, 1, 64, 130, 200, 250, 299])
def test_what_is_not_surely_kept_comes_the_next_time(crawl, tmp_path, stop):
    first = list(islice(read(crawl, tmp_path), stop))
    again = list(read(crawl, tmp_path))
    sure = first[: max(0, stop - BEHIND + 3)]
    assert len({*first, *again}) == COUNT
    assert set(again) >= {*first} - {*sure}
    assert len(again) <= COUNT - stop + BEHIND + 64 + 3


def test_a_file_read_to_its_end_is_read_again(crawl, tmp_path):
    assert len(list(read(crawl, tmp_path))) == COUNT
    assert len(list(read(crawl, tmp_path))) == COUNT


def test_other_terms_are_other_places(crawl, tmp_path):
    list(islice(read(crawl, tmp_path), 250))
    assert len(list(read(crawl, tmp_path, "other"))) == COUNT


@pytest.mark.parametrize("held", ["", "[]", "{", '{"a": "b"}'])
def test_a_damaged_list_of_places_is_none(crawl, tmp_path, held):
    (tmp_path / NAME).write_text(held)
    assert len(list(read(crawl, tmp_path))) == COUNT


def test_an_add_that_was_interrupted_loses_nothing(crawl, tmp_path):
    """What is passed over the second time lies in the archive since the first."""
    marks = Bookmarks(tmp_path, "")

    def interrupted():
        for number, each in enumerate(captures([str(crawl)], Stated(), choice=Choice(marks=marks))):
            if number == 250:
                raise KeyboardInterrupt
            marks.given()
            yield each

    with pytest.raises(KeyboardInterrupt), Archive.open(tmp_path / "a.stemma", create=True) as archive:
        flow.keep(archive, interrupted())
    again = set(read(crawl, tmp_path))
    assert len(again) < COUNT
    with Archive.open(tmp_path / "a.stemma") as archive:
        kept = {capture.snapshot.url for capture in archive.pending_snapshots()}
    assert len(kept | again) == COUNT
