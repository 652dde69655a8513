"""An import that is stopped in the middle of a file goes on there, and gives no page less."""

from __future__ import annotations

import gzip
from itertools import islice

import pytest

from bench.hostile_files import PAGE, answer, record
from stemma import flow
from stemma.archive import Archive
from stemma.collect import captures
from stemma.collect.bookmarks import NAME, Bookmarks
from stemma.collect.source import Choice
from stemma.records import Capture, Stated

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
    marks = Bookmarks(folder, terms)
    return marks, captures([str(crawl)], Stated(), choice=Choice(marks=marks))


@pytest.mark.parametrize("stop", [0, 1, 2, 3, 100, 299])
def test_what_was_not_given_comes_the_next_time(crawl, tmp_path, stop):
    marks, found = read(crawl, tmp_path)
    first = [each.snapshot.url for each in islice(found, stop)]
    marks.commit()
    found.close()
    again = [each.snapshot.url for each in read(crawl, tmp_path)[1]]
    assert len({*first, *again}) == COUNT
    assert len(again) <= COUNT - stop + 4


def test_what_was_given_and_not_kept_comes_again(crawl, tmp_path):
    list(islice(read(crawl, tmp_path)[1], 200))
    assert len(list(read(crawl, tmp_path)[1])) == COUNT


def test_a_file_read_to_its_end_is_read_again(crawl, tmp_path):
    marks, found = read(crawl, tmp_path)
    assert len(list(found)) == COUNT
    marks.commit()
    assert len(list(read(crawl, tmp_path)[1])) == COUNT


def test_other_terms_are_other_places(crawl, tmp_path):
    marks, found = read(crawl, tmp_path)
    list(islice(found, 200))
    marks.commit()
    assert len(list(read(crawl, tmp_path, "other")[1])) == COUNT


@pytest.mark.parametrize("held", ["", "[]", "{", '{"a": "b"}'])
def test_a_damaged_list_of_places_is_none(crawl, tmp_path, held):
    (tmp_path / NAME).write_text(held)
    assert len(list(read(crawl, tmp_path)[1])) == COUNT


def test_an_add_that_was_interrupted_goes_on(crawl, tmp_path):
    marks, found = read(crawl, tmp_path)

    def interrupted():
        for number, each in enumerate(found):
            if number == 200:
                raise KeyboardInterrupt
            yield each

    with pytest.raises(KeyboardInterrupt), Archive.open(tmp_path / "a.stemma", create=True) as archive:
        flow.keep(archive, interrupted(), marks.commit)
    marks, found = read(crawl, tmp_path)
    rest = [each for each in found if isinstance(each, Capture)]
    assert COUNT - 200 <= len(rest) < COUNT - 100
