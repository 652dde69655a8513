"""R6: servers are told who asks; robots.txt, Crawl-delay and "enough" are followed; nobody logs in; noarchive stays here."""

from __future__ import annotations

from itertools import pairwise

import pytest
from loopback import page

from stemma.archive import Archive
from stemma.collect.watch.plan import Plan, Watched
from stemma.collect.web.settings import asking
from stemma.errors import BadValue
from stemma.watching import watch
from tests.collect.watch.conftest import START, _wall, lab, serve, site, time

__all__ = ["_wall", "lab", "serve", "site", "time"]
HOUR = 3600.0


def rounds(site, lab, tmp_path, hours: float = 3) -> list[tuple[float, str]]:
    plan = Plan(
        (
            Watched("page", site.server.url("/0"), HOUR / 4, (HOUR,)),
            Watched("page", site.server.url("/1"), HOUR / 4, (HOUR,)),
        )
    )
    for _ in watch(tmp_path / "a.stemma", plan, lab, clock=site.time.clock):
        if site.time.now > START + hours * HOUR:
            break
    return [(at, path) for at, path, _ in site.asked]


def test_servers_are_told_who_asks_and_no_cookie_is_sent(site, lab, tmp_path) -> None:
    site.put("/0", "The lamps are lit.", START)
    rounds(site, lab, tmp_path)
    requests = [request.decode("latin-1").lower() for request in site.server.requests]
    assert requests
    for request in requests:
        assert "user-agent: stemma/" in request
        assert "cookie:" not in request
        assert "authorization:" not in request
    assert "+desk@orvo.example" in asking("desk@orvo.example").agent


def test_what_robots_txt_forbids_is_not_asked_for(site, lab, tmp_path) -> None:
    site.extra["/robots.txt"] = page(b"User-agent: *\nDisallow: /1\n").replace(b"text/html", b"text/plain")
    site.put("/0", "The lamps are lit.", START)
    site.put("/1", "The ferry is late.", START)
    asked = {path for _, path in rounds(site, lab, tmp_path)}
    assert "/0" in asked
    assert "/1" not in asked


def test_a_server_that_fails_to_tell_its_rules_is_left_alone(site, lab, tmp_path) -> None:
    """RFC 9309, 2.3.1.4: a server error is a complete disallow."""
    site.extra["/robots.txt"] = page(b"", status="503 Busy")
    site.put("/0", "The lamps are lit.", START)
    assert "/0" not in {path for _, path in rounds(site, lab, tmp_path, 1)}


def test_two_requests_to_a_host_lie_apart_and_crawl_delay_holds(site, lab, tmp_path) -> None:
    site.extra["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 90\n").replace(b"text/html", b"text/plain")
    for number in range(2):
        site.put(f"/{number}", "The lamps are lit.", START)
    times = sorted(at for at, path in rounds(site, lab, tmp_path) if path in {"/0", "/1"})
    assert len(times) > 2
    assert min(later - sooner for sooner, later in pairwise(times)) >= 90


def test_one_that_has_enough_is_left_alone_as_long_as_it_asks(site, lab, tmp_path) -> None:
    site.extra["/0"] = page(b"", "Retry-After: 5400", status="429 Too Many Requests")
    times = [at for at, path in rounds(site, lab, tmp_path) if path == "/0"]
    assert min((later - sooner for sooner, later in pairwise(times)), default=5400) >= 5400


def test_nobody_logs_in(command, tmp_path) -> None:
    done = command("add", "http://user:password@dornpost.example/1", "--archive", tmp_path / "a.stemma")
    assert done.status in {1, 2}
    assert "nobody is ever logged in" in done.err
    with pytest.raises(BadValue):
        asking("desk\r\nCookie: a=b")


def test_a_noarchive_page_stays_here(tmp_path, command) -> None:
    file = tmp_path / "page.html"
    file.write_text('<html><head><meta name="robots" content="noarchive"></head><body><p>KARVIS. “The lamps are lit,” said Kim Vael.</p></body></html>')  # fmt: skip
    command("add", file, "--statements", "rules", "--archive", tmp_path / "a.stemma")
    told = command("export", "--format", "wacz", "-o", tmp_path / "out.wacz", "--archive", tmp_path / "a.stemma").err
    assert "left out" in told
    with Archive.open(tmp_path / "a.stemma") as archive:
        assert archive.totals().pages == 1
