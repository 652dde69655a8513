from __future__ import annotations

import sqlite3

import msgspec
import pytest

from stemma.archive import Archive
from stemma.archive.proof import Outcome
from stemma.archive.store.store import DATABASE
from stemma.errors import BadValue
from stemma.records import Correction, Judgement, Run

AT = "2031-06-01T00:00:00Z"


def held(archive, lines, name="state.jsonl"):
    outcome = Outcome()
    return [f"{each.about}: {each.message}" for each in archive.compare(name, lines, outcome)], outcome


@pytest.fixture
def worded(archive):
    """The archive with a judgement and a correction of a person."""
    mentions = [record for page in archive_pages(archive) for record in archive.article(page).mentions]
    left, right = sorted((mentions[0].id, mentions[-1].id))
    archive.add_records(
        [
            Judgement(left=left, right=right, verdict="different", score=1.0, by="Ada Orle", at=AT),
            Correction(
                about=mentions[0].document, field="outlet", value="Belt Press", by="Ada Orle", at=AT, reason="imprint"
            ),
        ]
    )
    archive.join()
    return archive


def archive_pages(archive):
    lines = (msgspec.json.decode(line) for line in archive.export())
    return [line["id"] for line in lines if line["record"] == "document"]


def test_first_line_counts_and_others_name_pages_and_words(worded, kit):
    head, *lines = [msgspec.json.decode(line) for line in worded.manifest(at=AT)]
    assert head["at"] == AT
    assert head["pages"] == len(kit.pages) == head["counts"]["snapshot"]
    assert head["payload"] == sum(len(page.capture.payload) for page in kit.pages)
    assert head["words"] == 2
    pages = [line for line in lines if "page" in line]
    assert [page["page"] for page in pages] == sorted(page.capture.snapshot.id for page in kit.pages)
    assert {page["digest"] for page in pages} == {page.capture.snapshot.digest for page in kit.pages}
    assert [line["word"][0] for line in lines if "word" in line] == ["j", "k"]


def test_same_records_make_the_same_manifest_in_any_order_of_adding(kit, tmp_path):
    found = set()
    for n, pages in enumerate((kit.pages, kit.pages[::-1], kit.pages[2:] + kit.pages[:2])):
        with Archive.open(tmp_path / str(n), create=True) as archive:
            kit.fill(archive, pages, size=n + 1)
            found.add(b"".join(archive.manifest()))
    assert len(found) == 1


def test_archive_is_exactly_what_its_manifest_says(worded):
    lines = list(worded.manifest())
    problems, outcome = held(worded, lines)
    assert not problems
    assert outcome.exact
    assert (outcome.named, outcome.held, outcome.words) == (5, 5, 2)
    assert held(worded, list(worded.manifest(at=AT)))[1].exact  # its own time is no part of it
    problems, outcome = held(worded, lines[:1])
    assert not problems
    assert outcome.exact


def test_archive_that_grew_holds_everything_still(worded, kit):
    before = list(worded.manifest())
    kit.fill(worded, [kit.make_page(["More", "“The pier stays shut,” Milo Vance said."], "Orvo Wire", "2031-06-01")])
    problems, outcome = held(worded, before)
    assert not problems
    assert not outcome.exact
    assert outcome.held == 5
    assert "not exactly this" in held(worded, before[:1])[0][0]


def test_page_that_was_read_anew_or_withdrawn_is_told_as_such(archive, kit):
    before = list(archive.manifest())
    newer = [Run(stage="read", version="2"), Run(stage="annotate", version="2")]
    archive.add_records(newer)
    page = kit.pages[0]
    again = kit.make_page(page.document.text.splitlines(), "Orvo Wire", "2031-04-03", runs=newer)
    assert archive.add_page(page.capture.snapshot.id, [run.id for run in newer], again.records)
    archive.add_records(
        [
            Correction(
                about=kit.pages[1].capture.snapshot.id,
                field="access",
                value="withdrawn",
                by="Ada Orle",
                at=AT,
                reason="asked",
            )
        ]
    )
    archive.join()
    problems, outcome = held(archive, before)
    assert not problems
    assert (outcome.held, outcome.superseded, outcome.withdrawn) == (4, 1, 1)
    assert list(archive.check()) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM snapshot WHERE row = 1", "cannot be read"),
        ("DELETE FROM ids WHERE document = 0 AND at = 1", "does not hold it"),
        ("DELETE FROM reading WHERE row = 1", "no reading of it"),
        ("DELETE FROM ids WHERE key IN (SELECT max(key) FROM ids WHERE document = 0 AND at > 0)", ""),
        ("DELETE FROM fact WHERE kind = 'k'", "cannot be read"),
    ],
)
def test_what_is_gone_is_named(worded, change, told):
    before = list(worded.manifest())
    worded.close()
    db = sqlite3.connect(worded.path / DATABASE, isolation_level=None)
    db.execute(change)
    db.close()
    with Archive.open(worded.path) as archive:
        problems, outcome = held(archive, before)
    assert not outcome.exact
    assert any(told in each for each in problems) or not told


def test_line_that_was_changed_is_told(archive):
    lines = list(archive.manifest())
    problems, _ = held(archive, [*lines[:2], lines[2].replace(b'"size":', b'"size":1'), *lines[3:]])
    assert any("is not the one that the manifest names" in each for each in problems)
    assert any("its lines are not those" in each for each in problems)
    assert any("its lines are not those" in each for each in held(archive, lines[:-1])[0])
    assert any("a line of it cannot be read" in each for each in held(archive, [*lines, b"[1]\n"])[0])


@pytest.mark.parametrize("line", [b"", b"{}\n", b'{"manifest":"other/1"}\n', b"\xff\n"])
def test_what_is_no_manifest_is_misuse(archive, line):
    with pytest.raises(BadValue, match="wanted a manifest"):
        held(archive, [line])
