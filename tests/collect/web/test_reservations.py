"""The site's ``tdmrep.json``: which rule a page falls under."""

from __future__ import annotations

import json

import pytest
from loopback import LAB, page, redirect

from stemma.collect.web.guard.addresses import read_address
from stemma.collect.web.reservations import PLACE, Rule, fetch_rules, read_rules, rule_for

RULES = [{"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://orvo.example/terms"}]


@pytest.mark.parametrize(
    ("location", "target", "fits"),
    [
        ("/", "/anything?x", True),
        ("/path/foo-%24", "/path/foo-$", True),  # the example of the report
        ("/a%2Ab", "/a*b", True),
        ("/a%2Ab", "/axb", False),
        ("/a$b", "/a$bc", True),
        ("/news", "/news/1", True),
        ("/news", "/newsletter", True),
        ("/news", "/new", False),
        ("/News", "/news", False),
        ("news", "/news", False),
        ("/*/news", "/en/news/1", True),
        ("/*/news", "/news", False),
        ("*.html", "/a/b.html?x", True),
        ("*.html$", "/a/b.html", True),
        ("*.html$", "/a/b.html?x", False),
        ("*.html$", "/a.html/b.html", True),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/*", "/", True),
        ("/*$", "/anything", True),
        ("*", "/", True),
        ("", "/", True),
        ("/%7Ekim", "/~kim/1", True),
        ("/~kim", "/%7ekim", True),
        ("/a%2fb", "/a%2Fb", True),
        ("/a%2fb", "/a/b", False),
        ("/foo-%24", "/foo-%24", True),
        ("/%ED%95%AD", "/%ed%95%ad", True),
        ("/*a*a*a*a*a*b", "/" + "a" * 5_000, False),
    ],
)
def test_patterns(location, target, fits):
    assert (rule_for([Rule(location, reserved=True)], target) is not None) is fits


def test_the_first_rule_that_fits_counts():
    rules = [Rule("/news/free/", reserved=False), Rule("/news/", reserved=True), Rule("/", reserved=False)]
    assert [rule_for(rules, target).reserved for target in ("/news/free/1", "/news/1", "/x")] == [False, True, False]
    assert rule_for(rules[:2], "/x") is None


def test_a_file():
    assert read_rules(json.dumps(RULES).encode()) == [
        Rule("/news/", reserved=True, policy="https://orvo.example/terms")
    ]


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"{}", b"null", b"[" * 100_000, b"\xff\xfe", json.dumps(RULES[0]).encode(), b'["a", 1, null, [[]]]',
     b'[{"location": 1, "tdm-reservation": 1}]', b'[{"location": "/"}]', b'[{"location": "/", "tdm-reservation": 2}]'],
)  # fmt: skip
def test_what_is_no_file(body):
    assert read_rules(body) == []


def test_a_bad_rule_costs_no_other():
    assert read_rules(b'[{"location": "/a"}, 7, {"location": "/b", "tdm-reservation": "1"}]') == [
        Rule("/b", reserved=True)
    ]


@pytest.mark.parametrize("policy", [7, "javascript:alert(1)", "https://orvo.example/\r\nX: y", "https://x y"])
def test_a_policy_that_is_no_address_is_left_out(policy):
    body = json.dumps([{"location": "/", "tdm-reservation": 1, "tdm-policy": policy}]).encode()
    assert read_rules(body) == [Rule("/", reserved=True)]


def test_it_is_fetched_from_the_site(serve):
    server = serve({PLACE: page(json.dumps(RULES).encode())})
    address = read_address(server.url("/news/1?x"))
    assert [rule.location for rule in fetch_rules(address, LAB)] == ["/news/"]
    server.replies[PLACE] = redirect("/rules")
    server.replies["/rules"] = page(json.dumps(RULES).encode())
    assert fetch_rules(address, LAB)


@pytest.mark.parametrize(
    "reply", [page(b"No.", status="404 Not Found"), b"", redirect("http://10.0.0.1/"), page(b"<html>")]
)
def test_without_it_there_are_no_rules_and_no_problem(serve, reply):
    assert fetch_rules(read_address(serve({PLACE: reply}).url("/x")), LAB) == []
