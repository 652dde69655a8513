"""The words of an utterance for reading: the base with its heat, two witnesses in rows, all of them as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stemma.show.transmission.apparatus import Apparatus, Reading, Variation, pieces
from stemma.show.wording import Comparison, Piece

_ENDS = re.compile(r"(?<=[.!?。！？…])[\"”’»」)]*\s+")  #: where a row may end: behind a sentence
_STEPS = 4  #: shades of heat


class HeatRow(NamedTuple):
    """A sentence of the base, and how many of the other witnesses differ in it."""

    words: tuple[tuple[str, Variation | None], ...]
    differing: int
    others: int

    @property
    def step(self) -> int:
        """Its heat: 0 for none, else 1 to 4 quarters of the others."""
        return -(-self.differing * _STEPS // self.others) if self.others else 0


def heat(found: Apparatus, *, wording: bool = False) -> list[HeatRow]:
    """The base by sentences. ``wording``: differences of spelling and marks alone are neither counted nor told."""
    others = len(found.sigla) - 1 - len(found.apart)
    return [HeatRow(tuple(row), _differing(row), others) for row in _rows(_told(found, wording=wording))]


def _told(found: Apparatus, *, wording: bool) -> Iterator[tuple[str, Variation | None]]:
    for words, place in pieces(found):
        yield words, None if place and wording and place.is_slight else place


def _rows(parts: Iterator[tuple[str, Variation | None]]) -> Iterator[list[tuple[str, Variation | None]]]:
    row: list[tuple[str, Variation | None]] = []
    for words, place in parts:
        if place:
            row.append((words, place))
            continue
        cuts = [match.end() for match in _ENDS.finditer(words)]
        for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
            row.append((words[start:end], None))
            if end in cuts:
                yield row
                row = []
    if any(words.strip() for words, _ in row):
        yield row


def _differing(row: Sequence[tuple[str, Variation | None]]) -> int:
    return len({sign for _, place in row if place for reading in place.readings[1:] for sign in reading.sigla})


class PairRow(NamedTuple):
    """A sentence of two witnesses side by side; ``edits`` counts where they differ."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    edits: int


def pair(found: Comparison) -> list[PairRow]:
    """Two witnesses in rows, cut where both end a sentence."""
    return [
        PairRow(
            tuple(piece for piece in row if piece.state != "added"),
            tuple(piece for piece in row if piece.state != "removed"),
            sum(bool(piece.kind) for piece in row) - sum(_replaces(row, at) for at in range(1, len(row))),
        )
        for row in _cut(found.pieces)
    ]  # fmt: skip


def _replaces(row: Sequence[Piece], at: int) -> bool:
    """Whether a piece stands in place of the one before it: one difference, not two."""
    return (row[at - 1].state, row[at].state) == ("removed", "added") and row[at - 1].kind == row[at].kind


def _cut(parts: Sequence[Piece]) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    for piece in parts:
        if piece.state != "kept":
            row.append(piece)
            continue
        cuts = [match.end() for match in _ENDS.finditer(piece.text)]
        for start, end in zip([0, *cuts], [*cuts, len(piece.text)], strict=True):
            if piece.text[start:end]:
                row.append(piece._replace(text=piece.text[start:end]))
            if end in cuts:
                yield row
                row = []
    if row:
        yield row


class TableRow(NamedTuple):
    """A witness in the alignment table: what it reads at each place; ``None``: the same as the base."""

    siglum: str
    number: int  #: of the witness, from 0
    readings: tuple[Reading | None, ...]


def table_rows(found: Apparatus, places: Sequence[Variation]) -> list[TableRow]:
    """The witnesses that are laid beside the base, in their order, without the base itself."""
    return [
        TableRow(sign, number, tuple(_reading(place, sign) for place in places))
        for number, sign in enumerate(found.sigla)
        if number != found.base and sign not in found.apart
    ]


def _reading(place: Variation, sign: str) -> Reading | None:
    return next((each for each in place.readings[1:] if sign in each.sigla), None)
