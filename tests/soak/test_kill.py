"""An add that is killed at any moment leaves a sound archive, and the next add makes it whole."""

from __future__ import annotations

import json
import random
import time

import pytest

from bench.pages import pages as generated
from stemma import flow
from stemma.archive import Archive
from stemma.archive.store import store
from stemma.archive.views import Query

FEW, MANY = 3, 50
RUNS = [*range(FEW), *(pytest.param(n, marks=pytest.mark.soak) for n in range(FEW, MANY))]


@pytest.fixture(scope="module")
def duration(pages, kit, tmp_path_factory):
    """Seconds that adding takes here and now."""
    process = kit.start_adding(tmp_path_factory.mktemp("timed") / "a", pages)
    began = time.monotonic()
    assert process.wait() == 0
    process.communicate()
    return time.monotonic() - began


@pytest.mark.parametrize("seed", RUNS)
def test_killed_at_a_random_moment(seed, pages, whole, duration, kit, tmp_path):  # noqa: PLR0917 (fixtures)
    moments = random.Random(seed)
    path = tmp_path / "a.stemma"
    for _ in range(1 + seed % 2):  # some are killed twice
        process = kit.start_adding(path, pages)
        time.sleep(moments.uniform(0, duration))
        process.kill()
        process.communicate()
        if (path / "archive.sqlite").exists() and (path / "archive.sqlite").stat().st_size:
            assert kit.complaints(path) == []
    flow.add(path, pages)
    assert kit.complaints(path) == []
    assert kit.exported(path) == kit.exported(whole)


@pytest.mark.soak
@pytest.mark.parametrize("count", [2, 4])
def test_processes_that_add_at_once(count, pages, records, kit, tmp_path):
    path = tmp_path / "a.stemma"
    shuffled = [random.Random(n).sample(pages, len(pages)) for n in range(count)]
    processes = [kit.start_adding(path, some) for some in shuffled]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * count
    assert kit.complaints(path) == []
    assert kit.exported(path) == records


@pytest.mark.soak
def test_readers_are_never_blocked_while_one_adds(pages, kit, tmp_path, monkeypatch):
    """A reader that would have to wait for a lock at all gives up with an error; how busy the machine is counts not."""
    path, source = tmp_path / "a.stemma", tmp_path / "more.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in generated(200)))
    flow.add(path, pages[:2])
    process = kit.start_adding(path, [*pages, str(source)])
    monkeypatch.setattr(store, "_PATIENCE", 0)
    looks = 0
    while process.poll() is None:
        kit.exported(path)
        with Archive.open(path) as archive:
            assert archive.totals().pages
            assert next(archive.find(Query()))
        looks += 1
    process.communicate()
    assert process.returncode == 0
    assert looks
