"""Views on a terminal, looked at as text."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from stemma.archive.views import Line, Totals
from stemma.errors import NoSuchRecord
from stemma.show import views
from stemma.show.jsonform import json_line
from stemma.show.terminal import dossier, draw, listing, problems, screen, summary, totals, working


def printed(*renderables: Any, width: int = 100) -> str:
    stream = io.StringIO()
    screen(stream, width).print(*renderables, sep="\n")
    return stream.getvalue()


def squeezed(text: str) -> str:
    """Without frames, line ends and runs of blanks."""
    return re.sub(r"[\s│]+", " ", text)


def test_the_list_has_the_line_the_id_and_the_page(archive, lines: dict[str, Line]) -> None:
    text = squeezed(printed(*listing(archive.lines)))
    assert 'Kim Vael (quoted by SARVA, carried by Dorn Post, 2025-10-24) said: "On the far shore' in text
    assert f"{lines['post'].statement.id} Lamps lit on the far shore, says minister 3 witnesses" in text


def test_a_statement_shows_chain_proof_and_witnesses(archive, lines: dict[str, Line]) -> None:
    text = squeezed(printed(draw(lines["post"], archive)))
    assert "Dorn Post <- SARVA <- Kim Vael" in text
    assert 'Dorn Post cites SARVA: "the SARVA agency reported"' in text
    assert "[-the-]{+12+} lamps are lit for [-all-]{+those+} who left" in text
    assert lines["post"].snapshot.digest in text
    assert "Minister of Ferries, name in the source" in text


def test_an_inferred_hop_looks_and_reads_unlike_a_cited_one(archive, lines: dict[str, Line]) -> None:
    text = squeezed(printed(draw(lines["sheet"], archive)))
    assert "~ this page has words like those of Dorn Post (90 % sure, inferred)" in text


def test_an_article_shows_its_text_without_furniture(archive, lines: dict[str, Line]) -> None:
    text = squeezed(printed(draw(archive.article(lines["post"].statement.document), archive)))
    assert "The harbour council announced that 14 boats" in text
    assert "Ten soups" not in text
    assert "3 lines of page furniture" in text
    assert "2025-10-24 (from: dateline)" in text
    assert "credited to SARVA (from: credit)" in text


def test_a_person_an_utterance_and_a_record(archive) -> None:
    assert "harbour master" in printed(draw(archive.person("ekimvael"), archive))
    assert "3 witnesses" in printed(draw(archive.utterance("wlamps"), archive))
    assert "same family name" in printed(draw(archive.record("j"), archive))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_nothing_is_wider_than_the_screen(archive, lines: dict[str, Line], width: int) -> None:
    text = printed(
        dossier(archive), *(draw(line, archive) for line in lines.values()), problems(archive.problems()), width=width
    )
    assert max(map(len, text.splitlines())) <= width


def test_no_page_field_steers_the_screen(archive, lines: dict[str, Line]) -> None:
    article = archive.article(lines["nasty"].statement.document)
    stream = io.StringIO()
    page = screen(stream, 80)
    page._force_terminal = True
    for view in (lines["nasty"], article, article.snapshot, *listing([lines["nasty"]]), problems(archive.problems())):
        page.print(draw(view, archive) if view in (lines["nasty"], article, article.snapshot) else view)
    text = re.sub(r"\x1b\[[\d;]*m", "", stream.getvalue())
    assert "EVIL" in text
    assert not set(text) & set("\x1b\x9b\u202e\u2066\x07")


def test_markup_of_the_console_is_not_obeyed(archive, lines: dict[str, Line]) -> None:
    assert "[bold]x[/bold] :smile:" in printed("[bold]x[/bold] :smile:")


def test_json_is_safe_to_print_and_whole(lines: dict[str, Line]) -> None:
    line = json_line(lines["nasty"])
    assert not set(line) & set("\x1b\x9b\u202e\u2066\n")
    assert '"view":"statement"' in line
    assert '"record":"statement"' in line


def test_the_dossier_tells_it_all(archive) -> None:
    text = squeezed(printed(dossier(archive)))
    for told in (
        "The most carried utterance: 3 witnesses", "W1 2025-10-24 06:00 SARVA", "cites SARVA; differs in number, words",
        "Timeline", "Speaker not identified", "Date not known", "Outlet not known", "Kim Vael / Vael same family name",
    ):  # fmt: skip
        assert told in text
    assert "W3 no date outlet not known differs in number, words" in text


def test_the_dossier_of_an_empty_archive_says_what_to_do(archive) -> None:
    archive.lines = ()
    assert "stemma add" in printed(dossier(archive))


def test_an_id_a_beginning_and_a_name_are_found(archive, lines: dict[str, Line]) -> None:
    identity = lines["post"].statement.id
    assert views(archive, identity) == views(archive, identity[:6]) == [lines["post"]]
    assert views(archive, "Kim Vaël") == views(archive, "ekim")
    with pytest.raises(NoSuchRecord):
        views(archive, "nobody")


def test_the_summary_counts_and_leads_on() -> None:
    held = Totals(
        pages=3, documents=3, statements=1200, speakers=4, relays=5, variants=0, utterances=9, problems=1, outlets=2
    )
    page = screen(io.StringIO())
    with working(page) as work:
        work(3, 3, 1)
    text = squeezed(printed(summary(held, work, 1, 1.5)))
    assert "Read 3 pages in 1.5 s (2 a second). The archive holds 3 pages, 1,200 statements" in text
    assert "1 new problem: stemma show problems" in text
    assert "1,200" in printed(totals(held))
