"""The reader in a browser, asked over ASGI."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from msgspec import structs

from stemma.archive.views import Line
from stemma.records import evidence
from stemma.show.web.frame.drawing import web_address
from stemma.show.web.text import Block, Fold, blocks
from tests.show.web.conftest import BrokenOnPurposeError, ask, seen


def addresses(lines: dict[str, Line]) -> list[str]:
    known = [f"/s/{line.statement.id}" for line in lines.values()] + [
        f"/a/{line.statement.document}" for line in lines.values()
    ]
    return [
        "/",
        "/search?q=lamps",
        "/search?q=nothing",
        "/p/ekimvael",
        "/w/wlamps",
        "/problems",
        "/s/none",
        "/nowhere",
        *known,
    ]


def test_every_page_is_guarded_and_sound(archive, lines: dict[str, Line]) -> None:
    for address in addresses(lines):
        answer = ask(archive, address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.text.count("<h1") == 1, address
        assert answer.text.count("<main") == 1
        assert 'class="skip" href="#main"' in answer.text
        assert '<html lang="en"' in answer.text
        assert " style=" not in answer.text
        scripts = re.findall(r"<script\b[^>]*>", answer.text)
        assert all(re.fullmatch(r'<script type="module" src="/static/\w+\.js\?\w+">', each) for each in scripts), (
            scripts
        )
        assert not re.search(r"<iframe|<img|\son\w+=\"|javascript:[^<]*\"", answer.text), address


def test_statuses(archive, lines: dict[str, Line]) -> None:
    identity = lines["post"].statement.id
    expected = {
        "/": 200, f"/s/{identity}": 200, f"/s/{identity[:6]}": 200, "/s/none": 404, "/a/none": 404, "/p/x": 404,
        "/w/x": 404, "/nowhere": 404, "/search?q=%22": 400, "/search?kind=rumour": 400, "/search?from=soon": 400, "/search?from=2025-02-30": 400,
        "/search?from=2025-10-02&to=2025-10-01": 400, "/a/%3Cscript%3E": 404, "/s/d!": 404, "/p/0": 404,
        "/search?tab=odd": 400, "/search?sort=odd": 400, "/search?q=a+near/x": 400, "/static/style.css": 200, "/static/none.js": 404,
    }  # fmt: skip
    assert {address: ask(archive, address).status for address in expected} == expected


@pytest.mark.parametrize("host", ["127.0.0.1:8742", "localhost:8742", "[::1]:8742", "LOCALHOST:8742"])
def test_own_names_are_answered(archive, host: str) -> None:
    assert ask(archive, "/", host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8742", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8742", "", None]
)
def test_other_names_are_refused(archive, host: str | None) -> None:
    answer = ask(archive, "/", host=host)
    assert answer.status == 400
    assert "statement" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_other_methods(archive, method: str) -> None:
    answer = ask(archive, "/", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_what_only_shows_takes_no_form(archive) -> None:
    assert ask(archive, "/", method="POST").status == 405


@pytest.mark.parametrize(
    "told", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_forms_of_other_pages_are_refused(archive, told: dict[str, str]) -> None:
    answer = ask(archive, "/", method="POST", **told)
    assert (answer.status, "Nothing was changed" in answer.text) == (403, True)


@pytest.mark.parametrize(
    "told", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "same-origin", "origin": "null"}]
)
def test_forms_of_the_reader_itself_reach_it(archive, told: dict[str, str]) -> None:
    """Pages that tell no referrer send their forms with "null" for an origin."""
    assert ask(archive, "/", method="POST", **told).status == 405, "no form is sent there; the guard let it by"


def test_head_has_no_body(archive) -> None:
    answer = ask(archive, "/", method="HEAD")
    assert (answer.status, int(answer.headers["content-length"]) > 0) == (200, True)


def test_a_broken_archive_is_told_without_its_insides(archive) -> None:
    def broken(_: object) -> int:
        raise BrokenOnPurposeError("these are my insides")

    archive.count = broken
    answer = ask(archive, "/")
    assert answer.status == 500
    assert "insides" not in answer.text
    assert "stemma check" in answer.text
    assert "content-security-policy" in answer.headers


def test_hostile_fields_are_text_everywhere(archive, lines: dict[str, Line]) -> None:
    for address in (*addresses(lines), f"/search?q={quote(lines['nasty'].title or '')}"):
        page = ask(archive, address).text
        assert not re.search(r'<script(?! type="module" src="/static/)', page)
        assert "<img" not in page
        assert not set(page) & set("\x1b\x9b\u202e\u2066")
        assert 'href="javascript' not in page
        assert "49" not in re.findall(r"EVIL[^<]{0,80}", seen(page))


def test_names_longer_than_any_name_are_cut(archive, lines: dict[str, Line]) -> None:
    long = "Vael" * 2_500
    who = replace(lines["post"].speakers[0], name=long)
    archive.lines = (replace(lines["post"], speakers=(who,), outlet=long, title=long),)
    page = ask(archive, "/search?q=lamps").text
    assert "Vael" * 20 in page
    assert len(page) < 10_000


def test_the_search_restores_what_was_asked(archive) -> None:
    page = ask(archive, "/search?q=lamps&outlet=SARVA&kind=direct&from=2025-10-01").text
    assert 'value="lamps"' in page
    assert 'value="SARVA"' in page
    assert "<option selected>direct</option>" in page
    assert "1 statement" in seen(page)


def test_the_day_that_is_asked_for_is_kept_and_told(archive) -> None:
    page = ask(archive, "/search?q=lamps&day=said").text
    assert '<option value="said" selected>said</option>' in page
    assert '<option value="either">said or published</option>' in page
    assert "said by 2025-10-24" in seen(page)
    assert ask(archive, "/search?day=never").status == 400


def test_a_statement_page(archive, lines: dict[str, Line]) -> None:
    line = lines["post"]
    page = ask(archive, f"/s/{line.statement.id}").text
    text = seen(page)
    assert "Kim Vael (quoted by SARVA, carried by Dorn Post, 2025-10-24) said:" in text
    assert "“On the far shore, the lamps are lit for all who left,”" in text
    assert "Dorn Post cites SARVA: the SARVA agency reported" in text
    assert '<del title="number">the</del><ins title="number">12</ins>' in page
    assert line.snapshot.digest in text
    assert "@misc{stemma:" in text


def test_inferred_and_cited_hops_differ_in_word_and_line(archive, lines: dict[str, Line]) -> None:
    page = ask(archive, f"/s/{lines['sheet'].statement.id}").text
    assert '<li class="node inferred">' in page
    assert "inferred this page has words like those of Dorn Post" in seen(page)
    assert "speaker not identified (similar wording in Dorn Post, outlet not known, date not known) said:" in seen(page)


def test_an_article_page(archive, lines: dict[str, Line]) -> None:
    line = lines["post"]
    page = ask(archive, f"/a/{line.statement.document}").text
    assert f'<span id="s-{line.statement.id}"></span><a class="content direct" href="/s/{line.statement.id}"' in page
    assert '<span class="cue">did not say</span>' in page
    assert "2 lines of page furniture (show)" in seen(page)
    assert '<div class="page" lang="en">' in page
    assert "2025-10-24 from: dateline" in seen(page)
    assert "SARVA from: credit" in seen(page)


def test_of_nested_statements_the_outer_one_is_marked(archive, lines: dict[str, Line]) -> None:
    article = archive.article(lines["post"].statement.document)
    said = lines["post"].statement
    inner = article.document.text.index("lamps are lit")
    piece = evidence(article.document, inner, inner + len("lamps are lit"))
    nested = structs.replace(said, id="", content=(piece,), cue=(), source=(), kind="indirect", depth=1, within=said.id)
    both = replace(article, lines=(replace(lines["post"], statement=nested), *article.lines))
    marked = [s for block in blocks(both) if isinstance(block, Block) for s in block.stretches if s.part == "content"]
    assert [s.line for s in marked[:3]] == [lines["post"]] * 3
    assert nested.id in marked[1].opens
    assert "".join(s.text for s in marked[:3]) == said.content[0].exact


def test_a_full_text_is_set_apart(archive, lines: dict[str, Line]) -> None:
    article = archive.article(lines["post"].statement.document)
    body = [label for label in article.labels if label.role == "body"]
    pieces = (evidence(article.document, body[0].start, body[-1].end),)
    whole = structs.replace(lines["post"].statement, id="", content=pieces, kind="full-text", cue=(), source=())
    archive.article = lambda _: replace(article, lines=(replace(lines["post"], statement=whole),))
    page = ask(archive, "/a/any").text
    assert page.count('<p class="body whole"') == len(body)
    assert seen(page).count("full-text: given on this page as the words of Kim Vael") == 1


def test_the_text_of_a_page_is_whole_and_in_order(archive, lines: dict[str, Line]) -> None:
    article = archive.article(lines["post"].statement.document)
    shown = "".join(
        "".join(block.lines) if isinstance(block, Fold) else "".join(s.text for s in block.stretches)
        for block in blocks(article)
    )
    assert shown == article.document.text.replace("\n", "")


def test_json_at_the_same_path(archive, lines: dict[str, Line]) -> None:
    line = lines["post"]
    statement = json.loads(ask(archive, f"/s/{line.statement.id}.json").text)
    article = json.loads(ask(archive, f"/a/{line.statement.document}.json").text)
    found = json.loads(ask(archive, "/search.json?q=lamps").text)
    assert statement["statement"]["id"] == line.statement.id
    assert article["document"]["text"].startswith("| Home")
    assert (found["total"], found["statements"][0]["view"]) == (3, "statement")
    assert ask(archive, "/search.json").headers["content-type"] == "application/json"


def test_an_entity_that_has_joined_another_leads_on(archive) -> None:
    person = archive.person("ekimvael")
    archive.person = lambda _: person
    answer = ask(archive, "/p/eold")
    assert (answer.status, answer.headers["location"]) == (301, "/p/ekimvael")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/1", True), ("http://a.example", True), ("javascript:alert(1)", False), ("file:///etc", False),
        ("data:text/html,x", False), ("//a.example", False), ("http://[", False), (None, False),
    ],
)  # fmt: skip
def test_only_web_addresses_are_links(url: str | None, linked: bool) -> None:
    assert web_address(url) == (url if linked else None)


def test_days_are_asked_for_in_one_form_whatever_the_browser(archive) -> None:
    page = ask(archive, "/").text
    assert 'type="date"' not in page
    assert page.count('placeholder="YYYY-MM-DD"') == 2


def test_many_names_and_roles_are_folded_away(archive) -> None:
    person = archive.person("ekimvael")
    forms = tuple(replace(person.forms[0], name=f"Kim Vael {n}") for n in range(50))
    roles = tuple((f"Minister {n % 20}", None, "dpage") for n in range(40))
    archive.person = lambda _: replace(person, forms=forms, roles=roles, statements=70)
    page = ask(archive, "/p/ekimvael").text
    assert "42 more" in seen(page)
    assert "12 more" in seen(page)
    assert "All 70 in the search" in seen(page)
    assert seen(page).count("Minister 3") == 1
