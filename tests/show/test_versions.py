"""The captures of one page laid side by side."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from stemma.archive.views import Article, Line
from stemma.records import Document, Label, Statement, evidence
from stemma.show.jsonform import json_article
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
    label = Label(document=document.id, start=0, end=len(text), role="body")
    return replace(article, document=document, snapshot=snapshot, lines=lines, labels=(label,), problems=())


@pytest.fixture
def pair(archive: Any) -> tuple[Any, Article, Article]:
    """An archive of two captures of one page, the later without a sentence."""
    first = page(archive, MORNING, "2025-10-30T07:00:00Z")
    last = page(archive, EVENING, "2025-10-30T16:00:00Z")
    ids = (first.document.id, last.document.id)
    first, last = replace(first, versions=ids), replace(last, versions=ids)
    known = {article.document.id: article for article in (first, last)}
    archive.article = lambda wanted: known[wanted]
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


def test_as_json_every_place_has_its_words_and_statements(pair: tuple[Any, Article, Article]) -> None:
    archive, first, _ = pair
    told = json_article(first, versions(archive, first))
    (_, version) = told["compared"]
    assert (version["against"], version["fetched"]) == (1, "2025-10-30T16:00:00Z")
    (change,) = version["changes"]
    assert change["pieces"] == [{"state": "removed", "text": GONE, "kind": "sentence"}]
    assert change["statements"] == [{"version": 1, "id": first.lines[0].statement.id}]
    assert "compared" not in json_article(first, ())


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


def made_of(article: Article, layout: str, *parts: tuple[str, str]) -> Article:
    """The page made of these parts, each a role and its text on a line of its own; under an id of its own."""
    text = "\n".join(words for _, words in parts)
    document = Document(snapshot=article.snapshot.id, layout=layout, text=text)
    labels, start = [], 0
    for role, words in parts:
        labels.append(Label(document=document.id, start=start, end=start + len(words), role=role))
        start += len(words) + 1
    return replace(article, document=document, labels=tuple(labels), lines=())


def both(archive: Any, one: Article, other: Article) -> Article:
    """The first of two versions, known to the archive."""
    known = {article.document.id: article for article in (one, other)}
    archive.article = lambda wanted: known[wanted]
    return replace(one, versions=tuple(known))


def test_furniture_is_counted_and_no_edit(pair: tuple[Any, Article, Article]) -> None:
    archive, first, _ = pair
    one = made_of(first, "test/2", ("body", MORNING), ("furniture", "Home  World  Ferries"))
    other = made_of(first, "test/3", ("body", MORNING), ("furniture", "Home  World  Trams"))
    shown = both(archive, one, other)
    found = versions(archive, shown)
    assert [(version.against, version.changes, version.furniture) for version in found] == [(None, (), 0), (1, (), 2)]
    stream = io.StringIO()
    screen(stream, 100).print(draw(shown, archive))
    assert "the same words as version 1; 2 lines of page furniture differ" in stream.getvalue()


def test_changes_are_counted_by_class_and_told_with_their_part(pair: tuple[Any, Article, Article]) -> None:
    archive, first, _ = pair
    one = made_of(first, "test/2", ("title", "The gate opens"), ("body", "Seven boats came. They left."))
    other = made_of(first, "test/3", ("title", "The gate does not open"), ("body", "Eight boats came. They left."))
    (_, version) = versions(archive, both(archive, one, other))
    assert dict(version.counts) == {"negation": 1, "number": 1}
    assert [change.told for change in version.changes] == ["title: negation", "number"]


def test_one_capture_has_no_versions(archive: Any, lines: dict[str, Line]) -> None:
    assert versions(archive, archive.article(lines["post"].statement.document)) == ()
    assert touching(archive, lines["post"]) == ()
