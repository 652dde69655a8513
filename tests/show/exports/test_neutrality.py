"""What leaves the archive, by the eleven rules of docs/neutrality.md; each test is named after its rule."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest

from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.show.exports import FORMS, KINDS, Asked, exported
from stemma.show.lines import tell
from stemma.show.plain import one_line
from tests.show.exports.conftest import RESERVED, export_of

#: What no label of ours says of anybody's words: truth, motive, feeling.
VERDICTS = (
    "propaganda",
    "false claim",
    "misinformation",
    "disinformation",
    "censor",
    "stealth",
    "sentiment",
    "lied",
    "deleted",
)
STATEMENTS = [form for form in FORMS if KINDS[form].of == "statements" and form not in {"parquet", "sqlite"}]


def attributed(form: str, written: bytes) -> list[str]:
    """The sentence that stands for a statement in a form, one for each."""
    if form == "csv":
        return [row["line"] for row in csv.DictReader(io.StringIO(written.decode("utf-8-sig")))]
    if form in {"jsonl", "ftm"}:
        rows = [json.loads(line) for line in written.splitlines()]
        notes = [row["properties"]["description"][0] for row in rows if row.get("schema") == "Note"]
        return notes if form == "ftm" else [row["line"] for row in rows]
    things = json.loads(written)["objects" if form == "stix" else "@graph"]
    if form == "stix":
        return [thing["content"] for thing in things if thing["type"] == "note"]
    return [thing["name"] for thing in things if thing["@id"].startswith("urn:stemma:s")]


@pytest.mark.parametrize("form", STATEMENTS)
def test_r1_every_statement_is_somebodys(held: Archive, form) -> None:
    """The sentence in which the screen attributes it stands in every form, and nothing is told without it."""
    found = attributed(form, b"".join(export_of(held, form, reserved=True)))
    assert sorted(found) == sorted(tell(line, 300) for line in held.find(Query(limit=None)))


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"svg", "wacz", "parquet"}])
def test_r1_no_form_judges(held: Archive, form) -> None:
    export = export_of(held, form)
    written = b"".join(export).decode(errors="replace").casefold() + export.manifest("x").decode().casefold()
    assert not [verdict for verdict in VERDICTS if verdict in written]


def test_r1_what_was_not_said_has_no_author(made) -> None:
    graph = json.loads(made("jsonld"))["@graph"]
    denied = [node for node in graph if node.get("stemma:polarity") not in {None, "affirmed"}]
    assert denied
    assert all(node["@type"][0] == "CreativeWork" and "author" not in node for node in denied)


def test_r2_method_and_confidence_stand_beside_each_statement(made) -> None:
    for row in map(json.loads, made("jsonl").splitlines()):
        assert row["method"].startswith("annotate/")
        assert 0 < row["confidence"] <= 1
        assert all(voice["reason"] for voice in row["speakers"])
        assert all(hop["inferred"] == (hop["kind"] != "cited") for hop in row["chain"])
    unknown = [row for row in map(json.loads, made("jsonl").splitlines()) if not row["speakers"]]
    assert unknown
    assert all(row["line"].startswith("speaker not identified") for row in unknown)


def test_r2_an_inferred_hop_says_so_in_words(made) -> None:
    rows = list(csv.DictReader(io.StringIO(made("csv").decode("utf-8-sig"))))
    hops = [hop for row in rows for hop in row["chain"].split("; ") if hop]
    assert hops
    assert all(("inferred" in hop) == ("(cited" not in hop) for hop in hops)


def test_r4_shared_by_default_are_places_hashes_and_a_quotation(held: Archive) -> None:
    for row in map(json.loads, b"".join(export_of(held, "jsonl")).splitlines()):
        text = held.text(row["article"]["id"])
        assert len(row["words"]) <= 300
        for piece in row["pieces"]:
            assert piece["sha256"] == hashlib.sha256(text[piece["start"] : piece["end"]].encode()).hexdigest()
        assert bool(row["article"]["reserved"]) == all(piece["exact"] is None for piece in row["pieces"])


def test_r4_what_a_page_reserves_stays_here_until_it_is_asked_for(held: Archive) -> None:
    for form in (form for form in FORMS if form not in {"svg", "wacz", "parquet"}):
        assert RESERVED.encode() not in b"".join(export_of(held, form, bodies=True)), form
    assert RESERVED.encode() in b"".join(export_of(held, "csv", reserved=True))


def test_r4_a_manifest_has_a_note_for_each_outlet(held: Archive) -> None:
    export = export_of(held, "csv")
    list(export)
    rights = {each["outlet"]: each for each in json.loads(export.manifest("x"))["rights"]}
    assert {one_line(line.outlet or "")[:20] for line in held.find(Query(limit=None))} <= {each[:20] for each in rights}
    assert rights["Dorn Post"]["reserving"] == 1


def test_r5_what_was_taken_back_leaves_no_more(own: Archive) -> None:
    for form in (form for form in FORMS if form not in {"svg", "wacz", "parquet", "gold"}):
        written = b"".join(export_of(own, form, bodies=True, reserved=True)).decode(errors="replace")
        assert not [gone for gone in ("300 engineers", "hardest trial", "orin.example") if gone in written], form
    export = export_of(own, "wacz")
    list(export)
    assert export.packed.sealed == 2


@pytest.mark.parametrize("form", STATEMENTS)
def test_r7_hostile_fields_steer_nothing(made, form) -> None:
    written = made(form).decode("utf-8-sig")
    assert not {"\x1b", "\x9b", "\u202e", "\u2066", "\x00"} & set(written)
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_r9_every_form_names_the_bytes_it_rests_on(held: Archive) -> None:
    digests = {line.snapshot.digest.removeprefix("sha256:") for line in held.find(Query(limit=None))}
    for form in STATEMENTS:
        written = b"".join(export_of(held, form)).decode("utf-8-sig")
        assert not [digest for digest in digests if digest not in written], form


def test_r11_a_manifest_says_what_counts_are_not(held: Archive) -> None:
    export = exported(held, Asked(Query(outlet="SARVA", limit=None)), "csv")
    list(export)
    told = json.loads(export.manifest("x"))
    assert "not what was said or published" in told["counts_mean"]
    assert told["query"]["asked"] == {"outlet": "SARVA"}
    assert told["counts"]["pages"] == 1
