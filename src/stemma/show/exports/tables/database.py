"""Statements as an SQLite file that opens in Datasette: a schema to be read by people, with keys and full text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from stemma.archive.views import Utterance
from stemma.records import Evidence
from stemma.show.exports.rows import ArticleRow, Batch, StatementRow
from stemma.show.exports.tables import COLUMNS, Cell, cells, descriptions
from stemma.show.plain import one_line, sound

_PIECE = 1 << 18  #: bytes read at a time
_OWN = (
    "id", "line", "speaker", "perhaps", "kind", "polarity", "words", "words_length", "words_sha256", "said", "earliest",
    "latest", "said_words", "utterance", "witnesses", "confidence", "method", "people", "fragment", "start", "end",
)  # fmt: skip
_OF_PAGE = (
    "title", "outlet", "published", "published_basis", "language", "url", "capture", "fetched", "sha256", "reserved",
)  # fmt: skip


_LED_TO = (
    'SELECT "left" FROM variants UNION SELECT "right" FROM variants UNION SELECT document FROM hops '
    "WHERE document IS NOT NULL EXCEPT SELECT id FROM articles ORDER BY 1"
)


class Beside(Protocol):
    """What stands beside the statements that were found."""

    def utterance(self, utterance_id: str, /) -> Utterance | None:
        """A speech act; None where it is not to be shown."""

    def article(self, document_id: str, /) -> ArticleRow:
        """A page that a variant or a hop names."""

    def is_worded(self, document_id: str, /) -> bool:
        """Whether the words of a page may be given."""


def database(batches: Iterable[Batch], about: Mapping[str, str], beside: Beside, limit: int | None) -> Iterator[bytes]:
    """The bytes of the file, which is made beside, in a temporary folder: memory stays the same for any number."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.sqlite"
        _write(path, batches, about, _Variants(beside, limit))
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _write(path: Path, batches: Iterable[Batch], about: Mapping[str, str], variants: _Variants) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; {_schema()}")
        db.execute("BEGIN")
        db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        db.executemany("INSERT INTO columns VALUES (?, ?, ?)", sorted(_columns()))
        for batch in batches:
            _put(db, batch, variants)
        variants.complete(db)
        db.execute("INSERT INTO statements_fts (statements_fts) VALUES ('rebuild')")
        db.execute("INSERT INTO statements_fts (statements_fts) VALUES ('optimize')")
        db.execute("COMMIT")
    finally:
        db.close()


def _put(db: sqlite3.Connection, batch: Batch, variants: _Variants) -> None:
    _put_article(db, batch.article)
    for said in batch.statements:
        _put_statement(db, said)
        if said.utterance and said.witnesses > 1:
            for row in variants.of(db, said.utterance):
                _insert(db, "variants", row)


def _put_article(db: sqlite3.Connection, row: ArticleRow) -> None:
    _insert(db, "articles", _article(row))


def _put_statement(db: sqlite3.Connection, said: StatementRow) -> None:
    named = dict(zip((column.name for column in COLUMNS), cells(said), strict=True))
    _insert(db, "statements", (said.id, said.article.id, *(named[name] for name in _OWN[1:])))
    for place, voice in enumerate(said.speakers):
        if voice.entity:
            _insert(db, "persons", (voice.entity, voice.name, voice.kind))
        row = said.id, place, voice.entity, voice.name, voice.role, voice.reason, voice.confidence
        _insert(db, "speakers", row)
    for place, hop in enumerate(said.chain):
        of = said.id, place, hop.name, hop.kind, hop.inferred, hop.proof, hop.confidence, hop.document, hop.relay
        _insert(db, "hops", of)


def _insert(db: sqlite3.Connection, table: str, row: Sequence[Cell]) -> None:
    """Put a row into a table unless it stands there."""
    db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 (our names)


def _article(row: ArticleRow) -> tuple[Any, ...]:
    text = None if row.text is None else sound(row.text).replace("\0", "\u2400")  # SQL functions end at a NUL
    return (
        row.id, row.title, row.outlet, row.published, row.published_basis, row.language, row.url, row.capture,
        row.fetched, row.sha256, row.size, row.media_type, row.layout, row.characters, row.text_sha256,
        "; ".join(row.reserved) or None, text,
    )  # fmt: skip


class _Variants:
    """Variants of utterances, each utterance once, and the pages that they lead to."""

    def __init__(self, beside: Beside, limit: int | None) -> None:
        self._beside, self._limit = beside, limit

    def of(self, db: sqlite3.Connection, utterance: str) -> Iterator[tuple[Any, ...]]:
        """Rows of one utterance; none where it was written already, or has no variant."""
        if db.execute("SELECT 1 FROM temp.seen WHERE id = ?", (utterance,)).fetchone():
            return
        db.execute("INSERT INTO temp.seen VALUES (?)", (utterance,))
        if not (view := self._beside.utterance(utterance)):
            return
        for each in view.variants:
            kinds = "; ".join(dict.fromkeys(edit.kind for edit in each.edits))
            words = self._words(each.left), self._words(each.right)
            yield (each.id, view.id, each.left.document, each.right.document, *words, kinds, each.similarity)

    def _words(self, side: Evidence) -> str | None:
        return one_line(side.exact)[: self._limit] if self._beside.is_worded(side.document) else None

    def complete(self, db: sqlite3.Connection) -> None:
        """Add the pages that variants and hops lead to and that none of the statements stands in."""
        for (document,) in db.execute(_LED_TO).fetchall():
            _put_article(db, self._beside.article(document))


@cache
def _schema() -> str:
    schema = files("stemma.show.exports.tables").joinpath("database.sql").read_text("utf-8")
    return f"{schema} CREATE TEMP TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID;"


def _columns() -> set[tuple[str, str, str]]:
    """Table, column and meaning; a column of pages means what it means beside their statements."""
    told = descriptions()["columns"]
    found = {(table, name, means) for table in told for name, means in told[table].items() if table != "statements"}
    found |= {("statements", name, told["statements"][name]) for name in (*_OWN, "article")}
    return found | {("articles", name, told["statements"][name]) for name in _OF_PAGE}


def described(title: str, about: Mapping[str, str]) -> dict[str, Any]:
    """What Datasette shows beside the tables, as its ``metadata.json``; ``title``: name of the file without ending."""
    columns: dict[str, dict[str, str]] = {}
    for table, name, means in sorted(_columns()):
        columns.setdefault(table, {})[name] = means
    tables = {
        table: {"description": means} | ({"columns": columns[table]} if table in columns else {})
        for table, means in descriptions()["tables"].items()
    }
    tables["statements"] |= {"label_column": "line", "sort_desc": "latest"}
    tables["articles"] |= {"label_column": "title"}
    told = {"description": about.get("notice", ""), "tables": tables}
    return {"title": "Statements of a Stemma archive", "databases": {title: told}}
