"""Requests as no browser sends them, at a real socket: odd, large, slow, many."""

from __future__ import annotations

import socket
import time

import pytest

from stemma.show.web import serving
from stemma.show.web.frame import guard
from tests.show.web.serving.conftest import heard, talk


def get(port: int, target: str = "/", *headers: str, host: str | None = None) -> bytes:
    told = "".join(f"{each}\r\n" for each in headers)
    return f"GET {target} HTTP/1.1\r\nHost: {host or f'127.0.0.1:{port}'}\r\nConnection: close\r\n{told}\r\n".encode()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def test_a_plain_request_is_answered(port: int) -> None:
    answer = talk(port, get(port))
    assert status(answer) == 200
    assert b"\r\nserver:" not in answer.lower()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1.evil.example", "localhost@evil.example", "127.0.0.1:1\tx"]
)
def test_other_names_are_refused(port: int, host: str) -> None:
    """DNS rebinding: the stranger's page asks its own name, which leads here now."""
    answer = talk(port, get(port, host=host))
    assert status(answer) == 400
    assert b"statement" not in answer


def test_two_hosts_are_one_too_many(port: int) -> None:
    assert status(talk(port, get(port, "/", f"Host: 127.0.0.1:{port}"))) == 400


@pytest.mark.parametrize(
    "target",
    [
        "/static/../../../../etc/passwd", "/static/..%2f..%2f..%2fetc%2fpasswd", "/static/%2e%2e/frame.py", "/a/..%2f..%2farchive.sqlite",
        "/static/....//....//etc/passwd", "//etc/passwd", "/static/style.css%00.js", "/static\\..\\frame.py", "/static/%c0%ae%c0%ae/x",
        "/../notebook.sqlite", "/s/%2e%2e%2f%2e%2e%2fnotebook.sqlite",
    ],
)  # fmt: skip
def test_no_path_leads_to_a_file(port: int, target: str) -> None:
    answer = talk(port, get(port, target))
    assert status(answer) in {307, 400, 404}, answer[:200]
    assert b"root:" not in answer
    assert b"SQLite" not in answer


@pytest.mark.parametrize(
    "target", ["/search?q=%0d%0aSet-Cookie:%20a=b", "/s/x%0d%0aX-Evil:%201", "/%0d%0aX-Evil:%201", "/p/e%0aX-Evil"]
)
def test_no_address_makes_a_header(port: int, target: str) -> None:
    head = talk(port, get(port, target)).partition(b"\r\n\r\n")[0].lower()
    assert b"x-evil" not in head
    assert b"set-cookie" not in head


def test_a_head_that_is_too_large_is_refused(port: int) -> None:
    assert status(talk(port, get(port, "/", "X-Long: " + "x" * 70_000))) in {0, 400, 431}
    assert status(talk(port, get(port, "/", "X-Long: " + "x" * 17_000))) in {400, 431}
    assert status(talk(port, b"GET /" + b"x" * 70_000)) in {0, 400}
    assert status(talk(port, get(port))) == 200


def post(port: int, *headers: str, target: str = "/log-out") -> bytes:
    told = "".join(f"{each}\r\n" for each in ("Content-Type: application/x-www-form-urlencoded", *headers))
    return f"POST {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{told}\r\n".encode()


def test_a_body_that_says_it_is_too_large_is_refused_unread(port: int) -> None:
    assert status(talk(port, post(port, f"Content-Length: {guard.BODY + 1}"))) == 413
    assert status(talk(port, post(port, "Content-Length: 9" + "9" * 30))) in {0, 400, 413}
    assert status(talk(port, post(port, "Content-Length: -1"))) == 400


def test_headers_that_two_servers_read_differently_are_refused(port: int) -> None:
    """Request smuggling behind a proxy."""
    both = post(port, "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"
    answer = talk(port, both)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert status(talk(port, post(port, "Content-Length: 5", "Content-Length: 6") + b"aaaaaa")) == 400


def test_who_drips_a_head_is_hung_up_on(port: int, monkeypatch) -> None:
    monkeypatch.setattr(serving, "_HEAD_SECONDS", 0.5)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=5) as silent:
        assert heard(silent) == b""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as slow:
        slow.sendall(get(port)[:20])
        assert heard(slow) == b""
    assert time.monotonic() - began < 4


def test_a_second_head_is_timed_as_well(port: int, monkeypatch) -> None:
    monkeypatch.setattr(serving, "_HEAD_SECONDS", 0.5)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as conn:
        conn.sendall(get(port, "/problems").replace(b"Connection: close\r\n", b""))
        assert conn.recv(65_536).startswith(b"HTTP/1.1 200")
        conn.sendall(b"GET /pro")
        began = time.monotonic()
        heard(conn)
        assert time.monotonic() - began < 3


def test_who_keeps_quiet_between_two_requests_is_kept(port: int, monkeypatch) -> None:
    monkeypatch.setattr(serving, "_HEAD_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as conn:
        for _ in range(2):
            conn.sendall(get(port, "/problems").replace(b"Connection: close\r\n", b"").replace(b"GET", b"HEAD"))
            assert conn.recv(65_536).startswith(b"HTTP/1.1 200")
            time.sleep(0.6)


def test_many_silent_connections_keep_nobody_out(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(150)]
    try:
        assert status(talk(port, get(port))) == 200
    finally:
        for each in held:
            each.close()


def test_what_is_no_http_is_refused(port: int) -> None:
    for said in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/9.9\r\n\r\n",
        b"HELO\r\n\r\n",
        b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n",
    ):
        assert status(talk(port, said, 2)) in {0, 400}
