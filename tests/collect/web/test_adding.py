"""``stemma add ADDRESS``: from a server on loopback to the archive, and what is told on the way."""

from __future__ import annotations

import io
import json

import pytest
from loopback import page, redirect
from starlette.testclient import TestClient

from stemma import flow, read
from stemma.archive import Archive
from stemma.collect import captures
from stemma.collect.web.settings import asking
from stemma.records import Stated
from stemma.show import PORT
from stemma.show.terminal import screen, working
from stemma.show.web import reader

STORY = (
    "<!doctype html><html><head><title>Lamps on the far shore</title>{head}</head><body><article><h1>Lamps on the far shore"
    "</h1><p>KARVIS, May 3. /SARVA/. “The lamps are lit,” Minister Kim Vael said on Friday. The board had waited nine winters "
    "for the light, and the captains were not willing to wait for another one.</p><p>She did not say that the gate was open."
    "</p></article></body></html>"
)


def story(head="", *headers):
    return page(STORY.format(head=head).encode(), *headers)


@pytest.fixture
def add(command, tmp_path):
    def run(*arguments):
        status, _, told = command("add", "--archive", tmp_path / "a", "--allow-host", "127.0.0.1", *arguments)
        return status, told

    return run


def exported(archive, kind):
    return [row for row in map(json.loads, archive.export()) if row["record"] == kind]


def reservations(found):
    return [(each.value, each.basis) for each in found if getattr(each, "name", "") == "reservation"]


def test_a_page(add, serve, tmp_path, monkeypatch):
    monkeypatch.setenv("STEMMA_CONTACT", "desk@orvo.example")
    server = serve({"/old": redirect("/1"), "/1": story()})
    status, told = add(server.url("/old"), "--outlet", "Orvo Wire")
    assert status == 0, told
    assert "Read 1 page" in told
    assert b"(+desk@orvo.example)" in server.requests[0]
    with Archive.open(tmp_path / "a") as archive:
        (snapshot,) = exported(archive, "snapshot")
        assert (snapshot["url"], snapshot["origin"]) == (server.url("/1"), server.url("/old"))
        assert snapshot["fetched"].endswith("Z")
        assert archive.totals().statements


def test_a_page_that_is_not_observed(add, serve):
    server = serve({"/": page(b"No.", status="410 Gone")})
    status, told = add(server.url())
    assert status == 1
    assert "410 Gone instead of a page" in told
    assert "1 new problem" in told


@pytest.mark.parametrize(
    "arguments",
    [["ftp://x/"], ["http://a:b@x/"], ["http://x/", "--contact", "a\nb"], ["http://x/", "--url", "http://x/"]],
)
def test_misuse(add, tmp_path, arguments):
    status, told = add(*arguments)
    assert status == 2
    assert told.count("\n") == 1
    assert not (tmp_path / "a").exists()


def test_a_host_that_nobody_allowed(add, serve):
    server = serve()
    status, told = add(server.url(host="localhost").replace("localhost", "127.0.0.2"))
    assert (status, server.requests) == (1, [])
    assert "--allow-host 127.0.0.2" in told


@pytest.mark.parametrize(
    ("head", "header", "fields"),
    [
        ('<meta name="robots" content="noindex, NOARCHIVE">', "X-Any: x", [("noarchive", "meta")]),
        ("", "X-Robots-Tag: noarchive", [("noarchive", "header")]),
        ("", "X-Any: x", []),
    ],
)
def test_a_reservation_travels_with_the_page(serve, tmp_path, head, header, fields):
    """Whoever gets the page from the archive finds it among its fields; the reader on this machine shows the page as any."""
    server = serve({"/": story(head, header)})
    (capture,) = captures([server.url()], Stated(), asking(allowed=["127.0.0.1"]))
    flow.take(tmp_path / "a", iter([capture]))
    with Archive.open(tmp_path / "a") as archive:
        (document,) = archive.current_documents(capture.snapshot.id)
        assert reservations(archive.page(document).fields) == fields
        assert archive.totals().statements
        shown = TestClient(reader(archive), base_url=f"http://127.0.0.1:{PORT}").get(f"/a/{document}")
        assert shown.status_code == 200
        assert "The lamps are lit" in shown.text


def test_what_the_server_reserves_is_read_from_its_answer(serve):
    rules = page(json.dumps([{"location": "/1", "tdm-reservation": 1}]).encode())
    server = serve({
        "/1": story(), "/2": story("", "X-Robots-Tag: noarchive", "tdm-reservation: 1"), "/3": story(),
        "/.well-known/tdmrep.json": rules,
    })  # fmt: skip
    found = list(captures([server.url(f"/{n}") for n in (1, 2, 3)], Stated(), asking(allowed=["127.0.0.1"])))
    assert [reservations(read.read(each)) for each in found] == [
        [("tdm", "file")], [("noarchive", "header"), ("tdm", "header")], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address", ["http://[::1]/[/b]", "http://orvo.example/[red]", "http://orvo.example/" + "a" * 500]
)
def test_which_page_is_being_asked_for(address):
    """What stands in square brackets is no mark-up of the progress bar."""
    shown = screen(io.StringIO())
    with working(shown) as work:
        work.fetching(address)
        (task,) = work._progress.tasks
        (_, words, *_) = work._progress.columns
        assert words.render(task).plain.startswith(f"fetching {address[:40]}")
        assert len(words.render(task).plain) < 80
