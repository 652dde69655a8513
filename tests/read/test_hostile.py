"""Pages made to hurt: each gives its text or a Problem that says why, in time that grows with its size and no faster."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from bench import fuzz, hostile_pages
from stemma import annotate, flow, read
from stemma.read import layout
from stemma.records import Label, Problem

SMALL = 5_000  #: size at which each page is read by the ordinary tests: a two-hundredth
MOST_SECONDS = 8.0  #: of CPU; most take a tenth of one, and the network reads its fill, 100,000 characters, in three


def shown(found):
    page = flow.page_of(found)
    return page.document.text if page else ""


@pytest.mark.parametrize("name", hostile_pages.PAGES)
def test_small_hostile_pages(name):
    """The same at full size: ``pytest -m soak tests/soak/test_hostile_pages.py``."""
    payload = hostile_pages.PAGES[name](SMALL)
    before = process_time()
    found = read.read(hostile_pages.capture(name, payload))
    problems = [each for each in found if isinstance(each, Problem)]
    if page := flow.page_of(found):
        fuzz.check_labels(page)
        for each in annotate.annotate(page):
            if evidence := getattr(each, "evidence", None):
                fuzz.check_evidence(page.document, evidence)
    assert process_time() - before < MOST_SECONDS
    assert all(len(each.message.split()) > 5 for each in problems)
    if name in hostile_pages.WORDLESS:
        assert problems
    elif name not in hostile_pages.OTHER_WORDS:
        text = shown(found)
        assert hostile_pages.MARK in text
        assert hostile_pages.QUOTE in text


def test_the_bench_of_bad_inputs(shared):
    """All but the three of 50 MB, which belong to the long runs."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("bad_inputs", shared / "bench" / "extraction" / "bad_inputs.py")
    bad_inputs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bad_inputs)
    for name, payload, words in bad_inputs.cases(big=False):
        found = read.read(hostile_pages.capture(name, payload))
        assert words is None or words in shown(found), name
        assert shown(found) or any(isinstance(each, Problem) for each in found), name


@pytest.mark.parametrize("form", ["page.txt", "page.html"])
def test_lines_beyond_those_that_are_told_apart(form, monkeypatch):
    monkeypatch.setattr(layout, "MOST_LINES", 20)
    monkeypatch.setattr(read, "MOST_LINES", 20)
    rest = [f"Line {number} of many." for number in range(40)]
    payload = hostile_pages.text("\n".join(rest)) if form == "page.txt" else hostile_pages.html("<br>".join(rest))
    found = read.read(hostile_pages.capture(form, payload))
    assert all(line in shown(found) for line in rest)
    *_, last = [each for each in found if isinstance(each, Label)]
    assert (last.role, last.reason) == ("furniture", "beyond the lines that are looked at")
    assert shown(found)[last.start : last.end].endswith("Line 39 of many.")
    fuzz.check_labels(flow.page_of(found))
    assert ["more than 20 lines" in each.message for each in found if isinstance(each, Problem)] == [True]


def test_elements_beyond_those_that_memory_holds(monkeypatch):
    monkeypatch.setattr("stemma.read.taming.MOST_ELEMENTS", 100)
    monkeypatch.setattr(read, "MOST_ELEMENTS", 100)
    found = read.read(hostile_pages.capture("page.html", hostile_pages.html("<p>more words</p>" * 100)))
    assert hostile_pages.MARK in shown(found)
    (problem,) = [each for each in found if isinstance(each, Problem)]
    assert "more than 100 elements" in problem.message
    assert "were not" in problem.message


def test_what_a_page_says_of_itself_with_half_a_sign_in_it():
    found = read.read(hostile_pages.capture("page.html", hostile_pages.PAGES["linked_data_half_signs"](1)))
    assert not [each for each in found if isinstance(each, Problem)]
    assert "2031-03-04" in {each.value for each in found if getattr(each, "name", "") == "published"}


def test_attributes_do_not_reach_the_other_parsers():
    """libxml2 takes quadratic time in the attributes of one tag, as lexbor does."""
    before = process_time()
    read.read(hostile_pages.capture("page.html", hostile_pages.PAGES["attributes_of_one_tag"](200_000)))
    assert process_time() - before < MOST_SECONDS


def test_every_page_is_documented():
    told = (Path(__file__).parents[2] / "docs" / "hostile.md").read_text("utf-8")
    assert [name for name in hostile_pages.PAGES if f"`{name}`" not in told] == []
