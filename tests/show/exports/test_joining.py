"""Exports joined with captures of another holder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stemma.archive import Archive
from stemma.errors import BadValue
from stemma.show.exports.joining import Outcome, joined
from tests.show.exports.conftest import PAGES, add, export_of


def join(lines: bytes, holder: Archive) -> tuple[bytes, Outcome]:
    outcome = Outcome()
    return b"".join(joined("x.jsonl", lambda: lines.splitlines(keepends=True), holder, outcome)), outcome


@pytest.mark.parametrize("form", ["records", "jsonl"])
def test_what_is_joined_is_what_was_cut(held: Archive, form) -> None:
    """The law: cut and joined is as if it had never been cut."""
    cut, whole = (b"".join(export_of(held, form, bodies=bodies, reserved=True)) for bodies in (False, True))
    assert cut != whole
    again, outcome = join(cut, held)
    assert again == whole
    assert (outcome.joined > 0, outcome.left) == (True, {})


def test_another_holder_of_the_same_bytes_at_other_addresses(held: Archive, tmp_path: Path) -> None:
    pages = [
        {**page, "url": f"https://mirror.example/{n}", "fetched": "2030-01-01T00:00:00Z"}
        for n, page in enumerate(PAGES)
    ]
    add(tmp_path / "mine.stemma", pages)
    with Archive.open(tmp_path / "mine.stemma") as mine:
        again, outcome = join(b"".join(export_of(held, "jsonl")), mine)
    whole = [json.loads(line) for line in b"".join(export_of(held, "jsonl", bodies=True, reserved=True)).splitlines()]
    assert [row["words"] for row in map(json.loads, again.splitlines())] == [row["words"] for row in whole]
    assert not outcome.left


def test_what_could_not_be_joined_is_said(held: Archive, tmp_path: Path) -> None:
    add(tmp_path / "few.stemma", PAGES[:2])
    with Archive.open(tmp_path / "few.stemma") as few:
        cut = b"".join(export_of(held, "jsonl"))
        again, outcome = join(cut, few)
        assert set(outcome.left) == {"absent"}
        assert outcome.joined == 0
        assert again.count(b"\n") == cut.count(b"\n")
        assert outcome.examples["absent"][0] == "d"


def test_covered_words_are_not_put_back(held: Archive, own: Archive) -> None:
    """The holder's own texts have blocks where the words were, and these have another hash."""
    cut = [json.loads(line) for line in b"".join(export_of(held, "jsonl")).splitlines()]
    row = next(row for row in cut if row["article"]["outlet"] == "SARVA" and "300 engineers" in row["words"])
    for piece in row["pieces"]:
        piece["exact"] = None
    row["words"] = ""
    again, outcome = join(json.dumps(row).encode() + b"\n", own)
    assert b"300 engineers" not in again.partition(b'"words"')[2]
    assert outcome.left["differs"] == 1


def test_a_wrong_hash_or_place_is_not_believed(held: Archive) -> None:
    lines = b"".join(export_of(held, "jsonl")).splitlines()
    row = next(row for row in map(json.loads, lines) if row["words_length"] > 300)
    for change in ({"sha256": "0" * 64}, {"start": 0, "end": 10**9}, {"start": -5, "end": 3}):
        wrong = json.loads(json.dumps(row))
        wrong["pieces"][0] |= change
        again, outcome = join(json.dumps(wrong).encode(), held)
        assert json.loads(again)["words"] == row["words"]
        assert outcome.left == {"differs": 1}


@pytest.mark.parametrize(
    "line", [b"x", b"[]", b'{"a":1}', b'{"view":"statement"}', b'{"record":"document","id":"d","text_sha256":1}']
)
def test_a_file_of_anything_else_is_misuse(held: Archive, line: bytes) -> None:
    with pytest.raises(BadValue, match="records"):
        join(line, held)
