"""Ids, packing, indexed text, days, and export lines."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive import Archive
from stemma.archive.export import QUOTATION
from stemma.archive.pages.days import day_number
from stemma.archive.store.databases import sqlite
from stemma.archive.store.ids import key_of, key_range, mint
from stemma.archive.store.packing import (
    pack_record,
    pack_records,
    pack_text,
    unpack_record,
    unpack_records,
    unpack_text,
)
from stemma.archive.store.store import DATABASE
from stemma.archive.store.words import index_form, phrase_form
from stemma.records import Document, Problem, decode

IDS = st.builds(mint, st.sampled_from("cdlfmrtsyvjkpu"), st.text())


@given(st.lists(IDS))
def test_keys_stand_in_the_order_of_ids(ids):
    assert [key_of(each) for each in sorted(ids)] == sorted(key_of(each) for each in ids)


@given(IDS, st.integers(1, 17))
def test_range_of_a_beginning_holds_the_key(record_id, size):
    low, high = key_range(record_id[:size])
    assert low <= key_of(record_id) <= high


@pytest.mark.parametrize("prefix", ["", "é", "d1", "d!", "D2", "d 2"])
def test_what_begins_no_id(prefix):
    assert key_range(prefix) is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_texts_and_records_come_back(text):
    assert unpack_text(pack_text(text)) == text
    problem = Problem(stage="read", about=text, message=f'","id":"{text}')
    assert unpack_record(pack_record(problem)) == problem
    document = Document(snapshot="c2", layout=text, text="")
    assert list(unpack_records(pack_records([document, problem], text), text)) == [document, problem]


def test_text_that_looks_like_an_id_is_kept():
    problem = Problem(stage="x", about='{"a":"","id":"d2222222222222222"}', message="d3333333333333333")
    assert list(unpack_records(pack_records([problem], "t"), "t")) == [problem]


def test_index_form():
    assert index_form("Plain words") == "Plain words"
    assert index_form("Ñandú") == "Nandu"
    assert index_form("在北京市。").split() == ["在北", "北京", "京市", "市", "。"]
    assert phrase_form("北京市").split() == ["北京", "京市"]
    assert phrase_form("정은 대통령").split() == ["정은", "은", "대통", "통령"]
    assert "\0" not in index_form("a\0b") + index_form("é\0\ud800")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("0001-01-01", 1),
        ("2031-04-05T10:00:00Z", 741_537),
        ("2031-04", 741_533),
        ("2031", 741_443),
        (None, 0),
        ("", 0),
        ("soon", 0),
        ("2031-13-40", 0),
    ],
)
def test_day_numbers(value, day):
    assert day_number(value) == day


def test_export_cuts_long_texts(kit, tmp_path):
    long = "word " * 200
    page = kit.make_page(["Long", f"“{long},” Ada Newman said."])
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, [page])
        cut, whole = list(archive.export()), list(archive.export(bodies=True))
    assert [decode(line) for line in whole] == sorted(
        (decode(line) for line in whole), key=lambda record: (type(record).__name__.lower(), record.id)
    )
    assert sorted(whole) == whole
    assert len(cut) == len(whole)
    documents = [json.loads(line) for line in cut if line.startswith(b'{"record":"document"')]
    assert len(documents[0]["text"]) == QUOTATION
    assert documents[0]["text_length"] == len(page.document.text)
    assert documents[0]["text_sha256"] == sha256(page.document.text.encode()).hexdigest()
    assert max(map(len, cut)) < 2_000
    assert page.records[0] in [decode(line) for line in whole]


def test_export_in_pieces_is_the_same(kit, tmp_path, monkeypatch):
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, kit.pages)
        whole = list(archive.export())
        monkeypatch.setattr("stemma.archive.export._HELD", 2_000)
        assert list(archive.export()) == whole


def free_and_all(folder) -> tuple[int, int]:
    db = sqlite3.connect(folder / DATABASE)
    found = tuple(db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
    db.close()
    return found


def filled(folder, monkeypatch, *, auto: bool = True):
    """An archive in which a table of ten thousand rows stood."""
    if not auto:
        monkeypatch.setattr(sqlite, "_GIVING", "NONE")
    with Archive.open(folder, create=True) as archive:
        own = archive._store
        rows = [(1, n, n, "k" * 60) for n in range(10_000)]
        with own.writing():
            own.many("INSERT INTO waiting (stage, key, item, name) VALUES (?, ?, ?, ?)", rows)
        with own.writing():
            own.run("DELETE FROM waiting")
        archive.join()
    return free_and_all(folder)


def test_room_that_was_needed_for_a_while_is_given_back(tmp_path, monkeypatch):
    free, pages = filled(tmp_path / "a", monkeypatch)
    assert free == 0
    assert filled(tmp_path / "b", monkeypatch, auto=False)[0] > 50
    assert free_and_all(tmp_path / "b")[1] > pages + 50
    with Archive.open(tmp_path / "a") as archive:
        assert list(archive.check()) == []


def test_a_disk_that_is_full_keeps_the_room(tmp_path, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    with Archive.open(tmp_path, create=True) as archive:
        monkeypatch.setattr(sqlite, "_FEWEST_FREE", -1)
        monkeypatch.setattr(sqlite, "_FREE_SHARE", -1.0)
        monkeypatch.setattr(sqlite.SQLite, "executescript", full)
        archive.join()


def test_a_schema_that_is_no_text_is_told_as_damage(tmp_path):
    Archive.open(tmp_path, create=True).close()
    file = tmp_path / DATABASE
    held = file.read_bytes()
    at = held.index(b"CREATE TABLE waiting") + 8  # what SQLite says of it repeats what stands there
    file.write_bytes(held[:at] + b"\xbb\xbb" + held[at + 2 :])
    with pytest.raises(sqlite3.DatabaseError, match="malformed database schema"):
        Archive.open(tmp_path)
