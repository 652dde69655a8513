"""The network judges what the rules propose, and adds what it alone finds."""

from __future__ import annotations

import itertools
import re

import numpy as np

from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.encoder.drafts import Places
from stemma.annotate.statements.encoder.joined import Sheet, anchor_of, joined
from stemma.annotate.statements.encoder.pieces import Pieces
from stemma.annotate.statements.encoder.reading import CONTENT, CUE, OTHER, SAYS, SOURCE, Marked, Run

_TEXT = "The mayor said on Monday that the lock was shut . She left ."


def sheet(text: str = _TEXT) -> Sheet:
    spans = np.array([m.span() for m in re.finditer(r"\S+", text)], np.int32)
    count = len(spans)
    found = Pieces(np.zeros(count, np.int32), spans[:, 0], spans[:, 1], np.zeros((count, 3), np.uint8), np.array([0]))
    return Sheet(text, found, Places([], [(0, len(text))]))


def draft(rule: str = "before that", text: str = _TEXT, **roles: str) -> Draft:
    def spans(words: str | None) -> list[tuple[int, int]]:
        return [(text.index(words), text.index(words) + len(words))] if words else []

    kind = "full-text" if rule == "full text" else None
    source, cue, content = (spans(roles.get(name)) for name in ("source", "cue", "content"))
    return Draft(source, cue, content, rule, (0, len(text)), kind=kind)


def marked(page: Sheet, sure: float, strength: float, **roles: str) -> Marked:
    """An anchor at the cue whose window gives each role so many nats more than the others."""
    labels = np.zeros(len(page.found.ids), np.int64)
    for name, role in (("source", SOURCE), ("cue", CUE), ("content", CONTENT)):
        if name in roles:
            at = page.text.index(roles[name])
            labels[slice(*np.searchsorted(page.found.starts, (at, at + len(roles[name]))))] = role
    logs = np.full((len(labels), 4), -strength, np.float32)
    logs[np.arange(len(labels)), labels] = -0.01
    edges = [0, *(np.flatnonzero(np.diff(labels)) + 1).tolist(), len(labels)]
    runs = [Run(int(labels[a]), a, b, -0.1) for a, b in itertools.pairwise(edges) if labels[a] != OTHER]
    return Marked(next(run.stop - 1 for run in runs if run.role == CUE), SAYS, sure, runs, 0, logs)


def contents(page: Sheet, drafts: list[Draft]) -> list[list[str]]:
    return [[page.text[a:b] for a, b in one.content] for one in drafts]


_ROLES = {"source": "The mayor", "cue": "said", "content": "that the lock was shut"}


def test_a_rule_near_to_the_network_has_its_way():
    page = sheet()
    rule = draft(**{**_ROLES, "content": "the lock was shut"})
    found = joined(page, [rule], [marked(page, 0.9, 2.0, **_ROLES)])
    assert contents(page, found) == [["the lock was shut"]]
    assert 0.5 < found[0].sure < 1


def test_a_rule_far_from_the_network_yields():
    page = sheet()
    rule = draft(**{**_ROLES, "content": "that the lock was shut . She left"})
    assert contents(page, joined(page, [rule], [marked(page, 0.9, 9.0, **_ROLES)])) == [["that the lock was shut"]]


def test_a_rule_without_support_is_dropped():
    page = sheet()
    assert joined(page, [draft(**_ROLES)], [marked(page, 0.01, 2.0, **_ROLES)]) == []


def test_the_network_alone_needs_more():
    page = sheet()
    assert joined(page, [], [marked(page, 0.01, 2.0, **_ROLES)]) == []
    assert contents(page, joined(page, [], [marked(page, 0.8, 2.0, **_ROLES)])) == [["that the lock was shut"]]


def test_a_full_text_is_not_judged_and_not_repeated():
    page = sheet()
    whole = draft("full text", cue="said", content="the lock was shut")
    assert anchor_of(page.text, page.found, whole) is None
    assert joined(page, [whole], [marked(page, 0.9, 2.0, **_ROLES)]) == [whole]


def test_one_that_cites_stands_over_the_content_that_it_shares():
    text = "The lock was shut , the paper said , citing the mayor ."
    page = sheet(text)
    first = marked(page, 0.999, 9.0, source="the paper", cue="said", content="The lock was shut")
    second = marked(page, 0.999, 9.0, source="the mayor", cue="citing", content="The lock was shut")
    assert [one.over for one in joined(page, [], [first, second])] == [False, True]


def test_anchor_is_the_last_piece_of_the_cue():
    page = sheet()
    assert anchor_of(page.text, page.found, draft(**_ROLES)) == 2
    assert anchor_of(page.text, page.found, draft(source="The mayor", content="that")) == 1


def test_one_cue_is_said_once_by_the_surer_one():
    text = "The abbot expressed his firm belief that the bell would ring . She left ."
    page = sheet(text)
    short = marked(page, 0.9, 3.0, source="The abbot", cue="expressed", content="his firm belief")
    long = {"source": "The abbot", "cue": "expressed his firm belief", "content": "that the bell would ring"}
    found = joined(page, [], [short, marked(page, 0.99, 3.0, **long)])
    assert contents(page, found) == [["that the bell would ring"]]
