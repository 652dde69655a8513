"""A process that reads: where it hangs, fills the memory or dies, that is told, and the rest comes."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from itertools import repeat

import pytest

from stemma.child import process
from stemma.collect.apart import hand, reading
from stemma.collect.apart.hand import Hand, Lost


def count(pulse):
    yield from range(5)


def spin(pulse):
    yield 1
    while True:
        pass


def toil(pulse):
    yield 1
    sum(repeat(1, 10**12))  # one step of the interpreter, which cannot be broken off


def sleep(pulse):
    yield 1
    time.sleep(3600)


def fill(pulse):
    yield 1
    bytearray(2 * 2**30)


def crash(pulse):
    yield 1
    ctypes.string_at(0)


def leave(pulse):
    yield 1
    os._exit(3)


def fail(pulse):
    yield 1
    raise KeyError("no such field")


def work_long(pulse):
    for number in range(8):
        until = time.process_time() + 0.1
        while time.process_time() < until:
            pass
        yield number


DEEDS = [
    (spin, "CPU time"), (toil, "CPU time"), (sleep, "gave nothing"), (fill, "more memory"), (crash, "SIGSEGV"),
    (leave, "exit status 3"), (fail, "KeyError: 'no such field'"),
]  # fmt: skip


@pytest.fixture(params=["fork", "stranger"])
def worker(request, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.25)
    monkeypatch.setattr(hand, "PATIENCE", 4.0)
    monkeypatch.setattr(hand, "SLICE", 0.1)
    if request.param == "stranger":
        monkeypatch.setattr(process, "can_fork", lambda: False)
    with Hand() as made:
        yield made


def values(told):
    return [each.value for each in told if each.kind == "found"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such process")
@pytest.mark.parametrize(("deed", "why"), DEEDS)
def test_what_a_bad_job_told_counts_and_the_next_one_is_done(deed, why, worker):
    found = []
    with pytest.raises(Lost, match=why):
        found.extend(each.value for each in worker.told(deed) if each.kind == "found")
    assert found == [1]
    assert values(worker.told(count)) == [0, 1, 2, 3, 4]


def test_a_job_that_tells_something_now_and_then_may_take_long(worker):
    assert values(worker.told(work_long)) == list(range(8))


def test_a_process_that_died_at_rest_costs_nothing(worker):
    assert values(worker.told(count))
    os.kill(worker._child.process, 9)
    time.sleep(0.05)
    assert values(worker.told(count)) == [0, 1, 2, 3, 4]


def test_a_job_left_early_is_ended_and_the_next_tells_its_own(worker):
    told = worker.told(count)
    next(told)
    told.close()
    assert worker._child is None
    assert values(worker.told(count)) == [0, 1, 2, 3, 4]


def test_whoever_leaves_leaves_no_process(worker):
    values(worker.told(count))
    number = worker._child.process
    worker.end()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
