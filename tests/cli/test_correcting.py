"""The verbs by which people speak: signed, reasoned, told how to undo, refused with a way out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Line, Query
from stemma.records import Correction, Judgement

TEXT = """Ferry to run again
SARVA, October 24, 2031. /Orvo Wire/.

“The ferry will sail before the first snow,” Transport Minister Tamsin Orle said.

“A second ferry is needed by spring,” harbour master Milo Vance said on Thursday.
"""
WHY = ("--why", "it is so", "--by", "Ilse Marn")


@pytest.fixture
def run(command, monkeypatch: pytest.MonkeyPatch, path: Path):
    monkeypatch.setenv("STEMMA_ARCHIVE", str(path))
    monkeypatch.delenv("STEMMA_BY", raising=False)
    return command


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of two invented pages, as the whole flow reads them."""
    for name, text in (
        ("one.txt", TEXT),
        ("two.txt", TEXT.replace("Orvo Wire", "Belt Press").replace("master", "chief")),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    flow.add(tmp_path / "a", [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")])
    return tmp_path / "a"


def line_of(path: Path, words: str) -> Line:
    with Archive.open(path) as archive:
        return next(archive.find(Query(words=words)))


def test_two_bearers_of_exactly_one_spelling_are_kept_apart_and_joined_again(run, path):
    with Archive.open(path) as archive:
        one, other = (each.statement.id for each in archive.find(Query(words="second ferry")))
    (word,) = run("correct", other, "speaker", "Milo Vance (of the Belt)", *WHY).rows

    def said_by(name):
        return {row["id"] for row in run("find", "--speaker", name).rows}

    assert said_by("Milo Vance") == {one}
    assert said_by("Milo Vance (of the Belt)") == {other}
    run("judge", "Milo Vance", "Milo Vance (of the Belt)", "different", *WHY)
    assert said_by("Milo Vance") == {one}
    run("correct", "--undo", word["id"], *WHY)
    assert said_by("Milo Vance") == {one, other}


def test_a_correction_is_kept_told_shown_and_undone(run, path):
    about = line_of(path, "snow").statement.id
    said = run("correct", about, "speaker", "Milo Vance", *WHY)
    (row,) = said.rows
    assert said.status == 0
    assert said.err.strip().startswith(
        f"{row['id']} says: speaker of {about} is 'Milo Vance'. Undo it with: stemma correct"
    )
    assert about in run("find", "--speaker", "vance").out
    (shown,) = run("show", about).rows
    assert shown["speakers"][0]["reason"] == "corrected by Ilse Marn: it is so"
    assert shown["corrections"] == [row]
    assert run("check").status == 0
    undone = run("correct", "--undo", row["id"][:9], "--why", "no", "--by", "Bero")
    assert undone.status == 0
    assert line_of(path, "snow").speakers[0].name == "Tamsin Orle"
    assert [each["id"] for each in run("show", "corrections").rows] == [undone.rows[0]["id"], row["id"]]
    assert "Ilse Marn" in run("show", "corrections", "--text").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "s", "speaker", "X", "--why", "so"), "--by NAME or set $STEMMA_BY"),
        (("correct", "s", "speaker", "X", "--by", "Ilse"), "--why TEXT"),
        (("correct", "s", "speaker", *WHY), "ID FIELD VALUE"),
        (("correct", "s", "speakers", "X", *WHY), "one of: speaker"),
        (("correct", "szzzz", "speaker", "X", *WHY), "nothing here has the id"),
        (("correct", "--undo", "d2", *WHY), "begins with k"),
        (("judge", "Tamsin Orle", "Milo Vance", "alike", *WHY), "same, different, unsure"),
        (("judge", "Tamsin Orle", "Nobody", "same", *WHY), "'Nobody'"),
        (("judge", "--undo", "k2", *WHY), "begins with j"),
        (("withdraw", "Nobody", *WHY), "'Nobody'"),
        (("about", "Nobody"), "'Nobody'"),
    ],
)
def test_misuse_is_told_in_one_line(run, path, arguments, told):
    done = run(*arguments)
    assert done.status == 2
    assert told in done.err
    assert "Traceback" not in done.err
    assert run("show", "corrections").out == ""


def test_the_name_may_come_from_the_environment(run, path, monkeypatch):
    monkeypatch.setenv("STEMMA_BY", "Bero Lund")
    done = run("correct", line_of(path, "snow").statement.document, "title", "Snow", "--why", "shorter")
    assert done.rows[0]["by"] == "Bero Lund"
    assert line_of(path, "snow").title == "Snow"


def test_two_words_within_a_second_count_in_their_order(run, path):
    about = line_of(path, "snow").statement.id
    for name in ("Ada One", "Bea Two", "Cea Three", "Bea Two", "Ada One"):
        run("correct", about, "speaker", name, *WHY)
        assert line_of(path, "snow").speakers[0].name == name


def test_a_judgement_and_its_undoing(run, path):
    said = run("judge", "Tamsin Orle", "Milo Vance", "same", *WHY)
    assert (said.status, said.rows[0]["verdict"], said.rows[0]["by"]) == (0, "same", "Ilse Marn")
    assert "stemma judge --undo" in said.err
    assert len(run("show", "Milo Vance").rows[0]["forms"]) == 2
    assert run("judge", "--undo", said.rows[0]["id"], *WHY).status == 0
    assert len(run("show", "Milo Vance").rows[0]["forms"]) == 1
    assert run("check").status == 0


def test_a_page_withdrawn_and_opened_again(run, path):
    line = line_of(path, "ferry snow")
    before, found = run("export", "--bodies").out, run("find", "snow").out
    assert run("withdraw", line.statement.document, *WHY).status == 0
    assert run("find", "snow").out.count('"view":"statement"') == found.count('"view":"statement"') - 1
    for wanted in (line.statement.id, line.statement.document, line.snapshot.id):
        assert run("show", wanted).rows[0]["view"] == "stone"
    assert "it is so" in run("show", line.statement.id, "--text").out
    assert run("cite", line.statement.id).status == 2
    assert line.statement.id not in run("export").out
    assert run("check").status == 0
    assert run("withdraw", line.statement.document, "--undo", *WHY).status == 0
    assert run("find", "snow").out == found
    assert [
        row for row in run("export", "--bodies").out.splitlines() if '"correction"' not in row[:30]
    ] == before.splitlines()
    assert run("check").status == 0
    assert run("withdraw", line.statement.document, "--undo", *WHY).status == 2


def test_words_are_covered_wherever_they_stand_in_the_page(run, path):
    line = line_of(path, "second ferry")
    assert run("withdraw", line.statement.id, "--words", "Milo Vance", "--words", "ferry", *WHY).status == 0
    shown = run("show", line.statement.document).rows[0]
    assert "Vance" not in json.dumps(shown)
    assert "ferry" not in json.dumps({**shown, "corrections": []})
    assert shown["document"]["text"].count("█") == len("Milo Vance") + 2 * len("ferry")
    assert run("check").status == 0
    missing = run("withdraw", line.statement.document, "--words", "Milo Vance", *WHY)
    assert (missing.status, "stand so" in missing.err) == (2, True)
    assert run("withdraw", line.statement.document, "--span", "0-5", *WHY).status == 0
    assert run("show", line.statement.document).rows[0]["document"]["text"].startswith("█████")


def test_somebody_withdrawn_is_not_listed_but_told_of_to_those_who_ask(run, path):
    assert run("withdraw", "Milo Vance", *WHY).status == 0
    assert run("find", "--speaker", "Vance").out == ""
    assert run("show", "Milo Vance").status == 2
    held = run("about", "Milo Vance").rows
    assert held[0]["view"] == "person"
    kinds = [each["held"] for each in held[1:]]
    assert (kinds.count("mention"), kinds.count("page"), kinds.count("correction")) == (2, 2, 1)
    assert "Milo Vance" in run("about", held[0]["id"], "--text").out
    assert run("show", held[0]["id"]).rows[0]["view"] == "stone"
    assert run("withdraw", "Milo Vance", "--undo", *WHY).status == 0
    assert run("show", "Milo Vance").status == 0


def test_gold_leaves_by_export(run, path):
    about = line_of(path, "snow").statement.id
    run("correct", about, "kind", "direct", *WHY)
    (row,) = run("export", "--format", "gold").rows
    assert (row["id"], row["confirmed"]) == (about, ["kind"])
    assert row["attributions"][0]["speaker"] == "Tamsin Orle"


def test_the_reader_shows_a_stone(run, path):
    from starlette.testclient import TestClient

    from stemma.show.web import reader

    line = line_of(path, "snow")
    run("withdraw", line.statement.document, "--words", "harbour", *WHY)
    with Archive.open(path) as archive:
        client = TestClient(reader(archive), base_url="http://127.0.0.1:8742")
        covered = client.get(f"/a/{line.statement.document}").text
        assert "harbour" not in covered
        assert "█" * 7 in covered
    run("withdraw", line.statement.document, *WHY)
    with Archive.open(path) as archive:
        client = TestClient(reader(archive), base_url="http://127.0.0.1:8742")
        for address in (f"/a/{line.statement.document}", f"/s/{line.statement.id}", f"/s/{line.statement.id}.json"):
            answer = client.get(address)
            assert answer.status_code == 410
            assert "it is so" in answer.text
        assert line.statement.id not in client.get("/search?q=snow").text


PEOPLE = """Harbour news
SARVA, October 24, 2031. /Orvo Wire/.

“The sea is calm,” Captain Sergei Petrov said. “The engine is old,” engineer Sergei Ivanovich Petrov said.

“Nobody is ill,” doctor Sergei Pavlovich Petrov said. “The ferry will sail,” Minister Cho Min Sol said.
"""


@pytest.fixture
def harbour(run, path: Path, tmp_path: Path) -> Path:
    """An archive in which two Petrovs differ and a third may be either."""
    page = tmp_path / "harbour.txt"
    page.write_text(PEOPLE, encoding="utf-8")
    assert run("add", str(page)).status == 0
    return path


def test_review_keeps_what_is_answered_and_says_what_each_key_does(run, harbour: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("x\nd they are brothers\nb\nq\n"))
    done = run("judge", "--review", "--by", "Ilse Marn", "--text")
    assert done.status == 0
    assert "s same, d different, u unsure, k skip, b back, q quit" in done.err
    assert "'x' is no answer here" in done.err
    with Archive.open(harbour) as archive:
        said = {type(each): each for each in archive.words()}
    assert said[Judgement].verdict == "different"
    assert said[Judgement].reasons == ("they are brothers",)
    assert (said[Correction].field, said[Correction].about) == ("undone", said[Judgement].id)


def test_review_ends_with_its_input_and_asks_who_signs_first(run, harbour: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "0 judged" in run("judge", "--review", "--by", "Ilse Marn").err
    assert "give --by NAME" in run("judge", "--review").err
    assert "nothing beside it" in run("judge", "--review", "--undo", "--by", "Ilse Marn").err
    assert "--review beside it" in run("judge", "A", "B", "same", "--limit", "3", *WHY).err


@pytest.mark.parametrize("form", ["조민솔", "Чо Мин Соль", "Jo Min-sol", "Ch'o Min-sol"])
def test_any_spelling_finds_the_speaker(run, harbour: Path, form: str):
    assert harbour.exists()
    found = run("find", "--speaker", form, "--json")
    assert "taken for 'Cho Min Sol'" in found.err
    assert "The ferry will sail" in found.out
    assert "Cho Min Sol" in run("show", form, "--text").out


def test_a_name_that_nobody_has_is_told(run, harbour: Path):
    assert harbour.exists()
    assert "Nobody here is called" in run("find", "--speaker", "Oskar Unbekannt").err
