"""What goes wrong is told: what happened, what was kept, what to do next; and what was typed is not lost."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from stemma.archive.store.store import DATABASE
from stemma.desk import Desk
from stemma.errors import BadValue, NeedsExtra, NoArchive, TooLarge
from stemma.records import Correction
from stemma.show.web.sent.troubles import trouble_of
from tests.show.web.desk.conftest import Visitor, told


def of_sqlite(kind: type[sqlite3.Error], name: str) -> sqlite3.Error:
    error = kind("as SQLite says it")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(("error", "known", "status"), [
    (of_sqlite(sqlite3.OperationalError, "SQLITE_BUSY"), "E-BUSY", 503),
    (of_sqlite(sqlite3.OperationalError, "SQLITE_BUSY_SNAPSHOT"), "E-BUSY", 503),
    (of_sqlite(sqlite3.OperationalError, "SQLITE_FULL"), "E-FULL", 507),
    (of_sqlite(sqlite3.OperationalError, "SQLITE_READONLY"), "E-READONLY", 403),
    (of_sqlite(sqlite3.DatabaseError, "SQLITE_CORRUPT"), "E-DAMAGED", 500),
    (OSError(errno.ENOSPC, "no"), "E-FULL", 507), (OSError(errno.EROFS, "no"), "E-READONLY", 403),
    (OSError(errno.EIO, "no"), "E-SYSTEM", 500), (MemoryError(), "E-MEMORY", 503), (KeyError("x"), "E-FAULT", 500),
    (sqlite3.ProgrammingError("x"), "E-FAULT", 500), (BadValue("day", "x", "a day"), "E-VALUE", 400),
    (TooLarge("it", 5), "E-LARGE", 413), (NeedsExtra("tables", "tables"), "E-EXTRA", 501), (NoArchive("x"), "E-ARCHIVE", 500),
])  # fmt: skip
def test_each_trouble_has_an_id_and_a_way_out(error: Exception, known: str, status: int) -> None:
    found = trouble_of(error)
    assert (found.id, found.status) == (known, status)
    assert all((found.title, found.happened, found.kept, found.todo))


def test_a_word_waits_for_who_writes_and_then_says_so(visitor: Visitor) -> None:
    line = visitor.archive.unresolved(1).speakers[0].statement.id
    page = visitor.get(f"/review/speaker/{line}")
    other = sqlite3.connect(visitor.archive.path / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    busy = visitor.post(
        "/review/say", queue="speaker", about=line, deed="other", other="Ilse Marn", why="typed with care"
    )
    assert visitor.get(f"/s/{line}").status == 200  # reading goes on meanwhile
    other.execute("ROLLBACK")
    other.close()
    assert busy.status == 503
    assert "E-BUSY" in told(busy)
    assert "What you typed stands below" in told(busy)
    assert "typed with care" in busy.text
    assert page.status == 200
    assert not visitor.archive.words()
    again = visitor.post(
        "/review/say", queue="speaker", about=line, deed="other", other="Ilse Marn", why="typed with care"
    )
    assert again.status == 303
    assert len(visitor.archive.words()) == 1


def test_a_word_that_was_kept_counts_though_another_writer_came_between(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stemma import flow

    def interrupted(archive: object) -> None:
        raise of_sqlite(sqlite3.OperationalError, "SQLITE_BUSY")

    monkeypatch.setattr(flow, "settle", interrupted)
    desk = Desk(sample)
    with desk_archive(sample) as archive:
        about = archive.unresolved(1).speakers[0].statement.id
    word = Correction(
        about=about, field="speaker", value="Ilse Marn", by="Dana Wirt", at="2025-11-21T09:00:00Z", reason="x"
    )
    kept = desk.correct([word])
    with desk_archive(sample) as archive:
        assert archive.corrections_of(about) == kept


def desk_archive(folder: Path):
    from stemma.archive import Archive

    return Archive.open(folder)


@pytest.mark.parametrize(
    "address",
    [
        "/name",
        "/people/judge",
        "/people/split",
        "/people/undo",
        "/review/say",
        "/review/undo",
        "/collections/make",
        "/collections/add",
        "/import/files",
        "/import/list",
        "/import/sample",
        "/import/1/stop",
    ],
)
def test_forms_of_others_change_nothing(visitor: Visitor, address: str) -> None:
    assert visitor.post(address, token="guessed").status == 403
    visitor.headers = {"origin": "https://evil.example"}
    assert visitor.post(address).status == 403
    visitor.headers = {"sec-fetch-site": "cross-site"}
    assert visitor.post(address).status == 403
    assert visitor.get("/import").status == 200


def test_a_reader_that_only_shows_offers_no_button(visitor: Visitor) -> None:
    from stemma.show.web import reader

    statement = visitor.archive.unresolved(1).speakers[0].statement.id
    visitor.app = reader(visitor.archive, 8742, None, None)
    for address in ("/people", "/review", f"/review/speaker/{statement}", "/import", "/sources"):
        page = visitor.get(address)
        assert page.status == 200, address
        assert 'method="post"' not in page.text, address
