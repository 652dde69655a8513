"""Rounds of a watch against a server of our own: every edit that could be seen is found, none is invented."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from loopback import page, redirect

from stemma.collect.watch.plan import Plan, Watched
from stemma.collect.watch.state import State
from stemma.collect.watch.watcher import Watcher
from stemma.errors import BadValue
from stemma.records import Capture, Problem
from tests.collect.watch.conftest import START

HOUR, DAY = 3600.0, 86_400.0


class Run:
    """A watch and all that it gave."""

    def __init__(self, site, lab, folder, *sources) -> None:
        self.site, self.folder, self.lab = site, folder, lab
        self.plan = Plan(sources or (Watched("feed", site.server.url("/feed"), 15 * 60.0, (HOUR, 6 * HOUR, DAY)),))
        self.found: list = []
        self.seen: list = []

    def until(self, end: float) -> Run:
        """Go on until then."""
        time = self.site.time
        with State(self.folder) as state:
            watcher = Watcher(self.plan, state, self.lab, time.clock)
            while time.now < end:
                self.found += watcher.round()
                self.seen += watcher.seen
                watcher.done()
                wait = watcher.wait()
                if wait is None:
                    break
                time.sleep(max(0.0, min(wait, end - time.now)))
        return self

    def texts(self, path: str) -> list[bytes]:
        return [each.payload for each in self.found if isinstance(each, Capture) and each.snapshot.url.endswith(path)]

    @property
    def problems(self) -> list[str]:
        return [each.message for each in self.found if isinstance(each, Problem)]


@pytest.fixture
def run(site, lab, tmp_path):
    return lambda *sources: Run(site, lab, tmp_path, *sources)


def test_pages_of_a_feed_and_their_edits(site, run):
    site.put("/1", "The lamps are lit.")
    site.put("/1", "The lamps are not lit.", START + 2 * HOUR)
    site.put("/2", "The harbour opens.", START + 3 * HOUR)
    watch = run().until(START + 12 * HOUR)
    assert watch.texts("/1") == [site.standing("/1", START), site.standing("/1", START + 3 * HOUR)]
    assert len(watch.texts("/2")) == 1
    assert watch.problems == []


def test_what_did_not_change_is_not_sent_again(site, run):
    site.put("/1", "The lamps are lit.")
    run().until(START + 8 * HOUR)
    again = [request for _, path, request in site.asked if path == "/1"][1:]
    assert again
    assert all(b"If-None-Match" in request for request in again)


def test_a_page_that_cannot_be_had_is_not_observed_and_comes_back(site, run):
    site.put("/1", "The lamps are lit.")
    site.put("/1", None, START + 30 * 60)
    site.put("/1", "The lamps are lit again.", START + 90 * 60)
    watch = run().until(START + DAY)
    assert len(watch.texts("/1")) == 2
    (problem,) = watch.problems
    assert "not observed: the server answered 404 Not Found" in problem
    assert "removed" not in problem


def test_a_page_that_stays_away_is_given_up(site, run):
    site.put("/1", "The lamps are lit.")
    site.put("/1", None, START + 30 * 60)
    rarely = Watched("feed", site.server.url("/feed"), 12 * HOUR, (HOUR, 6 * HOUR, DAY))
    watch = run(rarely).until(START + 20 * DAY)
    assert len([path for path in site.paths() if path == "/1"]) == 1 + 8
    assert "asked for no more" in watch.problems[-1]


def test_robots_are_followed(site, run):
    site.extra["/robots.txt"] = page(b"User-agent: *\nDisallow: /2\nCrawl-delay: 7\n")
    for path in ("/1", "/2"):
        site.put(path, "The lamps are lit.")
    watch = run().until(START + HOUR / 2)
    assert "/2" not in site.paths()
    assert any("robots.txt" in problem for problem in watch.problems)
    times = [at for at, _, _ in site.asked]
    assert min(later - sooner for sooner, later in pairwise(times[2:])) >= 7


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy"])
def test_a_site_in_trouble_about_its_rules_is_asked_for_nothing(site, run, status):
    site.extra["/robots.txt"] = page(b"", status=status)
    site.put("/1", "The lamps are lit.")
    run().until(START + 50 * 60)
    assert site.paths() == []


def test_rules_of_fifty_megabytes_are_read_as_far_as_they_must(site, run):
    site.extra["/robots.txt"] = page(b"User-agent: *\nDisallow: /2\n" + b"# long\n" * 7_000_000)
    for path in ("/1", "/2"):
        site.put(path, "The lamps are lit.")
    run().until(START + 20 * 60)
    assert "/1" in site.paths()
    assert "/2" not in site.paths()


@pytest.mark.parametrize("asked", ["1800", "Sat, 26 Apr 2031 20:30:00 GMT"])
def test_a_server_that_has_enough_is_left_alone_as_long_as_it_asks(site, run, asked):
    answers = iter([page(b"", f"Retry-After: {asked}", status="429 Too Many Requests")])
    site.put("/1", "The lamps are lit.")
    site.extra["/feed"] = lambda: next(answers, page(site._feed()))
    watch = run().until(START + 2 * HOUR)
    first, second = [at for at, path, _ in site.asked if path == "/feed"][:2]
    assert second - first >= 1000 if "Sat" in asked else second - first >= 1800
    assert all(not first < at < second for at, _, _ in site.asked)
    assert len(watch.texts("/1")) == 1
    assert watch.problems == []


def test_one_request_at_a_time_with_a_rest_between(site, run):
    for number in range(12):
        site.put(f"/{number}", f"Lamp {number} is lit.")
    run().until(START + 10 * 60)
    times = [at for at, _, _ in site.asked]
    assert len(set(site.paths())) == 13
    assert min(later - sooner for sooner, later in pairwise(times)) >= 1


def test_no_redirect_leads_to_a_forbidden_address(site, run):
    site.put("/1", "The lamps are lit.")
    site.extra["/1"] = redirect("http://169.254.169.254/latest/meta-data/")
    watch = run().until(START + 10 * 60)
    assert "nothing was connected" in watch.problems[0]


def test_no_redirect_goes_around_robots(site, run):
    site.extra["/robots.txt"] = page(b"User-agent: Stemma\nDisallow: /secret\n")
    site.put("/1", "The lamps are lit.")
    site.put("/secret", "Hidden.", START + 10 * DAY)
    site.extra["/1"] = redirect("/secret")
    watch = run().until(START + 10 * 60)
    assert "/secret" not in site.paths()
    assert "robots.txt" in watch.problems[0]


def test_what_is_no_page_is_asked_for_once(site, run):
    site.put("/1", "The lamps are lit.")
    site.extra["/1"] = page(b"%PDF-1.7 ....")
    watch = run().until(START + 3 * HOUR)
    assert site.paths().count("/1") == 1
    assert "PDF" in watch.problems[0]


def test_sitemaps_and_their_indexes(site, run):
    head = '<?xml version="1.0"?><{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    site.extra["/index.xml"] = page(
        (
            head.format("sitemapindex") + f"<sitemap><loc>{site.server.url('/news.xml')}</loc></sitemap></sitemapindex>"
        ).encode()
    )
    rows = "".join(f"<url><loc>{site.server.url(f'/{n}')}</loc><lastmod>2031-04-0{n}</lastmod></url>" for n in (1, 2))
    site.extra["/news.xml"] = page((head.format("urlset") + rows + "<url><loc>ftp://x/</loc></url></urlset>").encode())
    for path in ("/1", "/2"):
        site.put(path, f"The lamps of {path} are lit.")
    watch = run(Watched("sitemap", site.server.url("/index.xml"), HOUR, (HOUR,))).until(START + HOUR / 2)
    assert {each.snapshot.url[-2:] for each in watch.found} == {"/1", "/2"}


def test_a_page_of_its_own_and_a_list(site, run):
    for path in ("/1", "/2"):
        site.put(path, f"The lamps of {path} are lit.")
    site.put("/1", "The lamps of /1 are out.", START + 20 * DAY)
    page_ = Watched("page", site.server.url("/1"), DAY / 2, (HOUR,), outlet="Dorn Post")
    listed = Watched("list", "list.txt", DAY, (HOUR,), pages=(site.server.url("/2"),))
    watch = run(page_, listed).until(START + 21 * DAY)
    assert len(watch.texts("/1")) == 2
    assert watch.found[0].snapshot.outlet == "Dorn Post"
    assert site.paths().count("/2") == 2


def test_a_listing_that_fails_is_told_once_and_asked_rarer(site, run):
    site.extra["/feed"] = page(b"<html><p>No feed.")
    watch = run().until(START + 5 * HOUR)
    assert len(watch.problems) == 1
    assert len([path for path in site.paths() if path == "/feed"]) == 4


def test_more_new_pages_than_one_reading_brings(site, run):
    for number in range(5):
        site.put(f"/{number}", f"Lamp {number} is lit.")
    few = Watched("feed", site.server.url("/feed"), 15 * 60.0, (HOUR,), most=2)
    watch = run(few).until(START + HOUR)
    assert len({each.snapshot.url for each in watch.found}) == 5


def test_what_was_not_kept_is_asked_for_again(site, run, lab, tmp_path):
    site.put("/1", "The lamps are lit.")
    watch = run()
    with State(tmp_path) as state:
        watcher = Watcher(watch.plan, state, lab, site.time.clock)
        while not watcher.round():
            watcher.done()
            site.time.sleep(1)
    assert site.paths().count("/1") == 1
    watch.until(START + 5 * 60)
    assert len(watch.texts("/1")) == 1


def test_a_second_watch_is_refused(site, run, lab, tmp_path):
    with State(tmp_path), pytest.raises(BadValue, match="no other watch"):
        State(tmp_path)


def test_a_source_that_is_watched_no_more_is_asked_for_no_more(site, run):
    site.put("/1", "The lamps are lit.")
    watch = run().until(START + 60)
    watch.plan = replace(watch.plan, sources=(Watched("page", site.server.url("/9"), HOUR, (HOUR,)),))
    asked = len(site.paths())
    site.put("/9", "Elsewhere.")
    watch.until(START + DAY)
    assert set(site.paths()[asked:]) == {"/9"}
