"""Every hostile page at full size, read and annotated within ten seconds and a gigabyte; what is left out is told."""

from __future__ import annotations

import importlib.util

import pytest

from bench import fuzz, hostile_pages
from stemma import flow
from stemma.child import limits

pytestmark = pytest.mark.soak
MOST_SECONDS = 10.0  #: of CPU
MEGABYTE = 2**20
BAD = 48  #: inputs of the bench, the three large ones included


def taken(name, payload):
    """What a page gives, its worker held to a gigabyte by the system itself."""
    assert limits.GROWTH < 1_000 * MEGABYTE
    took = hostile_pages.take(name, payload)
    assert took.seconds < MOST_SECONDS
    assert not [each for each in took.problems if "died" in each or "more memory" in each or "failed" in each]
    page = flow.page_of(took.found)
    assert page or took.problems
    if page:
        fuzz.check_labels(page)
    return page.document.text if page else ""


@pytest.mark.parametrize("name", hostile_pages.PAGES)
def test_at_full_size(name):
    text = taken(name, hostile_pages.PAGES[name](hostile_pages.MILLION))
    if name not in hostile_pages.WORDLESS | hostile_pages.OTHER_WORDS:
        assert hostile_pages.MARK in text


@pytest.mark.parametrize("number", range(BAD))
def test_bad_inputs_of_the_bench(number, shared):
    spec = importlib.util.spec_from_file_location("bad_inputs", shared / "bench" / "extraction" / "bad_inputs.py")
    bad_inputs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bad_inputs)
    cases = list(bad_inputs.cases(big=number >= 40))
    if number >= len(cases):
        pytest.skip("there are fewer")
    name, payload, words = cases[number]
    del cases
    text = taken(name, payload)
    assert words is None or words in text
