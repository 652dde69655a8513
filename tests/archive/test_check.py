from __future__ import annotations

import random
import sqlite3

import pytest

from stemma.archive import Archive
from stemma.archive.store.store import DATABASE
from stemma.errors import OlderArchive, StemmaError
from stemma.records import Run


def closed(kit, folder):
    with Archive.open(folder, create=True) as archive:
        kit.fill(archive, kit.pages)
    return folder


def problems(folder):
    with Archive.open(folder) as archive:
        return [problem.message for problem in archive.check()]


def flip(path, at, bit=0x10):
    content = bytearray(path.read_bytes())
    content[at] ^= bit
    path.write_bytes(content)


def test_sound_archive_has_no_problem_and_tells_progress(archive):
    seen = []
    assert list(archive.check(lambda done, total: seen.append((done, total)))) == []
    assert seen[-1][0] == seen[-1][1] > 10


def test_sound_offers_are_not_told(kit, archive):
    offers = {page.document.id: page.offers for page in kit.pages}
    assert list(archive.check(offered=lambda _capture, page, _found: offers[page.document.id])) == []


def test_what_waits_to_meet_is_no_problem(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        archive.add_records([Run(stage=name, version="1") for name in ("read", "annotate")])
        for page in kit.pages:
            archive.keep(page.capture)
            archive.add_page(page.capture.snapshot.id, kit.runs, page.records, page.offers)
        offers = {page.document.id: page.offers for page in kit.pages}
        assert list(archive.check(offered=lambda _capture, page, _found: offers[page.document.id])) == []


def test_archive_that_may_only_be_read_is_read(kit, tmp_path, monkeypatch):
    folder = closed(kit, tmp_path)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with Archive.open(folder) as archive:
        assert list(archive.check()) == []
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            kit.fill(archive, kit.pages)


def test_archive_of_an_earlier_version_is_refused(tmp_path):
    Archive.open(tmp_path, create=True).close()
    db = sqlite3.connect(tmp_path / DATABASE)
    db.execute("PRAGMA user_version = 1")
    db.close()
    with pytest.raises(OlderArchive, match="earlier"):
        Archive.open(tmp_path)


def test_flipped_byte_in_a_capture_is_found(kit, tmp_path):
    folder = closed(kit, tmp_path)
    for path in sorted((folder / "captures").rglob("*.gz")):
        whole = path.read_bytes()
        flip(path, len(whole) // 2)
        assert len(problems(folder)) == 1
        path.write_bytes(whole)
    path.unlink()
    assert "cannot be read" in problems(folder)[0]


def test_flipped_bytes_in_the_database_are_found_or_harmless(kit, tmp_path):
    folder = closed(kit, tmp_path)
    path = folder / DATABASE
    whole = path.read_bytes()
    with Archive.open(folder) as archive:
        before = b"".join(archive.export(bodies=True))
    rng = random.Random(11)
    for _ in range(25):
        at = rng.randrange(len(whole))
        flip(path, at)
        try:
            if not problems(folder):
                with Archive.open(folder) as archive:
                    assert b"".join(archive.export(bodies=True)) == before, at
        except (StemmaError, sqlite3.DatabaseError):
            pass  # told at once
        path.write_bytes(whole)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE line SET kind = 4 WHERE n = 0", "rows of statements"),
        ("UPDATE document SET outlet = 'Other' WHERE row = 1", "row does not say"),
        ("DELETE FROM ids WHERE document = 1 AND at = 0", "missing in the index of ids"),
        ("DELETE FROM voice", "speakers are not indexed"),
        ("UPDATE uses SET count = 9", "names are not counted"),
        ("UPDATE name SET folded = 'x'", "not folded"),
        ("UPDATE reading SET body = substr(body, 1, 40)", "cannot be read"),
        ("DELETE FROM fact WHERE kind = 'v'", "lead to nothing"),
        ("UPDATE fact SET left = right WHERE kind = 'v'", "row of v"),
        (
            "UPDATE wording SET body = (SELECT body FROM wording WHERE document = 2) WHERE document = 1",
            "cannot be read",
        ),
        ("INSERT INTO search (search) VALUES ('delete-all')", "full-text"),
        ("DELETE FROM snapshot WHERE row = 1", ""),
        ("INSERT INTO voice (name, line) VALUES (1, 1)", "rows, the pages ask for"),
        ("UPDATE name SET entity = (SELECT max(row) FROM name)", "under its entity"),
        ("DELETE FROM utterance WHERE line = (SELECT min(line) FROM utterance)", "under its utterance"),
        ("UPDATE utterance SET first = (SELECT max(line) FROM utterance)", "under its utterance"),
        ("UPDATE twin SET share = 51", "under its utterance"),
        ("UPDATE fact SET givers = 9 WHERE row = (SELECT row FROM fact WHERE kind = 'v')", "givers"),
        ("UPDATE fact SET binds = 1 - binds WHERE kind = 'j'", "row of j"),
        ("DELETE FROM settled", "givers"),
        ("UPDATE runs SET ids = replace(ids, 'u', 'w')", "names the run"),
        ("UPDATE item SET packed = packed || ' '", "is not on offer"),
        ("UPDATE item SET document = 1 + document % 3", "is not on offer"),
        ("UPDATE OR IGNORE member SET item = item + 1", "is not on offer"),
        ("DELETE FROM named", "is not on offer"),
        ("INSERT INTO names (names) VALUES ('delete-all')", "by its words"),
    ],
)
def test_changed_rows_are_found(kit, tmp_path, change, told):
    folder = closed(kit, tmp_path)
    db = sqlite3.connect(folder / DATABASE, isolation_level=None)
    db.create_function("stemma_said", 2, lambda *_: "")
    db.create_function("stemma_around", 2, lambda *_: "")
    db.execute(change)
    db.close()
    offers = {page.document.id: page.offers for page in kit.pages}
    with Archive.open(folder) as archive:
        found = list(archive.check(offered=lambda _capture, page, _found: offers[page.document.id]))
    assert any(told in f"{each.about} {each.message}" for each in found), found
