"""What is said of a page beside its statements: languages that are not analysed, lines that its outlet repeats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stemma.archive.views import Article, Line
from stemma.records import QUOTED, REPEATED, REPEATED_TITLE, Field, Label, evidence
from stemma.show.lines import analysis_notes, language_name, languages_told, repeated_told
from stemma.show.terminal import draw
from stemma.show.web.text import Fold, blocks
from tests.show.terminal.test_views import printed, squeezed
from tests.show.web.conftest import ask, seen


@pytest.fixture
def page(archive, lines: dict[str, Line]) -> Article:
    return archive.article(lines["post"].statement.document)


def note(page: Article, value: str, basis: str = "script") -> Article:
    """The page with a language that is not analysed, told by its first thirty characters."""
    piece = evidence(page.document, 0, 30)
    field = Field(document=page.document.id, name="analysis", value=value, basis=basis, evidence=piece)
    return replace(page, fields=(*page.fields, field))


def test_a_page_says_how_far_it_is_read(page: Article) -> None:
    assert analysis_notes(page) == []
    (told,) = analysis_notes(note(page, "ko quotations"))
    assert told.startswith("This page is in Korean (ko): language not analysed. Direct quotations whose speaker")
    assert told.endswith("are looked for, and nothing else.")
    assert analysis_notes(note(page, "nl nothing")) == [
        "This page is in Dutch (nl): language not analysed. No statement is looked for in it."
    ]


def test_a_block_says_it_of_itself(page: Article) -> None:
    (told,) = analysis_notes(note(page, "ko quotations", "block"))
    beginning = " ".join(page.document.text[:30].split())
    assert told.startswith(f"The part that begins “{beginning}” is in Korean (ko): language not analysed.")


def test_terminal_and_web_say_so(archive, page: Article) -> None:
    noted = note(page, "fr quotations")
    assert "This page is in French (fr): language not analysed." in squeezed(printed(draw(noted, archive)))
    archive.article = lambda _: noted
    assert "This page is in French (fr): language not analysed." in seen(ask(archive, f"/a/{page.document.id}").text)
    archive.article = lambda _: replace(noted, lines=())
    shown = seen(ask(archive, f"/a/{page.document.id}").text)
    assert "None was found." in shown
    assert "nothing but facts" not in shown


def test_repeated_lines_are_told(archive, page: Article) -> None:
    whole = [each for each in page.labels if each.role == "furniture"]
    repeated = Label(
        document=page.document.id, start=whole[0].start, end=whole[0].end, role="furniture", reason=REPEATED
    )
    changed = replace(page, labels=tuple(repeated if each is whole[0] else each for each in page.labels))
    told = f"1 line of it is {REPEATED}"
    assert repeated_told(changed.labels) == told
    assert repeated_told(page.labels) == ""
    assert told in {each.why for each in blocks(changed) if isinstance(each, Fold)}
    assert f"furniture ({told})" in squeezed(printed(draw(changed, archive)))
    archive.article = lambda _: changed
    assert f"of page furniture, {told} (show)" in seen(ask(archive, f"/a/{page.document.id}").text)


def test_two_repeated_lines_and_a_title() -> None:
    labels = [Label(document="d1", start=n, end=n + 1, role="furniture", reason=why) for n, why in
              enumerate([REPEATED, REPEATED_TITLE, "line scorer"])]  # fmt: skip
    assert repeated_told(labels) == f"2 lines of it are {REPEATED}"


def test_an_archive_says_of_how_many_pages() -> None:
    assert languages_told([("en", 4), (None, 2)]) == ""
    assert languages_told([("en", 4), ("ko", 3), ("nl", 1), ("fr", 1)]) == (
        "Language not analysed on 5 pages: direct quotations only in Korean (ko) 3, French (fr) 1; nothing is looked for "
        "in Dutch (nl) 1."
    )


def test_languages_have_names() -> None:
    assert all(language_name(tag) != tag for tag in QUOTED)
    assert language_name("zh-Hant") == "Chinese (zh-Hant)"
    assert language_name("xx") == "xx"
