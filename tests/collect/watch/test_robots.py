"""What an answer about a site's rules means (RFC 9309)."""

from __future__ import annotations

import pytest

from stemma.collect.watch.robots import rules_of, unknown

URL = "https://dornpost.example/secret"


@pytest.mark.parametrize(
    ("status", "body", "may"),
    [(200, b"User-agent: *\nDisallow: /secret", False), (200, b"User-agent: Stemma\nAllow: /\nUser-agent: *\nDisallow: /", True),
     (200, b"", True), (200, b"\xff\xfe\x00garbage" * 1000, True), (200, b"<html>Disallow: /", True),
     (404, b"", True), (403, b"", True), (410, b"", True), (429, b"", False), (500, b"", False), (503, b"", False)],
)  # fmt: skip
def test_whether_a_page_may_be_asked_for(status, body, may):
    assert rules_of(status, body, 0.0).may(URL) is may


@pytest.mark.parametrize(("said", "delay"), [("5", 5.0), ("0.5", 0.5), ("-3", 0.0), ("never", 0.0), ("1e99", 3600.0)])
def test_the_delay_that_is_asked_for(said, delay):
    assert rules_of(200, f"User-agent: *\nCrawl-delay: {said}".encode(), 0.0).delay == delay


def test_rules_are_asked_for_again_after_a_day():
    assert rules_of(200, b"", 10.0).until == 10.0 + 86_400.0


def test_a_site_out_of_reach_is_asked_for_nothing():
    rules = unknown("no connection to the server", 10.0)
    assert not rules.may(URL)
    assert "could not be had: no connection" in rules.why
