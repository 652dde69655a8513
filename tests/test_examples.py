"""The example pages and what is found in them today, record by record; ``--rewrite`` accepts what is found now.

A change of a rule shows here as a difference in a readable file, which review can judge. Whether a record is
right is for ``test_gold.py``, which holds the pages to gold annotated by hand.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.records import Document, Evidence, Record, Snapshot, decode

EXAMPLES = Path(__file__).parents[1] / "examples"
GOLDEN = EXAMPLES / "golden"
#: Bookkeeping, and what follows from the rest of the line.
LEFT_OUT = {"id", "record", "document", "run", "snapshot", "confidence"}


def brief(record: Record, names: dict[str, str]) -> str:
    """A record as one line: its kind, then what it says; evidence as ``start-end words``, ids as the words they mean."""
    said = {name: plain(getattr(record, name), names) for name in record.__struct_fields__ if name not in LEFT_OUT}
    shown = {name: value for name, value in said.items() if value not in (None, "", [], {})}
    return f"{type(record).__name__.lower()} {json.dumps(shown, ensure_ascii=False)}"


def plain(value: object, names: dict[str, str]) -> object:
    match value:
        case Evidence():
            words = value.exact if len(value.exact) <= 80 else f"{value.exact[:60]} … {value.exact[-15:]}"
            return f"{value.start}-{value.end} {words}"
        case tuple() | list():
            return [plain(each, names) for each in value]
        case msgspec.Struct():
            return {name: plain(getattr(value, name), names) for name in value.__struct_fields__}
        case str():
            return names.get(value, value)
        case _:
            return value


def place(record: Record) -> tuple[int, int, str]:
    """Where a record stands, for the order of the file."""
    for name in ("evidence", "anaphor", "content"):
        found = getattr(record, name, None)
        first = found[0] if isinstance(found, tuple) else found
        if first is not None:
            return first.start, first.end, type(record).__name__
    return getattr(record, "start", -1), getattr(record, "end", -1), type(record).__name__


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of each golden file as it should be now, by file name."""
    path = tmp_path_factory.mktemp("examples") / "examples.stemma"
    flow.add(path, [str(EXAMPLES / "pages")])
    with Archive.open(path) as archive:
        records = [decode(line) for line in archive.export(bodies=True)]
    snapshots = {r.id: r for r in records if isinstance(r, Snapshot)}
    documents = {r.id: r for r in records if isinstance(r, Document)}
    names = {r.id: f"<{wording(r)}>" for r in records if wording(r)}
    names |= {d.id: f"<{file_of(snapshots[d.snapshot])}>" for d in documents.values()}
    by_page: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if (document := documents.get(getattr(record, "document", ""))) is not None:
            by_page[file_of(snapshots[document.snapshot])].append(record)
        elif type(record).__name__ in ("Variant", "Judgement", "Problem"):
            by_page["between-pages"].append(record)
    return {
        f"{name}.txt": "".join(f"{line}\n" for line in lines_of(rows, names)) for name, rows in sorted(by_page.items())
    }


def lines_of(rows: list[Record], names: dict[str, str]) -> list[str]:
    """Records of a page in order of place; records between pages in order of their words."""
    lines = [(place(row), brief(row, names)) for row in rows]
    return [line for _, line in sorted(lines)]


def wording(record: Record) -> str:
    """The words by which another record's reference to this one is readable."""
    evidence = getattr(record, "evidence", None)
    if isinstance(evidence, Evidence):
        return evidence.exact[:60]
    content = getattr(record, "content", ())
    return content[0].exact[:60] if content else ""


def file_of(snapshot: Snapshot) -> str:
    time = f"-{snapshot.fetched[11:16].replace(':', '')}" if snapshot.fetched else ""
    return Path(snapshot.origin).stem + time


def test_records_are_the_golden_ones(found: dict[str, str], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite"):
        for path in GOLDEN.glob("*.txt"):
            path.unlink()
        for name, text in found.items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
    golden = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.txt")}
    assert sorted(golden) == sorted(found)
    for name, text in found.items():
        assert text.splitlines() == golden[name].splitlines(), f"{name} differs; look, then run: make golden"


@pytest.mark.parametrize("script", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_example_scripts_run(script: Path) -> None:
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 30
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
