"""The captures of one page laid side by side."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from stemma.archive.views import Article, Line
from stemma.records import Document, Edit, Evidence, Statement, Variant, evidence
from stemma.show.terminal import draw, screen
from stemma.show.versions import is_dated, touching, versions

MORNING = "The gate opened. “The lamps follow,” he said. The band played."
EVENING = "The gate opened. The band played."
GONE = "“The lamps follow,” he said."


def page(archive: Any, text: str, fetched: str | None) -> Article:
    """An article of the text, captured when told, with the statement where the text has it."""
    article: Article = archive.article(archive.lines[1].statement.document)
    snapshot = structs.replace(article.snapshot, id="", fetched=fetched)
    document = Document(snapshot=snapshot.id, layout="test/1", text=text)
    lines: tuple[Line, ...] = ()
    if GONE in text:
        start = text.index("“")
        content = (evidence(document, start, text.index("”") + 1),)
        said = Statement(document=document.id, content=content, kind="direct")
        lines = (replace(archive.lines[1], statement=said, chain=(), snapshot=snapshot, utterance=None, witnesses=1),)
    return replace(article, document=document, snapshot=snapshot, lines=lines, labels=(), problems=())


def dropped(first: Article, last: Article) -> Variant:
    """The sentence of the first that the last lacks, as collate tells it."""
    start = first.document.text.index(GONE)
    held = evidence(first.document, start, start + len(GONE))
    gap = Evidence(document=last.document.id, start=start - 1, end=start - 1, exact="")
    edit = Edit(kind="sentence", left=(0, len(GONE)), right=(0, 0))
    if held.document < gap.document:
        return Variant(left=held, right=gap, edits=(edit,))
    return Variant(left=gap, right=held, edits=(Edit(kind="sentence", left=edit.right, right=edit.left),))


@pytest.fixture
def pair(archive: Any) -> tuple[Any, Article, Article]:
    """An archive of two captures of one page, the later without a sentence."""
    first = page(archive, MORNING, "2025-10-30T07:00:00Z")
    last = page(archive, EVENING, "2025-10-30T16:00:00Z")
    ids = (first.document.id, last.document.id)
    first, last = replace(first, versions=ids), replace(last, versions=ids)
    known = {article.document.id: article for article in (first, last)}
    archive.article = lambda wanted: known[wanted]
    archive.variants_of = lambda wanted: [dropped(first, last)] if set(wanted) == set(ids) else []
    return archive, first, last


def test_what_one_version_has_alone(pair: tuple[Any, Article, Article]) -> None:
    archive, first, last = pair
    one, two = versions(archive, last)
    assert (one.number, one.against, one.changes) == (1, None, ())
    (change,) = two.changes
    assert [(piece.state, piece.text) for piece in change.pieces] == [("removed", GONE)]
    assert [(holder, line.statement.id) for holder, line in change.lines] == [(1, first.lines[0].statement.id)]
    assert is_dated((one, two))


def test_a_statement_knows_the_captures_without_it(pair: tuple[Any, Article, Article]) -> None:
    archive, first, _ = pair
    assert touching(archive, first.lines[0]) == ("not these words in the capture of 2025-10-30T16:00:00Z (version 2)",)


def test_on_the_terminal(pair: tuple[Any, Article, Article]) -> None:
    archive, first, _ = pair
    stream = io.StringIO()
    screen(stream, 100).print(draw(first, archive))
    assert "Versions (2)\nBy stated capture time." in stream.getvalue()
    assert f"[-{GONE}-]" in stream.getvalue()
    shown = " ".join(stream.getvalue().split())
    assert "sentence: [-“The lamps follow,” he said.-]" in shown
    assert "in version 1" in shown
    assert "differs from version 1: sentence 1" in shown
    assert not set(stream.getvalue().split()) & {"deleted", "hidden", "censored", "silently"}


def test_versions_without_a_variant_are_the_same_or_not_compared(pair: tuple[Any, Article, Article]) -> None:
    archive, _, last = pair
    archive.variants_of = lambda _: []
    assert versions(archive, last)[1].against is None
    again = replace(last, document=structs.replace(last.document, id="dagain"))
    archive.article = lambda wanted: again if wanted == "dagain" else last
    both = replace(last, versions=(last.document.id, "dagain"))
    assert [version.against for version in versions(archive, both)] == [None, 1]


def test_one_capture_has_no_versions(archive: Any, lines: dict[str, Line]) -> None:
    assert versions(archive, archive.article(lines["post"].statement.document)) == ()
    assert touching(archive, lines["post"]) == ()
