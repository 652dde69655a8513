"""What a server said beside the page."""

from __future__ import annotations

import pytest

from stemma.read import read
from stemma.read.served import read_served
from stemma.records import Capture, Document, Exchange

HEAD = b"HTTP/1.1 200 OK\r\n%s\r\n\r\n"


def served(*lines):
    return read_served(Exchange(b"", HEAD % "\r\n".join(lines).encode()))


def test_names_are_written_small_and_kept_in_order():
    assert served("X-A: 1", "x-a:2", "X-B :  3 ", "no header").headers == (("x-a", "1"), ("x-a", "2"), ("x-b", "3"))
    assert served("X-A: 1", "x-A: 2").values("x-a") == ["1", "2"]


def test_without_a_server_there_is_nothing():
    assert read_served(None).headers == ()
    assert read_served(None).charset == ""


@pytest.mark.parametrize(
    ("value", "charset"),
    [
        ("text/html; charset=windows-1251", "windows-1251"),
        ('text/html;Charset="koi8-r"', "koi8-r"),
        ("text/html; boundary=x; charset=big5; y=z", "big5"),
        ("text/html; charset='utf-8'", "utf-8"),
        ("text/html", ""),
        ("text/html; charset=", ""),
        ("charset=utf-8", ""),
    ],
)
def test_charset(value, charset):
    assert served(f"Content-Type: {value}").charset == charset


def test_the_charset_of_the_answer_reads_the_page(make_capture):
    words = "Совет порта заявил в пятницу, что тариф на паромы не будет повышен."
    capture = make_capture(f"<html><p>{words}".encode("cp866"), "text/html")
    with_server = Capture(*capture[:2], Exchange(b"", HEAD % b"Content-Type: text/html; charset=ibm866"))
    (document,) = (record for record in read(with_server) if isinstance(record, Document))
    assert words in document.text
