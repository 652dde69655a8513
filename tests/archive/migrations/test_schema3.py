"""Archives of schema 3."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.migrations import migrate, schema3
from stemma.archive.store.store import SCHEMA
from stemma.errors import OlderArchive

#: Seven captures, a corrected statement, utterances of two witnesses, as Stemma kept them before counts were kept.
EARLIER = Path(__file__).with_name("schema3.zip")


@pytest.fixture
def folder(tmp_path):
    zipfile.ZipFile(EARLIER).extractall(tmp_path)
    return tmp_path / "schema3.stemma"


def bring_up(folder):
    migrate(folder, lambda *_: ())


def test_it_names_the_way_out(folder):
    with pytest.raises(OlderArchive, match=r"schema 3.*stemma upgrade"):
        Archive.open(folder)


def test_it_is_brought_up_where_it_lies(folder):
    bring_up(folder)
    with Archive.open(folder) as archive:
        assert list(archive.check()) == []
        counts = archive.totals()
        assert (counts.pages, counts.documents) == (7, 7)
        assert counts.utterances < counts.statements
        assert sum(count for _, count in archive.languages()) == counts.documents
        assert [each.field for each in archive.words()] == ["kind"]


def test_nothing_is_given_anew(folder):
    bring_up(folder)
    with Archive.open(folder) as archive:
        before, facts = list(archive.export()), rows(folder)
        flow.settle(archive)
        assert list(archive.export()) == before
    assert rows(folder) == facts


def rows(folder):
    with closing(sqlite3.connect(folder / "archive.sqlite")) as db:
        return db.execute("SELECT row, givers FROM fact ORDER BY row").fetchall()


def test_a_break_changes_nothing_and_the_next_attempt_goes_on(folder, monkeypatch):
    def broken(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(schema3, "_write_sums", broken)
        with pytest.raises(KeyboardInterrupt):
            bring_up(folder)
    with pytest.raises(OlderArchive):
        Archive.open(folder)
    bring_up(folder)
    with Archive.open(folder) as archive:
        assert list(archive.check()) == []


def test_who_comes_second_finds_it_done(folder):
    bring_up(folder)
    schema3.bring_up(folder)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)


def test_progress_ends_where_all_is_done(folder):
    told = []
    schema3.bring_up(folder, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
