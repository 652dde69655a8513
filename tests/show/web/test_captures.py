"""History and diff in the browser."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.show.captures.test_history import PAGES
from tests.show.web.conftest import ask, seen


@pytest.fixture
def reader(archive):
    """The invented archive, with a page of four captures."""
    ids = tuple(each.document.id for each in PAGES)
    known = {each.document.id: replace(each, versions=ids) for each in PAGES}
    archive.article = lambda wanted: known[wanted]
    return archive, ids


def test_the_history_lists_captures_by_day(reader) -> None:
    archive, ids = reader
    text = seen(ask(archive, f"/a/{ids[0]}/history").text)
    assert "4 captures" in text
    assert "title changed 06:00:00Z capture 4" in text
    told = json.loads(ask(archive, f"/a/{ids[0]}/history.json").text)
    assert [each["state"] for each in told["entries"]] == ["first", "unchanged", "text changed", "title changed"]


def test_a_phrase_is_looked_for(reader) -> None:
    archive, ids = reader
    text = seen(ask(archive, f"/a/{ids[0]}/history?phrase=counted+the+bolts").text)
    assert "it stands in captures 1, 2, 3 of 4: first 2025-11-03T09:10:00Z, last 2025-12-01T06:00:00Z" in text
    assert "No statement in the archive holds it." in seen(
        ask(archive, f"/a/{ids[0]}/history?phrase=nowhere+at+all").text
    )


def test_any_two_captures_are_laid_side_by_side(reader) -> None:
    archive, ids = reader
    page = ask(archive, f"/a/{ids[0]}/diff/1..4").text
    assert "Differs between capture 1 (2025-11-03T09:10:00Z) and capture 4 (2026-01-02T06:00:00Z)" in seen(page)
    assert "sentence only in capture 1" in seen(page)
    assert '<del title="sentence">We counted the bolts twice.</del>' in page
    assert "The same words in capture 1" in seen(ask(archive, f"/a/{ids[0]}/diff/1..2").text)
    told = json.loads(ask(archive, f"/a/{ids[0]}/diff/1..4.json").text)
    assert (told["from"], told["to"], [row["fate"] for row in told["rows"]]) == (1, 4, ["changed", "removed"])


def test_how_a_diff_is_looked_at_stands_in_its_address(reader) -> None:
    archive, ids = reader
    page = ask(archive, f"/a/{ids[0]}/diff/1..4?view=side&only=1").text
    assert f'href="/a/{ids[0]}/diff/1..4?only=1" aria-current="true" data-does="view"' in page
    assert 'class="two"' in page


def test_two_are_chosen_by_a_form(reader) -> None:
    archive, ids = reader
    answer = ask(archive, f"/a/{ids[0]}/diff?from=4&to=2")
    assert (answer.status, answer.headers["location"]) == (303, f"/a/{ids[0]}/diff/2..4")
    for wrong in ("diff?from=x&to=2", "diff/0..2", "diff/1..9", "diff/1..99999999999999999999"):
        assert ask(archive, f"/a/{ids[0]}/{wrong}").status == 404, wrong


def test_a_capture_by_its_number(reader) -> None:
    archive, ids = reader
    assert ask(archive, f"/a/{ids[0]}@3").headers["location"] == f"/a/{ids[2]}"
    assert ask(archive, f"/a/{ids[0]}@{PAGES[1].snapshot.id}").headers["location"] == f"/a/{ids[1]}"
    assert ask(archive, f"/a/{ids[0]}@9").status == 404


def test_nothing_is_noted_where_there_is_no_notebook(reader) -> None:
    archive, ids = reader
    assert "I have looked at it" not in ask(archive, f"/a/{ids[0]}/history").text


def test_a_page_of_one_capture_has_a_history(archive, lines) -> None:
    document = lines["agency"].statement.document
    archive_page = archive.article(document)
    archive.article = lambda _: replace(archive_page, versions=())
    assert "1 capture of" in seen(ask(archive, f"/a/{document}/history").text)
    assert ask(archive, f"/a/{document}/diff/1..1").status == 200
