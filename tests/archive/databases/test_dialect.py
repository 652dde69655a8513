import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.store.databases import open_store
from stemma.archive.store.databases.dialect import read, spoken, written
from stemma.archive.store.databases.layout import columns, founding
from stemma.archive.store.databases.sqlite import schema

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0\1\2"))


@pytest.mark.parametrize(
    ("sql", "turned"),
    [
        ("SELECT ? WHERE a = ? AND b = ?", "SELECT $1 WHERE a = $2 AND b = $3"),
        ("SELECT ?2, ?1, ?2", "SELECT $2, $1, $2"),
        ("SELECT ?2, ?", "SELECT $2, $3"),
        ("SELECT '?', \"?\", 'it''s ?', ?", "SELECT '?', \"?\", 'it''s ?', $1"),
        ("SELECT fact.left, right FROM a LEFT JOIN b LIMIT 1 OFFSET ?", 'SELECT fact."left", "right" FROM a LEFT JOIN b LIMIT 1 OFFSET $1'),
        ("SELECT offset, lefty, 'left' FROM capture", "SELECT \"offset\", lefty, 'left' FROM capture"),
        ("FROM member CROSS JOIN item ON item.row = 1", "FROM member JOIN item ON item.row = 1"),
        ("FROM fact NOT INDEXED WHERE a NOT IN (1)", "FROM fact  WHERE a NOT IN (1)"),
    ],
)  # fmt: skip
def test_what_is_turned(sql, turned):
    assert spoken(sql) == turned
    assert spoken(sql) == turned


@given(TEXTS)
def test_texts_come_back_without_a_nul_between(text):
    assert "\0" not in written(text)
    assert read(written(text)) == text


@given(TEXTS, TEXTS)
def test_texts_keep_their_order(one, other):
    assert (one < other) == (written(one) < written(other))


def test_the_layout_has_every_table_trigger_and_index_of_the_schema(postgres, place):

    store = open_store(place, create=True)
    for table, names in columns().items():
        assert store.all(f"SELECT {', '.join(names)} FROM {table}") == []
    wanted = {word: schema().count(f"\nCREATE {word} ") for word in ("TRIGGER", "INDEX", "TABLE")}
    if store.db.is_server:
        own = "current_schema()::regnamespace"
        triggers = f"SELECT count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = {own}"
        assert store.all(triggers)[0][0] == wanted["TRIGGER"] == sum("CREATE TRIGGER" in each for each in founding())
        for name in _names(schema()):
            assert store.all("SELECT 1 FROM pg_class WHERE relname = ?", name), name
    assert len(columns()) == wanted["TABLE"]
    store.close()


def _names(script):
    return [line.split()[2] for line in script.splitlines() if line.startswith("CREATE INDEX ")]


def test_triggers_count_alike(place):

    store = open_store(place, create=True)
    with store.writing():
        names = [
            store.insert("INSERT INTO name (form, kind, folded) VALUES (?, 'person', ?)", each, each) for each in "abc"
        ]
        store.many(
            "INSERT INTO voice (name, line) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(names[0], 1), (names[0], 2), (names[1], 3), (names[0], 1)],
        )
        store.run("UPDATE name SET entity = ? WHERE row = ?", names[2], names[0])
        store.run("DELETE FROM voice WHERE line = 3")
        document = store.insert("INSERT INTO document (id, snapshot) VALUES ('d', 1)")
        store.run(
            "UPDATE document SET reading = 1, outlet = 'Orvo Wire', statements = 3, relays = 1 WHERE row = ?", document
        )
        store.run("UPDATE document SET outlet = NULL, statements = 4 WHERE row = ?", document)
        for kind in "vvp":
            store.insert("INSERT INTO fact (kind, givers, binds, body) VALUES (?, 1, 0, ?)", kind, b"")
        store.run("DELETE FROM fact WHERE kind = 'v' AND row = 1")
        store.many("INSERT INTO utterance (line, first) VALUES (?, ?)", [(1, 1), (2, 1)])
    assert store.all("SELECT entity, lines FROM spoken") == [(names[2], 2)]
    assert store.all("SELECT * FROM shelf") == [("", "", 1, 4, 1)]
    assert store.all("SELECT what, count FROM tally ORDER BY what") == [("e", 1), ("p", 1), ("v", 1), ("w", 1)]
    store.close()


def test_texts_of_any_length_are_kept_found_and_counted(place):
    rng = random.Random(3)
    long = "".join(chr(rng.randrange(32, 0x2000)) for _ in range(20_000))
    store = open_store(place, create=True)
    with store.writing():
        row = store.insert("INSERT INTO name (form, kind, folded) VALUES (?, 'person', ?)", long, long)
        document = store.insert("INSERT INTO document (id, snapshot) VALUES ('d', 1)")
        store.run("UPDATE document SET reading = 1, outlet = ?, statements = 3 WHERE row = ?", long, document)
        store.run("UPDATE document SET statements = 4 WHERE row = ?", document)
        store.insert("INSERT INTO fact (kind, about, givers, binds, body) VALUES ('p', ?, 1, 0, ?)", long, b"")
    assert store.all("SELECT row FROM name WHERE form = ? AND kind = 'person'", long) == [(row,)]
    assert store.all("SELECT row FROM name WHERE folded = ? AND kind = 'person'", long) == [(row,)]
    assert store.all("SELECT statements FROM shelf WHERE outlet = ?", long) == [(4,)]
    assert store.all("SELECT count(*) FROM fact WHERE about = ?", long) == [(1,)]
    store.close()
