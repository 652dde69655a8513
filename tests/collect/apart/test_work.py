"""Files of which one is bad for whoever parses it: it is told, and the others come."""

from __future__ import annotations

import os
from importlib import import_module

import pytest

from stemma.collect import captures
from stemma.collect.apart import reading
from stemma.collect.apart.gauge import Gauge
from stemma.collect.bookmarks import Bookmarks
from stemma.collect.pages import problem
from stemma.collect.source import Choice
from stemma.records import Capture, Problem, Stated
from tests.collect.formats.conftest import BODY, Archive

FILES = {
    "feeds": ("news.rss", "read_feed"), "mail": ("letter.eml", "message_from_bytes"),
    "sessions": ("visit.har", "whole"), "tables": ("pages.csv", "_rows"), "lines": ("pages.jsonl", "_numbered"),
    "warc": ("crawl.warc", "blocks"),
}  # fmt: skip


def spin(*_, **__):
    while True:
        pass


def fill(*_, **__):
    bytearray(2 * 2**30)


def leave(*_, **__):
    os._exit(3)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.25)


@pytest.mark.parametrize("format_", FILES)
@pytest.mark.parametrize(("deed", "why"), [(spin, "CPU time"), (fill, "more memory"), (leave, "exit status 3")])
def test_a_bad_file_costs_no_other(format_, deed, why, tmp_path, monkeypatch):
    name, parser = FILES[format_]
    monkeypatch.setattr(import_module(f"stemma.collect.formats.{format_}"), parser, deed)
    (tmp_path / name).write_text("anything")
    for each in ("a.txt", "z.txt"):
        (tmp_path / each).write_text(f"Lamps are lit on quay {each}.")
    (tmp_path / "m.json.gz").write_bytes(b"")
    first, bad, last = captures([str(tmp_path)], Stated())
    assert (first.snapshot.origin, last.snapshot.origin) == ("a.txt", "z.txt")
    assert isinstance(bad, Problem)
    assert bad.about == name
    assert why in bad.message


@pytest.mark.parametrize(("bad", "deed"), [(0, leave), (1, leave), (3, spin), (5, leave)])
def test_a_bad_record_costs_no_other(bad, deed, archive, tmp_path, monkeypatch):
    warc = import_module("stemma.collect.formats.warc")
    real = warc._entry
    monkeypatch.setattr(
        warc, "_entry", lambda pair, *rest: (deed if pair.page.url.endswith(f"/{bad}") else real)(pair, *rest)
    )
    (tmp_path / archive.name).write_bytes(archive.held)
    found = list(captures([str(tmp_path / archive.name)], Stated()))
    urls = [each.snapshot.url for each in found if isinstance(each, Capture)]
    assert urls == [f"https://dornpost.example/{number}" for number in range(6) if number != bad]
    (told,) = [each.message for each in found if isinstance(each, Problem)]
    assert "reading went on" in told


def test_many_bad_records_end_the_file(archive, tmp_path, monkeypatch):
    warc = import_module("stemma.collect.formats.warc")
    monkeypatch.setattr(warc, "_entry", leave)
    many = Archive(packed=False)
    for number in range(30):
        many.add(BODY.format(number).encode(), f"https://dornpost.example/{number}")
    (tmp_path / "crawl.warc").write_bytes(many.held)
    found = list(captures([str(tmp_path / "crawl.warc")], Stated()))
    assert all(isinstance(each, Problem) for each in found)
    assert "times in it" in found[-1].message


def test_the_gauge_reaches_all_there_is(tmp_path, archive):
    told = []
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / archive.name).write_bytes(archive.held)
    (tmp_path / "in" / "a.txt").write_text("Lamps are lit.")
    list(captures([str(tmp_path / "in")], Stated(), choice=Choice(gauge=Gauge(lambda *counts: told.append(counts)))))
    whole = len(archive.held) + 14
    assert {total for _, total in told} == {whole}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == whole


def test_bookmarks_hear_of_each_page_as_before(archive, tmp_path):
    path = tmp_path / archive.name
    path.write_bytes(archive.held)
    marks, heard = Bookmarks(tmp_path, ()), []
    marks.reached = heard.append
    for _ in captures([str(path)], Stated(), choice=Choice(marks=marks)):
        heard.append("given")
        marks.given()
    assert heard.count("given") == 6
    assert set(heard) - {"given"} <= set(archive.starts)


def test_addresses_are_gauged_by_their_number(monkeypatch):
    monkeypatch.setattr(
        "stemma.collect.web.pages.Asking.page", lambda _, address: problem(str(address), "it is a test")
    )
    told = []
    asked = ["https://dornpost.example/1", "https://dornpost.example/2"]
    list(captures(asked, Stated(), choice=Choice(gauge=Gauge(lambda *counts: told.append(counts)))))
    assert told == [(1, 2), (2, 2)]
