"""What a page, its server or its site reserves."""

from __future__ import annotations

import pytest

from stemma.read import read
from stemma.records import RESERVATIONS, Capture, Exchange, Field

PAGE = "<!doctype html><html><head>{}</head><body><p>The harbour board said on Friday that the lamps are lit.</p></body></html>"


@pytest.fixture
def reserved(make_capture):
    """What is reserved, and where that is said, of a page with this head and these headers."""

    def found(head="", *headers, kind="text/html"):
        payload = (PAGE.format(head) if kind == "text/html" else "The harbour board said it.").encode()
        lines = "".join(f"{header}\r\n" for header in headers)
        exchange = Exchange(b"GET / HTTP/1.1\r\n\r\n", f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode())
        records = read(Capture(*make_capture(payload, kind)[:2], exchange))
        fields = [each for each in records if isinstance(each, Field) and each.name == "reservation"]
        assert all(field.value in RESERVATIONS and field.evidence is None and field.confidence == 1 for field in fields)
        return [(field.value, field.basis) for field in fields]

    return found


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="robots" content="noarchive">',
        '<META NAME="ROBOTS" CONTENT="NOARCHIVE">',
        "<meta content='index,follow,noarchive' name=robots>",
        '<meta name=" robots " content="max-snippet:-1, noarchive , follow">',
        '<meta name="robots" content="noindex noarchive">',
        '<meta name="robots" content="noindex;noarchive">',
        '<meta name="robots" content="nocache">',
        '<meta name="robots" content="index"><meta name="robots" content="noarchive">',
        '<meta name="robots" content="archive, noarchive">',
        '<meta name="stemma" content="noarchive">',
        '<meta http-equiv="X-Robots-Tag" content="noarchive">',
        '</head><body><meta name="robots" content="noarchive">',
    ],
)
def test_no_copy_by_the_page(reserved, head):
    assert reserved(head) == [("noarchive", "meta")]


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta name="robots" content="noindex, nofollow">',
        '<meta name="robots" content="none">',
        '<meta name="robots" content="archive">',
        '<meta name="robots" content="unavailable_after: 2031-05-03">',
        '<meta name="robots" content="nosnippet, noimageindex">',
        '<meta name="googlebot" content="noarchive">',
        '<meta name="ia_archiver" content="noarchive">',
        '<meta http-equiv="X-Robots-Tag" content="googlebot: noarchive">',
        '<meta property="robots" content="noarchive">',
        '<meta name="description" content="noarchive">',
        '<meta name="robots">',
        '<!-- <meta name="robots" content="noarchive"> -->',
        '<p>&lt;meta name="robots" content="noarchive"&gt;',
    ],
)
def test_a_copy_is_not_spoken_of(reserved, head):
    assert reserved(head) == []


@pytest.mark.parametrize(
    "value",
    [
        "noarchive", "NoArchive", "noindex, noarchive", "noindex,noarchive", "nocache", "stemma: noarchive", "*: noarchive",
        "unavailable_after: 25 Jun 2031 15:00:00 PST, noarchive",
        "unavailable_after: Saturday, 25-Jun-31 15:00:00 GMT, noarchive",
        "max-snippet: 20, noarchive", "googlebot: noindex, stemma: noarchive", "googlebot: noindex, robots: noarchive",
    ],
)  # fmt: skip
def test_no_copy_by_the_server(reserved, value):
    assert reserved("", f"X-Robots-Tag: {value}") == [("noarchive", "header")]
    assert reserved("", f"x-robots-tag: {value}", kind="text/plain") == [("noarchive", "header")]


@pytest.mark.parametrize(
    "value",
    [
        "", "none", "noindex, nofollow", "googlebot: noarchive", "googlebot: noindex, noarchive", "archive.org_bot: noarchive",
        "unavailable_after: 25 Jun 2010 15:00:00 PST", "otherbot: unavailable_after: 25 Jun 2010 15:00:00 PST, noarchive",
    ],
)  # fmt: skip
def test_the_server_speaks_to_others_or_of_others_things(reserved, value):
    assert reserved("", f"X-Robots-Tag: {value}") == []


def test_each_header_begins_anew(reserved):
    assert reserved("", "X-Robots-Tag: googlebot: nofollow", "X-Robots-Tag: noarchive") == [("noarchive", "header")]


def test_both_places(reserved):
    found = reserved('<meta name="robots" content="noarchive">', "X-Robots-Tag: noarchive", "tdm-reservation: 1")
    assert sorted(found) == [("noarchive", "header"), ("noarchive", "meta"), ("tdm", "header")]


META = '<meta name="TDM-Reservation" content="{}"><meta name="tdm-policy" content="https://orvo.example/terms">'


@pytest.mark.parametrize(
    ("meta", "header", "site", "basis"),
    [
        ("1", None, None, "meta"),
        (None, "1", None, "header"),
        (None, None, "1", "file"),
        ("1", "0", "0", "meta"),
        ("0", "1", "1", None),
        (None, "0", "1", None),
        (None, "1", "0", "header"),
        (None, None, "0", None),
        ("yes", "1", None, "header"),
        ("2", None, "1", "file"),
        ("", "", None, None),
        (None, None, None, None),
    ],
)
def test_the_nearest_word_on_mining_counts(reserved, meta, header, site, basis):
    headers = [f"tdm-reservation: {header}"] if header is not None else []
    headers += [f"X-Archive-TDM-Reservation: {site}"] if site is not None else []
    found = reserved(META.format(meta) if meta is not None else "", *headers)
    assert found == ([("tdm", basis)] if basis else [])
