"""The verbs cite, export and join."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest

from tests.show.exports.conftest import PAGES, add


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taking")
    add(folder / "kept.stemma", PAGES)
    return folder / "kept.stemma"


@pytest.fixture
def ask(command, kept: Path):
    return lambda verb, *arguments: command(verb, *arguments, "--archive", kept)


def first(ask, *words: str) -> dict:
    return ask("find", *words, "--json").rows[0]


def test_a_file_has_its_manifest_beside_it(ask, tmp_path: Path) -> None:
    done = ask("export", "--format", "csv", "--outlet", "SARVA", "-o", tmp_path / "sarva.csv")
    assert (done.status, done.out, done.err) == (0, "", "")
    written = (tmp_path / "sarva.csv").read_bytes()
    told = json.loads((tmp_path / "sarva.csv.manifest.json").read_bytes())
    assert told["query"] == {"asked": {"outlet": "SARVA"}, "understood": {"outlets": ["SARVA"]}}
    assert told["files"][0] == {
        "name": "sarva.csv",
        "bytes": len(written),
        "sha256": hashlib.sha256(written).hexdigest(),
    }
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert {row["outlet"] for row in rows} == {"SARVA"}
    assert told["counts"]["statements"] == len(rows)


def test_everything_and_to_a_pipe(ask, tmp_path: Path) -> None:
    done = ask("export", "--format", "jsonl", "--manifest", tmp_path / "m.json")
    assert len(done.rows) == len(ask("find", "--json").rows)
    told = json.loads((tmp_path / "m.json").read_bytes())
    assert told["files"][0]["sha256"] == hashlib.sha256(done.out.encode()).hexdigest()


def test_what_a_single_page_carries_may_resemble_others(ask) -> None:
    done = ask("export", "--format", "likenesses")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("utterance,statement,")
    wrong = ask("export", "nothinglikeit", "--format", "likenesses")
    assert wrong.status == 2
    assert "words of something that is here" in wrong.err


def test_whose_texts_they_are_is_told_before_whole_ones(ask) -> None:
    assert ask("export", "--format", "csv").err == ""
    told = ask("export", "--format", "csv", "--bodies").err
    assert "SARVA: 1 page. No licence of its texts is known here" in told


def test_the_flags_of_find_narrow_an_export(ask) -> None:
    for flags in (
        ["--speaker", "Orlen Vash"],
        ["--kind", "direct"],
        ["--from", "2025-10-25", "--to", "2025-10-26"],
        ["lamp"],
    ):
        found = {row["id"] for row in ask("find", *flags, "--json").rows}
        assert {row["id"] for row in ask("export", "--format", "jsonl", *flags).rows} == found != set()


def test_a_name_in_another_spelling_is_found_as_find_finds_it(ask, tmp_path: Path) -> None:
    done = ask("export", "--format", "jsonl", "--speaker", "Орлен Ваш", "--manifest", tmp_path / "m.json")
    assert {row["speakers"][0]["name"] for row in done.rows} == {"Orlen Vash"}
    told = json.loads((tmp_path / "m.json").read_bytes())["query"]
    assert told == {"asked": {"speaker": "Орлен Ваш"}, "understood": {"speakers": ["Orlen Vash"]}}


def test_an_id_or_its_beginning(ask) -> None:
    row = first(ask, "fellowship")
    for wanted in (row["id"], row["id"][:9]):
        (only,) = ask("export", "--format", "jsonl", wanted).rows
        assert only["id"] == row["id"]
    page = ask("export", "--format", "jsonl", row["statement"]["document"]).rows
    assert {each["article"]["id"] for each in page} == {row["statement"]["document"]}


@pytest.mark.parametrize(
    "flags",
    [
        ["lamps"], ["--format", "gold", "lamps"], ["--format", "csv", "nosuchword"], ["--format", "csv", '"open'],
        ["--format", "tei", "nosuchword"], ["--format", "csv", "--base", "S1"],
        ["--format", "csv", "--from", "2025-10-26", "--to", "2025-10-25"], ["--format", "wacz", "nosuchword"],
    ],
)  # fmt: skip
def test_misuse_writes_nothing(ask, tmp_path: Path, flags: list[str]) -> None:
    done = ask("export", *flags, "-o", tmp_path / "x")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("stemma: ")
    assert list(tmp_path.iterdir()) == []


def test_join(ask, tmp_path: Path) -> None:
    cut = ask("export", "--format", "jsonl", "-o", tmp_path / "cut.jsonl")
    assert cut.status == 0
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress((tmp_path / "cut.jsonl").read_bytes()))
    for name in ("cut.jsonl", "cut.jsonl.gz"):
        done = ask("join", tmp_path / name)
        assert done.status == 0
        assert "pieces of text put back" in done.err
        whole = ask("export", "--format", "jsonl", "--bodies", "--include-reserved").rows
        assert [row["words"] for row in done.rows] == [row["words"] for row in whole]


def test_what_is_not_held_is_told(ask, command, tmp_path: Path) -> None:
    ask("export", "-o", tmp_path / "cut.jsonl")
    add(tmp_path / "mine.stemma", PAGES[:1])
    done = command("join", tmp_path / "cut.jsonl", "-o", tmp_path / "out.jsonl", "--archive", tmp_path / "mine.stemma")
    assert done.status == 1
    assert "no capture with these bytes is shown here" in done.err
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == (tmp_path / "cut.jsonl").read_bytes().count(b"\n")
    (tmp_path / "bad.jsonl").write_text("{}")
    done = command("join", tmp_path / "bad.jsonl", "-o", tmp_path / "none.jsonl", "--archive", tmp_path / "mine.stemma")
    assert (done.status, (tmp_path / "none.jsonl").exists()) == (2, False)


@pytest.mark.parametrize("form", ["text", "chicago", "apa", "bibtex", "ris", "csl-json", "annotation"])
def test_cite(ask, form: str) -> None:
    row = first(ask, "fellowship")
    for wanted in (row["id"], row["statement"]["document"], row["snapshot"]["id"]):
        done = ask("cite", wanted, "--format", form)
        assert done.status == 0
        assert row["snapshot"]["id"] in done.out
        assert row["snapshot"]["url"] in done.out
        if form != "annotation":
            assert row["snapshot"]["digest"] in done.out


def test_cite_a_place(ask) -> None:
    row = first(ask, "fellowship")
    assert ask("cite", row["id"], "--format", "fragment").out.startswith(f"{row['snapshot']['url']}#:~:text=")
    assert ask("cite", row["snapshot"]["id"], "--format", "fragment").status == 2
    target = json.loads(ask("cite", row["id"], "--format", "annotation").out)["target"]
    position, quote = target["selector"]
    text = ask("show", row["statement"]["document"], "--json").rows[0]["document"]["text"]
    assert text[position["start"] : position["end"]] == quote["exact"]
