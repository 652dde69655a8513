"""The one layout of archives, schema.sql, in PostgreSQL's words.

Types, triggers and generated rows are turned statement by statement; what has no counterpart, the full-text indexes, is
laid out by search.sql instead.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from stemma.archive.store.databases.dialect import spoken
from stemma.archive.store.databases.sqlite import schema, statements
from stemma.archive.store.words import tsvector

#: What is told of an archive as a whole: SQLite keeps it in the head of its file.
_ARCHIVE = (
    "CREATE TABLE archive (version BIGINT NOT NULL, folder TEXT NOT NULL, revision BIGINT NOT NULL)",
    "COMMENT ON TABLE archive IS 'an archive of Stemma'",
)
_TYPES = {"INTEGER": "BIGINT", "TEXT": 'TEXT COLLATE "C"', "BLOB": "BYTEA"}
_TYPE = re.compile(r"\b(INTEGER|TEXT|BLOB)\b")
_TABLE = re.compile(r"CREATE TABLE (\w+)")
_ROW = "row INTEGER PRIMARY KEY"
_KEY = re.compile(r"(\w+) \w+ PRIMARY KEY|PRIMARY KEY \(([\w, ]+)\)")
_UNIQUE = re.compile(r",? UNIQUE \([^)]*\)")
#: Texts of any length are found by their hashes: a tree takes at most 2,704 bytes of one.
_LONG_TEXTS = {
    "name": "CREATE INDEX name_form ON name USING hash (form)",
    "name_folded": "CREATE INDEX name_folded ON name USING hash (folded)",
    "fact_about": "CREATE INDEX fact_about ON fact USING hash (about)",
}
#: So is an outlet of the counts: its hash stands in the key.
_LONG_KEY, _HASHED = "PRIMARY KEY (outlet, language)", "md5(outlet), language"
_LONG_KEYS = (
    f"CREATE UNIQUE INDEX shelf_key ON shelf ({_HASHED})",
    "CREATE INDEX shelf_outlet ON shelf USING hash (outlet)",
)
_INDEX = re.compile(r"CREATE INDEX (\w+)")
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+) (AFTER .*? ON (\w+))\s+(?:WHEN (.*?) )?BEGIN\s+(.*)END;", re.DOTALL)
_UPSERT = re.compile(r"INSERT INTO (\w+) (.*?)ON CONFLICT DO UPDATE SET (.*?);", re.DOTALL)
_NAMELESS = re.compile(r"\) WHERE own\b")  #: before version 16 each part of FROM must have a name
_STEP = re.compile(r"\b(\w+) = \1 ([+-])")


def founding() -> Iterator[str]:
    """The statements by which this version lays out an archive on a server, in an empty schema."""
    yield from _ARCHIVE
    keys = _keys()
    for statement in statements(schema()):
        yield from _turned(statement, keys)
    yield from sheet()
    yield tsvector.schema()


def sheet() -> Iterator[str]:
    """Functions that SQLite has by itself."""
    text = files("stemma.archive.store.databases").joinpath("search.sql").read_text("utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    yield from (each.strip() for each in bare.split(";\n\n") if each.strip())


def _turned(statement: str, keys: dict[str, str]) -> Iterator[str]:
    if match := _TABLE.match(statement):
        yield from _table(match[1], statement)
    elif match := _TRIGGER.match(statement):
        yield from _trigger(match, keys)
    elif match := _INDEX.match(statement):
        yield _LONG_TEXTS.get(match[1], spoken(statement))


def _table(name: str, statement: str) -> Iterator[str]:
    turned = statement.replace(" WITHOUT ROWID", "").replace("x''", "''")
    if _ROW in turned:
        yield (
            f"CREATE FUNCTION next_{name}() RETURNS BIGINT LANGUAGE plpgsql AS "  # noqa: S608 (a table of ours)
            f"$$ BEGIN RETURN (SELECT coalesce(max(row), 0) + 1 FROM {name}); END $$"
        )
        turned = turned.replace(_ROW, f"row INTEGER PRIMARY KEY DEFAULT next_{name}()")
    if name in _LONG_TEXTS:
        turned = _UNIQUE.sub("", turned)
    is_long = _LONG_KEY in turned
    turned = re.sub(rf",\s*{re.escape(_LONG_KEY)}", "", turned)
    yield spoken(_TYPE.sub(lambda match: _TYPES[match[0]], turned))
    if name in _LONG_TEXTS:
        yield _LONG_TEXTS[name]
    if is_long:
        yield from _LONG_KEYS


def _trigger(match: re.Match[str], keys: dict[str, str]) -> Iterator[str]:
    """A function and the trigger that calls it for each row."""
    name, event, _, condition, body = match.groups()

    def upsert(found: re.Match[str]) -> str:
        table, rows, steps = found.groups()
        steps = _STEP.sub(rf"\1 = {table}.\1 \2", steps)
        return f"INSERT INTO {table} {rows}ON CONFLICT ({keys[table]}) DO UPDATE SET {steps};"

    steps = _NAMELESS.sub(") AS counted WHERE own", _UPSERT.sub(upsert, body))
    yield f"CREATE FUNCTION {name}() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN {steps} RETURN NULL; END $$"
    when = f"WHEN ({condition}) " if condition else ""
    yield f"CREATE TRIGGER {name} {event} FOR EACH ROW {when}EXECUTE FUNCTION {name}()"


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """The columns of each table that schema.sql lays out, those whose counts triggers keep last."""
    db = sqlite3.connect(":memory:")
    found = {}
    for statement in statements(schema()):
        if match := _TABLE.match(statement):
            db.execute(statement)
            found[match[1]] = tuple(name for _, name, *_ in db.execute(f"PRAGMA table_info({match[1]})"))
    db.close()
    return found


@cache
def _keys() -> dict[str, str]:
    """The columns of each table's primary key."""
    tables = ((match[1], each) for each in statements(schema()) if (match := _TABLE.match(each)))
    return {
        name: _HASHED if _LONG_KEY in each else key[1] or key[2] for name, each in tables if (key := _KEY.search(each))
    }
