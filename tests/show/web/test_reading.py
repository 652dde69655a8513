"""Article and statement in the browser: tabs, citations, groups of witnesses, the log."""

from __future__ import annotations

import pytest

from stemma.archive.views import Line
from stemma.show.web.citing import ENDINGS, FORMS, citations_of
from stemma.show.web.grouping import grouped
from stemma.show.web.tongues import tongue
from stemma.show.wording import compare
from tests.show.web.conftest import ask, seen


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kim Vael said", ""), ("리창대는 말했다", "ko"), ("말했다 (李昌大)", "ko"), ("李昌大说", "zh"), ("「灯が」と言った", "ja"),
        ("قال الوزير", "ar"), ("وزیر گفت", "fa"), ("Министр сказал", "ru"), ("Міністр її", "uk"), ("", ""), ("α and β", ""),
    ],
)  # fmt: skip
def test_letters_tell_a_language(text: str, told: str) -> None:
    assert tongue(text) == told


def test_every_form_of_citation_stands_on_the_page(archive, lines: dict[str, Line]) -> None:
    line = lines["post"]
    page = ask(archive, f"/s/{line.statement.id}").text
    found = citations_of(line, archive.article(line.statement.document).document.text)
    assert {"Footnote", "BibTeX"} <= {each.name for each in found}
    assert page.count('class="cited"') == len(found) <= len(FORMS)
    for ending in ENDINGS:
        for address in (f"/s/{line.statement.id}.{ending}", f"/a/{line.statement.document}.{ending}"):
            answer = ask(archive, address)
            assert answer.status == 200, address
            assert answer.headers["content-type"].startswith(ENDINGS[ending][1].split(";")[0])
            assert line.statement.id in answer.text or line.statement.document in answer.text


def test_witnesses_are_grouped_by_distance(archive, lines: dict[str, Line]) -> None:
    line = lines["post"]
    groups = grouped(line, compare(archive.utterance("wlamps"), line))
    members = [each.line.statement.id for group in groups for each in group.members]
    assert sorted(members) == sorted(lines[name].statement.id for name in ("agency", "sheet"))
    assert len({group.name for group in groups}) == len(groups)
    text = seen(ask(archive, f"/s/{line.statement.id}").text)
    assert all(group.name.capitalize() in text for group in groups)


def test_the_tabs_of_an_article(archive, lines: dict[str, Line]) -> None:
    document = lines["post"].statement.document
    raw = seen(ask(archive, f"/a/{document}/raw").text)
    assert "are not served here" in raw
    assert "stemma export --format wacz" in raw
    page = ask(archive, f"/a/{document}/data").text
    at = lines["post"].statement.content[0]
    assert f"<td>{at.start}–{at.end}</td><td>statement</td><td>{lines['post'].statement.id} direct</td>" in page
    assert "<td>published: 2025-10-24</td>" in page


def test_a_chosen_statement_is_marked_without_a_script(archive, lines: dict[str, Line]) -> None:
    said = lines["post"].statement
    page = ask(archive, f"/a/{said.document}?s={said.id}").text
    assert '<a class="content direct chosen"' in page
    assert '<span class="cue chosen">said</span>' in page
    assert 'class="row chosen"' in page
    assert "chosen" not in ask(archive, f"/a/{said.document}").text


def test_a_wrong_speaker_is_told_by_command_where_there_is_no_desk(archive, lines: dict[str, Line]) -> None:
    said = lines["post"].statement
    page = ask(archive, f"/s/{said.id}").text
    assert f"stemma correct {said.id} speaker" in page
    assert "/review/speaker/" not in page
