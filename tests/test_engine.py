"""The engine: loop and workers give the same; one bad item costs only itself, whatever it does."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from stemma import engine
from stemma.engine import bounds, crew, worker
from stemma.records import Problem, Run
from stemma.stage import Each, Group

MEGABYTE = 2**20
WAYS = ["fork", "fresh interpreter"]


def double(item: int) -> list[Run]:
    if item == 13:
        raise ValueError("unlucky")
    return [Run(stage="double", version=str(item * 2))]


def deadly(item: int) -> list[Run]:
    match item:
        case 5:
            os._exit(7)
        case 6:
            ctypes.string_at(0)
        case 7:
            os.kill(os.getpid(), signal.SIGKILL)
    return double(item)


def endless(item: int) -> list[Run]:
    while item == 5:
        pass
    while item == 6:  # deaf to exceptions
        with suppress(BaseException):
            while True:
                pass
    return double(item)


def sleepy(item: int) -> list[Run]:
    if item == 5:
        time.sleep(600)
    return double(item)


def greedy(item: int) -> list[Run]:
    if item == 5:
        bytearray(2_000 * MEGABYTE)
    return double(item)


kept: list[bytearray] = []


def hoarding(item: int) -> list[Run]:
    kept.append(bytearray(60 * MEGABYTE))
    return double(item)


def lazily(item: int) -> Iterator[Run]:
    yield Run(stage="lazy", version=str(item))
    raise KeyError(item)


def of(function):
    return Each(function.__name__, "1", function)


def told(function, items=range(10), workers=1):
    """What is said of each item that has a Problem; all others must be as they should."""
    found = list(engine.each(of(function), items, workers))
    assert [item for item, _ in found] == list(items)
    problems = {item: some[0].message for item, some in found if isinstance(some[0], Problem)}
    assert all(some == double(item) for item, some in found if item not in problems)
    return problems


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    if request.param == "fork":
        assert worker.can_fork()
    else:
        monkeypatch.setattr(worker, "can_fork", lambda: False)


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(bounds, "SECONDS", 0.3)


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_give_what_the_loop_gives(way, workers):
    looped = list(engine.each(of(double), range(60), 0))
    assert [item for item, _ in looped] == list(range(60))
    assert list(engine.each(of(double), range(60), workers)) == looped


def test_exception_becomes_a_problem_of_that_item():
    for workers in (0, 1):
        found = dict(engine.each(of(double), range(12, 15), workers))
        assert found[12] == double(12)
        assert found[14] == double(14)
        (problem,) = found[13]
        assert isinstance(problem, Problem)
        assert "ValueError: unlucky" in problem.message
        assert problem.run == of(double).run.id


def test_exception_of_a_lazy_stage_is_caught():
    ((_, found),) = engine.each(of(lazily), [1], 0)
    assert [type(each) for each in found] == [Problem]


@pytest.mark.parametrize("workers", [1, 3])
def test_death_of_a_process_costs_one_item(way, workers):
    problems = told(deadly, range(30), workers)
    assert {5: "exit status 7", 6: "SIGSEGV", 7: "SIGKILL", 13: "unlucky"}.keys() == problems.keys()
    assert "died (exit status 7)" in problems[5]
    assert "died (SIGSEGV)" in problems[6]
    assert "died (SIGKILL)" in problems[7]


def test_a_stage_that_never_ends_is_stopped(hurried):
    problems = told(endless)
    assert list(problems) == [5, 6]
    assert all("seconds of CPU time" in each for each in problems.values())


def test_a_stage_that_sleeps_is_given_up(monkeypatch):
    monkeypatch.setattr(bounds, "PATIENCE", 0.01)
    monkeypatch.setattr(crew, "_SLICE", 0.1)
    problems = told(sleepy)
    assert list(problems) == [5]
    assert "no answer" in problems[5]


def test_time_is_in_proportion_to_size():
    assert bounds.seconds_for(0) < 10
    assert bounds.seconds_for(2 * MEGABYTE) == bounds.seconds_for(0) + 2 * bounds.SECONDS_PER_MEGABYTE
    assert bounds.seconds_for(50 * MEGABYTE) == bounds.MOST_SECONDS < 10


def test_memory_is_bounded():
    problems = told(greedy)
    assert list(problems) == [5]
    assert "more memory" in problems[5]


def test_what_others_left_lying_is_not_an_items_fault():
    assert told(hoarding, range(14, 34)) == {}


def test_items_that_cannot_travel_are_worked_on_here():
    items = [lambda: 1]
    ((_, found),) = engine.each(of(_name), items)
    assert found == [Run(stage="name", version="<lambda>")]


def _name(item):
    return [Run(stage="name", version=item.__name__)]


def test_records_that_cannot_travel_are_made_here():
    ((_, found),) = engine.each(of(_function), [1])
    assert found[0]() == os.getpid()


def _function(_):
    return [lambda: os.getpid()]  # noqa: PLW0108 - a function that cannot be pickled


def test_a_stage_that_cannot_travel_runs_here(monkeypatch):
    monkeypatch.setattr(worker, "can_fork", lambda: False)
    stage = Each("local", "1", lambda item: double(item))  # noqa: PLW0108 - it has no name
    assert dict(engine.each(stage, range(3))) == {n: double(n) for n in range(3)}


def test_no_process_to_be_had(monkeypatch):
    def refused(_):
        raise OSError("too many processes")

    monkeypatch.setattr(crew, "start", refused)
    assert list(engine.each(of(double), range(20), 2)) == list(engine.each(of(double), range(20), 0))


def test_beside_another_thread_nothing_is_forked():
    assert worker.can_fork() == (sys.platform == "linux")
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not worker.can_fork()
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("workers", [1, 2])
def test_look_ahead_is_bounded(workers):
    taken = []

    def items():
        for item in range(1_000):
            taken.append(item)
            yield item

    stream = engine.each(of(double), items(), workers)
    next(stream)
    assert len(taken) <= workers * crew.AHEAD * crew.CHUNK + 1
    stream.close()


def test_large_items_go_alone():
    taken = []

    def items():
        for _ in range(9):
            taken.append(1)
            yield bytes(crew.LARGE)

    stream = engine.each(of(_size), items(), 4)
    next(stream)
    assert len(taken) <= 2  # one in the making, one that waits
    assert len(list(stream)) == 8


def _size(item):
    return [Run(stage="size", version=str(len(item)))]


def whose(item: bytes) -> list[Run]:
    return [Run(stage="whose", version=str(os.getpid()))]


def test_a_large_item_leaves_nothing_behind_in_its_worker(monkeypatch):
    monkeypatch.setattr(crew, "LARGE", 1_000)
    items = [b"a", b"b" * 2_000, b"c", b"d"]
    (first,), (large,), (third,), (last,) = [found for _, found in engine.each(of(whose), items, 1)]
    assert first == large
    assert third == last != large


def test_the_first_result_does_not_wait_for_others():
    stream = engine.each(of(_slowly), range(8))
    began = time.monotonic()
    assert next(stream)[0] == 0
    assert time.monotonic() - began < 5 * 0.4
    stream.close()


def _slowly(item):
    time.sleep(0.4)
    return double(item)


@pytest.mark.parametrize("ending", ["to the end", "closed", "failed"])
def test_no_process_is_left(ending):
    def items():
        yield from range(20)
        if ending == "failed":
            raise KeyboardInterrupt

    stream = engine.each(of(double), items(), 2)
    next(stream)
    pids = [post.worker.process for post in stream.gi_frame.f_locals["self"]._posts]
    assert pids
    if ending == "closed":
        stream.close()
    else:
        with pytest.raises(KeyboardInterrupt) if ending == "failed" else nullcontext():
            list(stream)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


WAITING = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what runs in the background ignore it
from stemma import engine
from stemma.stage import Each
import tests_of_engine as tests
for item, found in engine.each(Each("s", "1", tests.{stage}), range(100), 2):
    print(item, flush=True)
"""


@pytest.mark.parametrize("stage", ["slow", "busy"])
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_the_end_of_the_program_is_the_end_of_its_workers(end, stage, tmp_path):
    (tmp_path / "tests_of_engine.py").write_text(
        "import os, time\nfrom stemma.records import Run\n"
        f"def note(): open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w').close()\n"
        "def slow(item):\n    note()\n    time.sleep(0.2 if item < 2 else 60)\n    return [Run(stage='s', version='1')]\n"
        "def busy(item):\n    note()\n    while item >= 2: pass\n    return [Run(stage='s', version='1')]\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", WAITING.format(stage=stage)], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert program.stdout
    program.stdout.readline()
    workers = [int(each.name) for each in tmp_path.iterdir() if each.name.isdigit()]
    assert workers
    program.send_signal(end)
    _, said = program.communicate()
    assert (b"KeyboardInterrupt" in said) == (end == signal.SIGINT)
    assert said.count(b"Traceback") == (end == signal.SIGINT)
    last = time.monotonic() + 5
    while any(map(lives, workers)) and time.monotonic() < last:
        time.sleep(0.02)
    assert not any(map(lives, workers))


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize(("item", "name"), [(Run(id="u1", stage="x", version="1"), "u1"), (3, "int")])
def test_names_of_items(item, name):
    assert engine.name_of(item) == name


def _together(items, key):
    yield Run(stage=key, version=str(sum(items) // items[0]))


@pytest.mark.parametrize(("items", "kind"), [([2, 4], Run), ([0, 4], Problem)])
def test_exception_of_a_group_stage_becomes_a_problem_of_its_key(items, kind):
    group = Group("together", "1", lambda item: ["k"], _together)
    (found,) = engine.guarded(group, "k", group.function, items, "k")
    assert type(found) is kind
    assert not isinstance(found, Problem) or (found.about, found.run) == ("k", group.run.id)


@pytest.mark.parametrize("beside", [False, True])
def test_a_standing_worker_serves_one_lot_after_the_other(beside):
    """Whether it is forked or, where a thread runs beside the caller's, a fresh interpreter."""
    found: list[tuple[int, list]] = []

    def ask() -> None:
        standing = engine.Standing(Each("double", "1", deadly))
        for some in ([1, 2], [], [7, 13], [4]):
            found.extend(standing.each(some))

    if beside:
        asking = threading.Thread(target=ask)
        asking.start()
        asking.join()
    else:
        ask()
    assert [item for item, _ in found] == [1, 2, 7, 13, 4]
    assert [type(records[0]) for _, records in found] == [Run, Run, Problem, Problem, Run]
