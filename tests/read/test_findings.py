"""What the fuzzer found, kept: inputs on which something once escaped from the reader."""

from __future__ import annotations

import pytest

from bench import fuzz, hostile_pages
from stemma import flow, read


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("page.txt", b" date 2205-10-28 NAMGOK, October 28. The August flood on the Tolma showed it.\n\n\nORV\n"),
        ("page.txt", b"date 2031-13-45 The ferries sail again on Friday.\n"),
        ("page.html", b"<p>date 1900-02-30 The ferries sail again on Friday.</p>"),
    ],
    ids=["a day beyond all calendars", "a day that is none", "the same in HTML"],
)
def test_nothing_escapes(name, payload):
    found = read.read(hostile_pages.capture(name, payload))
    page = flow.page_of(found)
    assert page
    fuzz.check_labels(page)
    assert not any(field.name == "published" for field in page.fields)
