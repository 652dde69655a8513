"""People's words in the browser: marks, stones, and no withdrawn word anywhere."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Line, Query, Stone, Was, Who
from stemma.records import Correction, Judgement, Statement
from stemma.show.citations import cite
from stemma.show.web.text import covered
from tests.show.conftest import HOSTILE, corrected, word
from tests.show.web.conftest import ask

TEXT = """Ferry to run again
SARVA, October 24, 2031. /{outlet}/.

“The ferry will sail before the first snow,” Transport Minister Tamsin Orle said.

“A second barge is needed by spring,” harbour master Milo Vance said on Thursday.

“The lamps stay lit,” envoy Pell Arden said. Her neighbour Anselm Brook was not asked.
"""
#: Words that people withdrew or covered below: on no page, in no list.
GONE = ("Anselm", "Brook", "barge", "bridge is closed", "Ferrin")
WIRT = Who(name="Dana Wirt", entity="edanawirt", reason="corrected by Ilse Marn: named in line 3")


class Kept(NamedTuple):
    """An archive with words of people of every kind, and ids of what they are about."""

    archive: Archive
    ids: dict[str, str]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder: Path = tmp_path_factory.mktemp("kept")
    pages = {"one.txt": TEXT.format(outlet="Orvo Wire"), "two.txt": TEXT.format(outlet="Belt Press")}
    pages["three.txt"] = (
        "Closed\nBELT, October 26, 2031. /Belt Press/.\n\n“The bridge is closed,” Mayor Ode Ferrin said.\n"
    )
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    flow.add(folder / "a", [str(folder / name) for name in pages])
    with Archive.open(folder / "a") as archive:
        yield Kept(archive, _speak(archive))


def _speak(archive: Archive) -> dict[str, str]:
    lines = {words: [*archive.find(Query(words=words))] for words in ("ferry snow", "barge", "lamps", "bridge")}
    ids = {words: found[0].statement.id for words, found in lines.items()}
    ids["page"], ids["closed"] = lines["ferry snow"][0].statement.document, lines["bridge"][0].statement.document
    ids["person"] = archive.persons("Pell Arden")[0].id
    _say(archive, ids["ferry snow"], "speaker", "Dana Wirt", "named in the caption")
    for line in lines["barge"]:
        _say(archive, line.statement.id, "access", "withdrawn", "the speaker asked")
    for line in lines["lamps"]:
        start = archive.document(line.statement.document).text.index("Anselm Brook")
        _say(archive, line.statement.document, "redaction", f"{start}-{start + 12}", "a private person")
    _say(archive, ids["page"], "title", "Sailing anew", "as printed")
    _say(archive, ids["closed"], "access", "withdrawn", "court order")
    _say(archive, ids["person"], "access", "withdrawn", "asked not to be listed")
    signed = Correction(about="", field="undone", value="", by="Bero Lund", at="2032-01-01T00:00:00Z", reason="no kin")
    with archive.batch():
        archive.add_records([archive.judgement("Tamsin Orle", "Milo Vance", "different", signed)])
    archive.join()
    return ids


def _say(archive: Archive, about: str, field: Any, value: str, why: str) -> None:
    flow.correct(archive, [archive.worded(word(about, field, value, why=why))])


def seen(page: str) -> str:
    """The text of a page, a blank for every tag."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def addresses(kept: Kept) -> list[str]:
    """Every page of the reader that leads to anything in the archive, open or not."""
    ids = kept.ids.values()
    places = [f"/{letter}/{each}" for each in ids for letter in ({"d": "a", "s": "s", "e": "p"}[each[0]],)]
    places += [f"/w/w{each[1:]}" for each in ids if each[0] == "s"]
    places += [f"/a/{line.statement.document}" for line in kept.archive.find(Query(limit=None))]
    places += [f"/p/{person.id}" for name in ("Tamsin Orle", "Milo Vance") for person in kept.archive.persons(name)]
    return [*places, "/", "/search?q=ferry", "/search?q=barge", "/search?speaker=Ferrin", "/problems"]


def test_no_withdrawn_word_is_on_any_page_or_in_its_json(kept: Kept) -> None:
    for address in addresses(kept):
        texts = [ask(kept.archive, address).text]
        if address[:3] in {"/a/", "/s/"}:
            texts.append(ask(kept.archive, f"{address}.json").text)
        for text in texts:
            asked = {"/search?q=barge": "barge", "/search?speaker=Ferrin": "Ferrin"}.get(address)
            said = text.replace(asked, "") if asked and "Nothing fits" in text else text
            assert [gone for gone in GONE if gone in said] == [], address


def test_withdrawn_things_answer_410_with_a_stone(kept: Kept) -> None:
    for address, told in (
        (f"/a/{kept.ids['closed']}", "This page was withdrawn"),
        (f"/s/{kept.ids['bridge']}", "This statement was withdrawn with its page"),
        (f"/s/{kept.ids['barge']}", "This statement was withdrawn what"),
        (f"/p/{kept.ids['person']}", "This one was withdrawn from lists and search"),
        (f"/w/w{kept.ids['barge'][1:]}", "This statement was withdrawn"),
    ):
        answer = ask(kept.archive, address)
        assert answer.status == 410
        assert told in seen(answer.text)
        assert "by Ilse Marn" in seen(answer.text)
        assert "Pell" not in answer.text
        assert answer.text.count("<h1") == 1
        assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_a_corrected_statement_of_an_archive(kept: Kept) -> None:
    text = seen(page := ask(kept.archive, f"/s/{kept.ids['ferry snow']}").text)
    assert re.search(
        r"speaker Dana Wirt ✎ speaker corrected by Ilse Marn when 2026-11-22T08:00:00Z why named in the caption", text
    )
    assert re.search(r"was Tamsin Orle [^✎]*% sure by machine take it back stemma correct --undo k\w+ --why WHY", text)
    assert '<del dir="auto">Tamsin Orle</del>' in page
    assert "✎ corrected the speaker is Dana Wirt, as Ilse Marn says" in text
    assert "title corrected by Ilse Marn" in text
    form = json.loads(ask(kept.archive, f"/s/{kept.ids['ferry snow']}.json").text)
    fields = {each["id"]: each["field"] for each in form["corrections"]}
    assert {fields[each["correction"]]: each["value"] for each in form["was"]} == {
        "speaker": "Tamsin Orle",
        "title": "Ferry to run again",
    }
    line = kept.archive.line(kept.ids["ferry snow"])
    assert isinstance(line, Line)
    assert "; speaker corrected by Ilse Marn, 22 November 2026 (k" in cite(line)


def test_an_article_tells_what_was_covered_and_by_whom(kept: Kept) -> None:
    page = ask(kept.archive, f"/a/{kept.ids['page']}").text
    assert 'role="img" aria-label="12 characters covered">████████████</span>' in page
    assert "words covered by Ilse Marn" in seen(page)
    assert "statement withdrawn by Ilse Marn" in seen(page)
    assert "name withheld" in seen(page)
    assert re.search(r"why as printed was Ferry to run again [^✎]*take it back", seen(page))


def test_a_person_with_judgements_of_people(kept: Kept) -> None:
    (person,) = kept.archive.persons("Tamsin Orle")
    text = seen(ask(kept.archive, f"/p/{person.id}").text)
    assert re.search("Judged by people ✎ (Milo Vance and Tamsin Orle|Tamsin Orle and Milo Vance) are different", text)
    assert "by Bero Lund when 2032-01-01T00:00:00Z why no kin take it back stemma judge --undo j" in text


def test_hostile_words_of_people_are_text_everywhere(archive, lines: dict[str, Line]) -> None:
    line = replace(lines["post"], speakers=(replace(WIRT, reason=f"corrected by {HOSTILE}: {HOSTILE}"),))
    for field in ("speaker", "kind", "content", "said", "title", "outlet", "published"):
        line = corrected(line, field, HOSTILE, HOSTILE, why=f"{field}{HOSTILE}", by=HOSTILE)
    covering = word(line.statement.document, "redaction", "1-5", why=HOSTILE, by=HOSTILE)
    archive.lines = (line := replace(line, corrections=(*line.corrections, covering)),)
    article = archive.article(line.statement.document)
    said = [
        word(article.document.id, field, HOSTILE, why=HOSTILE, by=HOSTILE)
        for field in ("modified", "language", "label")
    ]
    words = (*line.corrections, *said)
    was = (*line.was, *(Was(each.id, HOSTILE, HOSTILE, 0.5) for each in said))
    archive.article = lambda _: replace(article, lines=(line,), corrections=words, was=was)
    judged = Judgement(left="ma", right="mb", verdict="same", score=1, by=HOSTILE, at=said[0].at, reasons=(HOSTILE,))
    person = replace(archive.person("ekimvael"), judgements=(judged,), lines=(line,))
    archive.person = lambda _: person
    gone = word("s2", "access", "withdrawn", why=HOSTILE, by=HOSTILE)
    archive.stones = {"sgone": Stone("s2", "statement", gone.at, gone.by, gone.reason, gone)}
    pages = [f"/s/{line.statement.id}", "/a/dany", "/p/ekimvael", "/", "/search?q=lamps", "/s/sgone"]
    for address in pages:
        page = ask(archive, address).text
        assert "EVIL" in page, address
        assert not re.search(r"<script(?! type=\"module\" src=)|<img|\son\w+=\"", page), address
        assert " style=" not in page
        assert not set(page) & set("\x1b\x9b\u202e\u2066")
        assert "49" not in re.findall(r"EVIL[^<]{0,80}", seen(page))


def test_marks_are_there_for_those_who_see_no_sign(archive, lines: dict[str, Line]) -> None:
    line = corrected(replace(lines["post"], speakers=(WIRT,)), "speaker", "Dana Wirt", "Kim Vael")
    archive.lines = (line,)
    page = ask(archive, "/search?q=lamps").text
    assert 'role="img" aria-label="corrected" title="speaker corrected by Ilse Marn">✎</span>' in page
    assert "speaker corrected by Ilse Marn" in seen(page)
    assert f'href="/s/{line.statement.id}#people"' in page
    assert 'id="people"' in ask(archive, f"/s/{line.statement.id}").text


def test_covered_stretches_are_escaped_and_counted() -> None:
    assert covered("<b>██&\x1b") == (
        '&lt;b&gt;<span class="covered" role="img" aria-label="2 characters covered">██</span>&amp;␛'
    )


def test_a_withheld_source_is_not_shown(archive, lines: dict[str, Line]) -> None:
    statement: Statement = lines["post"].statement
    archive.lines = (
        replace(lines["post"], speakers=(Who(name="name withheld", reason="asked"),), utterance=None, witnesses=1),
    )
    page = ask(archive, f"/s/{statement.id}").text
    assert "as the page words it" in seen(page)
    assert "Vael" not in page
    assert "sure by machine" not in seen(page).split("name withheld asked")[1].split("kind")[0]
