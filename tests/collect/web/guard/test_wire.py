"""One look-up, every answer checked, nothing connected before."""

from __future__ import annotations

import time

import httpcore2
import pytest

from stemma.collect.web.guard.addresses import read_address
from stemma.collect.web.guard.wire import Budget, Checked, Line, NotObserved, checked_numbers, connect, look_up

ORVO = read_address("http://orvo.example/")
NOBODY = frozenset()


def numbers(*found, address=ORVO, allowed=NOBODY):
    return checked_numbers(address, lambda *_: list(found), allowed, Budget(1, 1))


def test_public_numbers_pass():
    assert numbers("93.184.216.34", "2606:4700::1111") == ["93.184.216.34", "2606:4700::1111"]


def test_one_private_number_among_public_ones_refuses_all():
    with pytest.raises(
        NotObserved, match=r"orvo.example is at 10.0.0.7, which is a private network .* --allow-host orvo"
    ):
        numbers("93.184.216.34", "10.0.0.7")


def test_a_host_that_a_person_names():
    assert numbers("10.0.0.7", allowed=frozenset({"orvo.example"})) == ["10.0.0.7"]
    with pytest.raises(NotObserved, match="private network"):
        numbers("10.0.0.7", allowed=frozenset({"dorn.example"}))


def test_nobody_may_name_the_metadata_of_a_cloud():
    with pytest.raises(NotObserved) as told:
        numbers("169.254.169.254", allowed=frozenset({"orvo.example"}))
    assert "--allow-host" not in str(told.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://192.168.1.1/", "http://0.0.0.0/"])
def test_numbers_are_not_looked_up(url):
    def asked(*_):
        raise AssertionError("a number was looked up")

    with pytest.raises(NotObserved, match="nothing was connected"):
        checked_numbers(read_address(url), asked, NOBODY, Budget(1, 1))


@pytest.mark.parametrize("error", [OSError("no such host"), UnicodeError("label too long"), RuntimeError("anything")])
def test_unknown_names(error):
    def failing(*_):
        raise error

    with pytest.raises(NotObserved, match=r"orvo.example is not known here"):
        checked_numbers(ORVO, failing, NOBODY, Budget(1, 1))
    with pytest.raises(NotObserved, match="not known"):
        numbers()


def test_a_resolver_without_end_is_left_alone():
    began = time.monotonic()
    with pytest.raises(NotObserved, match="longer than"):
        checked_numbers(ORVO, lambda *_: time.sleep(30) or [], NOBODY, Budget(0.1, 1))
    assert time.monotonic() - began < 10


def test_what_a_resolver_says_that_is_no_number():
    with pytest.raises(NotObserved, match="no IP address"):
        numbers("localhost")


def test_look_up_gives_each_number_once():
    assert look_up("127.0.0.1", 80) == ["127.0.0.1"]


def test_budget():
    budget = Budget(60, 10)
    assert 50 < budget.left() <= 60
    budget.spend(10)
    with pytest.raises(NotObserved, match="more than 10 bytes"):
        budget.spend(1)
    budget.refill(5)
    budget.spend(5)
    with pytest.raises(NotObserved, match="longer than 0 seconds"):
        Budget(0, 1).left()


def test_the_next_number_is_tried(serve):
    server, budget, tried = serve(), Budget(5, 1_000), []

    def picky(number, port, seconds):
        tried.append(number)
        if number != "127.0.0.1":
            raise httpcore2.ConnectError("refused")
        return connect(number, port, seconds)

    with_two = Checked(["192.0.2.1", "127.0.0.1"], picky, budget)
    with_two.connect_tcp("whatever", server.port).close()
    assert tried == ["192.0.2.1", "127.0.0.1"]
    assert budget.number == "127.0.0.1"
    with pytest.raises(httpcore2.ConnectError):
        Checked(["192.0.2.1", "192.0.2.2"], picky, budget).connect_tcp("whatever", server.port)


def test_a_line_counts_and_passes_questions_on():
    mock = httpcore2.MockStream([b"four", b"more"])
    line = Line(mock, Budget(5, 5))
    line.write(b"anything")
    assert line.read(100) == b"four"
    assert line.get_extra_info("socket") is None
    with pytest.raises(NotObserved, match="more than 5 bytes"):
        line.read(100)
    line.close()
