"""Collections and their versions."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from stemma.errors import BadValue, NoSuchRecord
from stemma.notebook import Notebook, collections
from stemma.notebook.collections import Collection, Piece

SIGNED = ("Dana Wirt", "2025-11-21T09:00:00Z")


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with Notebook(tmp_path) as found:
        yield found


def made(notebook: Notebook, name: str = "Lamps", query: str = "") -> int:
    return collections.make(notebook, Collection(0, name, "why\r\nso", query, *SIGNED))


def test_pieces_come_once_and_go(notebook: Notebook) -> None:
    row = made(notebook)
    for note in ("", "the best", ""):
        collections.put(notebook, row, Piece(0, "s1", note, *SIGNED))
    collections.put(notebook, row, Piece(0, "s2", "", *SIGNED))
    assert [(each.about, each.note) for each in collections.pieces(notebook, row)] == [("s2", ""), ("s1", "the best")]
    collections.take_out(notebook, row, "s1")
    collections.take_out(notebook, row, "nothing")
    assert collections.sizes(notebook) == {row: 1}


def test_a_version_never_changes_and_is_cited_by_its_digest(notebook: Notebook) -> None:
    row = made(notebook)
    first = collections.freeze(notebook, row, ["s2 c2", "s1 c1", "s1 c1"], SIGNED)
    second = collections.freeze(notebook, row, ["s1 c1"], SIGNED)
    assert first.manifest.endswith("\n\ns1 c1\ns2 c2\n")
    assert first.digest == "sha256:" + sha256(first.manifest.encode()).hexdigest()
    assert collections.versions(notebook, row) == [second, first]
    cited = collections.cite(collections.collection(notebook, row), first)
    assert cited == f"“Lamps”, version 1: 2 pieces, frozen 2025-11-21 by Dana Wirt; {first.digest}."


def test_names_are_needed_and_are_somebodys_alone(notebook: Notebook) -> None:
    row = made(notebook)
    for name in ("", " ", "x" * 201, "Lamps"):
        with pytest.raises(BadValue):
            made(notebook, name)
    collections.describe(notebook, row, "Lamps  and gates", "n")
    assert collections.collections(notebook)[0].name == "Lamps and gates"
    with pytest.raises(NoSuchRecord):
        collections.collection(notebook, 99)
    with pytest.raises(BadValue):
        collections.describe(notebook, row, "Lamps", "x" * 10_001)
