"""An archive that grows page by page, its watches, and whom they tell: real servers on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback import LAB, _wall, serve

from stemma import collect, flow, sending
from stemma.notebook import Notebook
from stemma.notebook import watches as notes
from stemma.notebook.watches import Watch
from stemma.records import Stated

__all__ = ["_wall", "serve"]
PAGE = "KARVIS, October {day}. /SARVA/. “{words},” Minister Kim Vael said.\n"


class World:
    """One archive and its watches."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "a.stemma"
        self.now = 1_000_000.0

    def add(self, name: str, words: str, **stated: str) -> None:
        """A page comes; what it holds beside its words is the same for all."""
        file = self.folder / f"{name}.txt"
        file.write_text(PAGE.format(day=24, words=words), "utf-8")
        self.take(file, Stated(**{"published": "2025-10-24", "outlet": "SARVA", **stated}))

    def take(self, file: Path, stated: Stated | None = None) -> None:
        """Add a file, read in this process: a worker costs more than all these pages."""
        flow.take(self.path, collect.captures([str(file)], stated or Stated()), workers=0, way="rules")

    def watch(self, name: str = "lamps", **more) -> str:
        one = Watch(0, name, "", "file", "out.jsonl", "new", 1, "none", "", "Dana Wirt", "2025-10-24T00:00:00Z")
        return sending.make(self.path, one._replace(**more))

    def run(self, web=LAB) -> list[tuple[str, int, str]]:
        return [tuple(each) for each in sending.run(self.path, web, lambda: self.now)]

    def lines(self, name: str = "out.jsonl") -> list[dict]:
        file = self.path / "watches" / name
        return [json.loads(row) for row in file.read_text("utf-8").splitlines()] if file.exists() else []

    def words(self) -> list[str]:
        return [
            row["line"].split("“")[-1].split('"')[1].rstrip(",") if '"' in row["line"] else row["line"]
            for row in self.lines()
        ]

    def notes(self, ask: Callable):
        with Notebook(self.path) as notebook:
            return ask(notebook, notes.watches(notebook)[0])


@pytest.fixture
def world(tmp_path) -> World:
    found = World(tmp_path)
    found.add("old", "The old pier is closed")
    return found
