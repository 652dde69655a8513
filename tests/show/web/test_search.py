"""The search screen over an invented archive: what is asked, found, counted, folded, kept and given away as files."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from stemma.archive.views import Facets, Line
from stemma.notebook import Notebook
from stemma.notebook.saved import saved
from stemma.show.web import reader
from tests.show.web.conftest import ask, seen


def links(page: str, label: str) -> list[str]:
    """Addresses of links whose visible text begins so."""
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [unescape(address) for address, text in found if seen(text).strip().startswith(label)]


def asked(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_the_list_says_how_many_and_goes_on_from_its_last_row(archive, lines: dict[str, Line]) -> None:
    post = lines["post"]
    archive.lines = tuple(
        replace(post, utterance=None, statement=replace_id(post.statement, f"s{n:03}")) for n in range(60)
    )
    page = ask(archive, "/search?q=lamps").text
    assert "60 statements, newest first" in seen(page)
    (following,) = links(page, "Next 25")
    assert asked(following) == {"q": ["lamps"], "after": ["after s024"]}
    assert links(ask(archive, following).text, "First 25") == ["/search?q=lamps"]


def replace_id(statement, name):
    from msgspec import structs

    return structs.replace(statement, id=name)


def test_same_words_of_one_utterance_are_folded_and_none_is_lost(archive, lines: dict[str, Line]) -> None:
    page = ask(archive, "/search").text
    assert "more with the same words" not in page, "the same words, but no two in the same wording"
    post = lines["post"]
    archive.lines = (
        post,
        replace(post, outlet="Belt Press", statement=replace_id(post.statement, "sother")),
        lines["not"],
    )
    page = ask(archive, "/search?q=the").text
    assert "1 more with the same words" in seen(page)
    assert 'href="/s/sother"' in page
    assert "3 statements" in seen(page)


def test_each_value_of_a_facet_can_be_kept_and_left_out(archive) -> None:
    page = ask(archive, "/search?q=lamps&from=2025-10-01").text
    assert "Counted over all" in seen(page)
    keep, leave = links(page, "Dorn Post")[0], links(page, "−Leave out Dorn Post")[0]
    assert asked(keep) == {"q": ['lamps outlet:"Dorn Post"'], "from": ["2025-10-01"]}
    assert asked(leave) == {"q": ['lamps -outlet:"Dorn Post"'], "from": ["2025-10-01"]}
    kept = ask(archive, keep.replace("lamps", "")).text
    assert asked(links(kept, "Dorn Post")[0]) == {"from": ["2025-10-01"]}


def test_many_hits_are_counted_when_asked_for(archive) -> None:
    archive.days = lambda query: replace(days(query), total=50_000)
    days = type(archive).days.__get__(archive)
    archive.facets = lambda query: Facets(20_000, ())
    page = ask(archive, "/search?q=lamps").text
    (link,) = links(page, "Count outlets")
    assert "over the newest 20,000 of 50,000" in seen(page)
    assert "Counted over the newest 20,000 of 50,000." in seen(ask(archive, link).text)
    assert "Ranked over the newest 20,000 of 50,000 statements." in seen(ask(archive, "/search?q=lamps&sort=best").text)


def test_bars_lead_to_their_days_and_a_table_says_the_same(archive) -> None:
    page = ask(archive, "/search?q=lamps&tab=articles").text
    svg = re.findall(r"<svg.*?</svg>", page, re.DOTALL)[0]
    bars = [unescape(each) for each in re.findall(r'href="([^"]*)"', svg)]
    assert [asked(each) for each in bars] == [
        {"q": ["lamps"], "tab": ["articles"], "day": ["published"], "from": [day], "to": [day]}
        for day in ("2025-10-23", "2025-10-24")
    ]
    assert "2025-10-23: 1" in svg
    assert links(page, "2025-10-24")[-1] == bars[-1]


def test_what_is_asked_is_told_and_each_part_can_be_taken_off(archive) -> None:
    page = ask(archive, "/search?q=lamps+said:Vael&kind=direct&to=2025-12-01").text
    text = seen(page)
    assert "Looking for the word “lamps” ×" in text
    assert "said by Vael (also written" in text
    assert asked(links(page, "the word")[0])["q"] == ["said:Vael"]
    assert "kind" not in asked(links(page, "of the kind direct")[0])
    assert "to" not in asked(links(page, "up to 2025-12-01")[0])


def test_tabs_keep_the_query(archive) -> None:
    page = ask(archive, "/search?q=lamps&from=2025-10-01").text
    for tab in ("Articles", "Utterances", "Edits"):
        (link,) = links(page, tab)
        assert asked(link) == {"q": ["lamps"], "from": ["2025-10-01"], "tab": [tab.lower()]}
        answer = ask(archive, link)
        assert answer.status == 200
        assert f'aria-current="page">{tab}' in answer.text
    assert "3 articles with statements that fit" in seen(ask(archive, "/search?q=lamps&tab=articles").text)


def test_a_query_that_cannot_be_read_is_pointed_into(archive) -> None:
    answer = ask(archive, f"/search?q={quote('лампы “берег')}")
    assert answer.status == 400
    assert "A quotation mark is open; close the phrase. Nothing was searched in its place." in seen(answer.text)
    assert "лампы “берег\n<b>      ^</b>" in answer.text
    assert 'value="лампы “берег"' in answer.text
    form = json.loads(ask(archive, "/search.json?q=%22x").text)
    assert (form["at"], form["query"]) == (0, '"x')


def test_nothing_found_says_what_would_be(archive) -> None:
    text = seen(ask(archive, "/search?q=zeppelin").text)
    assert "Nothing fits" in text
    assert "zeppelin alone: nothing at all" in text
    assert "as a name: 2" in text


def test_json_is_the_same_view(archive) -> None:
    form = json.loads(ask(archive, "/search.json?q=lamps&facets=1").text)
    assert form["total"] == len(form["statements"]) == form["days"]["total"]
    assert form["understood"][0]["value"] == "lamps"
    assert form["facets"]["facets"][0]["field"] == "outlet"
    assert form["after"] is None


def test_csv_runs_nothing(archive, lines: dict[str, Line]) -> None:
    archive.lines = (replace(lines["post"], title='=HYPERLINK("http://evil.example")', outlet="@Orvo"), lines["nasty"])
    answer = ask(archive, "/search.csv")
    table = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(table) == 3
    assert len({len(row) for row in table}) == 1
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'@Orvo" in table[1]


@pytest.fixture
def noted(archive, tmp_path):
    with Notebook(tmp_path) as notebook:
        app = reader(archive, notebook=notebook)
        yield notebook, Client(app)


class Client:
    """Asks an application on this thread, where its notebook is open."""

    def __init__(self, app) -> None:
        self._transport = httpx.ASGITransport(app)

    def _ask(self, method: str, address: str, **more: object) -> httpx.Response:
        async def run() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8742") as client:
                return await client.request(method, address, **more)

        return asyncio.run(run())

    def get(self, address: str) -> httpx.Response:
        return self._ask("GET", address)

    def post(self, address: str, data: dict[str, str]) -> httpx.Response:
        return self._ask("POST", address, data=data)


def test_searches_are_saved_and_forgotten(noted) -> None:
    notebook, client = noted
    page = client.get("/search?q=lamps&from=2025-10-01").text
    token = re.findall(r'name="token" value="([^"]*)"', page)[0]
    form = {"token": token, "query": "?q=lamps&from=2025-10-01&after=x", "name": "Lamps  in October"}
    answer = client.post("/search/save", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=lamps&from=2025-10-01")
    assert [(each.name, each.query) for each in saved(notebook)] == [("Lamps in October", "q=lamps&from=2025-10-01")]
    assert links(client.get("/").text, "Lamps in October") == ["/search?q=lamps&from=2025-10-01"]
    client.post("/search/forget", data={"token": token, "name": "Lamps in October"})
    assert saved(notebook) == []
    assert client.post("/search/save", data=form | {"token": "x"}).status_code == 403
    assert client.post("/search/save", data=form | {"name": " "}).status_code == 400
