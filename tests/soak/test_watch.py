"""A watch of two hundred cycles: every edit that stood when the page was asked for is kept, none is invented."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
from itertools import pairwise

import pytest
from loopback import page, redirect

from stemma.archive import Archive
from stemma.collect.watch.plan import Plan, Watched
from stemma.records import Snapshot, decode
from stemma.watching import watch
from tests.collect.watch.conftest import START, _wall, lab, serve, site, time

__all__ = ["_wall", "lab", "serve", "site", "time"]
pytestmark = pytest.mark.soak
HOUR = 3600.0
AGAIN = (HOUR, 3 * HOUR, 12 * HOUR)


def fill(site, chance: random.Random, pages: int, span: float) -> None:
    """Pages that appear, are edited, vanish and come back; a server that now and then has enough, fails or hangs up."""
    for number in range(pages):
        at = START + chance.random() * span * 0.7
        site.put(f"/{number}", f"Lamp {number} is lit, the harbour board said.", at)
        for edit in range(chance.randrange(4)):
            at += chance.choice([600.0, 2 * HOUR, 5 * HOUR, 20 * HOUR])
            gone = chance.random() < 0.2
            site.put(f"/{number}", None if gone else f"Lamp {number} is lit, said the board ({edit}).", at)
    site.extra["/0"] = redirect("http://10.0.0.1/")
    plain, count = site._feed, iter(range(10**9))
    moods = {3: page(b"", "Retry-After: 700", status="429 Too Many Requests"), 5: page(b"", status="500 Oops"), 7: b""}
    site.extra["/feed"] = lambda: (
        moods.get(next(count) % 11) or site._answered(plain(), site.server.requests[-1], "application/rss+xml")
    )


def expected(site, asked: list[tuple[float, str, bytes]]) -> dict[str, list[bytes]]:
    """What stood there at each request, without what stood there at the one before."""
    found: dict[str, list[bytes]] = {}
    for at, path, _ in asked:
        if path in site.wordings and path not in site.extra and (body := site.standing(path, at)) is not None:
            kept = found.setdefault(path, [])
            if not kept or kept[-1] != body:
                kept.append(body)
    return found


def kept(path) -> dict[str, list[bytes]]:
    """The bytes that the archive has of each page, in order of their time."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    with Archive.open(path) as archive:
        for line in archive.export():
            record = decode(line)
            if isinstance(record, Snapshot):
                at = "/" + record.url.rsplit("/", 1)[1]
                found.setdefault(at, []).append((record.fetched, archive.payload(record.id)))
    return {at: [body for _, body in sorted(rows)] for at, rows in found.items()}


def test_two_hundred_cycles(site, lab, tmp_path):
    fill(site, random.Random(9), 60, 50 * HOUR)
    plan = Plan((Watched("feed", site.server.url("/feed"), 900.0, AGAIN),))
    rounds, memory = 0, []
    for _ in watch(tmp_path / "a.stemma", plan, lab, clock=site.time.clock):
        rounds += 1
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        if site.time.now > START + 60 * HOUR:
            break
    assert rounds >= 200
    assert kept(tmp_path / "a.stemma") == expected(site, site.asked)
    times = [at for at, _, _ in site.asked]
    assert min(later - sooner for sooner, later in pairwise(times)) >= lab.limits.gap
    assert memory[-1] - memory[len(memory) // 2] < 30_000, "memory grows with the rounds"


_CHILD = """
import sys
from dataclasses import replace
from stemma.collect.watch.plan import Plan, Watched
from stemma.collect.web.settings import Limits, Web
from stemma.watching import watch
web = Web(allowed=frozenset({"127.0.0.1"}), limits=Limits(seconds=5, gap=0.01))
plan = Plan((Watched("feed", sys.argv[2], 900.0, (3600.0,)),))
for _ in watch(sys.argv[1], plan, web, once=True):
    pass
"""


@pytest.mark.parametrize("seed", range(10))
def test_killed_at_a_random_moment(site, tmp_path, seed):
    chance = random.Random(seed)
    for number in range(40):
        site.put(f"/{number}", f"Lamp {number} is lit, the harbour board said.")
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "a.stemma"), site.server.url("/feed")]
    for _ in range(3):
        child = subprocess.Popen(command)
        try:
            child.wait(chance.uniform(0.5, 6))
        except subprocess.TimeoutExpired:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
    assert subprocess.run(command, check=False).returncode == 0
    assert {at: set(bodies) for at, bodies in kept(tmp_path / "a.stemma").items()} == {
        f"/{number}": {site.standing(f"/{number}", START)} for number in range(40)
    }
