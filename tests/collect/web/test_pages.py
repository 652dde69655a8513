"""From an answer to a capture, or to a Problem that says why there is none."""

from __future__ import annotations

import gzip
import json
import re
import time
from dataclasses import replace
from hashlib import sha256

import pytest
from loopback import LAB, LIMITS, PAGE, Names, page, redirect

from stemma.collect import clock
from stemma.collect.pages import PAGE_LIMIT
from stemma.collect.web.guard.addresses import read_address
from stemma.collect.web.pages import Asking
from stemma.collect.web.reservations import PLACE
from stemma.records import Capture, Problem, Stated

NOW = "2031-05-03T09:14:00Z"


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def get(url, web=LAB, **stated):
    return Asking(web, Stated(**stated)).page(read_address(url))


def missed(url, web=LAB):
    found = get(url, web)
    assert isinstance(found, Problem)
    assert (found.stage, found.about) == ("collect", url)
    assert found.message.startswith(f"{url}: not observed: ")
    assert found.message.endswith(f" ({NOW}).")
    return found.message


def test_a_capture(serve):
    server = serve()
    snapshot, payload, exchange = get(server.url(), outlet="Orvo Wire", published="2031-05-02")
    assert payload == PAGE
    assert (snapshot.url, snapshot.origin) == (server.url(), server.url())
    assert (snapshot.fetched, snapshot.media_type, snapshot.size) == (NOW, "text/html", len(PAGE))
    assert snapshot.digest == "sha256:" + sha256(PAGE).hexdigest()
    assert (snapshot.outlet, snapshot.published) == ("Orvo Wire", "2031-05-02")
    assert exchange.request == server.requests[0]
    assert exchange.response == page().removesuffix(PAGE)
    assert exchange.address == "127.0.0.1"


def test_a_redirected_page_keeps_the_address_that_was_asked(serve):
    server = serve({"/": redirect("/b"), "/b": page()})
    snapshot, _, exchange = get(server.url("/"))
    assert (snapshot.url, snapshot.origin) == (server.url("/b"), server.url("/"))
    assert exchange.request.startswith(b"GET /b HTTP/1.1\r\n")


def test_the_body_is_kept_unpacked_and_its_head_as_it_was_sent(serve):
    packed = gzip.compress(PAGE)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = b"HTTP/1.0 200 Fine\r\nContent-Type: text/html\r\ncontent-ENCODING: gzip\r\nTransfer-Encoding: chunked\r\nX-A: \xe9\r\n\r\n"
    _, payload, exchange = get(serve({"/": head + chunked}).url())
    assert payload == PAGE
    assert exchange.response == head


def test_a_server_cannot_speak_for_the_archive(serve):
    server = serve({"/": page(PAGE, "X-Archive-TDM-Reservation: 0")})
    assert b"\r\nX-Archive-Orig-X-Archive-TDM-Reservation: 0\r\n" in get(server.url()).exchange.response


@pytest.mark.parametrize(
    ("declared", "body", "kind"),
    [
        ("text/html", PAGE, "text/html"),
        ("TEXT/HTML; charset=utf-8", PAGE, "text/html"),
        ("application/xhtml+xml", b"<?xml version='1.0'?><html><p>x", "text/html"),
        ("text/plain", b"The lamps are lit.", "text/plain"),
        ("text/plain", b"See <p> for the tag.", "text/plain"),
        ("text/plain", PAGE, "text/html"),
        ("text/html", b"The lamps are lit.", "text/plain"),
        ("application/octet-stream", PAGE, "text/html"),
        ("application/octet-stream", b"The lamps are lit.", "text/plain"),
        ("text/xml", b"<?xml version='1.0'?><html><p>x", "text/html"),
        ("", PAGE, "text/html"),
    ],
)
def test_media_types(serve, declared, body, kind):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {declared}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    assert get(serve({"/": head + body}).url()).snapshot.media_type == kind


@pytest.mark.parametrize(
    ("declared", "body", "why"),
    [
        ("application/pdf", b"%PDF-1.7", "'application/pdf', which is neither"),
        ("image/png", b"\x89PNG", "'image/png'"),
        ("application/json", b"{}", "'application/json'"),
        ("application/rss+xml", b"<rss>", "'application/rss\\+xml'"),
        ("text/css", b"p {}", "'text/css'"),
        ("text/html", b"%PDF-1.7", "it is a PDF file"),
        ("text/html", b"\x89PNG\r\n", "it is a PNG picture"),
        ("text/html", b"", "it is empty"),
        ("text/html", b" \r\n", "it is empty"),
        ("text/plain", bytes(range(32)) * 40, "it is binary"),
        ("application/octet-stream", b"PK\3\4", "it is a ZIP"),
    ],
)
def test_what_is_no_page(serve, declared, body, why):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {declared}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    message = missed(serve({"/": head + body}).url())
    assert re.search(why, message), message


@pytest.mark.parametrize(
    "status", ["404 Not Found", "410 Gone", "403 Forbidden", "500 x", "204 No Content", "451 x", "206 x"]
)
def test_another_status_is_no_observation(serve, status):
    server = serve({"/": page(b"<p>It is gone.", status=status)})
    message = missed(server.url())
    assert f"answered {status[:3]}" in message
    assert "instead of a page; what stands there is not known" in message
    assert "gone" not in message.replace("410 Gone", "")  # what is not seen is never called deleted
    assert PLACE not in b"".join(server.requests).decode()  # and its site is not asked more


def test_how_long_a_server_asks_to_wait(serve):
    server = serve({"/": page(b"", "Retry-After: 120", status="429 Too Many Requests")})
    assert "429 Too Many Requests instead of a page and asks to wait 120 seconds;" in missed(server.url())
    server.replies["/"] = page(b"", "Retry-After: soon\x07", status="503 x")
    assert "wait" not in missed(server.url())


def test_what_is_refused_before_it_is_connected(serve):
    names = Names(orvo_example=["192.168.0.9"])
    message = missed("http://orvo.example/", replace(names.web(), allowed=frozenset()))
    assert "orvo.example is at 192.168.0.9, which is a private network" in message
    assert names.connected == []


def test_a_page_over_the_limit(serve):
    server = serve({"/": page(b"<p>" + b"a " * (PAGE_LIMIT // 2))})
    assert "larger than 16 MiB" in missed(server.url())


def rules(*rows):
    return page(
        json.dumps(
            [dict(zip(("location", "tdm-reservation", "tdm-policy"), row, strict=False)) for row in rows]
        ).encode()
    )


def test_what_the_site_reserves_stands_in_the_head(serve):
    server = serve(
        {"/a": page(), "/b": page(), "/c": page(), PLACE: rules(("/a", 1, "https://orvo.example/t"), ("/b", 0))}
    )
    asking = Asking(LAB, Stated())
    heads = [asking.page(read_address(server.url(path))).exchange.response for path in ("/a", "/b", "/c")]
    assert heads[0].endswith(
        b"\r\nX-Archive-TDM-Reservation: 1\r\nX-Archive-TDM-Policy: https://orvo.example/t\r\n\r\n"
    )
    assert heads[1].endswith(b"\r\nX-Archive-TDM-Reservation: 0\r\n\r\n")
    assert b"TDM" not in heads[2]
    assert [request.split(b" ")[1].decode() for request in server.requests] == ["/a", PLACE, "/b", "/c"]  # asked once


def test_a_server_that_says_it_itself_is_not_asked_for_the_file(serve):
    server = serve({"/": page(PAGE, "tdm-reservation: 0"), PLACE: rules(("/", 1))})
    assert b"X-Archive-TDM" not in get(server.url()).exchange.response
    assert len(server.requests) == 1


def test_no_file_is_no_problem(serve):
    for reply in (page(b"No.", status="500 x"), b"", redirect("http://10.0.0.1/")):
        assert isinstance(get(serve({"/": page(), PLACE: reply}).url()), Capture)


def test_a_server_rests_between_two_requests(serve, monkeypatch):
    pauses = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    server = serve()
    asking = Asking(replace(LAB, limits=replace(LIMITS, gap=30.0)), Stated())
    asking.page(read_address(server.url()))
    assert pauses == []
    asking.page(read_address(server.url()))
    assert len(pauses) == 1
    assert 20 < pauses[0] <= 30


def test_each_address_is_told_before_it_is_asked(serve):
    told = []
    server = serve({"/": page()})
    get(server.url(), replace(LAB, tell=lambda address: told.append((address, len(server.requests)))))
    assert told == [(server.url(), 0)]
