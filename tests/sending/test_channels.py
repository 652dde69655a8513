"""Webhooks and e-mail, to real servers on loopback."""

from __future__ import annotations

import email
import json
import socket
import ssl
from dataclasses import replace

import pytest
import trustme
from aiosmtpd.controller import Controller
from loopback import LAB, Names, redirect

from stemma.sending import mail

TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"


def body_of(request: bytes, server) -> dict:
    return json.loads(request.partition(b"\r\n\r\n")[2])


class Hook:
    """Takes a message whole, and answers."""

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.bodies, self.heads = list(answers) or [TAKEN], [], []

    def __call__(self, conn: socket.socket) -> None:
        conn.sendall(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])


def listen(serve, hook: Hook):
    server = serve({})
    real = server._answer

    def whole(conn: socket.socket) -> None:
        with conn:
            conn.settimeout(5)
            got = b""
            while b"\r\n\r\n" not in got:
                got += conn.recv(65_536)
            head, _, body = got.partition(b"\r\n\r\n")
            size = int(
                next(row.split(b":")[1] for row in head.split(b"\r\n") if row.lower().startswith(b"content-length"))
            )
            while len(body) < size:
                body += conn.recv(65_536)
            hook.heads.append(head.decode())
            hook.bodies.append(json.loads(body))
            hook(conn)

    del real
    server._answer = whole
    return server


def test_a_webhook_gets_the_message(world, serve) -> None:
    hook = Hook()
    server = listen(serve, hook)
    world.watch(channel="webhook", target=server.url("/hook"))
    world.add("new", "The lamps are lit")
    assert world.run() == [("lamps", 1, "")]
    assert world.run() == []
    (body,) = hook.bodies
    assert body["watch"] == "lamps"
    assert body["items"][0]["line"].startswith("Kim Vael (carried by SARVA, 2025-10-24) said: ")
    assert "Idempotency-Key: " + body["message"] in hook.heads[0]
    assert "cookie" not in hook.heads[0].lower()


def test_one_that_fails_is_tried_again_under_the_same_key(world, serve) -> None:
    hook = Hook(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", b"", TAKEN)
    server = listen(serve, hook)
    world.watch(channel="webhook", target=server.url("/hook"))
    world.add("new", "The lamps are lit")
    assert "status 503" in world.run()[0][2]
    assert world.run() == [], "not at once"
    world.now += 61
    assert world.run()[0][2]
    world.now += 61
    assert world.run() == [], "later each time"
    world.now += 61
    assert world.run() == [("lamps", 1, "")]
    assert len({body["message"] for body in hook.bodies}) == 1
    assert len(hook.bodies) == 3


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]:9/", "http://127.0.0.1:9/", "http://0x7f.1/", "http://localhost:9/",
     "http://user:pw@dornpost.example/", "http://dornpost.example:25/", "http://inside.example/"],
)  # fmt: skip
def test_no_message_goes_to_where_no_page_is_fetched_from(world, target: str) -> None:
    names = Names(inside_example=["93.184.216.34", "10.0.0.1"], localhost=["127.0.0.1"])
    world.watch(channel="webhook", target=target)
    world.add("new", "The lamps are lit")
    web = names.web(replace(LAB, allowed=frozenset()))
    assert world.run(web)[0][2]
    assert names.connected == []


@pytest.mark.parametrize(
    "to", ["http://10.0.0.1/", "http://inside.example/", "file:///etc/passwd", "//evil\\.example/", ""]
)
def test_every_hop_is_checked(world, serve, to: str) -> None:
    hook = Hook(redirect(to, 307))
    server = listen(serve, hook)
    names = Names(inside_example=["192.168.0.1"], hook_example=["93.184.216.34"])
    world.watch(channel="webhook", target=f"http://hook.example:{server.port}/")
    world.add("new", "The lamps are lit")
    assert world.run(names.web(replace(LAB, allowed=frozenset())))[0][2]
    assert names.connected == ["93.184.216.34"]


def test_a_redirect_that_keeps_the_body_is_followed_and_no_other(world, serve) -> None:
    last = Hook()
    second = listen(serve, last)
    first = listen(serve, Hook(redirect(second.url("/there"), 308), redirect(second.url("/there"), 302)))
    world.watch(channel="webhook", target=first.url("/hook"))
    world.add("new", "The lamps are lit")
    assert world.run() == [("lamps", 1, "")]
    world.add("more", "The ferry is late")
    assert "status 302" in world.run()[0][2]
    assert len(last.bodies) == 1


class Box:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, list[str], email.message.Message]] = []

    async def handle_DATA(self, _, __, envelope) -> str:  # noqa: N802
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 kept"


@pytest.fixture
def post(world, monkeypatch):
    """A mail server that speaks STARTTLS alone."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    monkeypatch.setattr(mail.ssl, "create_default_context", lambda: trusted)
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True)
    controller.start()
    (world.path / "mail.toml").write_text(f'host = "127.0.0.1"\nport = {port}\nsender = "stemma@orvo.example"\n')
    yield box
    controller.stop()


def test_a_letter_is_sent_once(world, post) -> None:
    world.watch(channel="mail", target="desk@orvo.example")
    world.add("new", "The lamps are lit")
    assert world.run() == [("lamps", 1, "")]
    assert world.run() == []
    ((sender, to, letter),) = post.letters
    assert (sender, to) == ("stemma@orvo.example", ["desk@orvo.example"])
    assert "1 statement" in str(email.header.make_header(email.header.decode_header(letter["Subject"])))
    assert "lamps are lit" not in letter["Subject"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Kim Vael (carried by SARVA" in letter.get_payload(decode=True).decode()


def test_hostile_words_make_no_header(world, post) -> None:
    world.watch("lamps: Bcc", channel="mail", target="desk@orvo.example")
    world.add("new", "The lamps\r\nBcc: evil@evil.example\r\n\r\nare lit \x1b[31m")
    world.run()
    ((_, to, letter),) = post.letters
    assert to == ["desk@orvo.example"]
    assert letter["Bcc"] is None
    assert "\x1b" not in letter.get_payload(decode=True).decode()


def test_no_letter_without_settings_or_with_a_wrong_certificate(world, post, monkeypatch) -> None:
    world.watch(channel="mail", target="desk@orvo.example")
    world.add("new", "The lamps are lit")
    monkeypatch.setattr(mail.ssl, "create_default_context", ssl.create_default_context.__wrapped__ if hasattr(ssl.create_default_context, "__wrapped__") else lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))  # fmt: skip
    assert "did not take" in world.run()[0][2]
    (world.path / "mail.toml").unlink()
    world.now += 1e5
    assert "mail.toml" in world.run()[0][2]
    assert post.letters == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "host = 1",
        'host = "mail.example"\nsender = "a@b.example"\nstarttls = false',
        'host = "localhost"\nsender="a@b.example"\nuser="u"\nstarttls=false',
        'host="m.example"\nsender="a@b.example"\nport=0',
        'host="m.example"\nsender="a@b.example"\nodd=1',
    ],
)
def test_settings_that_are_wrong_are_told(tmp_path, text: str) -> None:
    (tmp_path / "mail.toml").write_text(text)
    with pytest.raises(mail.BadValue):
        mail.read_settings(tmp_path)
