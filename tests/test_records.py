from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma import records
from stemma.records import AnyRecord, Document, Evidence, Snapshot, Statement, decode, encode, identify

KINDS = get_args(AnyRecord)
st.register_type_strategy(float, st.floats(0, 1))  # shares and confidences; JSON has no infinity


@st.composite
def any_record(draw: st.DrawFn) -> AnyRecord:
    return draw(st.builds(draw(st.sampled_from(KINDS))))


@given(any_record())
def test_json_round_trip(record: AnyRecord) -> None:
    line = encode(record)
    assert decode(line) == record
    assert encode(decode(line)) == line


@given(any_record())
def test_id_is_the_hash_of_the_identity(record: AnyRecord) -> None:
    fresh = msgspec.structs.replace(record, id="")
    assert fresh.id == identify(record)
    assert fresh.id[0] == record.letter


@given(any_record())
def test_an_id_is_base_32_of_the_digest(record: AnyRecord) -> None:
    said = msgspec.json.encode([records._plain(getattr(record, name)) for name in record.identity])
    digest = blake2b(said, digest_size=10).digest()
    assert identify(record) == record.letter + b32encode(digest).decode().lower()


def test_letters_are_unique() -> None:
    letters = [kind.letter for kind in KINDS]
    assert len(set(letters)) == len(letters)


def test_identity_names_fields_that_exist() -> None:
    for kind in KINDS:
        assert kind.identity
        assert all(hasattr(kind, name) for name in kind.identity), kind


def test_how_it_was_found_lies_outside_the_id(document: Document) -> None:
    content = (records.evidence(document, 0, 4),)
    one = Statement(document=document.id, content=content, kind="direct", run="u1", confidence=0.4, reason="a rule")
    two = Statement(document=document.id, content=content, kind="direct", run="u2", confidence=0.9, reason="a model")
    assert one.id == two.id


def test_depth_parts_two_levels_over_one_content(document: Document) -> None:
    content = (records.evidence(document, 0, 4),)
    outer = Statement(document=document.id, content=content, kind="indirect")
    assert Statement(document=document.id, content=content, kind="indirect", depth=1).id != outer.id


@pytest.fixture
def document() -> Document:
    return Document(snapshot="c1", layout="text/1", text="“Nous 𝓇esterons,” dit-elle.\r\n")


def test_evidence_is_verbatim(document: Document) -> None:
    found = records.evidence(document, 6, 15)
    assert found == Evidence(document=document.id, start=6, end=15, exact=document.text[6:15])
    assert found.exact == "𝓇esterons"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (0, 10_000)])
def test_evidence_outside_the_text_is_refused(document: Document, start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside the"):
        records.evidence(document, start, end)


def test_a_snapshot_goes_by_its_address_time_and_digest() -> None:
    one = Snapshot(url="https://a.example/1", origin="a.html", media_type="text/html", digest="sha256:0", size=1)
    assert one.id == msgspec.structs.replace(one, id="", origin="b.html", outlet="The Post").id
    assert one.id != msgspec.structs.replace(one, id="", fetched="2025-10-24").id


def test_a_line_of_another_kind_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode('{"record": "opinion"}')
