"""S8: sources, collections and import, and the three ways into an empty archive."""

from __future__ import annotations

import json
import time
from hashlib import sha256
from pathlib import Path

import pytest

from stemma.archive.views import Query
from stemma.errors import BadValue
from stemma.show.web.screens.gathering.importing import MOST, addresses, safe
from stemma.show.web.sent import forms
from tests.show.conftest import HOSTILE
from tests.show.web.desk.conftest import Visitor, told

EXAMPLES = Path(__file__).parents[4] / "examples" / "pages"
PATIENCE = 60  #: seconds for an import of a few pages, on a machine that is busy


def ended(visitor: Visitor, address: str) -> str:
    """The page of a job once it has ended."""
    until = time.monotonic() + PATIENCE
    while 'data-open="yes"' in (page := visitor.get(address)).text:
        assert time.monotonic() < until, told(page)
        time.sleep(0.1)
    return told(page)


def test_sources_tell_what_is_here_and_what_is_not(visitor: Visitor) -> None:
    page = told(visitor.get("/sources"))
    for words in (
        "14 outlets",
        "SCNA 3 pages, 25 statements",
        "languagesen 3",
        "Nothing is watched",
        "gapsnone by month",
    ):
        assert words in page, words
    one = told(visitor.get("/sources?outlet=SCNA&by=day"))
    assert "1 outlet " in one
    assert "2025-10-30 to" in one
    assert json.loads(visitor.get("/sources.json").text)["sources"][0]["pages"] == 3
    assert visitor.get("/sources?by=hour").status == 400


def test_a_collection_by_hand_is_frozen_and_cited(visitor: Visitor) -> None:
    line = next(iter(visitor.archive.find(Query())))
    assert line.statement.id in told(visitor.get(f"/collections?add={line.statement.id}"))
    made = visitor.post("/collections/make", name="Lamps", note="for the file", about=line.statement.id)
    address = made.headers["location"]
    visitor.post(
        "/collections/add", collection=address.split("/")[-1], about=line.statement.document, piecenote="whole page"
    )
    assert "2 pieces put in by hand" in told(visitor.get(address))
    assert "whole page" in told(visitor.get(address))
    visitor.post(f"{address}/freeze")
    manifest = visitor.get(f"{address}/v1.txt").text
    assert f"{line.statement.id} {line.snapshot.id} {line.snapshot.digest}" in manifest
    assert f"sha256:{sha256(manifest.encode()).hexdigest()}" in told(visitor.get(address))
    visitor.post(f"{address}/out", about=line.statement.id)
    assert "1 piece put in by hand" in told(visitor.get(address))
    assert visitor.get(f"{address}/v1.txt").text == manifest
    assert json.loads(visitor.get(f"{address}.json").text)["versions"][0]["pieces"] == 2


def test_a_collection_by_a_query_holds_what_fits_when_it_is_frozen(visitor: Visitor) -> None:
    address = visitor.post("/collections/make", name="Ports", query="/search?q=port").headers["location"]
    count = visitor.archive.count(Query(words="port"))
    assert f"{count} statements by its query" in told(visitor.get(address))
    visitor.post(f"{address}/freeze")
    assert f"pieces {count}\n" in visitor.get(f"{address}/v1.txt").text


def test_what_cannot_be_collected_is_told_and_kept_in_the_form(visitor: Visitor) -> None:
    refused = visitor.post("/collections/make", name="", note="typed with care")
    assert refused.status == 400
    assert "typed with care" in refused.text
    assert visitor.post("/collections/add", collection="1", about="szzzzzz").status == 404
    assert visitor.get("/collections/99").status == 404
    assert visitor.get("/collections/x").status == 404


def test_an_empty_archive_offers_three_ways_in(newcomer: Visitor) -> None:
    for address in ("/", "/import"):
        page = told(newcomer.get(address))
        assert all(way in page for way in ("Drop files", "Paste addresses", "Load the sample set")), address
    for address in ("/people", "/review", "/sources", "/collections", "/review/doubted", "/review/names"):
        assert newcomer.get(address).status == 200, address


def test_the_sample_set_is_loaded_beside_the_reader(newcomer: Visitor) -> None:
    address = newcomer.post("/import/sample", by="Dana Wirt").headers["location"]
    assert newcomer.get("/people").status == 200  # it answers meanwhile
    page = ended(newcomer, address)
    assert "Added: 22 pages found, 0 duplicates, 0 unreadable; 22 of 22 read" in page
    assert newcomer.archive.totals().pages == 22


def test_files_are_looked_through_before_anything_is_kept(visitor: Visitor) -> None:
    before = visitor.archive.totals()
    known = [(path.name, path.read_bytes()) for path in sorted(EXAMPLES.iterdir())[:2]]
    new = ("gate.txt", b'Gate opens\nDORN, October 24, 2025.\n\n"We open it," Mayor Ode Ferrin said.\n')
    address = visitor.drop("/import/files", [*known, ("../../../empty\x00.html", b""), new]).headers["location"]
    page = ended(visitor, address)
    assert "3 pages, 2 duplicates, 1 unreadable" in page
    assert "empty.htmlit is empty" in page
    assert visitor.archive.totals() == before
    added = visitor.post(f"{address}/add").headers["location"]
    assert "3 pages found, 2 duplicates, 1 unreadable; 1 of 1 read" in ended(visitor, added)
    assert visitor.archive.totals().pages == before.pages + 1
    assert not list((visitor.archive.path / "spool").iterdir())


def test_an_import_is_stopped_and_goes_on(visitor: Visitor) -> None:
    pages = [
        (f"{n}.txt", f'Gate {n}\nDORN, October 24, 2025.\n\n"We open gate {n}," Mayor Ode Ferrin said.\n'.encode())
        for n in range(150)
    ]
    address = visitor.drop("/import/files", pages).headers["location"]
    visitor.post(f"{address}/stop")
    stopped = ended(visitor, address)
    assert "Stopped" in stopped or "Broken off" in stopped
    visitor.post(f"{address}/again")
    assert "150 pages, 0 duplicates, 0 unreadable" in ended(visitor, address)


@pytest.mark.parametrize(
    "line",
    ["/etc/passwd", "file:///etc/passwd", "ftp://orvo.example/", "javascript:alert(1)", "orvo.example", "https:// x"],
)
def test_only_web_addresses_are_taken_from_a_list(visitor: Visitor, line: str) -> None:
    refused = visitor.post("/import/list", addresses=f"https://orvo.example/1\n{line}")
    assert refused.status == 400
    assert "https://orvo.example/1" in refused.text


def test_a_list_of_addresses_is_looked_through_without_asking_anybody(visitor: Visitor) -> None:
    lines = "# mine\n\nhttps://orvo.example/1\nhttps://orvo.example/1\nhttp://127.0.0.1/admin\n"
    assert addresses(lines) == ("https://orvo.example/1", "http://127.0.0.1/admin")
    page = ended(visitor, visitor.post("/import/list", addresses=lines).headers["location"])
    assert "Looked through" in page
    with pytest.raises(BadValue):
        addresses("\n".join(f"https://orvo.example/{n}" for n in range(5_001)))


@pytest.mark.parametrize(("name", "kept"), [
    ("page.html", "page.html"), ("../../etc/passwd", "passwd"), ("C:\\temp\\a.txt", "a.txt"), ("..", "page"), ("", "page"),
    ("a\x00b\u202ecod.html", "abcod.html"), (f"{'x' * 300}.html", f"{'x' * 115}.html"), (".hidden", "hidden"),
])  # fmt: skip
def test_names_of_files_lead_nowhere(name: str, kept: str) -> None:
    assert safe(name) == kept
    assert "/" not in safe(HOSTILE)


def test_more_than_is_taken_is_refused_before_it_is_read(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = visitor.post("/collections/make", name="x", note="y" * (forms.MOST + 1))
    assert refused.status == 413
    token = visitor.token
    visitor.headers = {"content-length": str(MOST + 1)}
    assert visitor.drop("/import/files", [("a.html", b"x")], token=token).status == 413
    visitor.headers = {"content-length": "10"}  # it lies: what comes is counted too
    assert visitor.post("/collections/make", token=token, name="x", note="y" * (forms.MOST + 1)).status == 413
