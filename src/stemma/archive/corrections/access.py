"""What may be shown: pages and statements that were withdrawn, persons who are suppressed."""

from __future__ import annotations

from collections.abc import Iterable

from stemma.archive.corrections.log import pageless, words_on
from stemma.archive.corrections.standing import standing
from stemma.archive.pages.reading import Leaf
from stemma.archive.store.ids import key_of, mint
from stemma.archive.store.store import Store
from stemma.archive.views import Stone
from stemma.records import Correction

_KINDS = {"c": "page", "d": "page", "s": "statement", "e": "person"}
EVERYBODY = "TRUE"  #: the condition where nobody is suppressed
_UNNAMED = "record"
_SEALING = frozenset({"access", "redaction", "address"})  #: what seals the bytes of a page


def withdrawn(store: Store, snapshot_row: int) -> Correction | None:
    """The newest word that a page is withdrawn, by its snapshot or any of its documents; None where it is open."""
    return withdrawal(words_on(store, snapshot_row))


def sealed(store: Store, snapshot_row: int) -> Correction | None:
    """The newest word that seals the bytes of a capture: something of its page is withdrawn or covered."""
    found = [each for each in standing(words_on(store, snapshot_row)) if each.field in _SEALING]
    return found[-1] if found else None


def withdrawal(words: Iterable[Correction]) -> Correction | None:
    """The newest of a page's words that withdraws the whole page; None where it is open."""
    found = [each for each in standing(words) if each.field == "access" and each.about[:1] in {"c", "d"}]
    return found[-1] if found else None


def is_open(leaf: Leaf) -> bool:
    """Whether an effective reading is of a page that was not withdrawn."""
    return all(word.field != "access" or word.about[:1] == "s" for _, word in leaf.laid)


def stone_of(record_id: str, word: Correction) -> Stone:
    """What stands where something was withdrawn."""
    kind = _KINDS.get(record_id[:1], _UNNAMED)
    return Stone(id=record_id, kind=kind, when=word.at, by=word.by, ground=word.reason, correction=word)


def suppressed(store: Store) -> dict[int, Correction]:
    """Rows of all names of persons who are not listed, with the word that says so."""
    found: dict[int, Correction] = {}
    for word in standing(pageless(store)):
        if word.field == "access" and word.about[:1] == "e":
            found |= dict.fromkeys(_names(store, word.about), word)
    return found


def is_listed(store: Store, line: str) -> str:
    """Condition in SQL on the row of a statement: nobody speaks in it who is suppressed."""
    names = ",".join(map(str, sorted(suppressed(store))))
    return f"{line} NOT IN (SELECT line FROM voice WHERE name IN ({names}))" if names else EVERYBODY  # noqa: S608 (row numbers)


def _names(store: Store, entity: str) -> list[int]:
    """Rows of the names of the entity to which a minted id belongs."""
    return [
        row
        for (at,) in store.all("SELECT at FROM ids WHERE key = ? AND document = 0", key_of(entity))
        for kind, folded in store.all("SELECT kind, folded FROM name WHERE row = ?", at)
        if mint("e", kind, folded) == entity
        for (row,) in store.all(
            "SELECT row FROM name WHERE row = ?1 OR entity = (SELECT coalesce(entity, row) FROM name WHERE row = ?1)",
            at,
        )
    ]
