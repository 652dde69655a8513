"""The order of adding, its portions and the number of processes change nothing: equal exports, equal views."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bench.pages import pages as generated
from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Query

pytestmark = pytest.mark.soak
COUNT = 320


def views(path: Path) -> Iterator[bytes]:
    """What readers see: every line, page, person and utterance, by their ids."""
    with Archive.open(path) as archive:
        lines = list(archive.find(Query(limit=None)))
        seen = [*lines, *archive.utterances(), archive.totals(), *archive.outlets()]
        entities = sorted({who.entity for line in lines for who in line.speakers if who.entity})
        seen += [archive.person(each) for each in entities]
        seen += [archive.article(each) for each in sorted({line.statement.document for line in lines})]
        yield from map(msgspec.json.encode, seen)


@pytest.fixture(scope="module")
def rows():
    """Pages that repeat each other, some captured twice, some with facts stated of them, some of unknown time."""
    rng = random.Random(11)
    made = [{**row, "fetched": "2025-10-24T09:14:00Z"} for row in generated(COUNT)]
    for n in range(0, COUNT, 8):
        changed = made[n]["text"].replace("harbour", "port", 2).replace("treaty", "pact", 1)
        made.append({**made[n], "text": changed, "fetched": rng.choice(["2025-10-25", "2025-10-25T10:00:00Z", None])})
    for n in range(0, COUNT, 16):
        made.append({**made[n], "outlet": rng.choice(["Velm Courier", "Dorn Post"]), "published": "2025-10-24"})
        made.append({**made[n], "outlet": "Aldergate Mail"})
    return [{key: value for key, value in row.items() if value} for row in made]


@pytest.fixture(scope="module")
def at_once(rows, tmp_path_factory):
    return filled(tmp_path_factory.mktemp("order") / "a", [rows])


def filled(path, portions, **named):
    source = path.with_suffix(".jsonl")
    for some in portions:
        source.write_text("".join(json.dumps(row) + "\n" for row in some))
        flow.add(path, [str(source)], **named)
    return path


def portions(rows, size):
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def in_portions_of(size):
    """Origins name the file; each portion has the same one."""
    return lambda rows, path, rng: filled(path, portions(rng.sample(rows, len(rows)), size))


WAYS = {
    "shuffled": in_portions_of(100_000),
    "backwards": lambda rows, path, rng: filled(path, [rows[::-1]]),
    "one at a time": in_portions_of(1),
    "forty at a time": in_portions_of(40),
    "four processes": lambda rows, path, rng: filled(path, [rng.sample(rows, len(rows))], workers=4),
    "two processes, in portions": lambda rows, path, rng: filled(path, portions(rows, 150)[::-1], workers=2),
}


@pytest.mark.parametrize("way", WAYS)
def test_generated_pages(way, rows, at_once, kit, tmp_path):
    path = WAYS[way](rows, tmp_path / "a", random.Random(way))
    assert kit.exported(path) == kit.exported(at_once)
    assert list(views(path)) == list(views(at_once))
    assert kit.complaints(path) == []


@pytest.mark.parametrize("size", [1, 2, 5])
def test_seeds(size, shared, kit, tmp_path):
    files = sorted((shared / "seeds").glob("*.txt"))
    flow.add(tmp_path / "all", [str(path) for path in files])
    shuffled = random.Random(size).sample(files, len(files))
    for some in portions(shuffled, size):
        flow.add(tmp_path / "some", [str(path) for path in some], workers=2 if size > 1 else 1)
    assert kit.exported(tmp_path / "some") == kit.exported(tmp_path / "all")
    assert list(views(tmp_path / "some")) == list(views(tmp_path / "all"))
