"""Footnotes and BibTeX."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from stemma.archive.views import Line
from stemma.show.citations import cite, long_date


def test_a_statement_is_cited_with_address_capture_and_digest(lines: dict[str, Line]) -> None:
    line = lines["post"]
    assert cite(line) == (
        "Kim Vael, quoted by SARVA, quoted in Dorn Post, “Lamps lit on the far shore, says minister”, 24 October 2025, "
        f"<{line.snapshot.url}>; archived capture {line.snapshot.id} (2025-10-24T09:14:00Z), {line.snapshot.digest}; "
        f"statement {line.statement.id}."
    )


def test_an_indirect_statement_is_paraphrased(lines: dict[str, Line]) -> None:
    assert cite(lines["not"]).startswith("Kim Vael, paraphrased in Dorn Post")


def test_what_is_not_known_is_said(lines: dict[str, Line]) -> None:
    cited = cite(lines["sheet"])
    for unknown in (
        "speaker not identified", "outlet not known", "title not known", "date not known", "address not known",
        "time not stated",
    ):  # fmt: skip
        assert unknown in cited


def test_articles_and_captures(archive, lines: dict[str, Line]) -> None:
    article = archive.article(lines["post"].statement.document)
    assert cite(article).startswith("Dorn Post, “Lamps lit")
    assert cite(article).endswith(f"; article {article.document.id}.")
    assert cite(lines["post"].snapshot).endswith(f"{lines['post'].snapshot.digest}.")


def test_bibtex(lines: dict[str, Line]) -> None:
    entry = cite(lines["post"], "bibtex")
    line = lines["post"]
    assert entry.startswith(f"@misc{{stemma:{line.statement.id},\n  author = {{{{Dorn Post}}}},\n")
    for field in ("date = {2025-10-24}", "year = {2025}", f"url = {{{line.snapshot.url}}}", "urldate = {2025-10-24}"):
        assert field in entry
    assert line.snapshot.digest in entry
    assert 'Kim Vael (quoted by SARVA, carried by Dorn Post, 2025-10-24) said: "On the far shore' in entry


@pytest.mark.parametrize("name", ["post", "not", "mixed", "sheet", "nasty"])
def test_braces_balance_whatever_a_page_holds(lines: dict[str, Line], name: str) -> None:
    line = replace(lines[name], title="A } title { with \\ and % and $ and #")
    entry = cite(line, "bibtex")
    depth = 0
    for character in entry:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[&%$#_]", entry.split("title = ")[1].split("\n")[0])
    assert not set(entry) & set("\x1b\x9b\u202e")


@pytest.mark.parametrize(
    ("instant", "written"),
    [
        ("2025-10-24", "24 October 2025"),
        ("2025-10-24T09:14:00Z", "24 October 2025"),
        ("2025-10", "October 2025"),
        ("2025", "2025"),
        ("2025-13-99", "2025-13-99"),
        (None, "date not known"),
        ("soon", "soon"),
    ],
)
def test_long_date(instant: str | None, written: str) -> None:
    assert long_date(instant) == written
