from __future__ import annotations

import random
import shutil
import sqlite3

import pytest

from stemma.archive.proof.database.log import LOG, wrong_log
from stemma.archive.store.store import DATABASE

ROWS = 12


@pytest.fixture
def folder(tmp_path):
    """A database whose rows all lie in the log, one transaction each, as a killed process leaves them."""
    db = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE held (n, body)")
    for n in range(ROWS):
        db.execute("INSERT INTO held VALUES (?, ?)", (n, "x" * 3000))
    copy = shutil.copytree(tmp_path, tmp_path / "copy")
    db.close()
    return copy


def rows(folder, place):
    """How many rows SQLite finds."""
    copy = shutil.copytree(folder, place)
    db = sqlite3.connect(copy / DATABASE)
    try:
        return db.execute("SELECT count(*) FROM held").fetchone()[0]
    except sqlite3.OperationalError:  # the table itself lay in the log
        return 0
    finally:
        db.close()


def test_sound_log_is_not_told(folder, tmp_path):
    assert list(wrong_log(folder)) == []
    (folder / LOG).write_bytes((folder / LOG).read_bytes() + b"what an earlier turn left" * 1000)
    assert list(wrong_log(folder)) == []
    (folder / LOG).unlink()
    assert list(wrong_log(folder)) == []


def test_flip_is_told_where_something_is_lost_and_nowhere_else(folder, tmp_path):
    whole = (folder / LOG).read_bytes()
    chance = random.Random(3)
    for n in range(40):
        at = chance.randrange(len(whole))
        content = bytearray(whole)
        content[at] ^= 1 << chance.randrange(8)
        (folder / LOG).write_bytes(content)
        assert bool(list(wrong_log(folder))) == (rows(folder, tmp_path / str(n)) < ROWS), at


def test_lost_block_is_told(folder):
    content = bytearray((folder / LOG).read_bytes())
    content[8_192:12_288] = bytes(4_096)
    (folder / LOG).write_bytes(content)
    (told,) = wrong_log(folder)
    assert "is damaged" in told
