"""The network that ships: its file, what it finds, what it costs."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import page_of

from stemma.annotate.statements import statements
from stemma.annotate.statements.encoder import network

pytestmark = pytest.mark.skipif(network() is None, reason="the package was built without its network")


def triples(text: str) -> list[tuple[str, str, str, int]]:
    """Source, cue, content and depth of each statement."""
    found = statements(page_of(text), (), ())
    return [
        (*(" … ".join(piece.exact for piece in pieces) for pieces in (s.source, s.cue, s.content)), s.depth)
        for s in found
    ]


def test_the_file_says_where_it_comes_from():
    net = network()
    assert net is not None
    assert net.about["licence"] == "Apache-2.0"
    assert "corpus" in net.about["source"]
    assert len(net.words.pieces) == 30522


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The harbour master said on Monday that the lock would stay shut until spring.",
            ("The harbour master", "said", "that the lock would stay shut until spring", 0),
        ),
        (
            "“The lock is old,” Ana Moor, the mayor of Karvis, told reporters.",
            ("Ana Moor, the mayor of Karvis", "told", "“The lock is old,”", 0),
        ),
        (
            "According to the ministry, the ferry had sailed without a pilot.",
            ("the ministry", "According to", "the ferry had sailed without a pilot", 0),
        ),
        (
            "The agency reported that the minister had denied that the dam was closed.",
            ("the minister", "had denied", "that the dam was closed", 1),
        ),
    ],
)
def test_what_it_finds(text, expected):
    assert expected in triples(text)


def test_a_page_without_statements_has_none():
    assert triples("The lock is forty metres long. It was built in 1931 and holds two barges.") == []


def test_nothing_hangs_on_what_else_is_read():
    first = "The harbour master said on Monday that the lock would stay shut until spring."
    filler = "The lock is forty metres long and was built by two brothers of the town, with stone from the hill. " * 12
    assert triples(first)[0] in triples(filler + "\n" + filler + "\n" + first)


@given(st.text("“”\"'ab said. \n", max_size=400))
@settings(max_examples=25, deadline=None)
def test_evidence_lies_in_the_text(text):
    for statement in statements(page_of(text), (), ()):
        for piece in (*statement.source, *statement.cue, *statement.content):
            assert piece.exact == text[piece.start : piece.end] != ""


@pytest.mark.parametrize(
    "unit",
    ["She said that it rained. ", "“ ", "word " * 40, "“We shall,” he said.\n"],
    ids=["said", "marks", "line", "lines"],
)
def test_cost_grows_with_length(unit):
    def cost(count: int) -> float:
        page = page_of(unit * (count // len(unit.split())))
        start = time.process_time()
        statements(page, (), ())
        return time.process_time() - start

    cost(200)
    short, long = min(cost(1000), cost(1000)), cost(8000)
    assert long < 20 * short + 0.2


def test_of_a_line_without_end_the_beginning_is_read(monkeypatch):
    monkeypatch.setattr(sys.modules[statements.__module__], "MOST_HEARD", 600)
    page = page_of("The mayor is keen for the lock to stay shut and hopes that it will. " * 20)
    said = [each for each in statements(page, (), ()) if each.reason == "encoder"]
    assert said
    assert max(each.cue[0].end for each in said if each.cue) <= 600
