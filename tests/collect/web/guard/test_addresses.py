"""Addresses: one reading only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collect.web.guard.addresses import Unfit, follow, is_address, read_address


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("https://orvo.example", "https://orvo.example/"),
        ("HTTPS://Orvo.Example:443/A?b=C#part", "https://orvo.example/A?b=C"),
        ("http://orvo.example:80/", "http://orvo.example/"),
        ("http://orvo.example:8080/a/../b", "http://orvo.example:8080/a/../b"),
        ("http://orvo.example:/", "http://orvo.example/"),
        ("https://orvo.example./x", "https://orvo.example/x"),
        ("https://bücher.example/Straße?q=ä", "https://xn--bcher-kva.example/Stra%C3%9Fe?q=%C3%A4"),
        ("https://항구.example/기사%20x", "https://xn--2e0bp27e.example/%EA%B8%B0%EC%82%AC%20x"),
        ("https://orvo。example/", "https://orvo.example/"),
        ("https://under_score.example/", "https://under_score.example/"),
        ("http://１２７.０.０.１/", "http://127.0.0.1/"),
        ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
        ("http://127.0.0.1./", "http://127.0.0.1/"),
        ("http://[::1]/", "http://[::1]/"),
        ("http://[2001:DB8:0:0:0:0:0:1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://[::ffff:127.0.0.1]/", "http://127.0.0.1/"),
        ("http://orvo.example?x=1", "http://orvo.example/?x=1"),
    ],
)  # fmt: skip
def test_one_way_of_writing(given, written):
    address = read_address(given)
    assert str(address) == written
    assert read_address(str(address)) == address


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("ftp://orvo.example/", "http"),
        ("file:///etc/passwd", "http"),
        ("gopher://orvo.example/", "http"),
        ("https:/orvo.example/", "name of a server"),
        ("https:orvo.example", "name of a server"),
        ("http:///x", "name of a server"),
        ("http://", "name of a server"),
        ("http://kim:secret@orvo.example/", "password"),
        ("http://orvo.example@127.0.0.1/", "password"),
        ("http://@orvo.example/", "password"),
        ("http://orvo.example\\@127.0.0.1/", "backslashes"),
        ("http:\\\\orvo.example\\", "backslashes"),
        ("http://orvo.example/\r\nHost: x", "blanks"),
        ("http://orvo.example/a b", "blanks"),
        ("http://orvo.example/\t", "blanks"),
        (" http://orvo.example/", "blanks"),
        ("http://orvo.example/\x00", "blanks"),
        ("http://orvo.example/\u2028", "blanks"),
        ("http://2130706433/", "four decimal numbers"),
        ("http://0x7f000001/", "four decimal numbers"),
        ("http://0x7f.1/", "four decimal numbers"),
        ("http://0177.0.0.1/", "four decimal numbers"),
        ("http://127.1/", "four decimal numbers"),
        ("http://127.0.0.0x1/", "four decimal numbers"),
        ("http://127.0.0.1.1/", "four decimal numbers"),
        ("http://256.0.0.1/", "four decimal numbers"),
        ("http://٢.١/", "four decimal numbers|IDNA"),
        ("http://[fe80::1%25eth0]/", "name of a server"),
        ("http://[::1/", "read"),
        ("http://[::g]/", "read|IPv6|name of a server"),
        ("http://[v1.x]/", "read|name of a server|IPv6"),
        ("http://[::1]x/", "read|name of a server"),
        ("http://%31%32%37.0.0.1/", "name of a server"),
        ("http://-orvo.example/", "name of a server"),
        ("http://orvo..example/", "name of a server"),
        ("http://orvo.example:0/", "port"),
        ("http://orvo.example:22/", "port"),
        ("http://orvo.example:6667/", "port"),
        ("http://orvo.example:65536/", "port"),
        ("http://orvo.example:80:80/", "name of a server"),
        ("http://orvo.example:8o/", "name of a server"),
        ("http://orvo.example:８０/", "name of a server"),
        ("http://ex℀mple.example/", "read"),
        ("http://" + "a" * 64 + ".example/", "name of a server"),
        ("http://" + "ä" * 300 + ".example/", "IDNA"),
        ("http://" + "a." * 130 + "example/", "name of a server"),
        ("http://orvo.example/" + "a" * 8_000, "at most 8,000"),
        ("http://orvo.example/\ud800", "read"),
    ],
)  # fmt: skip
def test_refused(given, why):
    with pytest.raises(Unfit, match=why):
        read_address(given)


@pytest.mark.parametrize(
    "text", ["https://x", "HTTP://x", "ftp://x", "http:x", "file:///x", " http://x", "svn+ssh://x"]
)
def test_meant_as_an_address(text):
    assert is_address(text)


@pytest.mark.parametrize("text", ["pages/a.html", "C:\\a", "c://a", "dump:1.txt", "https.html", "*.html", "a://b"])
def test_meant_as_a_path(text):
    assert not is_address(text)


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("/b", "https://orvo.example/b"),
        ("b", "https://orvo.example/a/b"),
        ("?q", "https://orvo.example/a/x?q"),
        ("//dorn.example/c", "https://dorn.example/c"),
        ("http://dorn.example/c", "http://dorn.example/c"),
        (" /with blank ", "https://orvo.example/with%20blank"),
        ("/기사", "https://orvo.example/%EA%B8%B0%EC%82%AC"),
    ],
)
def test_follow(location, leads):
    assert str(follow(read_address("https://orvo.example/a/x"), location)) == leads


@pytest.mark.parametrize(
    "location", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "\\\\dorn.example", "/\r\nx"]
)
def test_follow_refuses(location):
    with pytest.raises(Unfit):
        follow(read_address("https://orvo.example/a/x"), location)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(text):
    for given_ in (text, f"http://{text}", f"http://orvo.example/{text}"):
        try:
            address = read_address(given_)
        except Unfit:
            continue
        assert str(address).isascii()
        assert str(address).isprintable()
        assert read_address(str(address)) == address
