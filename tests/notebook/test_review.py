"""The log of the review desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma.notebook import Notebook, review
from stemma.notebook.review import Decision


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with Notebook(tmp_path) as found:
        yield found


def decision(deed: str, about: str = "s1", by: str = "Dana Wirt", at: str = "2025-11-21T09:00:00Z") -> Decision:
    return Decision(0, "doubted", about, deed, "k1" if deed != "passed" else "", by, at)


def test_agreement_counts_what_was_confirmed(notebook: Notebook) -> None:
    for n, deed in enumerate(("accepted", "accepted", "accepted", "changed", "passed")):
        review.decide(notebook, decision(deed, f"s{n}"))
    found = review.score(notebook, "doubted", "Dana Wirt", "2025-11-21T08:00:00Z")
    assert (found.done, found.sitting, found.agreement) == (4, 4, 0.75)
    assert review.score(notebook, "dates", "Dana Wirt", "").agreement is None


def test_the_last_is_taken_back_again_and_again(notebook: Notebook) -> None:
    for n in range(3):
        review.decide(notebook, decision("accepted", f"s{n}"))
    review.decide(notebook, decision("accepted", "s9", by="Ilse Marn"))
    undone = []
    while last := review.last(notebook, "Dana Wirt"):
        undone.append(last.about)
        review.take_back(notebook, last.row)
    assert undone == ["s2", "s1", "s0"]
    assert review.score(notebook, "doubted", "", "").done == 1


def test_what_is_left_for_later_comes_in_the_next_sitting(notebook: Notebook) -> None:
    review.decide(notebook, decision("passed", "s1", at="2025-11-21T07:00:00Z"))
    review.decide(notebook, decision("passed", "s2", at="2025-11-21T09:00:00Z"))
    review.decide(notebook, decision("passed", "s3", by="Ilse Marn", at="2025-11-21T09:00:00Z"))
    review.decide(notebook, decision("seen", "p1", by="Ilse Marn", at="2025-11-21T06:00:00Z"))
    since = review.began(notebook, "Dana Wirt", "2025-11-21T09:30:00Z")
    assert since == "2025-11-21T09:00:00Z"
    assert review.passed(notebook, "doubted", "Dana Wirt", since) == {"s2", "p1"}
    assert review.began(notebook, "Nobody", "2025-11-21T09:30:00Z") == "2025-11-21T09:30:00Z"
