"""Bytes to characters, and what is no text."""

from __future__ import annotations

import gzip

import pytest

from stemma.read.decoding import Unreadable, decode

_RU = (
    "Совет порта заявил в пятницу, что тариф на паромы не будет повышен. Капитаны ждут решения девять зим и не намерены ждать ещё. "
    * 3
)
_KO = (
    "항만 위원회는 금요일 여객선 요금을 올리지 않겠다고 밝혔다. 선원들은 아홉 해 겨울을 기다려 왔다고 위원장이 말하였다. "
    * 3
)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_marks(mark):
    assert decode(_RU.encode(mark)).text == _RU


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_characters_without_mark(encoding):
    text = "<p>The board met on Friday.</p>" * 10
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_undeclared_cyrillic(encoding):
    assert decode(_RU.encode(encoding)).text == _RU


def test_undeclared_korean():
    assert decode(_KO.encode("cp949")).text == _KO


def test_declared():
    page = f'<meta charset="windows-1251"><p>{_RU}</p>'
    found = decode(page.encode("cp1251"))
    assert (found.text, found.basis) == (page, "declared")


def test_wrongly_declared():
    utf8 = f'<meta charset="iso-8859-1"><p>{_RU}</p>'
    assert decode(utf8.encode()).text == utf8
    cyrillic = f'<meta charset="utf-8"><p>{_RU}</p>'
    assert decode(cyrillic.encode("cp1251")).text == cyrillic


@pytest.mark.parametrize(
    ("told", "encoding"),
    [("windows-1251", "cp1251"), ("WINDOWS-1251", "cp1251"), ("x-cp1251", "cp1251"), ("koi8-r", "koi8-r")],
)
def test_the_server_is_asked_before_the_page(told, encoding):
    page = f'<meta charset="iso-8859-5"><p>{_RU}</p>'
    found = decode(page.encode(encoding), told)
    assert (found.text, found.encoding, found.basis) == (page, encoding, "header")


def test_the_server_is_asked_before_a_guess():
    short = "Тариф не будет повышен."  # too short to guess from
    assert decode(short.encode("cp866"), "ibm866").text == short
    korean = "항만 위원회"
    assert decode(korean.encode("cp949"), "ks_c_5601-1989").text == korean
    assert decode("港の委員会".encode("cp932"), "x-sjis").text == "港の委員会"


def test_what_the_server_names_wrongly():
    """UTF-8 is never met by chance; a byte order mark outranks the server (WHATWG)."""
    assert decode(_RU.encode(), "iso-8859-1").text == _RU
    assert decode(_RU.encode("utf-8-sig"), "windows-1251").text == _RU
    assert decode(_RU.encode("utf-16"), "windows-1251").text == _RU
    page = f'<meta charset="windows-1251"><p>{_RU}</p>'
    assert decode(page.encode("cp1251"), "utf-8").text == page
    assert decode(page.encode("cp1251"), "none-such").text == page


@pytest.mark.parametrize(
    "told", ["punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "rot13", "hex", "zlib", "idna", "mbcs", "undefined",
             "a\0b", "x" * 10_000, "../../etc/passwd"],
)  # fmt: skip
def test_names_that_no_page_has(told):
    body = "The fare stays at nine crowns – said the board’s chair. ".encode("cp1252") * 200
    for found in (decode(body, told), decode(b"<meta charset=" + told.encode() + b">" + body)):
        assert "board’s chair" in found.text


def test_half_a_character_at_the_end():
    assert decode(("The board met. " * 20 + "🚢").encode()[:-2]).text.startswith("The board met.")


def test_seven_bit_japanese():
    page = '<meta charset="iso-2022-jp"><p>港の委員会は金曜日に述べた。</p>'
    assert decode(page.encode("iso-2022-jp")).text == page


def test_gzip():
    assert decode(gzip.compress(_RU.encode())).text == _RU


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t\x00 ", "empty"),
        (gzip.compress(b"The board met on Friday." * 99, mtime=0)[:-20], "cut short"),
        (b"\x1f\x8b" + b"junk" * 20, "broken"),
        (b"%PDF-1.7\n1 0 obj", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (bytes(range(256)) * 40, "not"),
        (gzip.compress(b" " * 200_000_000), "unpacks to more"),
    ],
)
def test_no_text(payload, why):
    with pytest.raises(Unreadable, match=why):
        decode(payload)
