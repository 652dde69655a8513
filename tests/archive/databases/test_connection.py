import asyncio
import sqlite3
import threading

import pytest

from stemma.archive.store.databases import open_store
from stemma.archive.store.databases.address import Address
from stemma.archive.store.databases.connection import Connection
from stemma.errors import BadValue, NewerArchive, NoArchive, NoServer, OlderArchive

NAME = "INSERT INTO name (form, kind, folded) VALUES (?, 'person', ?)"


@pytest.fixture
def store(place):
    opened = open_store(place, create=True)
    yield opened
    opened.close()


def test_rows_come_as_they_were_written(store):
    texts = ["", "é", "𐐷", "a\0b", "\0", "\1", "\1\1\0\2", "'", "?", "$1", "\\x00", "left", "\ud7ff\ue000"]
    with store.writing():
        rows = [store.insert(NAME, text, text) for text in texts]
        store.run("INSERT INTO wording (document, body) VALUES (?, ?)", 2**63 - 1, bytes(range(256)))
        store.run("INSERT INTO capture VALUES (?, 1, 2, 3, 4, 5, ?)", -(2**63), -1)
    assert rows == list(range(1, len(texts) + 1))
    assert [form for (form,) in store.all("SELECT form FROM name ORDER BY row")] == texts
    assert [store.one("SELECT row FROM name WHERE form = ?", text) for text in texts] == [(row,) for row in rows]
    assert store.all("SELECT document, body FROM wording") == [(2**63 - 1, bytes(range(256)))]
    assert store.all("SELECT snapshot, offset, digest FROM capture") == [(-(2**63), 2, -1)]


def test_texts_stand_in_order_of_their_code_points(store):
    texts = ["b", "a\1", "a\0c", "a\2", "a", "a\0", "B", "é", "z", "\U0001f600", "\ufffd", "a\0\1"]
    with store.writing():
        store.many(NAME, [(text, text) for text in texts])
    assert [form for (form,) in store.all("SELECT form FROM name ORDER BY form")] == sorted(texts)
    assert store.all("SELECT min(form), max(form) FROM name") == [(min(texts), max(texts))]


def test_sums_and_truths_are_whole_numbers(store):
    with store.writing():
        store.many("INSERT INTO tally (what, count) VALUES (?, ?)", [("a", 3), ("b", 4)])
    found = store.one("SELECT sum(count), count(*), min(3, max(count)), EXISTS (SELECT 1 FROM tally) FROM tally")
    assert [(each, type(each)) for each in found] == [(7, int), (2, int), (3, int), (1, int)]


def test_a_transaction_is_whole_or_not_there(store, place):
    other = open_store(place, create=False)
    with pytest.raises(ZeroDivisionError), store.writing():  # noqa: PT012 - what is undone is the transaction
        store.insert(NAME, "a", "a")
        assert other.all("SELECT count(*) FROM name") == [(0,)]
        raise ZeroDivisionError
    assert store.all("SELECT count(*) FROM name") == [(0,)]
    before = other.revision()
    with store.writing():
        assert store.insert(NAME, "b", "b") == 1
    assert other.all("SELECT form FROM name") == [("b",)]
    assert other.revision() != before
    assert other.revision() == other.revision()
    other.close()


def test_a_failed_statement_undoes_all(store):
    with pytest.raises(sqlite3.Error), store.writing():  # noqa: PT012 - what is undone is the transaction
        store.insert(NAME, "a", "a")
        store.run("INSERT INTO nowhere VALUES (1)")
    assert store.all("SELECT count(*) FROM name") == [(0,)]
    assert not store.db.in_transaction


def test_one_writes_at_a_time_and_a_second_is_told(store, place):
    impatient = open_store(place, create=False, patience=0.05)
    with store.writing(), pytest.raises(sqlite3.OperationalError) as told, impatient.writing():
        pass
    assert told.value.sqlite_errorname == "SQLITE_BUSY"
    assert not impatient.db.in_transaction
    with impatient.writing():
        impatient.insert(NAME, "a", "a")
    impatient.close()


def test_writers_take_turns(place):
    open_store(place, create=True).close()

    def write(who):
        own = open_store(place, create=False)
        for n in range(20):
            with own.writing():
                own.insert(NAME, f"{who} {n}", "")
        own.close()

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with_all = open_store(place, create=False)
    assert with_all.all("SELECT count(DISTINCT form), max(row) FROM name") == [(80, 80)]
    with_all.close()


def test_threads_share_a_connection(store):
    with store.writing():
        store.many(NAME, [(str(n), "") for n in range(50)])
    found = []

    def read():
        found.extend(store.one("SELECT form FROM name WHERE row = ?", n + 1)[0] == str(n) for n in range(50))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [True] * 200


def test_who_looks_at_a_moment_sees_nothing_later(store, place):
    other = open_store(place, create=False)
    other.db.freeze()
    assert other.all("SELECT count(*) FROM name") == [(0,)]
    with store.writing():
        store.insert(NAME, "a", "a")
    assert other.all("SELECT count(*) FROM name") == [(0,)]
    other.close()


class TestServer:
    """What only a server has."""

    @pytest.fixture
    def address(self, postgres, tmp_path):
        return postgres.address(tmp_path / "folder")

    def test_no_archive(self, address):
        with pytest.raises(NoArchive, match="is not an archive yet"):
            open_store(address, create=False)

    def test_no_folder(self, address, tmp_path):
        with pytest.raises(BadValue, match="folder="):
            open_store(address.replace(f"folder={tmp_path / 'folder'}&", ""), create=True)

    def test_no_server(self, address, postgres):
        with pytest.raises(NoServer) as told:
            open_store(address.replace(f":{postgres.port}", ":1").replace("stemma@", "stemma:secret@"), create=True)
        assert "secret" not in str(told.value)

    @pytest.mark.parametrize(("step", "raised"), [(1, NewerArchive), (-1, OlderArchive)])
    def test_other_versions(self, address, step, raised):
        store = open_store(address, create=True)
        with store.writing():
            store.run("UPDATE archive SET version = version + ?", step)
        store.close()
        with pytest.raises(raised):
            open_store(address, create=False)

    def test_the_folder_is_remembered_and_may_be_another(self, address, tmp_path):
        open_store(address, create=True).close()
        bare = address.replace(f"folder={tmp_path / 'folder'}&", "")
        for asked, folder in ((bare, tmp_path / "folder"), (f"{bare}&folder=/elsewhere", "/elsewhere")):
            store = open_store(asked, create=False)
            assert str(store.folder) == str(folder)
            store.close()

    def test_inside_the_loop_of_a_notebook(self, address):
        async def cell():
            store = open_store(address, create=True)
            found = store.all("SELECT 1 + ?", 1)
            store.close()
            return found

        assert asyncio.run(cell()) == [(2,)]

    def test_a_lost_connection_is_opened_anew_but_no_transaction_goes_on(self, address):
        store = open_store(address, create=True)
        other = Connection(Address.of(address))
        end_all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
        with pytest.raises(sqlite3.OperationalError), store.writing():  # noqa: PT012 - what is undone is the transaction
            store.insert(NAME, "a", "a")
            other.script(end_all)
            store.insert(NAME, "b", "b")
        assert store.all("SELECT count(*) FROM name") == [(0,)]
        other.script(end_all)
        with pytest.raises(sqlite3.OperationalError):
            store.all("SELECT 1")
        with store.writing():
            store.insert(NAME, "c", "c")
        assert store.all("SELECT form FROM name") == [("c",)]
        other.close()
        store.close()

    def test_an_interrupt_lets_the_connection_go(self, address, monkeypatch):
        store = open_store(address, create=True)
        db = store.db
        finish = db._finish

        def interrupted(asked):
            task = db._loop.create_task(asked)
            finish(asyncio.sleep(0))
            del task
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt), store.writing():  # noqa: PT012 - what is undone is the transaction
            store.insert(NAME, "a", "a")
            with monkeypatch.context() as patched:
                patched.setattr(db, "_finish", lambda asked: (patched.undo(), interrupted(asked)))
                store.run("SELECT pg_sleep(?)", 60.0)
        assert store.all("SELECT count(*) FROM name") == [(0,)]
        store.close()
