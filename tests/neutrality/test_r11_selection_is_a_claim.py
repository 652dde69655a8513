"""R11: beside counts stands what is here, since when and with which gaps, and what a gap does not mean."""

from __future__ import annotations

import html
import json
import re

from stemma.archive.views import Query


def test_coverage_tells_every_page_of_every_outlet(archive) -> None:
    found = archive.coverage()
    assert sum(each.pages for each in found) == archive.stats().documents
    assert sum(each.statements for each in found) == archive.count(Query())
    for each in found:
        assert sum(period.pages for period in each.periods) + each.undated + each.vague == each.pages
    assert any(each.outlet is None for each in found), "pages of which the outlet is not known are told too"


def test_gaps_are_counted_and_told_for_what_they_are(archive, command, whole) -> None:
    told = re.sub(r"\s+", " ", command("stats", "--text", "--archive", whole).out)
    outlets = {each.name for each in archive.outlets()}
    assert all(name[:18] in told for name in outlets)
    assert "That says nothing of what was published." in told, "what a gap does not mean"


def test_the_first_page_says_what_counts_mean(pages) -> None:
    assert "Counts tell what was added, not what was published" in re.sub(r"\s+", " ", pages["/"])


def test_pages_that_count_tell_what_is_covered(browser, pages, archive) -> None:
    outlets = [each.name for each in archive.outlets()]
    assert re.search(rf"\b{len(outlets)} outlets\b", pages["/"])
    sources = browser.get("/sources")
    assert sources.status_code == 200
    assert all(name[:12] in html.unescape(sources.text) for name in outlets)


def test_problems_and_failed_fetches_are_counted_beside_pages(archive, browser, command, whole) -> None:
    stats = browser.get("/api/stats").json()
    assert {"outletless", "undated", "troubles", "reservations", "pages", "documents"} <= set(stats)
    assert json.loads(command("stats", "--json", "--archive", whole).out.splitlines()[0])
    assert browser.get("/problems").status_code == 200


def test_a_preview_says_what_its_days_are(pages) -> None:
    assert "the newest day of what it finds, counted by day of publication" in pages["/watch?query="]
