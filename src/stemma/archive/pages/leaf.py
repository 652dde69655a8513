"""Leaves as the archive keeps them: read, with people's words laid over them, and remembered."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from stemma.archive.corrections.log import word_rows, words_at, words_on
from stemma.archive.corrections.overlay.covering import lost_words, repeated_by, without_path
from stemma.archive.corrections.overlay.laying import COVERING, overlaid
from stemma.archive.corrections.overlay.places import Origin
from stemma.archive.corrections.overlay.repeating import twin
from stemma.archive.corrections.standing import standing
from stemma.archive.pages.reading import (
    CORRECTED,
    OF_A_PAGE,
    Leaf,
    Speaker,
    around_words,
    best_field,
    form_of,
    leaf_of,
    said_words,
    speakers_of,
    title_of,
)
from stemma.archive.store.packing import unpack_record, unpack_records, unpack_text
from stemma.archive.store.store import Store
from stemma.records import Correction, Document, Label, Mention, Snapshot, Statement

__all__ = [
    "CORRECTED",
    "OF_A_PAGE",
    "Leaf",
    "Speaker",
    "around_words",
    "best_field",
    "current_reading",
    "form_of",
    "laid_over",
    "leaf_of",
    "load_covered",
    "load_leaf",
    "load_reading",
    "load_text",
    "remember",
    "said_words",
    "shown_snapshot",
    "snapshot_at",
    "speakers_of",
    "state_of",
    "title_of",
]

_LONG = 1_000_000  #: characters; of longer texts and their records hardly any are kept in memory
#: What an effective reading is remembered by: the row of the reading, rows of all words on its page, and the packed
#: labels of lines that its outlet repeats.
State = tuple[int, tuple[int, ...], tuple[bytes, ...]]
#: Whether people said something of a document's page, and its text.
_WORDED = "SELECT EXISTS (SELECT 1 FROM fact WHERE kind = 'k' AND right = snapshot) FROM document WHERE row = ?"
_WORDING = (
    "SELECT EXISTS (SELECT 1 FROM fact WHERE kind = 'k' AND right = snapshot), body "
    "FROM document JOIN wording ON document = document.row WHERE document.row = ?"
)
_REPEATS = "SELECT body FROM fact WHERE kind = 'l' AND left = ? ORDER BY row"


def load_leaf(store: Store, document: int, reading: int | None = None) -> Leaf:
    """A document by its row, as its current reading, repeated lines and people have it; or another reading of it.

    Of a withdrawn page there is neither text nor record. Raises ``KeyError`` for an unknown row.
    """
    state = reading, words, repeats = state_of(store, document, reading)
    if not words and not repeats:
        return load_reading(store, document, reading)
    if (leaf := store.readings.recall(state)) is None:
        leaf = laid_over(store, load_reading(store, document, reading), state)
        remember(store, state, leaf)
    assert isinstance(leaf, Leaf)
    return leaf


def load_reading(store: Store, document: int, reading: int | None = None) -> Leaf:
    """A document by its row as it was derived, whatever people said of it. Raises ``KeyError`` for an unknown row."""
    wanted = reading or current_reading(store, document)
    if (leaf := store.readings.recall(wanted)) is None:
        leaf = _load(store, document, wanted)
        remember(store, wanted, leaf)
    assert isinstance(leaf, Leaf)
    return leaf


def remember(store: Store, key: object, leaf: Leaf) -> None:
    """Keep a leaf in memory; of long ones only the last two, since a hundred of them would fill it."""
    if len(leaf.document.text) >= _LONG:
        held = [(each, other) for each, other in store.readings.items() if isinstance(other, Leaf)]
        for each in [each for each, other in held if len(other.document.text) >= _LONG][:-1]:
            del store.readings[each]
    store.readings.remember(key, leaf)


def load_covered(store: Store, document: int, reading: int | None = None) -> Leaf:
    """A document as it was derived, without what was withdrawn or redacted, repeated lines being furniture.

    Raises ``KeyError`` for an unknown row.
    """
    state = state_of(store, document, reading)
    return laid_over(store, load_reading(store, document, state[0]), state, COVERING)


def load_text(store: Store, document: int) -> str:
    """The text of a document by its row, as people have it. Raises ``KeyError`` for an unknown row."""
    found = store.texts.recall(document)
    row = store.one(_WORDING if found is None else _WORDED, document)
    if not row:
        raise KeyError(document)
    if row[0]:
        return load_leaf(store, document).document.text
    if found is None:
        found = unpack_text(row[1])
        if len(found) < _LONG:
            store.texts.remember(document, found)
    assert isinstance(found, str)
    return found


def state_of(store: Store, document: int, reading: int | None = None) -> State:
    """What the effective reading of a document follows from. Raises ``KeyError`` for an unknown row."""
    repeats = tuple(body for (body,) in store.all(_REPEATS, document))
    return reading or current_reading(store, document), word_rows(store, document), repeats


def laid_over(store: Store, leaf: Leaf, state: State, only: Collection[str] | None = None) -> Leaf:
    """A derived reading with repeated lines and words laid over it; with ``only`` words of these fields alone."""
    words = words_at(store, state[1])
    labels = [label for body in state[2] if isinstance(label := unpack_record(body), Label)]
    return overlaid(leaf, words, _origins(store, leaf, words), labels, only) if words or labels else leaf


def _origins(store: Store, leaf: Leaf, words: Iterable[Correction]) -> dict[str, Origin]:
    """Where words were said about what this reading does not have: in another reading or layout of the page."""
    here = {each.id for each in leaf.records}
    abouts = {each.about for each in words if each.about[:1] in {"d", "l", "m", "s"}} - here
    found: dict[str, Origin] = {}
    for row, document in _readings(store, leaf.snapshot) if abouts else ():
        other = load_reading(store, document, row)
        for record in (other.document, *other.labels, *other.mentions, *other.statements):
            known = record if isinstance(record, Label | Mention | Statement) else None
            for name in abouts - set(found):
                if name == record.id or (name[:1] == "l" and isinstance(record, Label) and name == twin(record)):
                    found[name] = Origin(known, other.document.text)
    return found


def _readings(store: Store, snapshot: int) -> list[tuple[int, int]]:
    """Rows of the readings of a snapshot that found text and of their documents, the newest first."""
    return store.all(
        "SELECT row, document FROM reading WHERE snapshot = ? AND document IS NOT NULL ORDER BY row DESC", snapshot
    )


def current_reading(store: Store, document: int) -> int:
    """Row of the current reading of a document, else of its newest. Raises ``KeyError`` for an unknown row."""
    row = store.one("SELECT reading FROM document WHERE row = ?", document)
    row = row if row and row[0] else store.one("SELECT max(row) FROM reading WHERE document = ?", document)
    if not row or row[0] is None:
        raise KeyError(document)
    return int(row[0])


def _load(store: Store, document: int, reading: int) -> Leaf:
    wording, body, snapshot = _bodies(store, document, reading)
    text = unpack_text(wording)
    records = unpack_records(body, text)
    head = records[0]
    assert isinstance(head, Document)
    return leaf_of(document, snapshot, msgspec.structs.replace(head, text=text), records[1:])


def _bodies(store: Store, document: int, reading: int) -> tuple[bytes, bytes, int]:
    row = store.one(
        "SELECT wording.body, reading.body, snapshot FROM reading JOIN wording USING (document) "
        "WHERE reading.row = ? AND document = ?",
        reading,
        document,
    )
    if not row:
        raise KeyError(document)
    return row[0], row[1], row[2]


def shown_snapshot(store: Store, row: int) -> Snapshot:
    """A snapshot as it may be shown: of a page of which words are covered that its address repeats without the path.

    A person may say the same of an address (``address``). Raises ``KeyError`` for an unknown row.
    """
    snapshot = snapshot_at(store, row)
    said = {word.field for word in standing(words_on(store, row))}
    if "address" in said or ("redaction" in said and repeated_by(snapshot, _lost(store, row))):
        return without_path(snapshot)
    return snapshot


def _lost(store: Store, snapshot: int) -> set[str]:
    """Words of a page that stand nowhere in it any more."""
    found = set[str]()
    for reading, document in _readings(store, snapshot):
        before, after = (load(store, document, reading).document.text for load in (load_reading, load_covered))
        found |= lost_words(before, after)
    return found


def snapshot_at(store: Store, row: int) -> Snapshot:
    """A snapshot by its row. Raises ``KeyError`` for an unknown one."""
    if isinstance(known := store.snapshots.recall(row), Snapshot):
        return known
    found = store.one("SELECT body FROM snapshot WHERE row = ?", row)
    if not found:
        raise KeyError(row)
    record = unpack_record(found[0])
    assert isinstance(record, Snapshot)
    store.snapshots.remember(row, record)
    return record
