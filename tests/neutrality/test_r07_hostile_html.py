"""R7: captured markup is never served from the reader's origin; titles, names and addresses are text wherever they stand."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import lxml.html
import pytest
from starlette.testclient import TestClient

from stemma.show.web import served
from stemma.show.web.door.place import Place
from stemma.show.web.frame import Frame
from stemma.show.web.frame.drawing import web_address
from stemma.show.web.frame.guard import POLICY

ACTIVE = re.compile(
    r"<script(?! type=\"module\" src=\"/static/)|<iframe(?! )|<object|<embed|<img|\son\w+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_no_markup_of_a_page_is_in_the_reader(pages) -> None:
    assert any("alert(" in page for page in pages.values()), "one of the example pages tries"
    assert [(address, ACTIVE.search(page)[0]) for address, page in pages.items() if ACTIVE.search(page)] == []


def test_no_character_that_steers_is_in_any_output(outputs, pages) -> None:
    assert [name for name, words in {**outputs, **pages}.items() if STEERING.search(re.sub(r"\x1b\[[0-9;]*m", "", words) if "--text" in name else words)] == []  # fmt: skip


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(browser) -> None:
    policy = browser.get("/").headers["content-security-policy"]
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in policy
    assert not re.search(r"https?://", policy), "without raw captures no other origin is named"
    assert browser.get("/").headers["referrer-policy"] == "no-referrer"


def test_raw_captures_are_at_another_origin_and_cannot_act(archive, lines) -> None:
    frame = Frame(archive, place=Place(raw_port=8743))
    app = served(frame, archive)

    async def second(scope, receive, send):
        await app({**scope, "server": ("127.0.0.1", 8743)}, receive, send)

    main, raw = TestClient(app, base_url="http://127.0.0.1:8742"), TestClient(second, base_url="http://127.0.0.1:8743")
    hostile = next(line for line in lines if b"<script" in archive.payload(line.snapshot.id))
    from starlette.requests import Request

    address = frame.raw_address(
        Request({"type": "http", "headers": [(b"host", b"127.0.0.1:8742")]}), hostile.snapshot.id
    )
    assert address.startswith("http://127.0.0.1:8743/")
    answer = raw.get(address)
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    tree = lxml.html.document_fromstring(answer.text)
    assert not [
        each.tag
        for each in tree.iter()
        if each.tag in {"script", "iframe", "object", "embed", "link", "meta", "base", "form"}
    ]
    names = {name for each in tree.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or name in {"href", "srcset", "action", "background"}}
    assert [each.get("src") for each in tree.iter() if each.get("src", "data:").startswith("data:") is False] == []
    assert "0 requests left this machine" in answer.text
    assert main.get(address.removeprefix("http://127.0.0.1:8743")).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x", " javascript:x", "java\tscript:x"],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert web_address(address) is None


def test_no_cell_of_a_sheet_is_a_formula(command, whole, lines, tmp_path) -> None:
    carried = max(lines, key=lambda line: line.witnesses)
    out = command("export", "--format", "csv", carried.utterance, "--archive", whole).out
    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell[:1]]


def test_a_message_holds_no_markup(messages, archive, lines) -> None:
    nasty = [line for line in lines if line.title and "<script" in line.title]
    assert nasty
    assert "<script" not in messages["atom"]
    assert replace  # the lines are the archive's own
