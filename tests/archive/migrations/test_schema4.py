"""Archives of schema 4."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from stemma.archive import Archive
from stemma.archive.migrations import migrate, schema4
from stemma.archive.store.store import DATABASE, SCHEMA
from stemma.archive.views import Query
from stemma.errors import OlderArchive


@pytest.fixture
def folder(kit, tmp_path):
    """The five pages as schema 4 had them: without what searches are narrowed by."""
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, kit.pages)
    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as db:
        for table in ("face", "edited"):
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 4")
    return tmp_path


def faces(folder):
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        return db.execute("SELECT document, body FROM face ORDER BY document").fetchall()


def test_it_is_brought_up_where_it_lies(kit, folder, tmp_path_factory):
    with pytest.raises(OlderArchive, match=r"schema 4.*stemma upgrade"):
        Archive.open(folder)
    told = []
    migrate(folder, lambda *_: (), lambda done, total: told.append((done, total)))
    assert told[-1] == (5, 5)
    with Archive.open(folder) as archive:
        assert list(archive.check()) == []
        assert archive.count(Query(words='via:"Orvo Wire"')) == 1
        exported = list(archive.export())
    new = tmp_path_factory.mktemp("new")
    with Archive.open(new, create=True) as archive:
        kit.fill(archive, kit.pages)
        assert list(archive.export()) == exported
    assert faces(folder) == faces(new)


def test_a_break_changes_nothing_and_who_comes_second_finds_it_done(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(schema4, "mark_edited", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            migrate(folder, lambda *_: ())
    with pytest.raises(OlderArchive):
        Archive.open(folder)
    migrate(folder, lambda *_: ())
    schema4.bring_up(folder)
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
