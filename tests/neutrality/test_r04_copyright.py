"""R4: what leaves is cut to quotations with length and hash; words of pages that reserve them stay; bodies are asked for."""

from __future__ import annotations

import hashlib
import json

import pytest

from stemma import collect, flow
from stemma.archive import Archive
from stemma.records import Stated
from tests.neutrality.conftest import rows

QUOTATION = 300
LONG = "The lamps of the harbour are lit on both shores and will stay so " * 12
WORDS = "the pilots of the far shore count every vessel twice"
PAGE = "<html><head><title>Harbour</title>{head}</head><body><article><h1>Harbour</h1><p>KARVIS, October 24. “{words},” Minister Kim Vael said.</p></article></body></html>"


@pytest.fixture
def path(tmp_path):
    for name, head, words in (("long", "", LONG.strip()), ("kept", '<meta name="robots" content="noarchive">', WORDS), ("mined", '<meta name="tdm-reservation" content="1">', WORDS + " again")):  # fmt: skip
        (tmp_path / f"{name}.html").write_text(PAGE.format(head=head, words=words))
    flow.take(tmp_path / "a.stemma", collect.captures([str(tmp_path / f"{name}.html") for name in ("long", "kept", "mined")], Stated()), workers=0, way="rules")  # fmt: skip
    return tmp_path / "a.stemma"


def test_an_export_has_quotations_lengths_and_hashes(command, path) -> None:
    found = rows(command("export", "--archive", path).out)
    longest = max(
        (len(each["exact"]) for row in found for each in row.get("content", ()) if "exact" in each), default=0
    )
    assert longest <= QUOTATION
    (document,) = [row for row in found if row["record"] == "document" and "length" in json.dumps(row)][:1]
    assert LONG.strip() not in json.dumps(found)
    assert "sha256" in json.dumps(document)


def test_whole_texts_leave_only_when_asked_for(command, path) -> None:
    assert LONG.strip() in command("export", "--bodies", "--archive", path).out
    assert LONG.strip() not in command("export", "--archive", path).out


def test_words_of_pages_that_reserve_them_stay(command, path) -> None:
    for form in (["export"], ["export", "--bodies"]):
        assert WORDS not in command(*form, "--archive", path).out
    assert WORDS in command("export", "--include-reserved", "--archive", path).out


def test_reservations_are_recorded_facts_with_their_basis(path) -> None:
    with Archive.open(path) as archive:
        fields = [
            field
            for each in archive.listing.documents()
            for field in archive.article(each).fields
            if field.name == "reservation"
        ]
    assert sorted(field.value for field in fields) == ["noarchive", "tdm"]
    assert all(field.basis for field in fields)


def test_a_message_of_a_watch_is_a_quotation(messages, lines) -> None:
    assert any(len(line.statement.content[0].exact) > 2 * QUOTATION for line in lines)
    for row in map(json.loads, messages["json"].splitlines()):
        assert len(row["line"]) <= 2 * QUOTATION
        assert row["digest"].startswith("sha256:")


def test_a_citation_is_a_quotation_with_digest(citations) -> None:
    assert max(map(len, citations)) < 3 * QUOTATION + 500
    assert all("sha256" in each.lower() for each in citations)


def test_bytes_are_kept_whole(archive, lines) -> None:
    for line in lines[:20]:
        payload = archive.payload(line.snapshot.id)
        assert "sha256:" + hashlib.sha256(payload).hexdigest() == line.snapshot.digest
