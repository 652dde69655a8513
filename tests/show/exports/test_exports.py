"""All forms alike: the same bytes, what is left out, the manifest, what is known before."""

from __future__ import annotations

import hashlib
import json

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import BadQuery, BadValue, Withdrawn
from stemma.records import Correction
from stemma.show.exports import FORMS, KINDS, Asked, Form, exported, notices
from tests.show.conftest import HOSTILE
from tests.show.exports.conftest import PAGES, RESERVED, add, export_of

STATEMENTS = [form for form in FORMS if KINDS[form].of == "statements"]
TEXTUAL = [form for form in FORMS if form not in {"parquet", "sqlite", "wacz", "svg"}]
STEERING = set("\x1b\x9b\u202e\u2066\x07")


@pytest.mark.parametrize("form", [form for form in FORMS if form != "svg"])
def test_the_same_archive_gives_the_same_bytes(held: Archive, form) -> None:
    first, second = export_of(held, form), export_of(held, form)
    assert b"".join(first) == b"".join(second)
    assert first.manifest("x") == second.manifest("x")


def test_the_order_in_which_pages_came_is_in_no_file(held: Archive, tmp_path) -> None:
    add(tmp_path / "kept.stemma", PAGES[::-1])
    with Archive.open(tmp_path / "kept.stemma") as other:
        for form in ("csv", "jsonl", "parquet", "sqlite", "jsonld", "ftm", "stix", "records"):
            assert b"".join(export_of(other, form)) == b"".join(export_of(held, form)), form


@pytest.mark.parametrize("form", [form for form in TEXTUAL if form not in {"records", "gold"}])
def test_nothing_steers_a_terminal(made, form) -> None:
    written = made(form).decode("utf-8-sig")
    assert not STEERING & set(written)
    assert not [each for each in written if each < " " and each not in "\n\r\t"]


@pytest.mark.parametrize("form", FORMS)
def test_long_texts_are_cut_and_reserved_ones_left_out(held: Archive, form) -> None:
    if form in {"svg", "wacz"}:
        pytest.skip("pictures have a limit of their own, captures are whole")
    written = b"".join(export_of(held, form))
    whole = b"".join(export_of(held, form, bodies=True, reserved=True))
    if form != "parquet":  # packed
        for secret in ("seventh ferry is to be painted", "lamp number 11 is lit"):
            assert secret.encode() not in written
        if form in {"records", "jsonl", "csv", "jsonld", "ftm", "sqlite", "stix"}:
            assert RESERVED.encode() in whole
            assert b"lamp number 11 is lit" in whole


@pytest.mark.parametrize("form", STATEMENTS)
def test_size_and_count_are_known_before(held: Archive, form) -> None:
    export = export_of(held, form)
    count, size = export.count, export.size
    written = sum(map(len, export))
    told = json.loads(export.manifest("f"))
    assert count == told["counts"]["statements"] == held.count(Query())
    assert size is not None
    assert abs(size - written) <= written // 3


def test_the_manifest_tells_what_was_asked_and_the_hash(held: Archive) -> None:
    query = Query(words="fellowship", speaker="Orlen Vash", outlet="sarva", limit=None)
    export = exported(held, Asked(query), "csv")
    written = b"".join(export)
    told = json.loads(export.manifest("fellowship.csv"))
    assert told["query"]["asked"] == {"words": "fellowship", "speaker": "Orlen Vash", "outlet": "sarva"}
    understood = told["query"]["understood"]
    assert understood["outlets"] == ["SARVA"]
    assert understood["speakers"] == ["Orlen Vash"]
    assert "fellowship" in understood["expression"]
    assert told["files"] == [
        {"name": "fellowship.csv", "bytes": len(written), "sha256": hashlib.sha256(written).hexdigest()}
    ]
    assert told["counts"] == {"pages": 1, "statements": 1}
    assert told["newest_capture"] == "2025-10-24T09:14:00Z"
    assert {run["stage"] for run in told["runs"]} >= {"read", "annotate"}
    assert told["program"].startswith("Stemma ")
    assert told["rights"][0]["outlet"] == "SARVA"
    assert (told["bodies"], told["reserved"], told["cut"]) == (False, False, 300)


def test_what_is_on_screen(held: Archive) -> None:
    export = exported(held, Asked(Query(limit=2, offset=1)), "jsonl")
    found = [json.loads(line)["id"] for line in b"".join(export).splitlines()]
    assert found == [line.statement.id for line in held.find(Query(limit=2, offset=1))]
    assert export.count == 2
    assert json.loads(export.manifest("x"))["query"]["asked"] == {"limit": 2, "offset": 1}


def test_an_id_is_its_statements(held: Archive) -> None:
    line = next(line for line in held.find(Query(words="fellowship")) if line.outlet == "SARVA")
    page = line.statement.document
    for only, count in ((line.statement.id, 1), (line.utterance, 2), (page, len(held.article(page).lines))):
        export = export_of(held, "jsonl", only=only)
        assert export.count == count == len(b"".join(export).splitlines())
    with pytest.raises(BadValue):
        list(export_of(held, "csv", only=line.snapshot.id))


def test_misuse(held: Archive) -> None:
    with pytest.raises(BadValue, match="whole archive"):
        exported(held, Asked(Query(words="lamps", limit=None)), "records")
    with pytest.raises(BadQuery):
        list(export_of(held, "csv", words='"lamps'))


def test_a_query_for_everything_has_the_pages_without_statements(made) -> None:
    assert b"quay.example" in made("jsonld")
    assert b"quay.example" not in made("jsonld", words="fellowship")


def test_captures_of_a_query(held: Archive) -> None:
    export = export_of(held, "wacz", words="fellowship")
    assert b"".join(export).startswith(b"PK")
    assert (export.packed.written, export.packed.reserved) == (2, 0)
    export = export_of(held, "wacz")
    list(export)
    assert (export.packed.written, export.packed.reserved) == (len(PAGES) - 1, 1)


def test_whose_texts_they_are(held: Archive) -> None:
    found = {notice.outlet: notice for notice in notices(held, Asked(Query(limit=None)))}
    assert (found["SARVA"].pages, found["SARVA"].reserving) == (1, 0)
    assert found["Dorn Post"].reserving == 1
    assert "reserve" in found["Dorn Post"].told
    assert not any(set(notice.told) & STEERING for notice in found.values())


@pytest.mark.parametrize("form", [*(form for form in TEXTUAL if form != "gold"), "sqlite"])
def test_what_people_took_back_leaves_in_no_form(own: Archive, form) -> None:
    """A page withdrawn, words covered, somebody not listed."""
    written = b"".join(export_of(own, form, bodies=True, reserved=True)).decode(errors="replace")
    for gone in ("300 engineers", "hardest trial", "orin.example"):
        assert gone not in written
    if form in {"jsonl", "csv", "jsonld", "ftm", "sqlite"}:
        assert "█████" in written


@pytest.mark.parametrize("form", ["csv", "jsonl", "stix"])
def test_who_is_not_listed_speaks_in_no_line(own: Archive, held: Archive, form) -> None:
    """Pages keep their texts: records, and whole texts where they are asked for, have the name still."""
    assert "Tamsin Roe" in b"".join(export_of(held, form)).decode()
    assert "Tamsin Roe" not in b"".join(export_of(own, form)).decode()


def test_what_was_withdrawn_is_not_exported_by_its_id(own: Archive, held: Archive) -> None:
    line = next(line for line in held.find(Query(limit=None)) if line.outlet == "Orin Herald")
    for only in (line.statement.id, line.statement.document):
        with pytest.raises(Withdrawn):
            list(export_of(own, "csv", only=only))


def test_hostile_words_are_there_all_the_same(made) -> None:
    """Verbatim in records, escaped in the file; neutralised where they are to be read."""
    texts = [row["text"] for row in map(json.loads, made("records").splitlines()) if row["record"] == "document"]
    assert any(HOSTILE in text for text in texts)
    assert not set(made("records").decode()) & set("\x1b")
    (evil,) = [row for row in map(json.loads, made("jsonl").splitlines()) if "evil" in (row["article"]["url"] or "")]
    assert not set(evil["article"]["title"]) & STEERING


def test_two_of_one_spelling_leave_as_two(tmp_path):
    add(tmp_path / "a", [PAGES[0], PAGES[2]])
    with Archive.open(tmp_path / "a") as archive:
        (lamps,) = (line for line in archive.find(Query(outlet="VELTA")))
        mentions = archive.article(lamps.statement.document).mentions
        about = next(each.id for each in mentions if each.evidence.exact == "Tamsin Roe")
        at = "2032-01-01T00:00:00Z"
        said = Correction(about=about, field="means", value="Tamsin Roe (lamps)", by="Dana Wirt", at=at, reason="other")
        flow.correct(archive, [archive.worded(said)])
        rows, things = (_rows(archive, form) for form in ("jsonl", "ftm"))
        speakers = {who["name"]: who["entity"] for row in rows for who in row.get("speakers", ())}
        assert {"Tamsin Roe", "Tamsin Roe (lamps)"} <= set(speakers)
        assert speakers["Tamsin Roe"] != speakers["Tamsin Roe (lamps)"]
        people = {each["id"]: each["properties"]["name"][0] for each in things if each["schema"] == "Person"}
        assert sorted(name for name in people.values() if "Roe" in name) == ["Tamsin Roe", "Tamsin Roe (lamps)"]
        assert b"Tamsin Roe (lamps)" in b"".join(archive.export())
        assert list(archive.check()) == []


def _rows(archive: Archive, form: Form) -> list[dict]:
    whole = b"".join(exported(archive, Asked(Query(limit=None)), form))
    return [json.loads(line) for line in whole.splitlines()]
