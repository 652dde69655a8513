from __future__ import annotations

import random
import shutil
import sqlite3

import pytest

from stemma.archive import Archive
from stemma.archive.proof import PARTS
from stemma.archive.store.store import DATABASE
from stemma.errors import StemmaError
from stemma.records import Run

_BUILT = []  #: the folder of the archive that tests take copies of


@pytest.fixture
def folder(kit, tmp_path, tmp_path_factory):
    """A closed archive of the five pages."""
    if not _BUILT:
        _BUILT.append(tmp_path_factory.mktemp("built"))
        with Archive.open(_BUILT[0], create=True) as archive:
            kit.fill(archive, kit.pages)
    return shutil.copytree(_BUILT[0], tmp_path / "a")


def problems(folder):
    with Archive.open(folder) as archive:
        return [f"{problem.about}: {problem.message}" for problem in archive.check()]


def flip(path, at, bit=0x10):
    content = bytearray(path.read_bytes())
    content[at] ^= bit
    path.write_bytes(content)


def test_sound_archive_has_no_problem_and_tells_progress(archive):
    seen = []
    assert list(archive.check(lambda *how_far: seen.append(how_far))) == []
    assert list(dict.fromkeys(part for part, _, _ in seen)) == list(PARTS)
    assert {(part, done) for part, done, total in seen if done == total} >= {(part, total) for part, _, total in seen}


def test_sound_offers_are_not_told(kit, archive):
    offers = {page.document.id: page.offers for page in kit.pages}
    assert list(archive.check(offered=lambda _capture, page, _found: offers[page.document.id])) == []


def test_what_waits_to_meet_is_no_problem(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        archive.add_records([Run(stage=name, version="1") for name in ("read", "annotate")])
        for page in kit.pages:
            archive.keep(page.capture, "2031-06-01T00:00:00Z")
            archive.add_page(page.capture.snapshot.id, kit.runs, page.records, page.offers)
        offers = {page.document.id: page.offers for page in kit.pages}
        assert list(archive.check(offered=lambda _capture, page, _found: offers[page.document.id])) == []


def test_proof_sees_one_moment_and_keeps_nobody_waiting(kit, archive):
    """What is added while the proof runs belongs to the next one."""
    more = kit.make_page(["More", "“The pier stays shut,” Milo Vance said."], "Orvo Wire", "2031-06-01")

    def add_once(part, done, total):
        if part == "captures" and done == total:
            with Archive.open(archive.path) as other:
                kit.fill(other, [more])

    assert list(archive.check(add_once)) == []
    assert archive.totals().pages == len(kit.pages) + 1
    assert list(archive.check()) == []


def test_archive_that_may_only_be_read_is_proved_as_well(kit, folder, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with Archive.open(folder) as archive:
        assert list(archive.check()) == []
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            kit.fill(archive, kit.pages)
    monkeypatch.undo()
    db = sqlite3.connect(folder / DATABASE, isolation_level=None)
    db.execute("DELETE FROM search_data WHERE id > 100")
    db.close()
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert any("full-text" in told for told in problems(folder))


def test_flipped_bytes_in_the_database_are_found_or_harmless(folder):
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
        ("UPDATE document SET outlet = 'Other' WHERE row = 1", "does not say what its records say"),
        ("UPDATE document SET reading = NULL WHERE row = 1", "current reading"),
        ("DELETE FROM ids WHERE document = 1 AND at = 0", "the table ids"),
        ("DELETE FROM ids WHERE document = 0 AND at = 1", "what is of no page"),
        ("DELETE FROM voice", "the table voice"),
        ("UPDATE face SET body = body || ' K' WHERE document = 1", "the table face"),
        ("DELETE FROM face WHERE document = 2", "the table face"),
        ("INSERT INTO edited SELECT min(row) FROM line", "table edited"),
        ("INSERT INTO edited VALUES (7)", "rows of the table edited lead to nothing"),
        ("INSERT INTO stale VALUES (6, 99, 0)", "lead to nothing"),
        ("UPDATE uses SET count = 9", "the table uses"),
        ("UPDATE name SET folded = 'x'", "not folded"),
        ("UPDATE reading SET body = substr(body, 1, 40)", "cannot be read"),
        ("DELETE FROM reading WHERE row = 1", "cannot be read"),
        ("DELETE FROM fact WHERE kind = 'v'", "what is of no page"),
        ("UPDATE fact SET left = right WHERE kind = 'v'", "row of v"),
        (
            "UPDATE wording SET body = (SELECT body FROM wording WHERE document = 2) WHERE document = 1",
            "cannot be read",
        ),
        ("INSERT INTO search (search) VALUES ('delete-all')", "full-text"),
        ("DELETE FROM snapshot WHERE row = 1", "which is not there"),
        ("DELETE FROM capture WHERE snapshot = 1", "no record of the capture"),
        ("UPDATE capture SET holder = 2 WHERE snapshot = 1", "said to hold them"),
        ("UPDATE capture SET offset = offset + 1 WHERE snapshot = 2", "cannot be read"),
        ("UPDATE segment SET size = size - 1", "beyond its"),
        ("INSERT INTO voice (name, line) VALUES (1, 1)", "the table voice"),
        ("UPDATE name SET entity = (SELECT max(row) FROM name)", "under its entity"),
        ("DELETE FROM utterance WHERE line = (SELECT min(line) FROM utterance)", "under its utterance"),
        ("UPDATE utterance SET first = (SELECT max(line) FROM utterance)", "under its utterance"),
        ("UPDATE twin SET share = 51", "under its utterance"),
        ("DELETE FROM twin", "are not twins"),
        ("UPDATE fact SET givers = 9 WHERE row = (SELECT row FROM fact WHERE kind = 'v')", "givers"),
        ("UPDATE fact SET binds = 1 - binds WHERE kind = 'j'", "row of j"),
        ("DELETE FROM settled", "givers"),
        ("UPDATE settled SET key = key + 1", "cannot have given"),
        ("UPDATE settled SET facts = replace(facts, ']', ',9999]')", "a sum for each"),
        ("UPDATE settled SET said = zeroblob(length(said))", "does not say"),
        ("UPDATE tally SET count = count + 1 WHERE what = 'c'", "table tally"),
        ("DELETE FROM tally WHERE what = 'e'", "table tally"),
        ("UPDATE shelf SET relays = relays + 1", "table shelf"),
        ("UPDATE spoken SET lines = lines + 1", "table spoken"),
        ("UPDATE runs SET ids = replace(ids, 'u', 'w')", "names the run"),
        ("UPDATE runs SET current = 0", "not counted"),
        ("UPDATE item SET packed = packed || ' '", "is not on offer"),
        ("UPDATE item SET document = 1 + document % 3", "is not on offer"),
        ("UPDATE OR IGNORE member SET item = item + 1", "do not stand under the keys"),
        ("INSERT INTO member (key, item) VALUES (7, 1)", "do not stand under the keys"),
        ("DELETE FROM named", "is not on offer"),
        ("INSERT INTO names (names) VALUES ('delete-all')", "full-text index of names"),
        ("INSERT INTO unread (snapshot) VALUES (99)", "lead to nothing"),
        ("INSERT INTO stale (kind, row) VALUES (1, 99)", "lead to nothing"),
        ("INSERT INTO touched (stage, key, name, mark) VALUES (1, 5, 'x', 1)", "is not the one that it stands for"),
        ("DROP INDEX name_folded", "the index name_folded"),
        ("ALTER TABLE uses ADD COLUMN more", "the table uses"),
    ],
)
def test_changed_rows_are_found(kit, folder, change, told):
    db = sqlite3.connect(folder / DATABASE, isolation_level=None)
    db.create_function("stemma_said", 2, lambda *_: "")
    db.create_function("stemma_around", 2, lambda *_: "")
    assert db.execute(change).rowcount
    db.close()
    offers = {page.document.id: page.offers for page in kit.pages}
    with Archive.open(folder) as archive:
        found = list(archive.check(offered=lambda _capture, page, _found: offers.get(page.document.id, ())))
    assert any(told in f"{each.about} {each.message}" for each in found), found


def test_way_into_a_full_text_index_is_proved_too(kit, tmp_path):
    """FTS5's own proof passes over a lost entry of the table by which it finds the page of a word."""
    with Archive.open(tmp_path, create=True) as archive:
        lines = [f"“Word{n:04}a{n} and word{n:04}b{n} were heard,” Milo Vance said." for n in range(400)]
        kit.fill(archive, [kit.make_page(["Words", *lines])])
    db = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    (segment, first) = db.execute("SELECT segid, term FROM search_idx ORDER BY segid, term LIMIT 1").fetchone()
    assert db.execute("DELETE FROM search_idx WHERE segid = ? AND term > ?", (segment, first)).rowcount > 2
    db.close()
    assert any("are not found" in told for told in problems(tmp_path))
