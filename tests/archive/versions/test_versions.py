"""Captures of one address or item, and what they change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Query

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

MORNING = """\
Harbour lamps will be lit again
Date: 24/10/2025 | Source: SARVA (En) | Read original version at source
KARVIS, October 24. /SARVA/. The lamps on the far shore will be lit again, Minister Orlen Vash said on Friday.
"The sea that divided us passed its hardest trial this summer," Vash told reporters. "We shall not close the gate."
Some 300 engineers worked on the pier, the minister said. The band played until noon.
"The maritime fellowship of both towns is unbreakable," said Mayor Tamsin Roe.
More From SARVA (En)
Karvis council meets again on Monday to talk about bread
"""
EVENING = MORNING.replace("shall not close", "shall close").replace(" The band played until noon.", "")
ANOTHER_MENU = MORNING.replace("about bread", "about butter")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[object]:
    """Opens an archive of these pages: a name and text, or address, capture time and text."""
    archives = []

    def make(*pages: tuple[str, ...]) -> Archive:
        path, source = tmp_path / "made.stemma", tmp_path / "pages.jsonl"
        rows = [{"url": page[0], "fetched": page[1]} if len(page) > 2 else {} for page in pages]
        both = [row | {"text": page[-1]} for row, page in zip(rows, pages, strict=True)]
        source.write_text("\n".join(map(json.dumps, both)), encoding="utf-8")
        flow.add(path, [str(source)])
        archives.append(Archive.open(path))
        return archives[-1]

    yield make
    for archive in archives:
        archive.close()


def _pages(archive: Archive) -> list[str]:
    return list(dict.fromkeys(line.statement.document for line in archive.find(Query(limit=None))))


def test_pages_without_address_are_versions_of_one_item(opened) -> None:
    archive = opened(("one", MORNING), ("two", EVENING), ("three", MORNING.replace("Harbour lamps", "Market stalls")))
    found = {document: archive.article(document).versions for document in _pages(archive)}
    assert sorted(map(len, found.values())) == [1, 2, 2]
    assert len({each for each in found.values() if len(each) == 2}) == 1


def test_captures_of_one_address_stand_by_their_stated_time(opened) -> None:
    url = "https://sarva.example/7"
    archive = opened((url, "2025-10-25T08:00:00Z", EVENING), (url, "2025-10-24T08:00:00Z", MORNING))
    (versions,) = {archive.article(document).versions for document in _pages(archive)}
    assert [archive.article(each).snapshot.fetched[:10] for each in versions] == ["2025-10-24", "2025-10-25"]


def test_find_edited_gives_the_statements_that_differ_on_both_sides(opened) -> None:
    archive = opened(("one", MORNING), ("two", EVENING))
    found = list(archive.find(Query(edited=True)))
    assert len(found) == 2
    assert all("close the gate" in " ".join(piece.exact for piece in line.statement.content) for line in found)
    assert archive.count(Query(edited=True)) == 2
    assert archive.count(Query(edited=True, words="bridge")) == 0


def test_a_sentence_with_a_statement_that_is_gone_is_an_edit_of_that_statement(opened) -> None:
    quote = '"The maritime fellowship of both towns is unbreakable," said Mayor Tamsin Roe.\n'
    archive = opened(("one", MORNING), ("two", MORNING.replace(quote, "")))
    (line,) = archive.find(Query(edited=True))
    assert line.speakers[0].name == "Tamsin Roe"


def test_another_menu_is_no_edit(opened) -> None:
    archive = opened(("one", MORNING), ("two", ANOTHER_MENU))
    assert archive.count(Query(edited=True)) == 0
    assert archive.count(Query()) > 0


def test_two_different_pages_edit_nothing_of_each_other(opened) -> None:
    archive = opened(("https://a.example/1", "2025-10-24", MORNING), ("https://a.example/2", "2025-10-24", EVENING))
    assert archive.count(Query(edited=True)) == 0
