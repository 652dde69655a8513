"""The narrow tables over pages say what the records of the pages say, neither more nor less."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence

from stemma.archive.pages.aliases import alias_rows
from stemma.archive.pages.index import (
    address_of,
    counted_of,
    face_text,
    line_rows,
    name_row,
    outlet_of,
    published_of,
    search_rows,
    voice_rows,
)  # fmt: skip
from stemma.archive.pages.leaf import Leaf, snapshot_at
from stemma.archive.proof.pages.words import Words
from stemma.archive.proof.sums import Ints, Sums
from stemma.archive.store.ids import key_of, mint, number
from stemma.archive.store.store import Row, Store
from stemma.archive.store.words import index_form
from stemma.text.words import fold

#: Tables compared by sums: where their rows are told with their document, and how they are named where they are wrong.
_ACTUAL = {
    "ids": "SELECT document, key, at FROM ids",
    "uses": "SELECT document, name, count FROM uses",
    "meant": "SELECT document, name, whole FROM meant",
    "voice": "SELECT coalesce(document, 0), name, voice.line FROM voice LEFT JOIN line ON line.row = voice.line",
    "line": "SELECT document, row, n FROM line",
    "face": "SELECT document, body FROM face",
}
SUMMED = tuple(_ACTUAL)
#: A document as the table has it, its current reading last.
DOCUMENT = (
    "SELECT id, snapshot, outlet, published, address, relays, language, letters, reserved, "
    "statements, reading FROM document WHERE row = ?"
)
_NAMES = "SELECT row, form, kind, folded, count, row IN (SELECT name FROM hidden) FROM name"
_LINES = "SELECT row, document, n, kind, said, voiced FROM line WHERE document = ? ORDER BY n"


_SUM_BYTES = 8


class Tables:
    """What the pages proved so far ask for in the tables over them."""

    def __init__(self, store: Store, words: Words) -> None:
        documents, names = (_last(store, table) for table in ("document", "name"))
        self._sums = {table: Sums(documents) for table in _ACTUAL}
        self._counts = array("q", bytes(8 * (names + 1)))
        self._words, self._store = words, store

    def want_ids(self, leaves: Sequence[Leaf], row: int, document_id: str) -> None:
        """The ids of all readings of one document: ids stay when a newer reading takes over."""
        wanted: set[Ints] = {(row, key_of(document_id), 0)}
        for leaf in leaves:
            names = {mention.id: name_row(self._store, mention) for mention in leaf.mentions}
            wanted.update([(leaf.row, key_of(each.id), names.get(each.id, 0)) for each in leaf.records[1:]])
        self._sums["ids"].want(wanted)

    def want_id(self, record_id: str, at: int) -> None:
        """The id of what is of no page: row of a snapshot, fact or name; below 0 of a past fact."""
        self._sums["ids"].want([(0, key_of(record_id), at)])

    def wrong_rows(self, store: Store, leaf: Leaf, written: Row) -> Iterator[str]:
        """The rows over the current reading of a document; those found by sums are wanted and told in ``wrong``."""
        snapshot = snapshot_at(store, leaf.snapshot)
        wanted: Row = (
            leaf.document.id, leaf.snapshot, outlet_of(leaf, snapshot), published_of(leaf, snapshot)[0],
            address_of(leaf, snapshot), len(leaf.relays), *counted_of(leaf),
        )  # fmt: skip
        if wanted != written[: len(wanted)]:
            yield "its row in the table document does not say what its records say"
        lines = store.all(_LINES, leaf.row)
        first = lines[0][0] if lines else 0
        if lines != line_rows(leaf, first):
            yield "its rows of statements in the table line do not say what its records say"
        self._want(store, leaf, first)

    def _want(self, store: Store, leaf: Leaf, first: int) -> None:
        rows = search_rows(leaf, range(first, first + len(leaf.statements)))
        if face := face_text(store, leaf, rows):
            self._sums["face"].want([(leaf.row, _sum(face))])
        self._words.want_statements(rows)
        names = [name_row(store, mention) for mention in leaf.mentions]
        row, lines = leaf.row, range(first, first + len(leaf.statements))
        self._sums["line"].want([(row, line, n) for n, line in enumerate(lines)])
        self._sums["voice"].want({(row, *voice) for voice in voice_rows(store, leaf, first)})
        self._sums["meant"].want([(row, name, whole) for name, _, whole in alias_rows(leaf, names)])
        counts = Counter(names)
        self._sums["uses"].want([(row, name, count) for name, count in counts.items()])
        for name, count in counts.items():
            self._counts[name] += count

    def wrong_names(self, store: Store) -> Iterator[str]:
        """Spellings: their folded form, how often pages have them, the id that each mints."""
        for row, form, kind, folded, count, hidden in store.each(_NAMES):
            if fold(form) != folded or count != self._counts[row] or (hidden and count):
                yield f"the name {form!r} (row {row} of name) is not folded or counted as its pages say"
            self.want_id(mint("e", kind, folded), row)
            if not hidden:
                self._words.want_names([(row, index_form(form))])

    def wrong(self, store: Store, table: str) -> Iterator[str]:
        """The documents whose rows in a table are not those wanted."""
        sums = self._sums[table]
        rows = store.each(_ACTUAL[table])
        sums.find(((document, _sum(body)) for document, body in rows) if table == "face" else rows)
        for document in sums.wrong():
            found = store.one("SELECT id FROM document WHERE row = ?", document)
            yield f"the rows about {found[0] if found else 'what is of no page'} are not those that its records ask for"


def _sum(body: object) -> int:
    """A text as a number."""
    return number(_SUM_BYTES, "face", str(body))


def _last(store: Store, table: str) -> int:
    """The last row of a table; of a damaged one that is far beyond, as many as there may be."""
    last, count = store.all(f"SELECT coalesce(max(row), 0), count(*) FROM {table}")[0]  # noqa: S608 (names of this file)
    return int(min(last, 2 * count + _GAPS))


_GAPS = 1_000  #: rows that may be missing between others; rows are never taken away, so there are none
