"""Fetching over real sockets on loopback: what a server may do to whoever asks."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import time
from dataclasses import replace

import httpcore2
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from loopback import LAB, LIMITS, PAGE, Names, drip, page, redirect

from stemma.collect.web.fetching import fetch, status_words
from stemma.collect.web.guard.addresses import read_address
from stemma.collect.web.guard.wire import NotObserved

HASTY = replace(LAB, limits=replace(LIMITS, seconds=0.6))


def ask(url, web=LAB):
    return fetch(read_address(url), web)


def refused(url, why, web=LAB):
    with pytest.raises(NotObserved, match=why) as told:
        ask(url, web)
    return str(told.value)


def test_a_page(serve):
    server = serve({"/a?b=%20c": page()})
    answer = ask(server.url("/a?b=%20c"))
    assert (answer.status, answer.body, answer.number, answer.line) == (200, PAGE, "127.0.0.1", b"HTTP/1.1 200 OK")
    assert (b"Content-Type", b"text/html") in answer.headers


def test_what_the_server_is_told(serve):
    server = serve()
    ask(server.url(), replace(LAB, agent="Stemma/9 (+desk@orvo.example)"))
    (request,) = server.requests
    lines = request.decode().split("\r\n")
    assert lines[:3] == [
        "GET / HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: Stemma/9 (+desk@orvo.example)",
    ]
    told = {line.partition(":")[0].lower() for line in lines[1:] if line}
    assert told == {"host", "user-agent", "accept", "accept-encoding", "connection"}  # no cookie, no referrer, no login


def test_no_cookie_comes_back(serve):
    server = serve(
        {"/": b"HTTP/1.1 302 x\r\nSet-Cookie: a=b\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n", "/b": page()}
    )
    assert ask(server.url()).body == PAGE
    assert b"ookie" not in b"".join(server.requests)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(serve, status):
    server = serve({"/": redirect("/b?c", status), "/b?c": page()})
    answer = ask(server.url())
    assert str(answer.at) == server.url("/b?c")
    assert server.asked() == ["/", "/b?c"]


def test_five_redirects_and_no_more(serve):
    server = serve({"/": redirect("/1"), **{f"/{n}": redirect(f"/{n + 1}") for n in range(1, 9)}, "/5": page()})
    assert ask(server.url()).body == PAGE
    server.replies["/5"] = redirect("/6")
    refused(server.url(), "more than 5 times")
    server.replies["/"] = redirect("/")
    refused(server.url(), "more than 5 times")


@pytest.mark.parametrize(
    "to",
    ["http://192.168.1.1/", "http://10.0.0.1:8080/x", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/",
     "http://[fd00::1]/", "http://[::ffff:10.0.0.1]/", "http://127.0.0.2/", "//100.64.0.1/"],
)  # fmt: skip
def test_a_redirect_to_a_private_host_is_not_connected_to(serve, to):
    names = Names()
    server = serve({"/": redirect(to)})
    refused(server.url(), "nothing was connected", names.web())
    assert names.connected == ["127.0.0.1"]


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://orvo.example/", "http://kim:secret@127.0.0.1/", "http://0x7f000001/", "http://[",
           "http://orvo.example:22/", "javascript:alert(1)", "data:text/html,x"],
)  # fmt: skip
def test_a_redirect_to_what_is_no_page(serve, to):
    server = serve({"/": redirect(to)})
    refused(server.url(), "it redirects to")


def test_a_redirect_without_a_place(serve):
    server = serve({"/": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"})
    refused(server.url(), "does not say where")


def test_a_place_in_another_script(serve):
    server = serve({"/": redirect("/항구"), "/%ED%95%AD%EA%B5%AC": page()})
    assert ask(server.url()).body == PAGE
    server.replies["/"] = b"HTTP/1.1 302 x\r\nLocation: /\xe9\r\nContent-Length: 0\r\n\r\n"
    server.replies["/%C3%A9"] = page()
    assert ask(server.url()).body == PAGE


def test_the_name_is_looked_up_once_and_the_checked_number_connected(serve):
    """DNS rebinding: the second answer would be loopback; it is never asked for."""
    server = serve()
    names = Names(orvo_example=[["93.184.216.34"], ["127.0.0.1"]])
    assert (
        ask(f"http://orvo.example:{server.port}/", names.web(replace(LAB, allowed=frozenset()))).number
        == "93.184.216.34"
    )
    assert names.asked == ["orvo.example"]
    assert names.connected == ["93.184.216.34"]
    refused(f"http://orvo.example:{server.port}/", "loopback", names.web(replace(LAB, allowed=frozenset())))
    assert names.connected == ["93.184.216.34"]


def test_a_redirect_to_the_same_name_is_checked_anew(serve):
    server = serve()
    names = Names(orvo_example=[["93.184.216.34"], ["10.0.0.1"]])
    server.replies["/"] = redirect(f"http://orvo.example:{server.port}/b")
    refused(f"http://orvo.example:{server.port}/", "10.0.0.1", names.web())
    assert names.connected == ["93.184.216.34"]


def test_an_allowed_host_allows_no_other(serve):
    names = Names(lab_example=["127.0.0.1"], orvo_example=["127.0.0.1"])
    server = serve()
    web = names.web(replace(LAB, allowed=frozenset({"lab.example"})))
    assert ask(f"http://lab.example:{server.port}/", web).body == PAGE
    server.replies["/"] = redirect(f"http://orvo.example:{server.port}/")
    refused(f"http://lab.example:{server.port}/", "loopback", web)


def test_ipv6(serve):
    server = serve(host="::1")
    assert ask(server.url(host="[::1]")).number == "::1"
    assert f"Host: [::1]:{server.port}".encode() in server.requests[0]


def test_a_proxy_of_the_environment_is_not_used(serve, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert ask(serve().url()).body == PAGE


@pytest.mark.parametrize(
    "reply",
    [
        drip(b"H"),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n"),
        lambda conn: drip(b"X-A: b\r\n")(conn) if not conn.sendall(b"HTTP/1.1 200 OK\r\n") else None,
        lambda conn: (
            drip(b"a")(conn) if not conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n") else None
        ),
        lambda conn: (
            drip(b"1\r\na\r\n")(conn)
            if not conn.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            else None
        ),
        lambda conn: time.sleep(1),
    ],
    ids=["status", "informational", "headers", "body", "chunks", "silence"],
)
def test_slow_servers_get_no_more_than_their_time(serve, reply):
    server = serve({"/": reply})
    began = time.monotonic()
    refused(server.url(), "longer than 0.6 seconds|in time", HASTY)
    assert time.monotonic() - began < 3


def test_slow_redirects_share_one_time(serve):
    def late(conn):
        time.sleep(0.25)
        conn.sendall(redirect("/"))

    began = time.monotonic()
    refused(serve({"/": late}).url(), "longer than 0.6 seconds|in time", HASTY)
    assert time.monotonic() - began < 3


def test_an_endless_body(serve):
    def endless(conn):
        conn.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with contextlib.suppress(OSError):
            while True:
                conn.sendall(b"a" * 65_536)

    refused(serve({"/": endless}).url(), "larger than 1 MiB", replace(LAB, limits=replace(LIMITS, page=2**20)))


def test_endless_chunks_of_nothing(serve):
    """Framing counts too: chunk extensions without end are no page."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    def padded(conn):
        conn.sendall(head)
        with contextlib.suppress(OSError):
            while True:
                conn.sendall((b"1;" + b"x" * 8_000 + b"\r\na\r\n") * 8)

    refused(
        serve({"/": padded}).url(),
        "sent more than 1,000,000 bytes",
        replace(LAB, limits=replace(LIMITS, wire=1_000_000)),
    )


@pytest.mark.parametrize(
    "head",
    [
        b"X-A: " + b"b" * 300_000,
        b"".join(b"X-%d: b\r\n" % n for n in range(30_000)),
    ],
    ids=["one", "many"],
)
def test_floods_of_headers(serve, head):
    server = serve({"/": b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n"})
    refused(server.url(), "bytes|not as HTTP has it")


def test_a_flood_of_informational_answers(serve):
    def flood(conn):
        with contextlib.suppress(OSError):
            while True:
                conn.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 200)

    refused(serve({"/": flood}).url(), "sent more than 262,144 bytes")


def test_a_gzip_bomb(serve):
    bomb = gzip.compress(b"a" * 10_000_000)
    server = serve({"/": page(bomb, "Content-Encoding: gzip")})
    refused(server.url(), "times its size, as bombs do")
    refused(server.url(), "larger than 2 MiB", replace(LAB, limits=replace(LIMITS, page=2**21, growth=10_000)))


def test_a_bomb_in_a_redirect_is_never_opened(serve):
    bomb = gzip.compress(b"a" * 10_000_000)
    head = f"HTTP/1.1 302 x\r\nLocation: /b\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    assert ask(serve({"/": head + bomb, "/b": page()}).url()).body == PAGE


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip, br", "compress", "x" * 500])
def test_packed_in_another_way(serve, coding):
    refused(serve({"/": page(PAGE, f"Content-Encoding: {coding}")}).url(), "though gzip and deflate were asked for")


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort", "without sending complete message body"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nshort", "not as HTTP has it"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nshort", "not as HTTP has it"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nshort", "not as HTTP has it"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nshort", "not as HTTP has it"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsho", "not as HTTP has it|connection broke"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nshort", "not as HTTP has it"),
        (b"<html>no head at all</html>\r\n\r\n", "not as HTTP has it"),
        (b"HTTP/1.1 99999 OK\r\n\r\n", "not as HTTP has it"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "not as HTTP has it"),
        (b"\x16\x03\x01\x00\xff", "not as HTTP has it|connection broke"),
        (b"", "not as HTTP has it|connection broke"),
    ],
)
def test_servers_that_lie(serve, reply, why):
    refused(serve({"/": reply}).url(), why)


def test_more_bytes_than_declared_are_not_read(serve):
    assert ask(serve({"/": page() + b"<p>and more"}).url()).body == PAGE


def test_a_body_that_ends_with_the_connection(serve):
    assert ask(serve({"/": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE}).url()).body == PAGE


def test_no_server(serve):
    server = serve()
    port = server.port
    server.close()
    refused(f"http://127.0.0.1:{port}/", "no connection to the server")


def test_a_server_that_hangs_up(serve):
    def reset(conn):
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    refused(serve({"/": reset}).url(), "connection broke|not as HTTP has it")


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def tls(authority, *names):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def trusting(authority):
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return lambda: context


def test_tls_with_the_right_name(serve, authority):
    context = tls(authority, "orvo.example")
    asked = []
    context.sni_callback = lambda _, name, __: asked.append(name)
    server = serve(tls=context)
    names = Names(orvo_example=["93.184.216.34"])
    web = replace(names.web(), trust=trusting(authority))
    assert ask(f"https://orvo.example:{server.port}/", web).body == PAGE
    assert asked == ["orvo.example"]
    assert f"Host: orvo.example:{server.port}".encode() in server.requests[0]
    assert names.connected == ["93.184.216.34"]


def test_tls_with_another_name(serve, authority):
    server = serve(tls=tls(authority, "dorn.example"))
    web = replace(Names(orvo_example=["93.184.216.34"]).web(), trust=trusting(authority))
    refused(f"https://orvo.example:{server.port}/", "certificate is not to be trusted .*[Hh]ostname", web)


def test_tls_signed_by_nobody(serve, authority):
    server = serve(tls=tls(authority, "127.0.0.1"))
    refused(server.url(), "certificate is not to be trusted")
    assert server.requests == []


def test_from_https_to_http(serve, authority):
    plain = serve()
    server = serve({"/": redirect(plain.url())}, tls=tls(authority, "127.0.0.1"))
    refused(server.url(), "from https to http", replace(LAB, trust=trusting(authority)))
    assert plain.requests == []


def test_from_http_to_https(serve, authority):
    secure = serve(tls=tls(authority, "127.0.0.1"))
    server = serve({"/": redirect(secure.url())})
    assert str(ask(server.url(), replace(LAB, trust=trusting(authority))).at) == secure.url()


def test_tls_where_there_is_none(serve):
    server = serve()
    refused(f"https://127.0.0.1:{server.port}/", "encrypted connection failed|connection|in time|longer", HASTY)


def test_a_slow_handshake(serve):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    began = time.monotonic()
    with listener:
        refused(f"https://127.0.0.1:{port}/", "longer than|in time", HASTY)
    assert time.monotonic() - began < 3


HEADS = st.sampled_from([
    b"Content-Length: 5", b"Content-Length: 0005", b"Transfer-Encoding: chunked", b"Content-Encoding: gzip", b"Location: /b",
    b"Location: http://[", b"Location: \xff", b"Content-Type: text/html", b": x", b"X", b" folded", b"Connection: keep-alive",
    b"Content-Encoding: \xff", b"Set-Cookie: a=b", b"Retry-After: 1", b"Trailer: X", b"Upgrade: h2c",
])  # fmt: skip


@given(
    st.sampled_from(
        [b"HTTP/1.1 200 OK", b"HTTP/1.0 200", b"HTTP/1.1 302 x", b"HTTP/1.1 404 x", b"HTTP/1.1 100 x", b"ICY 200 OK"]
    ),
    st.lists(HEADS, max_size=5),
    st.one_of(st.binary(max_size=60), st.just(gzip.compress(PAGE)), st.just(b"5\r\nhello\r\n0\r\n\r\n")),
    st.integers(0, 400),
    st.binary(max_size=3),
)
def test_whatever_a_server_sends_is_an_answer_or_not_observed(line, heads, body, at, noise):
    reply = b"\r\n".join([line, *heads, b"", b""]) + body
    reply = reply[:at] + noise + reply[at + len(noise) :]
    web = replace(LAB, connect=lambda *_: httpcore2.MockStream([reply[:7], reply[7:], b""]))
    for head in (web, replace(web, limits=replace(LIMITS, head=50))):
        with contextlib.suppress(NotObserved):
            assert isinstance(ask("http://127.0.0.1/", head).body, bytes)


def test_status_words():
    assert status_words(404) == "404 Not Found"
    assert status_words(799) == "799"
