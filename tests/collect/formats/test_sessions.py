"""HAR: pages of a browser's session; a bad entry costs no other."""

from __future__ import annotations

import base64
import json

import pytest

from stemma.records import Capture, Problem, Stated

PAGE = "<!doctype html><p>Лампы зажжены, said Ilvane Torsk."


def entry(url="https://dornpost.example/1", text=PAGE, status=200, kind="text/html; charset=utf-8", **content):
    heads = [
        {"name": "Content-Type", "value": kind},
        {"name": "Set-Cookie", "value": "id=1"},
        {"name": ":status", "value": "200"},
    ]
    return {
        "startedDateTime": "2031-05-03T09:14:00.123Z", "serverIPAddress": "192.0.2.7",
        "request": {"method": "GET", "url": url, "headers": [{"name": "Cookie", "value": "secret=1"}]},
        "response": {"status": status, "statusText": "OK", "headers": heads, "content": {"mimeType": kind, "text": text, **content}},
    }  # fmt: skip


def har(*entries) -> bytes:
    return json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


def test_the_page_of_a_session(taken):
    picture = entry("https://dornpost.example/a.png", kind="image/png")
    (page,) = taken(har(picture, entry(), entry(status=301)), "session.har", Stated(outlet="Dorn Post"))
    snapshot = page.snapshot
    assert page.payload.decode() == PAGE
    assert (snapshot.url, snapshot.fetched, snapshot.outlet) == (
        "https://dornpost.example/1", "2031-05-03T09:14:00.123Z", "Dorn Post",
    )  # fmt: skip
    assert page.exchange.address == "192.0.2.7"
    assert page.exchange.request == b"GET /1 HTTP/1.1\r\n\r\n"
    assert b"ookie" not in page.exchange.response


def test_base_64(taken):
    packed = base64.b64encode(PAGE.encode("koi8-r")).decode()
    (page,) = taken(har(entry(text=packed, encoding="base64")), "session.har")
    assert page.payload == PAGE.encode("koi8-r")


def test_a_head_cannot_be_lengthened_by_a_value(taken):
    bad = entry()
    bad["response"]["headers"].append({"name": "X", "value": "1\r\n\r\n<p>Not said."})
    (page,) = taken(har(bad), "session.har")
    assert page.exchange.response.count(b"\r\n\r\n") == 1


@pytest.mark.parametrize(
    "bad", [{}, {"request": 3, "response": {}}, entry(text="!!", encoding="base64"), entry(text="")]
)
def test_a_bad_entry_costs_no_other(taken, bad):
    problem, page = taken(har(bad, entry()), "session.har")
    assert isinstance(problem, Problem)
    assert "entry 1" in problem.message
    assert isinstance(page, Capture)


@pytest.mark.parametrize("held", [b"", b"[]", b"{", b'{"log": 1}', b"[" * 100_000, b"\xff\xfe{"])
def test_what_is_no_session_is_told(taken, held):
    (problem,) = taken(held, "session.har")
    assert isinstance(problem, Problem)


def test_only_chosen_servers(taken):
    assert taken(har(entry()), "session.har", hosts=frozenset({"orvo.example"})) == []
