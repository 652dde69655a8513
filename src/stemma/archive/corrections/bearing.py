"""Which page a word is about."""

from __future__ import annotations

from stemma.archive.pages.leaf import load_reading, snapshot_at
from stemma.archive.store.ids import key_of
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.records import Correction


def snapshot_of(store: Store, about: str) -> int | None:
    """Row of the snapshot in whose page a record stands, of a word on it too; None for what is of no page here."""
    match about[:1]:
        case "c":
            store.flush()
            rows = store.all("SELECT at FROM ids WHERE key = ? AND document = 0", key_of(about))
            return next((row for (row,) in rows if snapshot_at(store, row).id == about), None)
        case "k":
            word = word_by_id(store, about)
            return snapshot_of(store, word.about) if word else None
        case "l":
            return _of_page(store, about) or _of_repeated(store, about)
        case "e" | "j" | "":
            return None
        case _:
            return _of_page(store, about)


def word_by_id(store: Store, record_id: str) -> Correction | None:
    """A correction by its whole id; None where it is not here."""
    for (row,) in store.all("SELECT at FROM ids WHERE key = ? AND document = 0 AND at > 0", key_of(record_id)):
        for (body,) in store.all("SELECT body FROM fact WHERE row = ?", row):
            record = unpack_record(body)
            if isinstance(record, Correction) and record.id == record_id:
                return record
    return None


def subject_of(store: Store, correction: Correction) -> str:
    """What a word is about in the end: of an undoing what the undone word was about, a judgement or a record."""
    about = correction.about
    while about[:1] == Correction.letter and (word := word_by_id(store, about)):
        about = word.about
    return about


def _of_page(store: Store, about: str) -> int | None:
    store.flush()
    rows = store.all(
        "SELECT DISTINCT document, snapshot FROM ids JOIN document ON document.row = ids.document WHERE key = ?",
        key_of(about),
    )
    if len(rows) > 1:  # keys are shorter than ids: of several pages one holds it
        rows = [row for row in rows if _holds(store, row[0], about)]
    return int(rows[0][1]) if rows else None


def _of_repeated(store: Store, about: str) -> int | None:
    """The same for the label of a line that its outlet repeats, or repeated once: it lies among the facts."""
    for (at,) in store.all("SELECT at FROM ids WHERE key = ? AND document = 0", key_of(about)):
        table = "fact" if at > 0 else "past"
        for body, left in store.all(f"SELECT body, left FROM {table} WHERE row = ?", abs(at)):  # noqa: S608 (two names)
            if unpack_record(body).id == about:
                found = store.one("SELECT snapshot FROM document WHERE row = ?", left)
                return int(found[0]) if found else None
    return None


def _holds(store: Store, document: int, record_id: str) -> bool:
    readings = store.all("SELECT row FROM reading WHERE document = ?", document)
    return any(each.id == record_id for (row,) in readings for each in load_reading(store, document, row).records)
