"""Addresses among the paths: what is misuse, what is a Problem, and in which order."""

from __future__ import annotations

import pytest

from stemma.collect import captures
from stemma.errors import BadValue
from stemma.records import Capture, Problem, Stated


@pytest.fixture(autouse=True)
def _no_socket(monkeypatch):
    """Whatever is told here is told before anything is connected or looked up."""

    def refused(*_, **__):
        raise AssertionError("the network was touched")

    for name in ("socket.socket.connect", "socket.getaddrinfo", "socket.create_connection", "socket.gethostbyname"):
        monkeypatch.setattr(name, refused)


@pytest.mark.parametrize(
    "address",
    ["ftp://orvo.example/a", "file:///etc/passwd", "gopher://x/", "https://kim:secret@orvo.example/", "http://0x7f.1/",
     "http://2130706433/", "http:\\\\orvo.example", "https://orvo.example/\r\nHost: x", "http://orvo.example:25/", "http://",
     "ssh://orvo.example", "https:orvo.example"],
)  # fmt: skip
def test_misuse_is_told_before_anything_is_fetched(tmp_path, address):
    (tmp_path / "a.txt").write_text("Words.")
    with pytest.raises(BadValue, match="address"):
        captures([str(tmp_path / "a.txt"), "https://orvo.example/", address], Stated())


@pytest.mark.parametrize("stated", [{"url": "https://orvo.example/"}, {"fetched": "2031-05-03"}])
def test_what_fetching_finds_out_is_not_stated(stated):
    with pytest.raises(BadValue, match="only beside files"):
        captures(["https://orvo.example/"], Stated(**stated))


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost.:80/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
     "http://169.254.169.254/latest/meta-data/", "http://192.168.1.1/", "http://１２７.０.０.１/", "http://[fe80::1]:8080/"],
)  # fmt: skip
def test_forbidden_servers_are_problems(address, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 80))])
    (found,) = captures([address], Stated())
    assert isinstance(found, Problem)
    assert "nothing was connected" in found.message


def test_files_and_addresses_in_the_order_given(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Words of {name}.")
    found = list(
        captures([str(tmp_path / "b.txt"), "http://10.0.0.1/", str(tmp_path / "a.txt")], Stated(outlet="Orvo Wire"))
    )
    assert [each.snapshot.origin if isinstance(each, Capture) else each.about for each in found] == [
        "b.txt", "http://10.0.0.1/", "a.txt",
    ]  # fmt: skip
    assert found[0].snapshot.outlet == "Orvo Wire"
    assert found[0].exchange is None


def test_nothing_is_fetched_until_it_is_asked_for():
    captures(["http://orvo.example/"], Stated())  # would touch the network, were it not lazy
