"""The command line: exit statuses, what goes to stdout and stderr, help with examples."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

import stemma.cli
from stemma import flow
from stemma.archive import Archive
from stemma.records import (
    Capture,
    Document,
    Field,
    Label,
    Mention,
    Problem,
    Reference,
    Run,
    Snapshot,
    Statement,
    evidence,
)
from stemma.stage import EACH, VERSION_OF, built_in

TEXT = "Lamps on the far shore\n“The lamps are lit,” Minister Kim Vael said.\nShe did not say that the gate was open."
VERBS = [
    "about",
    "watch",
    "withdraw",
    "judge",
    "correct",
    "add",
    "find",
    "show",
    "cite",
    "check",
    "export",
    "join",
    "load",
    "serve",
    "account",
    "watches",
    "upgrade",
    "stats",
    "sign",
    "manifest",
]


@pytest.fixture
def run(command):
    return command


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of one invented page with two statements."""
    payload = TEXT.encode()
    snapshot = Snapshot(
        url="https://dornpost.example/1", origin="one.txt", media_type="text/plain", size=len(payload),
        digest="sha256:" + hashlib.sha256(payload).hexdigest(), fetched="2025-10-24T09:14:00Z",
    )  # fmt: skip
    document = Document(snapshot=snapshot.id, layout="test/1", text=TEXT)

    def at(words: str):
        return evidence(document, TEXT.index(words), TEXT.index(words) + len(words))

    known = {"document": document.id}
    vael = Mention(**known, evidence=at("Kim Vael"), kind="person")
    rows = [(row, TEXT.index(row)) for row in TEXT.split("\n")]
    records = [
        document,
        *(Label(**known, start=s, end=s + len(row), role="title" if s == 0 else "body") for row, s in rows),
        Field(**known, name="outlet", value="Dorn Post", basis="header"),
        Field(**known, name="published", value="2025-10-24", basis="dateline"),
        vael,
        Statement(**known, source=(at("Kim Vael"),), cue=(at("said"),), content=(at("“The lamps are lit,”"),), kind="direct"),
        Statement(
            **known, source=(at("She"),), cue=(at("did not say"),), content=(at("that the gate was open"),), kind="indirect",
            polarity="negated",
        ),
        Reference(**known, anaphor=at("Kim Vael"), antecedent=vael.id, reason="name in the source"),
        Reference(**known, anaphor=at("She"), antecedent=vael.id, reason="pronoun: last speaker"),
    ]  # fmt: skip
    folder = tmp_path / "a.stemma"
    made_by = Run(stage="test", version="1")
    with Archive.open(folder, create=True) as archive:
        archive.add_records([made_by, Problem(stage="read", about="bad.html", message="It is empty. Save it again.")])
        flow.enrol(archive)
        capture, page = Capture(snapshot, payload), flow.page_of(records)
        archive.keep(capture, "2031-06-01T00:00:00Z")
        runs = [made_by.id, *(built_in(each).id for each in EACH)]
        archive.add_page(snapshot.id, runs, records, list(flow.offered(capture, page, records)))
        flow.settle(archive)
    return folder


def ids(run, path: Path) -> dict[str, str]:
    """Ids of the two statements by kind, and of their page."""
    found = [json.loads(line) for line in run("find", "--archive", path).out.splitlines()]
    known = {line["statement"]["kind"]: line["id"] for line in found}
    return {**known, "document": found[0]["statement"]["document"], "snapshot": found[0]["snapshot"]["id"]}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(run, verb: str) -> None:
    outcome = run(verb, "--help")
    assert outcome.status == 0
    assert f"\n  stemma {verb}" in outcome.out.split("Examples:")[1]
    assert "--archive PATH" in outcome.out or verb == "sign"  # which signs any file


def test_help_lists_the_verbs_and_no_other(run) -> None:
    listed = run("--help").out.split("Commands:\n")[1]
    assert sorted(row.split()[0] for row in listed.splitlines() if row.strip()) == sorted(VERBS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["find", "--kind", "rumour"],
        ["find", "--from", "soon"],
        ["find", "--from", "2025-02-30"],
        ["find", "--from", "2025-10"],
        ["find", "--from", "2025-10-02", "--to", "2025-10-01"],
        ["find", "--limit", "0"],
        ["find", "--limit", "99999999999999999999"],
        ["find", "x", "--archive", __file__],
        ["add", __file__, "--archive", __file__],
        ["find", "--nonsense"],
        ["cite"],
        ["add"],
        ["serve", "--port", "0"],
        ["find", "x", "--archive", "/nowhere/at/all"],
        ["check", "--archive", "/nowhere/at/all"],
    ],
)
def test_misuse_is_told_in_plain_words(run, arguments: list[str]) -> None:
    outcome = run(*arguments)
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err
    assert "Traceback" not in outcome.err


def test_an_archive_that_is_none_says_the_way_out(run, tmp_path: Path) -> None:
    outcome = run("find", "x", "--archive", tmp_path / "none")
    assert outcome.err.count("\n") == 1
    assert "stemma add" in outcome.err


def test_find_prints_json_lines_where_nobody_looks(run, path: Path) -> None:
    outcome = run("find", "lamps", "--kind", "direct", "--archive", path)
    lines = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.status == 0
    assert lines[0]["line"] == 'Kim Vael (carried by Dorn Post, 2025-10-24) said: "The lamps are lit,"'


def test_find_prints_lines_for_people(run, path: Path) -> None:
    outcome = run("find", "gate", "--text", "--archive", path)
    text = " ".join(outcome.out.split())
    assert "Kim Vael (carried by Dorn Post, 2025-10-24) did not say, in the outlet's words: the gate was open" in text
    assert outcome.err == "1 of 1 statements\n"


@pytest.mark.parametrize("asked", [("find", "gate"), ("show", "Kim Vael")])
def test_what_was_read_by_an_earlier_version_is_told(run, path: Path, asked, monkeypatch) -> None:
    assert "upgrade" not in run(*asked, "--archive", path).err
    monkeypatch.setitem(VERSION_OF, "annotate", "newer")
    assert run(*asked, "--archive", path).err.splitlines()[-1].endswith("stemma upgrade")


def test_find_filters(run, path: Path) -> None:
    def count(*asked: str) -> int:
        return len(run("find", "--archive", path, *asked).out.splitlines())

    assert count() == 2
    assert count("--kind", "direct") == 1
    assert count("--speaker", "Kim Vael") == 2
    assert count("--speaker", "Oro Tann") == 0
    assert count("--outlet", "Dorn Post", "--from", "2025-10-24", "--to", "2025-10-24") == 2
    assert count("--from", "2025-10-25") == 0
    assert count("--limit", "1") == 1
    assert count("--", "lit", "-gate") == 1


def test_find_asks_for_the_day_said_or_published(run, path: Path) -> None:
    def count(*asked: str) -> int:
        return len(run("find", "--from", "2025-10-24", "--archive", path, *asked).out.splitlines())

    assert (count(), count("--day", "published"), count("--day", "said")) == (2, 2, 0)
    assert "said by 2025-10-24" in run("find", "lamps", "--text", "--archive", path).out


def test_a_timeline_tells_days_and_what_has_none(run, path: Path) -> None:
    outcome = run("show", "--timeline", "Kim Vael", "--archive", path)
    moments = [json.loads(line) for line in outcome.out.splitlines()]
    assert [(one["basis"], one["earliest"], one["latest"]) for one in moments] == [
        ("published", None, "2025-10-24")
    ] * 2
    assert outcome.err == "2 statements in order of time; 0 more of which no day is known\n"
    page = moments[0]["statement"]["statement"]["document"]
    assert run("show", "--timeline", page, "--archive", path).out == outcome.out
    text = run("show", "--timeline", "--text", "--limit", "1", "--archive", path).out
    assert "2025-10-24  by" in text
    assert "then or earlier" in " ".join(text.split())
    assert run("show", "--timeline", "--from", "2025-10-25", "--archive", path).out == ""
    refused = run("show", "--limit", "3", "--archive", path)
    assert (refused.status, "--timeline" in refused.err) == (2, True)


def test_a_query_that_cannot_be_read_is_misuse(run, path: Path) -> None:
    assert run("find", '"lamps', "--archive", path).status == 2


def test_the_environment_names_the_archive(run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEMMA_ARCHIVE", str(path))
    assert len(run("find").out.splitlines()) == 2


def test_show_takes_ids_names_and_problems(run, path: Path) -> None:
    known = ids(run, path)
    assert json.loads(run("show", known["direct"][:9], "--archive", path).out)["view"] == "statement"
    assert json.loads(run("show", known["document"], "--archive", path).out)["view"] == "article"
    assert json.loads(run("show", known["snapshot"], "--archive", path).out)["record"] == "snapshot"
    assert json.loads(run("show", "Kim Vael", "--archive", path).out)["view"] == "person"
    assert json.loads(run("show", "problems", "--archive", path).out)["about"] == "bad.html"
    assert json.loads(run("show", "--archive", path).out)["statements"] == 2


def test_show_draws_for_people(run, path: Path) -> None:
    known = ids(run, path)
    assert "Dorn Post <- Kim Vael" in run("show", known["direct"], "--text", "--archive", path).out
    assert "Statements (2)" in run("show", known["document"], "--text", "--archive", path).out
    assert "Save it again" in run("show", "problems", "--text", "--archive", path).out
    assert "statements" in run("show", "--text", "--archive", path).out


def test_show_of_nothing_is_misuse(run, path: Path) -> None:
    outcome = run("show", "zzzz", "--archive", path)
    assert (outcome.status, outcome.out) == (2, "")
    assert "zzzz" in outcome.err


def test_cite(run, path: Path) -> None:
    known = ids(run, path)
    assert run("cite", known["direct"], "--archive", path).out.startswith("Kim Vael, quoted in Dorn Post, “Lamps on")
    assert run("cite", known["document"], "--format", "bibtex", "--archive", path).out.startswith("@misc{stemma:d")
    assert run("cite", known["snapshot"], "--archive", path).status == 0
    assert run("cite", "p", "--archive", path).status == 2


def test_check_proves_and_finds(run, path: Path) -> None:
    assert run("check", "--archive", path).status == 0
    for kept in path.rglob("*"):
        if kept.is_file() and kept.suffix not in {".db", ".sqlite", ".sqlite3"} and "db" not in kept.name:
            kept.write_bytes(b"")
    outcome = run("check", "--archive", path)
    assert outcome.status == 1
    assert outcome.out


def test_a_file_that_cannot_be_read_is_told_in_one_line(run, path: Path) -> None:
    for kept in path.glob("*.sqlite*"):
        kept.write_bytes(b"this is no database, whatever its name says" * 100)
    outcome = run("find", "--archive", path)
    assert outcome.status == 2
    assert outcome.err.startswith("stemma: ")
    assert outcome.err.count("\n") == 1


def test_export_of_captures(run, path: Path, tmp_path: Path) -> None:
    done = run("export", "--archive", path, "--format", "wacz", "-o", tmp_path / "pages.wacz")
    assert (done.status, done.out) == (0, "")
    assert "1 capture written to" in done.err
    assert zipfile.is_zipfile(tmp_path / "pages.wacz")
    assert run("export", "--archive", path, "-o", tmp_path / "a.jsonl").out == ""
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == run("export", "--archive", path).out


@pytest.mark.parametrize("flags", [(), ("-o", "pages.zip")])
def test_export_of_captures_wants_a_file_of_its_kind(run, path: Path, flags: tuple[str, ...]) -> None:
    done = run("export", "--archive", path, "--format", "wacz", *flags)
    assert done.status == 2
    assert "ends with .wacz" in done.err


def test_export_tells_of_captures_left_out(run, path: Path, tmp_path: Path) -> None:
    segment = next((path / "captures").iterdir())
    segment.write_bytes(segment.read_bytes()[:-9])
    done = run("export", "--archive", path, "--format", "wacz", "-o", tmp_path / "pages.wacz")
    assert done.status == 1
    assert "1 capture left out: their bytes cannot be read" in done.err


def test_export_is_the_same_twice(run, path: Path) -> None:
    first, second = run("export", "--archive", path), run("export", "--archive", path)
    assert first.out == second.out
    assert {json.loads(line)["record"] for line in first.out.splitlines()} >= {"snapshot", "document", "statement"}


def test_a_closed_pipe_is_no_error(path: Path) -> None:
    for verb in (["export", "--bodies"], ["find", "--text"], ["find", "--json", "said"], ["show", "--text"]):
        command = [sys.executable, "-m", "stemma", *verb, "--archive", str(path)]
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
        os.close(write)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr


def test_the_dossier_is_there_but_not_listed(run, path: Path) -> None:
    outcome = run("dossier", "--archive", path)
    assert outcome.status == 0
    assert "Timeline" in outcome.out
    assert "dossier" not in run("--help").out


def test_add_tells_what_it_did(run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, asked = [tmp_path / "a.html", tmp_path / "b"], []
    for page in pages:
        page.write_text("The lamps are lit.")

    def take(archive, found, *, workers, progress, way):
        asked.append((archive, [(each.snapshot.origin, each.snapshot.outlet) for each in found], workers))
        progress(2, 2, progressed)
        with Archive.open(archive) as opened:
            return opened.totals()

    monkeypatch.setitem(sys.modules, "stemma.flow", SimpleNamespace(take=take))
    monkeypatch.setattr(stemma, "flow", SimpleNamespace(take=take), raising=False)
    progressed = 0
    done = run("add", *pages, "--outlet", "SARVA", "--workers", "2", "--archive", path)
    assert asked == [(path, [("a.html", "SARVA"), ("b", "SARVA")], 2)]
    assert (done.status, done.out) == (0, "")
    assert "Read 2 pages" in done.err
    assert "2 statements" in done.err
    progressed = 1
    assert run("add", pages[0], "--archive", path).status == 1


def test_finding_nothing_says_what_to_change(run, path: Path, tmp_path: Path) -> None:
    assert "Nobody here is called 'Oro Tann'" in run("find", "--speaker", "Oro Tann", "--archive", path).err
    assert "there are: Dorn Post." in run("find", "--outlet", "Nowhere", "--archive", path).err
    assert "fewer words" in run("find", "zeppelin", "--archive", path).err
    assert "--limit 2 shows all" in run("find", "--limit", "1", "--archive", path).err
    with Archive.open(tmp_path / "empty.stemma", create=True):
        pass
    assert "stemma add" in run("find", "--archive", tmp_path / "empty.stemma").err


def test_a_beginning_of_several_ids_is_told_and_no_name(run, path: Path) -> None:
    assert "fits several records" in run("show", "s", "--archive", path).err
    assert run("show", "d<script>", "--archive", path).status == 2


def test_citing_somebody_says_what_can_be_cited(run, path: Path) -> None:
    outcome = run("cite", "Kim Vael", "--archive", path)
    assert outcome.status == 2
    assert "not a person" in outcome.err


@pytest.mark.parametrize("verb", [["find"], ["find", "--text"], ["cite"], ["dossier"], ["export"]])
def test_a_terminal_that_knows_no_unicode(run, path: Path, verb: list[str]) -> None:
    what = [ids(run, path)["direct"]] if verb == ["cite"] else []
    command = [sys.executable, "-m", "stemma", *verb, *what, "--archive", str(path)]
    ascii_ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, check=False, env=ascii_)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    assert done.stdout


def test_what_goes_into_a_file_has_no_blanks_at_line_ends(run, path: Path) -> None:
    for verb in (["find", "--text"], ["show", "Kim Vael", "--text"], ["dossier"]):
        assert not [row for row in run(*verb, "--archive", path).out.splitlines() if row.endswith(" ")]


def test_an_interrupt_says_how_to_go_on(run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stemma.cli.asking, "listing", interrupted)
    outcome = run("find", "--text", "--archive", path)
    assert outcome.status == 130
    assert "goes on" in outcome.err


def test_stats_counts_what_is_here(run, path: Path) -> None:
    told = run("stats", "--archive", path)
    first, *covered = [json.loads(line) for line in told.out.splitlines()]
    assert (told.status, first["view"], first["pages"], first["statements"]) == (0, "stats", 1, 2)
    assert [each["view"] for each in covered] == ["coverage"]
    assert "The archive holds  1 page" in run("stats", "--text", "--archive", path).out


def test_stats_of_one_outlet(run, path: Path) -> None:
    (line,) = run("stats", "--json", "--archive", path).out.splitlines()[1:]
    name = json.loads(line)["outlet"]
    assert run("stats", "--outlet", name.upper(), "--by", "day", "--json", "--archive", path).out.count("\n") == 1
    assert name in run("stats", "--outlet", name, "--text", "--archive", path).out
    wrong = run("stats", "--outlet", "Nobody", "--archive", path)
    assert wrong.status == 2
    assert name in wrong.err
