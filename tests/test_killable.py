"""Adding pages of which one kills, or would never end: it gets its Problem, and the archive holds the others."""

from __future__ import annotations

import ctypes
import os
from dataclasses import replace

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.engine import bounds

GOOD = """Lamps stay lit along the quay

ORVO, March 4. -- The lamps along the quay will stay lit until the ice is gone, the mayor of Orvo said on Tuesday.

“Nobody shall fall into my harbour while I am mayor,” Tamsin Orle told reporters at the town hall. Number """


def crash(_):
    ctypes.string_at(0)


def fill(_):
    bytearray(2 * 2**30)


def spin(_):
    while True:
        pass


def leave(_):
    os._exit(3)


@pytest.mark.parametrize(("stage", "workers"), [("READ", 2), ("ANNOTATE", 1)])
@pytest.mark.parametrize(
    ("deed", "why"),
    [(crash, "SIGSEGV"), (fill, "more memory"), (spin, "seconds of CPU time"), (leave, "exit status 3")],
)
def test_one_bad_page(deed, why, stage, workers, tmp_path, monkeypatch):  # noqa: PLR0917 - three of them are parameters
    monkeypatch.setattr(bounds, "SECONDS", 1.0)
    sound = getattr(flow, stage)
    monkeypatch.setattr(flow, stage, replace(sound, function=lambda item: does(item, deed, sound.function)))
    flow.annotators.cache_clear()
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(GOOD + ("EVIL" if number == 4 else str(number)) + ".")
    told = []
    try:
        totals = flow.add(
            tmp_path / "a", [str(tmp_path)], workers=workers, progress=lambda *counts: told.append(counts)
        )
    finally:
        flow.annotators.cache_clear()
    assert totals.pages == 12
    assert totals.problems == 1
    assert told[-1] == (12, 12, 1)
    with Archive.open(tmp_path / "a") as archive:
        (problem,) = archive.problems()
        assert why in problem.message
        assert [each.message for each in flow.check(archive)] == []
        kept = stage == "ANNOTATE" and deed in {fill, spin}  # what was read before is not lost
        assert totals.documents == 11 + kept
        assert totals.statements == 11 * 2


def does(item, deed, function):
    text = item.payload.decode() if hasattr(item, "payload") else item.document.text
    if "EVIL" in text:
        deed(item)
    return function(item)
