"""Words of SQLite that searches use, on both databases."""

import json

import pytest

from stemma.archive.store.databases import open_store


@pytest.fixture
def store(place):
    opened = open_store(place, create=True)
    yield opened
    opened.close()


def test_a_list_without_rows(store):
    with store.writing():
        store.run("INSERT INTO hidden (name) VALUES (7)")
    assert store.all("SELECT name FROM hidden WHERE name IN ()") == []
    assert store.all("SELECT name FROM hidden WHERE name NOT IN ()") == [(7,)]


def test_where_a_text_stands_in_another(store):
    assert store.all("SELECT instr('S1 A=harbour_committee', 'harbour'), instr('S1', 'A')") == [(6, 0)]


def test_lists_in_json(store):
    assert sorted(store.all("SELECT key, value FROM json_each(?)", json.dumps([5, 2**40]))) == [(0, 5), (1, 2**40)]
    name = "json_texts" if store.db.is_server else "json_each"
    texts = ["é", 'a"b', "北京"]
    assert sorted(value for (value,) in store.all(f"SELECT value FROM {name}(?)", json.dumps(texts))) == sorted(texts)
