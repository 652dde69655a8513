"""The verbs check, manifest and sign, as a person or a script meets them."""

from __future__ import annotations

import json

import pytest

from stemma.archive import Archive
from stemma.cli import main


@pytest.fixture
def folder(kit, tmp_path):
    with Archive.open(tmp_path / "a", create=True) as archive:
        kit.fill(archive, kit.pages)
    return tmp_path / "a"


@pytest.fixture
def run(folder, capfdbinary):
    """Runs a verb over the archive; exit status, stdout, stderr."""

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([arguments[0], "--archive", str(folder), *map(str, arguments[1:])])
        out, err = capfdbinary.readouterr()
        return ended.value.code, out, err.decode()

    return run


def test_sound_archive_and_what_a_killed_writer_left(folder, run):
    assert run("check") == (0, b"", "Checked: everything is as it was recorded.\n")
    (segment,) = (folder / "captures").iterdir()
    segment.write_bytes(segment.read_bytes() + b"half a record")
    status, out, err = run("check")
    assert (status, out) == (0, b"")
    assert f"Note: 13 bytes at the end of captures/{segment.name}" in err


def test_problems_name_file_record_and_way_out(folder, run):
    (segment,) = (folder / "captures").iterdir()
    content = bytearray(segment.read_bytes())
    content[-40] ^= 1
    segment.write_bytes(content)
    status, out, err = run("check", "--json")
    (problem,) = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert problem["about"] == f"captures/{segment.name}"
    assert "the capture of c" in problem["message"]
    assert "add the page again" in problem["message"]
    assert "1 problem found." in err
    assert b"captures/" in run("check", "--text")[1]


def test_database_that_cannot_be_opened_is_a_problem_and_no_archive_is_misuse(folder, run, tmp_path):
    content = bytearray((folder / "archive.sqlite").read_bytes())
    content[:16] = b"no database here"
    (folder / "archive.sqlite").write_bytes(content)
    status, out, _ = run("check", "--json")
    assert status == 1
    assert json.loads(out)["about"] == "archive.sqlite"
    (folder / "archive.sqlite").unlink()
    assert run("check")[0] == 2


def test_manifest_is_written_signed_and_held_against_the_archive(folder, run, tmp_path, monkeypatch):
    pytest.importorskip("minisign", reason="the extra 'sign' is not installed")
    monkeypatch.setenv("STEMMA_KEY_PASSWORD", "")
    state, key, public = tmp_path / "state.jsonl", tmp_path / "me.key", tmp_path / "me.pub"
    status, out, _ = run("manifest", "--at", "2031-06-01T00:00:00Z")
    assert status == 0
    state.write_bytes(out)
    with pytest.raises(SystemExit) as ended:
        main(["sign", str(state), "--new-key", str(key)])
    assert ended.value.code == 0
    assert (tmp_path / "state.jsonl.minisig").exists()
    run("manifest")  # takes what was printed so far
    status, _, err = run("check", "--manifest", state, "--key", public)
    assert status == 0
    assert "is signed by" in err
    assert "holds exactly what the manifest names: 5 pages" in err
    assert "a signature that is not proved" in run("check", "--manifest", state)[2]
    state.write_bytes(out.replace(b'"pages":5', b'"pages":6'))
    status, found, _ = run("check", "--manifest", state, "--key", public)
    assert status == 1
    assert b"is no signature of" in found


@pytest.mark.parametrize("flags", [["--key", "me.pub"], ["--manifest", __file__], ["--manifest", "not-there"]])
def test_misuse_is_told(run, flags):
    assert run("check", *flags)[0] == 2


def test_signing_needs_a_key(run, tmp_path):
    (tmp_path / "x").write_text("x")
    with pytest.raises(SystemExit) as ended:
        main(["sign", str(tmp_path / "x")])
    assert ended.value.code == 2
