"""Statements as a table: one row a statement, the same columns in CSV and Parquet."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from stemma.show.exports.rows import ArticleRow, HopRow, StatementRow, VoiceRow

Cell = str | int | float | bool | None
_BETWEEN = "; "


class Column(NamedTuple):
    """A column: its type, and where its value comes from; an empty cell says that it is not known."""

    name: str
    type: Literal["string", "integer", "double", "boolean"]
    value: Callable[[StatementRow, ArticleRow], Cell]


def _names(voices: Iterable[VoiceRow]) -> str | None:
    return _BETWEEN.join(voice.name for voice in voices) or None


def _entities(voices: Iterable[VoiceRow]) -> str | None:
    return _BETWEEN.join(voice.entity or "" for voice in voices).strip("; ") or None


def _roles(voices: Iterable[VoiceRow]) -> str | None:
    return _BETWEEN.join(voice.role for voice in voices if voice.role) or None


def told(hop: HopRow) -> str:
    """A hop in words: "SARVA (cited)", "Orin Herald (reused, inferred)"."""
    return f"{hop.name} ({hop.kind}{', inferred' if hop.inferred else ''})"


def _first(said: StatementRow) -> int | None:
    return min((piece.start for piece in said.pieces if piece.part == "content"), default=None)


def _last(said: StatementRow) -> int | None:
    return max((piece.end for piece in said.pieces if piece.part == "content"), default=None)


COLUMNS = (
    Column("id", "string", lambda said, _: said.id),
    Column("line", "string", lambda said, _: said.line),
    Column("speaker", "string", lambda said, _: _names(said.speakers)),
    Column("speaker_ids", "string", lambda said, _: _entities(said.speakers)),
    Column("role", "string", lambda said, _: _roles(said.speakers)),
    Column("perhaps", "string", lambda said, _: _names(said.perhaps)),
    Column("kind", "string", lambda said, _: said.kind),
    Column("polarity", "string", lambda said, _: said.polarity),
    Column("words", "string", lambda said, _: said.words or None),
    Column("words_length", "integer", lambda said, _: said.words_length),
    Column("words_sha256", "string", lambda said, _: said.words_sha256),
    Column("said", "string", lambda said, _: said.said),
    Column("earliest", "string", lambda said, _: said.earliest),
    Column("latest", "string", lambda said, _: said.latest),
    Column("said_words", "string", lambda said, _: said.said_words),
    Column("outlet", "string", lambda _, page: page.outlet),
    Column("title", "string", lambda _, page: page.title),
    Column("published", "string", lambda _, page: page.published),
    Column("published_basis", "string", lambda _, page: page.published_basis),
    Column("language", "string", lambda _, page: page.language),
    Column("chain", "string", lambda said, _: _BETWEEN.join(map(told, said.chain)) or None),
    Column("utterance", "string", lambda said, _: said.utterance),
    Column("witnesses", "integer", lambda said, _: said.witnesses),
    Column("confidence", "double", lambda said, _: said.confidence),
    Column("method", "string", lambda said, _: said.method),
    Column("people", "string", lambda said, _: _BETWEEN.join(said.people) or None),
    Column("url", "string", lambda _, page: page.url),
    Column("fragment", "string", lambda said, _: said.fragment),
    Column("capture", "string", lambda _, page: page.capture),
    Column("fetched", "string", lambda _, page: page.fetched),
    Column("sha256", "string", lambda _, page: page.sha256),
    Column("document", "string", lambda _, page: page.id),
    Column("start", "integer", lambda said, _: _first(said)),
    Column("end", "integer", lambda said, _: _last(said)),
    Column("reserved", "string", lambda _, page: _BETWEEN.join(page.reserved) or None),
)


@cache
def descriptions() -> dict[str, dict[str, Any]]:
    """What tables and their columns mean, by table: ``tables``, and ``columns`` by table and name."""
    text = files("stemma.show.exports.tables").joinpath("descriptions.toml").read_text("utf-8")
    return tomllib.loads(text)


def meaning(column: str) -> str:
    """What a column of ``COLUMNS`` means."""
    told: str = descriptions()["columns"]["statements"][column]
    return told


def cells(said: StatementRow) -> list[Cell]:
    """The cells of a statement, in the order of the columns."""
    return [column.value(said, said.article) for column in COLUMNS]
