"""What is shown while pages are added."""

from __future__ import annotations

import io

import pytest
from rich.progress import TimeRemainingColumn

from stemma.show.terminal import progress, screen, working


@pytest.fixture
def clock(monkeypatch):
    """Seconds, as the bar has them."""
    now = [0.0]
    real = progress.Progress

    def made(*columns, **said):
        return real(*columns, get_time=lambda: now[0], **said)

    monkeypatch.setattr(progress, "Progress", made)
    return now


def left(work) -> str:
    (task,) = work._progress.tasks
    return str(TimeRemainingColumn().render(task))


def test_the_time_left_follows_from_the_bytes_that_are_left(clock):
    with working(screen(io.StringIO())) as work:
        assert not left(work)
        for second in range(11):
            clock[0] = float(second)
            work.gauging(second * 1_000_000, 100_000_000)
            work.keeping(second * 150, 1)
        assert left(work) == "0:01:30"
        (task,) = work._progress.tasks
        assert task.fields["count"] == "1,500 pages"
        assert task.fields["account"].endswith("a second, 1 problem")


def test_each_part_of_the_work_has_a_time_of_its_own(clock):
    with working(screen(io.StringIO())) as work:
        for second in range(4):
            clock[0] = float(second)
            work.gauging(second * 1_000_000, 3_000_000)
        for second in range(11):
            clock[0] = 10.0 + second
            work(second * 10, 300, 0)
        assert left(work) == "0:00:20"
        (task,) = work._progress.tasks
        assert task.fields["count"] == "100 of 300"


def test_without_a_known_end_no_time_is_told(clock):
    with working(screen(io.StringIO())) as work:
        clock[0] = 5.0
        work.gauging(1_000, None)
        work.keeping(3, 0)
        assert not left(work)
