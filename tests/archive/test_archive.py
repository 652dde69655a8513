from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from postgres import in_a_file

from stemma.archive import Archive
from stemma.archive.store.store import DATABASE
from stemma.archive.views import Query
from stemma.errors import AmbiguousId, NewerArchive, NoArchive, NoSuchRecord
from stemma.records import Correction, Document, Judgement, Label, Mention, Problem, Run, Statement

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases


def test_open_refuses_what_is_no_archive(tmp_path):
    with pytest.raises(NoArchive):
        Archive.open(tmp_path)
    (tmp_path / DATABASE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(NoArchive):
        Archive.open(tmp_path)


@in_a_file
def test_open_refuses_a_later_schema(tmp_path):
    Archive.open(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    with pytest.raises(NewerArchive, match="999"):
        Archive.open(tmp_path)


@in_a_file
def test_export_does_not_depend_on_the_order_of_adding(kit, tmp_path):
    exports = set()
    for n in range(6):
        pages = list(kit.pages)
        random.Random(n).shuffle(pages)
        with Archive.open(tmp_path / str(n), create=True) as archive:
            kit.fill(archive, pages, size=1 + n % 5)
            exports.add(b"".join(archive.export(bodies=True)))
    assert len(exports) == 1


def test_adding_again_adds_nothing(kit, archive):
    before, totals = b"".join(archive.export()), archive.totals()
    assert not any(archive.keep(page.capture, "2031-06-01T00:00:00Z") for page in kit.pages)
    page = kit.pages[0]
    assert not archive.add_page(page.capture.snapshot.id, kit.runs, page.records, page.offers)
    kit.fill(archive, kit.pages)
    assert b"".join(archive.export()) == before
    assert archive.totals() == totals
    assert list(archive.check()) == []


def test_what_was_kept_and_not_read_is_pending(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        for page in kit.pages:
            assert archive.keep(page.capture, "2031-06-01T00:00:00Z")
        assert archive.count_pending() == len(kit.pages)
        page = kit.pages[1]
        archive.add_page(page.capture.snapshot.id, kit.runs, page.records, page.offers)
    with Archive.open(tmp_path) as archive:
        left = list(archive.pending_snapshots())
        assert left == [page.capture for page in kit.pages if page is not kit.pages[1]]
        assert archive.count_outdated(kit.runs) == 0
        assert archive.count_outdated([*kit.runs, "unew"]) == 1
        assert list(archive.outdated_snapshots([*kit.runs, "unew"])) == [kit.pages[1].capture]


def test_page_without_text_is_not_read_again(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        snapshot = kit.pages[0].capture.snapshot
        archive.keep(kit.pages[0].capture, "2031-06-01T00:00:00Z")
        archive.add_records([Run(stage=name, version="1") for name in ("read", "annotate")])
        archive.add_page(snapshot.id, kit.runs, [Problem(stage="read", about=snapshot.id, message="no text")])
        assert archive.count_pending() == 0
        assert [each.message for each in archive.problems()] == ["no text"]
        assert list(archive.check()) == []


def test_damaged_capture_is_told_and_passed_over(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        for page in kit.pages:
            archive.keep(page.capture, "2031-06-01T00:00:00Z")
        segment = next((tmp_path / "captures").iterdir())
        segment.write_bytes(segment.read_bytes()[:-9] + b"scribbled")
        assert len(list(archive.pending_snapshots())) == len(kit.pages) - 1
        assert len(archive.problems()) == 1


def test_page_of_an_unknown_snapshot_is_misuse(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive, pytest.raises(NoSuchRecord):
        archive.add_page("c" + "2" * 16, kit.runs, kit.pages[0].records)


def test_broken_batch_leaves_nothing(kit, archive):
    before = b"".join(archive.export())
    page = kit.make_page(["New", "“Fresh words,” Ada Newman said."])
    with pytest.raises(ZeroDivisionError), archive.batch():  # noqa: PT012 (the block is what is undone)
        archive.keep(page.capture, "2031-06-01T00:00:00Z")
        archive.add_page(page.capture.snapshot.id, kit.runs, page.records, page.offers)
        raise ZeroDivisionError
    assert b"".join(archive.export()) == before
    assert not list(archive.find(Query(words="fresh")))
    kit.fill(archive, [page])
    assert [line.speakers[0].name for line in archive.find(Query(words="fresh"))] == ["Ada Newman"]
    assert list(archive.check()) == []


def test_payload_is_what_came(kit, archive):
    for page in kit.pages:
        assert archive.payload(page.capture.snapshot.id) == page.capture.payload


def test_every_record_is_found_by_its_id(kit, archive):
    for page in kit.pages:
        assert archive.record(page.capture.snapshot.id) == page.capture.snapshot
        for record in page.records:
            assert archive.record(record.id) == record
            assert archive.record(record.id[:12]) == record


def test_ids_that_fit_nothing_or_several(archive):
    for nothing in ("", "x", "s", "szzzzzzzzzzzzzzzz", "d!", "ñandú", "sabc'; DROP TABLE ids"):
        with pytest.raises((NoSuchRecord, AmbiguousId)):
            archive.record(nothing)
    with pytest.raises(AmbiguousId):
        archive.record("m")


def test_newer_run_supersedes_and_links_live(kit, archive):
    newer = Run(stage="annotate", version="2")
    archive.add_records([newer])
    old = kit.pages[0]
    text = old.document.text.split("\n")
    new = kit.make_page(text, "Orvo Wire", "2031-04-03", runs=(Run(stage="read", version="1"), newer))
    records = [each for each in new.records if each.id != old.statements[1].id]
    assert archive.add_page(new.capture.snapshot.id, [kit.runs[0], newer.id], records, new.offers)
    kit.meet(archive)
    gone = old.statements[1]
    assert archive.record(gone.id) == gone
    with pytest.raises(NoSuchRecord):
        archive.line(gone.id)
    assert not list(archive.find(Query(words='"kept our word"')))
    assert gone.id.encode() not in b"".join(archive.export())
    assert archive.line(old.statements[0].id).witnesses == 3
    assert list(archive.check()) == []


def test_later_layout_takes_over(kit, archive):
    old = kit.pages[1]
    newer = Run(stage="read", version="2")
    archive.add_records([newer])
    document = Document(snapshot=old.capture.snapshot.id, layout="test/2", text=old.document.text, run=newer.id)
    archive.add_page(
        old.capture.snapshot.id,
        [newer.id],
        [document, Label(document=document.id, start=0, end=9, role="title")],
    )
    kit.meet(archive)
    assert archive.article(document.id).title == "Port news"
    assert archive.article(old.document.id).lines == ()
    assert archive.line(kit.pages[0].statements[0].id).witnesses == 2
    assert list(archive.check()) == []


def test_corrections_and_judgements_are_kept(archive, kit):
    correction = Correction(
        about=kit.pages[0].document.id, field="outlet", value="Orvo", by="ed", at="2031-06-01T00:00:00Z"
    )
    archive.add_records([correction, correction])
    assert archive.record(correction.id) == correction
    assert correction.id.encode() in b"".join(archive.export())


def test_readers_see_whole_transactions(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as writer, Archive.open(tmp_path) as reader:
        page = kit.pages[0]
        with writer.batch():
            writer.keep(page.capture, "2031-06-01T00:00:00Z")
            writer.add_page(page.capture.snapshot.id, kit.runs, page.records, page.offers)
            assert reader.totals().pages == 0
        assert reader.totals().statements == 2
        assert len(list(reader.find(Query(words="snow")))) == 1


def test_records_have_the_kinds_that_they_had(archive, kit):
    kinds = {type(each) for each in kit.pages[0].records}
    assert {Mention, Statement} <= kinds
    assert {type(archive.record(each.id)) for each in kit.pages[0].records} == kinds
    assert isinstance(next(iter(archive.person(archive.persons("Orle")[0].id).judgements)), Judgement)


@in_a_file
def test_file_size_is_bounded(kit, tmp_path):
    rng = random.Random(3)
    words = ["".join(rng.choices("abcdeiou", k=6)) for _ in range(400)]
    pages = [
        kit.make_page(
            ["Title of it"] + [f"“{' '.join(rng.choices(words, k=30))},” Anna Field said." for _ in range(20)]
        )
        for _ in range(100)
    ]
    with Archive.open(tmp_path, create=True) as archive, archive.batch():
        for page in pages:
            archive.keep(page.capture, "2031-06-01T00:00:00Z")
            archive.add_page(page.capture.snapshot.id, kit.runs, page.records, page.offers)
    text = sum(len(page.capture.payload) for page in pages)
    empty = 514_200  # some forty-seven tables and indexes of 8 kB, and the map of their pages
    assert (tmp_path / DATABASE).stat().st_size < 2.5 * text + empty


def test_captures_are_equal_files(kit, tmp_path):
    for name in ("one", "two"):
        with Archive.open(tmp_path / name, create=True) as archive:
            archive.keep(kit.pages[0].capture, "2031-06-01T00:00:00Z")
    one, two = ([path.read_bytes() for path in (tmp_path / name / "captures").rglob("*.gz")] for name in ("one", "two"))
    assert one == two
    assert Path(tmp_path / "one").is_dir()
