"""R9: bytes under their SHA-256, an append-only log, proof of all of it; corrections name who, when, why and can be undone."""

from __future__ import annotations

import shutil

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import BadValue
from stemma.records import Correction


@pytest.fixture
def path(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "a.stemma")
    return tmp_path / "a.stemma"


def test_a_sound_archive_is_proved(command, path) -> None:
    assert command("check", "--archive", path).status == 0


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_changed_byte_is_found(command, path, part: float) -> None:
    segment = max((path / "captures").iterdir(), key=lambda each: each.stat().st_size)
    held = bytearray(segment.read_bytes())
    held[int(len(held) * part)] ^= 1
    segment.write_bytes(held)
    done = command("check", "--archive", path)
    assert done.status == 1
    assert "problem" in done.err


def test_a_state_that_was_written_down_is_compared(command, path, tmp_path) -> None:
    (tmp_path / "state.jsonl").write_text(command("manifest", "--archive", path).out)
    assert command("check", "--manifest", tmp_path / "state.jsonl", "--archive", path).status == 0
    with Archive.open(path) as archive:
        line = next(iter(archive.find(Query())))
        flow.correct(archive, [Correction(about=line.statement.id, field="speaker", value="Dana Wirt", by="Ilse Marn", at="2025-10-25T00:00:00Z", reason="named below")])  # fmt: skip
    assert "not exactly" in command("check", "--manifest", tmp_path / "state.jsonl", "--archive", path).err


def test_a_correction_names_who_when_and_why_and_changes_nothing(path) -> None:
    with Archive.open(path) as archive:
        line = next(iter(archive.find(Query())))
        kept = set(archive.export(bodies=True))
        word = Correction(
            about=line.statement.id,
            field="speaker",
            value="Dana Wirt",
            by="Ilse Marn",
            at="2025-10-25T00:00:00Z",
            reason="named below",
        )
        flow.correct(archive, [word])
        shown = archive.line(line.statement.id)
        assert shown.speakers[0].name == "Dana Wirt"
        (said,) = shown.corrections
        assert (said.by, said.at, said.reason) == ("Ilse Marn", "2025-10-25T00:00:00Z", "named below")
        assert kept <= set(archive.export(bodies=True)), "what was derived is kept beside it"
        flow.correct(
            archive,
            [
                Correction(
                    about=said.id,
                    field="undone",
                    value="true",
                    by="Ilse Marn",
                    at="2025-10-26T00:00:00Z",
                    reason="misread",
                )
            ],
        )
        assert archive.line(line.statement.id).speakers == line.speakers
        assert len(archive.words()) == 2, "taken back, and still in the log"


@pytest.mark.parametrize("lacking", ["by", "reason"])
def test_a_word_without_a_name_or_a_reason_is_refused(path, command, lacking: str, monkeypatch) -> None:
    monkeypatch.delenv("STEMMA_BY", raising=False)
    with Archive.open(path) as archive:
        line = next(iter(archive.find(Query())))
    flags = {"by": ["--why", "named below"], "reason": ["--by", "Ilse Marn"]}[lacking]
    done = command("correct", line.statement.id, "speaker", "Dana Wirt", *flags, "--archive", path)
    assert done.status == 2
    with Archive.open(path) as archive:
        assert archive.words() == []
    assert BadValue
