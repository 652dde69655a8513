"""JSON for programs: paging, tags, failures, and a description that fits."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from jsonschema_rs import Draft202012Validator
from starlette.testclient import TestClient

import stemma
from stemma import collect, flow
from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.records import Correction, Stated
from stemma.show.jsonform import json_form
from stemma.show.web import reader
from stemma.show.web.api.endpoints import ENDPOINTS
from stemma.show.web.api.openapi import description

PAGES = Path(__file__).parents[4] / "examples" / "pages"


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("api") / "a.stemma"
    pages = sorted(str(each) for each in PAGES.iterdir() if each.suffix != ".md")
    flow.take(folder, collect.captures(pages, Stated()), workers=0, way="rules")
    return folder


@pytest.fixture(scope="module")
def archive(path):
    with Archive.open(path) as found:
        yield found


@pytest.fixture(scope="module")
def api(archive) -> TestClient:
    return TestClient(reader(archive), base_url="http://127.0.0.1:8742", raise_server_exceptions=False)


def walk(api: TestClient, address: str, limit: int = 7) -> list[dict]:
    """All items of a list, page by page."""
    found, after = [], ""
    while True:
        mark = "&" if "?" in address else "?"
        page = api.get(f"{address}{mark}limit={limit}{f'&after={after}' if after else ''}").json()
        assert len(page["items"]) <= limit
        found += page["items"]
        if (after := page["next"]) is None:
            return found


def test_a_walk_gives_every_statement_once_in_the_order_of_the_search(api, archive) -> None:
    expected = [line.statement.id for line in archive.find(Query(limit=None))]
    assert [each["id"] for each in walk(api, "/api/statements")] == expected
    assert [each["id"] for each in walk(api, "/api/statements?q=harbour", 3)] == [
        line.statement.id for line in archive.find(Query(words="harbour", limit=None))
    ]


@pytest.mark.parametrize(("path_", "expected"), [("articles", 22), ("captures", 22), ("utterances", None), ("problems", 0), ("corrections", 0)])  # fmt: skip
def test_every_list_is_walked_whole(api, path_: str, expected: int | None) -> None:
    found = walk(api, f"/api/{path_}", 4)
    assert len({each["id"] for each in found}) == len(found)
    assert expected is None or len(found) == expected
    assert found == walk(api, f"/api/{path_}", 100)


def test_a_walk_goes_on_where_it_was_whatever_is_added(path, tmp_path) -> None:
    """Keyset paging: what comes meanwhile moves nothing that was seen."""
    import shutil

    copy = tmp_path / "a.stemma"
    shutil.copytree(path, copy)
    with Archive.open(copy) as archive:
        api = TestClient(reader(archive), base_url="http://127.0.0.1:8742")
        first = api.get("/api/statements?limit=40").json()
        before = [each["id"] for each in walk(api, "/api/statements", 40)]
        page = tmp_path / "new.txt"
        page.write_text("KARVIS, December 24. /SARVA/. “The lamps are lit,” Minister Kim Vael said.")
        flow.take(copy, collect.captures([str(page)], Stated(published="2035-12-24")), workers=0, way="rules")
        rest, after = [], first["next"]
        while after:
            some = api.get(f"/api/statements?limit=40&after={after}").json()
            rest += [each["id"] for each in some["items"]]
            after = some["next"]
        assert [each["id"] for each in first["items"]] + rest == before


def test_views_are_those_of_the_package(api, path) -> None:
    with stemma.open(path) as archive:
        line = next(iter(archive.find(stemma.Query())))
        wanted = {
            f"statements/{line.statement.id}": archive.line(line.statement.id),
            f"articles/{line.statement.document}": archive.article(line.statement.document),
            f"captures/{line.snapshot.id}": archive.record(line.snapshot.id),
            f"persons/{line.speakers[0].entity}": archive.person(line.speakers[0].entity),
            f"utterances/{line.utterance}": archive.utterance(line.utterance),
            "stats": archive.stats(),
        }
        for address, view in wanted.items():
            assert api.get(f"/api/{address}").json() == json.loads(msgspec.json.encode(json_form(view))), address


def test_a_known_tag_is_answered_with_nothing(api) -> None:
    for address in ("/api/statements?limit=3", "/api/openapi.json", "/api/stats"):
        first = api.get(address)
        tag = first.headers["etag"]
        for shown in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = api.get(address, headers={"If-None-Match": shown})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert api.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("statements?limit=0", 400), ("statements?limit=101", 400), ("statements?limit=x", 400), ("statements?after=!", 400),
        ("statements?after=W10", 400), ("statements?after=eA", 400), ("statements?after=WzEsWzJdXQ", 400), ("articles?after=WzFd", 400),
        ("statements?from=2025-13-01", 400), ("statements?from=20251001", 400), ("statements?kind=rumour", 400), ("statements?q=%22", 400),
        ("statements?odd=1", 400), ("statements?q=a&q=b", 400), ("statements?edited=0", 400), ("persons", 400), ("persons?name=", 400),
        ("statements/nope", 404), ("statements/0", 404), ("statements/daaaa", 404), ("captures/saaaa", 404), ("articles/e", 404), ("nothing", 404), ("", 404),
        ("statements/" + "s" * 3000, 404), ("statements?q=" + "x" * 501, 400), ("statements?q=%00", 400), ("problems?after=WzEsMl0", 200),
    ],
)  # fmt: skip
def test_failures_are_problems(api, address: str, status: int) -> None:
    answer = api.get(f"/api/{address}")
    assert answer.status_code == status, answer.text
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert told["status"] == status
        assert told["title"]
        assert "Traceback" not in answer.text


def test_what_was_withdrawn_is_a_stone(path, tmp_path) -> None:
    import shutil

    copy = tmp_path / "a.stemma"
    shutil.copytree(path, copy)
    with Archive.open(copy) as archive:
        line = next(iter(archive.find(Query(words="harbour"))))
        page, capture = line.statement.document, line.snapshot.id
        flow.correct(archive, [Correction(about=page, field="access", value="withdrawn", by="Dana Wirt", at="2025-10-25T00:00:00Z", reason="at the person's wish")])  # fmt: skip
        api = TestClient(reader(archive), base_url="http://127.0.0.1:8742")
        for address in (f"articles/{page}", f"statements/{line.statement.id}", f"captures/{capture}"):
            answer = api.get(f"/api/{address}")
            assert (answer.status_code, answer.headers["content-type"]) == (410, "application/problem+json"), address
            assert answer.json()["stone"]["by"] == "Dana Wirt"
        walked = "".join(api.get(f"/api/{name}?limit=100").text for name in ("statements", "articles", "utterances"))
        assert line.statement.id not in walked
        assert page not in walked
        stones = [each for each in api.get("/api/captures?limit=100").json()["items"] if each.get("view") == "stone"]
        assert [each["id"] for each in stones] == [capture]
        (word,) = api.get("/api/corrections").json()["items"]
        assert word["says"].endswith("is withdrawn")


def test_the_description_describes_the_answers(api) -> None:
    told = api.get("/api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {f"/api/{each.path}" for each in ENDPOINTS}
    ids = {
        "s": api.get("/api/statements").json()["items"][0]["id"], "d": api.get("/api/articles").json()["items"][0]["id"],
        "c": api.get("/api/captures").json()["items"][0]["id"], "w": api.get("/api/utterances").json()["items"][0]["id"],
        "e": next(who["entity"] for each in api.get("/api/statements").json()["items"] for who in each["speakers"] if who["entity"]),
    }  # fmt: skip
    for each in ENDPOINTS:
        address = f"/api/{each.path.replace('{id}', ids.get(each.letter, ''))}" + (
            "?name=minister" if each.path == "persons" else ""
        )
        schema = told["paths"][f"/api/{each.path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = api.get(address)
        assert answer.status_code == 200, address
        Draft202012Validator({**schema, "components": told["components"]}).validate(answer.json())


def test_every_record_of_the_description_is_the_records(api) -> None:
    statement = description()["components"]["schemas"]["Statement"]
    assert set(statement["properties"]) >= {
        "id",
        "document",
        "source",
        "cue",
        "content",
        "kind",
        "polarity",
        "run",
        "confidence",
    }


def test_nothing_can_be_changed(api) -> None:
    for each in ENDPOINTS:
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert api.request(method, f"/api/{each.path.replace('{id}', 'saaa')}").status_code == 405
