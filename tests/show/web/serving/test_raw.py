"""Raw captures: at another origin, for an hour, and nothing of them acts."""

from __future__ import annotations

import hashlib
import re

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from stemma.archive.views import Stone
from stemma.errors import NoSuchRecord, Withdrawn
from stemma.records import Snapshot
from stemma.show.web import served
from stemma.show.web.door.place import Place
from stemma.show.web.frame import Frame
from stemma.show.web.raw import inert

RAW = "http://127.0.0.1:8743"
PAGE = b"""<!doctype html><html><head><meta charset=utf-8><title>Harbour</title><base href="http://evil.example/">
<meta http-equiv="refresh" content="0;url=http://evil.example/"><link rel=preconnect href="http://evil.example">
<link rel=stylesheet href=/x.css><script src="http://evil.example/x.js"></script><style>@import "http://evil.example/a.css"; p{}</style>
<style>p { color: red }</style></head><body background="http://evil.example/b.png" onload="alert(1)">
<p style="background:url(http://evil.example/c.png)">The lamps are lit.<script>alert(2)</script> So <a href="javascript:alert(3)" ping="http://evil.example">they</a> said.</p>
<p style="b\\61 ckground:\\75rl(http://evil.example/d.png)">x</p>
<img src="http://evil.example/e.png" srcset="http://evil.example/f.png 2x"><img src="data:image/png;base64,iVBORw0KGgo="><img src="data:image/svg+xml,<svg onload=alert(4)>">
<iframe srcdoc="<script>alert(5)</script>"></iframe><object data="http://evil.example/g"></object><embed src="http://evil.example/h">
<form action="http://evil.example/i"><input name=q autofocus onfocus="alert(6)"><button formaction="http://evil.example/j">go</button></form>
<svg><script xlink:href="http://evil.example/k"></script><image href="http://evil.example/l"/><a xlink:href="javascript:alert(7)"><text>t</text></a>
<animate attributeName="href" values="javascript:alert(8)"/></svg><math><mtext><style><img src=x onerror=alert(9)></style></mtext></math>
<video src="http://evil.example/m" poster="http://evil.example/n"></video><template><img src="http://evil.example/o"></template>
<noscript><p title="</noscript><img src=x onerror=alert(10)>"></noscript><!-- [if IE]><script>alert(11)</script><![endif] -->
<table background="http://evil.example/p"><td>cell</td></table><p is="x-evil">tail</p></body></html>"""


class Captures:
    """Three captures: a page, a text, a page that was withdrawn."""

    def __init__(self, stone: Stone) -> None:
        self.stone = stone
        self.known = {
            "cpage": ("text/html", PAGE),
            "ctext": ("text/plain", b"<script>alert(1)</script>"),
            "cgone": ("text/html", b""),
        }

    def snapshot(self, wanted: str) -> Snapshot:
        if wanted not in self.known:
            raise NoSuchRecord(wanted)
        kind, payload = self.known[wanted]
        digest = "sha256:" + hashlib.sha256(payload).hexdigest()
        return Snapshot(id=wanted, origin="page", media_type=kind, digest=digest, size=len(payload))

    def payload(self, wanted: str) -> bytes:
        if wanted == "cgone":
            raise Withdrawn(wanted, "2025-10-24T00:00:00Z", "at the person's wish", "kword")
        return self.known[wanted][1]


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def frame(archive) -> Frame:
    return Frame(archive, place=Place(raw_port=8743, now=Clock()))


@pytest.fixture
def raw(frame) -> TestClient:
    """A browser at the origin of raw captures, as the server's second port answers."""
    app = served(frame, Captures(None))

    async def at_second_port(scope, receive, send):
        await app({**scope, "server": ("127.0.0.1", 8743)}, receive, send)

    return TestClient(at_second_port, base_url=RAW, follow_redirects=False)


def address(frame: Frame, capture: str, host: str = "127.0.0.1:8742") -> str | None:
    request = Request({"type": "http", "headers": [(b"host", host.encode())]})
    return frame.raw_address(request, capture)


def test_it_is_shown_at_another_origin_under_the_same_name(frame) -> None:
    assert address(frame, "cpage").startswith(RAW + "/cpage/")
    assert address(frame, "cpage", "localhost:8742").startswith("http://localhost:8743/cpage/")
    assert address(frame, "cpage", "[::1]:8742").startswith("http://[::1]:8743/cpage/")
    assert address(Frame(frame.archive), "cpage") is None
    proxied = Place(raw_port=8743, public="stemma.example", raw_public="raw.stemma.example", secure=True)
    assert address(Frame(frame.archive, place=proxied), "c", "stemma.example").startswith(
        "https://raw.stemma.example/c/"
    )
    assert address(Frame(frame.archive, place=Place(raw_port=8743, public="a.example")), "c", "a.example") is None


def test_it_is_sandboxed(frame, raw) -> None:
    for capture in ("cpage", "ctext"):
        answer = raw.get(address(frame, capture))
        policy = answer.headers["content-security-policy"]
        assert answer.status_code == 200
        assert policy.startswith("sandbox; default-src 'none';")
        assert "script-src" not in policy
        assert "allow-" not in policy
        assert "frame-ancestors http://127.0.0.1:8742 " in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers
    assert raw.get(address(frame, "ctext")).headers["content-type"].startswith("text/plain")


def test_nothing_of_it_acts(frame, raw) -> None:
    shown = raw.get(address(frame, "cpage")).text
    assert "0 requests left this machine" in shown
    for words in (
        "The lamps are lit.",
        " So ",
        "they",
        " said.",
        "cell",
        "tail",
        "color: red",
        "data:image/png;base64,iVBORw0KGgo=",
    ):
        assert words in shown, words
    assert "evil.example" not in shown
    assert not re.search(
        r"<(?:script|iframe|object|embed|form|link|meta|base|video|template|noscript><img)|alert\(|javascript:|\son\w+=",
        shown,
    )


@pytest.mark.parametrize("payload", [b"", b"\x00\xff\xfe", b"<", b"<html", b"<!doctype html>", b"<frameset><frame src=x></frameset>", b"<?xml version='1.0'?><a/>", "<p>Лампы".encode("utf-16")])  # fmt: skip
def test_whatever_the_bytes_are_a_page_comes_out(payload: bytes) -> None:
    shown = inert(payload, "Note.").decode()
    assert shown.startswith("<!DOCTYPE html>")
    assert "Note." in shown


def test_letters_are_read_as_they_were_written(frame, raw) -> None:
    words = "Лампы горят, said Ŏm"
    assert words in inert(f"<p>{words}</p>".encode(), "Note.").decode()
    assert words[:11] in inert(f'<meta charset="windows-1251"><p>{words[:11]}</p>'.encode("cp1251"), "Note.").decode()
    assert raw.get(address(frame, "ctext")).headers["content-type"] == "text/plain; charset=utf-8"


def test_the_bytes_can_be_saved_and_not_opened(frame, raw) -> None:
    answer = raw.get(address(frame, "cpage") + "/bytes")
    assert answer.content == PAGE
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="cpage.bin"'


def test_an_address_holds_for_an_hour_and_for_one_capture(frame, raw) -> None:
    good = address(frame, "cpage")
    tampered = [good.replace("cpage", "ctext"), good[:-1] + ("0" if good[-1] != "0" else "1"), good.replace("/46", "/99"), f"{RAW}/cpage/x", f"{RAW}/cpage/9999999999-"]  # fmt: skip
    assert [raw.get(each).status_code for each in tampered] == [404] * len(tampered)
    frame.place.now.now += 3_601
    assert raw.get(good).status_code == 404


def test_what_was_withdrawn_is_a_stone(frame, raw) -> None:
    answer = raw.get(address(frame, "cgone"))
    assert answer.status_code == 410
    assert "withdrawn" in answer.text


def test_the_origins_do_not_answer_for_each_other(frame, raw, archive) -> None:
    path = address(frame, "cpage").removeprefix(RAW)
    main = TestClient(served(frame, Captures(None)), base_url="http://127.0.0.1:8742")
    assert main.get(path).status_code == 404
    assert raw.get("/").status_code == 404
    assert raw.get(path, headers={"host": "127.0.0.1:8742"}).status_code == 400
    assert raw.get(path, headers={"host": "evil.example:8743"}).status_code == 400
    assert raw.post(path).status_code == 405
    assert "frame-src http://127.0.0.1:8743;" in main.get("/").headers["content-security-policy"]
