"""R5: somebody can be looked up, told all that is held, taken out of lists without touching the capture, and put back."""

from __future__ import annotations

import shutil

import pytest
from starlette.testclient import TestClient

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Query, Stone
from stemma.notebook import Notebook
from stemma.notebook.watches import Watch
from stemma.records import Correction
from stemma.show import notices
from stemma.show.web import reader

NAME = "Kim Vael"


@pytest.fixture
def path(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "a.stemma")
    return tmp_path / "a.stemma"


def suppress(archive: Archive) -> Correction:
    (person,) = archive.persons(NAME)
    word = Correction(
        about=person.id,
        field="access",
        value="withdrawn",
        by="Dana Wirt",
        at="2025-10-25T00:00:00Z",
        reason="a private person",
    )
    flow.correct(archive, [word])
    return word


def test_all_that_is_held_can_be_had(command, path) -> None:
    told = command("about", NAME, "--archive", path).out
    assert "lamps are lit" in told
    assert "lamps are out" in told


def test_who_is_suppressed_is_in_no_list_and_no_message(path, tmp_path, command) -> None:
    with Archive.open(path) as archive, Notebook(path) as notebook:
        (person,) = archive.persons(NAME)
        spoken = [line.statement.id for line in person.lines]
        digests = {line.snapshot.id: line.snapshot.digest for line in person.lines}
        before = {each: archive.payload(each) for each in digests}
        word = suppress(archive)
        browser = TestClient(reader(archive, notebook=notebook), base_url="http://127.0.0.1:8742")
        assert isinstance(archive.person(person.id), Stone)
        assert browser.get(f"/p/{person.id}").status_code == 410
        assert browser.get(f"/api/persons/{person.id}").status_code == 410
        for address in (
            "/search?q=lamps",
            "/search?speaker=Kim+Vael",
            "/api/statements?limit=100&q=lamps",
            "/watch?query=q%3Dlamps",
        ):
            assert not [each for each in spoken if each in browser.get(address).text], address
        watch = Watch(1, "all", "", "feed", "", "both", 1, "none", "x", "", "2025-10-24T00:00:00Z")
        found = [notices.Finding(each, archive.record(each).document, "new", "2025-10-24T00:00:00Z") for each in spoken]
        assert notices.items(archive, watch, found) == []
        assert {each: archive.payload(each) for each in digests} == before, "the capture is not touched"
        assert list(flow.check(archive)) == []
        flow.correct(
            archive,
            [
                Correction(
                    about=word.id,
                    field="undone",
                    value="true",
                    by="Dana Wirt",
                    at="2025-10-26T00:00:00Z",
                    reason="a mistake",
                )
            ],
        )
        assert {line.statement.id for line in archive.find(Query(words="lamps"))} >= set(spoken)


def test_a_redaction_covers_words_and_is_logged(path) -> None:
    with Archive.open(path) as archive:
        line = next(iter(archive.find(Query(words="lamps"))))
        start = line.statement.content[0].start
        word = Correction(about=line.statement.document, field="redaction", value=f"{start}-{start + 9}", by="Dana Wirt", at="2025-10-25T00:00:00Z", reason="a private name")  # fmt: skip
        flow.correct(archive, [word])
        shown = archive.article(line.statement.document)
        assert "The lamps" not in shown.document.text
        assert [each.id for each in shown.corrections]
        assert [each.reason for each in archive.words()] == ["a private name"]
        assert list(flow.check(archive)) == []
