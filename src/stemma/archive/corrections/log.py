"""People's words as the archive keeps them: found by what they are about, and by the page that it stands in."""

from __future__ import annotations

from collections.abc import Iterable

from stemma.archive.corrections.standing import age, undone_among
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.records import Correction, Judgement

PERSON = "person"  #: what a judgement is about that a person made, so that it is found among those of comparers
#: ``right`` of a correction is the row of the snapshot in whose page its record stands.
_OF_SNAPSHOT = "SELECT row FROM fact WHERE kind = 'k' AND right = ? ORDER BY row"
_OF_DOCUMENT = (
    "SELECT fact.row FROM document JOIN fact ON kind = 'k' AND right = document.snapshot WHERE document.row = ?"
)


def words_on(store: Store, snapshot: int) -> list[Correction]:
    """All corrections of a snapshot, its documents and what was found in them, those undone included."""
    return _read(store, (row for (row,) in store.all(_OF_SNAPSHOT, snapshot)))


def word_rows(store: Store, document: int) -> tuple[int, ...]:
    """Rows of the corrections of a document's snapshot, in order."""
    return tuple(sorted(row for (row,) in store.all(_OF_DOCUMENT, document)))


def words_at(store: Store, rows: Iterable[int]) -> list[Correction]:
    """The corrections in these rows."""
    return _read(store, rows)


def words_about(store: Store, record_id: str) -> list[Correction]:
    """What was said about one record, and about those words, and so on."""
    found: dict[str, Correction] = {}
    asked = [record_id]
    while asked:
        rows = store.all("SELECT row FROM fact WHERE about = ? AND kind = 'k'", asked.pop())
        new = [each for each in _read(store, (row for (row,) in rows)) if each.id not in found]
        found |= {each.id: each for each in new}
        asked += [each.id for each in new]
    return list(found.values())


def is_undone(store: Store, record_id: str) -> bool:
    """Whether a correction or judgement was taken back and not brought back."""
    return record_id in undone_among(words_about(store, record_id))


def pageless(store: Store) -> list[Correction]:
    """Words about what is of no page here: persons, judgements, records that are not here yet; and about them."""
    return _read(store, (row for (row,) in store.all("SELECT row FROM fact WHERE kind = 'k' AND right IS NULL")))


def people(store: Store) -> list[Correction | Judgement]:
    """All that people said, newest first; of equal moments the larger id first."""
    rows = store.all("SELECT body FROM fact WHERE kind = 'k'")
    rows += store.all("SELECT body FROM fact WHERE about = ? AND kind = 'j'", PERSON)
    found = (unpack_record(body) for (body,) in rows)
    return sorted((each for each in found if isinstance(each, Correction | Judgement)), key=age, reverse=True)


def _read(store: Store, rows: Iterable[int]) -> list[Correction]:
    found = [unpack_record(store.all("SELECT body FROM fact WHERE row = ?", row)[0][0]) for row in rows]
    return [each for each in found if isinstance(each, Correction)]
