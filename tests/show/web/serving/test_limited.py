"""Accounts that see collections alone: through every screen and question, other pages are as though they were not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from stemma import collect, flow
from stemma.archive import Archive
from stemma.archive.views import Query, Stone
from stemma.errors import StemmaError
from stemma.notebook import Notebook, accounts
from stemma.notebook.accounts import Account
from stemma.records import Stated
from stemma.show import Answers
from stemma.show.web import served
from stemma.show.web.door.collected import Collected
from stemma.show.web.door.limited import Limited
from stemma.show.web.door.place import Place
from stemma.show.web.frame import Frame
from tests.show.web.serving.conftest import OWN, WORDS, enter

PAGES = Path(__file__).parents[4] / "examples" / "pages"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("limited") / "a.stemma"
    pages = sorted(str(each) for each in PAGES.iterdir() if each.suffix != ".md")
    flow.take(path, collect.captures(pages, Stated()), workers=0, way="rules")
    with Archive.open(path) as archive:
        yield archive


@pytest.fixture(scope="module")
def inside(whole) -> frozenset[str]:
    """Two pages that share words with others."""
    carried = max(whole.utterances(), key=lambda each: len(each.lines))
    return frozenset(sorted({line.statement.document for line in carried.lines})[:2])


@pytest.fixture(scope="module")
def outside(whole, inside) -> frozenset[str]:
    return frozenset(whole.listing.documents(limit=1000)) - inside


@pytest.fixture
def limited(whole, inside) -> Limited:
    return Limited(whole, lambda: inside)


def test_every_question_is_answered() -> None:
    """A new question of ``Answers`` must be thought of here, or nobody who is limited may ask it."""
    assert {name for name in vars(Answers) if not name.startswith("_")} <= set(dir(Limited))


def test_lists_hold_what_is_inside(whole, limited, inside) -> None:
    lines = list(limited.find(Query(limit=None)))
    assert {line.statement.document for line in lines} == inside
    assert len(lines) == limited.count(Query()) < whole.count(Query())
    assert limited.count(Query(within=frozenset({"d" + "a" * 16}))) == 0
    assert set(limited.listing.documents()) == inside
    assert limited.totals().documents == 2
    assert sum(each.documents for each in limited.outlets()) <= 2


def test_what_is_outside_is_not_there(whole, limited, outside) -> None:
    told = {line.statement.id for line in whole.find(Query(limit=None, within=outside))}
    assert told
    for wanted in [*told, *outside]:
        for ask in (limited.line, limited.article, limited.record, limited.utterance):
            try:
                found = ask(wanted)
            except StemmaError:
                continue
            assert not isinstance(found, Stone)
            assert not {line.statement.document for line in found.lines} & outside, (ask, wanted)


def test_views_that_lead_outside_are_cut(whole, limited, inside, outside) -> None:
    ids = [line.utterance for line in limited.find(Query(limit=None)) if line.utterance]
    assert any(len(whole.utterance(each).lines) > len(limited.utterance(each).lines) for each in ids)
    for line in limited.find(Query(limit=None)):
        assert not {hop.document for hop in line.chain} & outside
        assert line.witnesses == len(limited.utterance(line.utterance).lines)
    for line in limited.find(Query(limit=None)):
        for who in line.speakers:
            if who.entity:
                person = limited.person(who.entity)
                assert {each[2] for each in person.roles} | {each.statement.document for each in person.lines} <= inside


def test_no_page_of_the_reader_tells_of_what_is_outside(whole, inside, outside, tmp_path, cheap) -> None:
    with Notebook(tmp_path) as notebook:
        _collection(notebook, inside)
        accounts.add(notebook, Account("Guest", "reader", ("harbour",)), WORDS, 0.0)
        accounts.add(notebook, Account("Nobody's", "reader", ("none",)), WORDS, 0.0)
        frame = Frame(whole, None, notebook, place=Place(log_in=True))
        app = served(frame, None, Collected(whole, notebook))
        guest, none = (TestClient(app, base_url=OWN, follow_redirects=False) for _ in "12")
        enter(guest, "Guest")
        enter(none, "Nobody's")
        seen = _walk(guest)
        assert len(seen) > 15
        assert all(document in "".join(seen.values()) for document in inside)
        for document in outside:
            assert not [address for address, text in seen.items() if document in text]
        for line in whole.find(Query(limit=None, within=outside)):
            assert not [address for address, text in seen.items() if line.statement.id in text and "/w/" not in address]
            assert guest.get(f"/s/{line.statement.id}").status_code == 404
        assert none.get("/api/statements").json()["total"] == 0
        assert {none.get(f"/a/{each}").status_code for each in inside | outside} == {404}


def _collection(notebook: Notebook, inside: frozenset[str]) -> None:
    notebook.run(
        "CREATE TABLE IF NOT EXISTS collection (row INTEGER PRIMARY KEY, name, note, query DEFAULT '', by, at)"
    )
    notebook.run(
        "CREATE TABLE IF NOT EXISTS piece (row INTEGER PRIMARY KEY, collection, about, note DEFAULT '', by, at)"
    )
    row = notebook.run("INSERT INTO collection (name, by, at) VALUES ('harbour', 'Dana Wirt', '2025-10-24')")
    for about in inside:
        notebook.run(
            "INSERT INTO piece (collection, about, by, at) VALUES (?, ?, 'Dana Wirt', '2025-10-24')", row, about
        )


def _walk(browser: TestClient) -> dict[str, str]:
    """Every page that a reader reaches by links from the first one."""
    import html
    import re

    waiting, seen = ["/", "/search", "/problems", "/api/statements", "/api/articles", "/api/utterances", "/api/outlets", "/api/captures", "/api/corrections"], {}  # fmt: skip
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = browser.get(address)
        if answer.status_code in {301, 303}:
            waiting.append(answer.headers["location"])
            continue
        assert answer.status_code < 500, address
        seen[address] = answer.text
        waiting += [
            html.unescape(each)
            for each in re.findall(r'href="(/[a-z]+/[^"#]*)"', answer.text)
            if "/static/" not in each
        ]
    return seen
