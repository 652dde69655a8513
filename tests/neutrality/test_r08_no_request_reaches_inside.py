"""R8: http and https alone; every hop is looked up once, checked, and connected to as checked: of pages and of messages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from loopback import LAB, Names, _wall, page, redirect, serve

from stemma.archive.views import Query
from stemma.collect.web.fetching import fetch
from stemma.collect.web.guard.addresses import Unfit, read_address
from stemma.collect.web.guard.ranges import refusal
from stemma.collect.web.guard.wire import NotObserved
from stemma.sending.webhook import NotSent, call
from stemma.show.notices import Item
from stemma.show.notices.forms import Message

__all__ = ["_wall", "serve"]
INSIDE = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
          "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::ffff:127.0.0.1"]  # fmt: skip


@pytest.fixture
def message(lines) -> Message:
    return Message(
        "lamps",
        "k",
        "2025-10-24T00:00:00Z",
        tuple(Item(line, "new", "2025-10-24T00:00:00Z", reserved=False) for line in lines[:1]),
    )


def asks(web, address: str, message: Message):
    """The two ways by which a request can leave."""
    return (lambda: fetch(read_address(address), web), lambda: call(address, message, web))


@pytest.mark.parametrize("number", INSIDE)
def test_no_address_inside_is_connected_to(number: str, message) -> None:
    assert refusal(number)
    names = Names(inside_example=[number], half_example=["93.184.216.34", number])
    web = names.web(replace(LAB, allowed=frozenset()))
    for host in ("inside.example", "half.example", f"[{number}]" if ":" in number else number):
        for ask in asks(web, f"http://{host}/", message):
            with pytest.raises((NotObserved, NotSent, Unfit)):
                ask()
    assert names.connected == []


def test_every_hop_is_looked_up_once_and_connected_to_as_checked(serve, message) -> None:
    server = serve({"/": redirect("http://inside.example/", 307)})
    for which in (0, 1):
        names = Names(outside_example=[["93.184.216.34"], ["10.0.0.1"]], inside_example=["10.0.0.1"])
        web = names.web(replace(LAB, allowed=frozenset()))
        with pytest.raises((NotObserved, NotSent)):
            asks(web, f"http://outside.example:{server.port}/", message)[which]()
        assert names.connected == ["93.184.216.34"]
        assert names.asked == ["outside.example", "inside.example"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://a.example/",
        "javascript:1",
        "data:,x",
        "unix:/x",
        "http://a.example:22/",
        "http://u:p@a.example/",
    ],
)
def test_only_the_web_is_asked(address: str, message) -> None:
    with pytest.raises(Unfit):
        read_address(address)
    with pytest.raises(NotSent):
        call(address, message, LAB)


def test_the_exception_is_per_host(serve, message) -> None:
    server = serve({"/": page()})
    allowed = replace(LAB, allowed=frozenset({"127.0.0.1"}))
    assert fetch(read_address(server.url("/")), allowed).status == 200
    with pytest.raises(NotObserved):
        fetch(read_address(f"http://[::1]:{server.port}/"), allowed)
    with pytest.raises(NotObserved):
        fetch(read_address("http://169.254.169.254/"), replace(LAB, allowed=frozenset({"169.254.169.254"})))


def test_size_time_and_hops_are_bounded(serve) -> None:
    limits = replace(LAB.limits, page=10_000, wire=10_000, seconds=1.0)
    server = serve({"/big": page(b"x" * 50_000), "/loop": redirect("/loop"), "/": page()})
    for path in ("/big", "/loop"):
        with pytest.raises(NotObserved):
            fetch(read_address(server.url(path)), replace(LAB, limits=limits))
    assert len(server.requests) <= 2 + limits.hops + 1


def test_addresses_in_pages_are_never_asked(archive, lines) -> None:
    """The wall of ``loopback`` lets no connection out: to draw everything asks nobody."""
    for line in archive.find(Query(limit=None)):
        archive.article(line.statement.document)
    assert lines
