"""Names: the form by which an entity is called, and the entities that a form may mean."""

from __future__ import annotations

from stemma.archive.answers.lookup import key_rows
from stemma.archive.corrections.access import suppressed
from stemma.archive.relations.entities import entity_id
from stemma.archive.store.store import Store
from stemma.archive.store.words import phrase
from stemma.archive.store.words.wanted import Every
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.text.words import WORD, fold

_SIBLINGS = "SELECT row FROM name WHERE entity = (SELECT coalesce(entity, row) FROM name WHERE row = ?1) OR row = ?1"
_USED = "row NOT IN (SELECT name FROM hidden)"
_EXACT = f"SELECT row FROM name WHERE folded = ? AND {_USED} ORDER BY row"  # noqa: S608 (constant)
_FEWEST_WORDS = 2  #: of a full name; one word is a surname or a title


def preferred_name(store: Store, name: int) -> str:
    """The most frequent full form of a name's entity; of equal ones the longest, then by the alphabet."""
    used = store.all(f"SELECT form, count FROM name WHERE row IN ({_SIBLINGS}) AND {_USED}", name)  # noqa: S608 (constant)
    rows = used or store.all("SELECT form, count FROM name WHERE row = ?", name)
    full = [row for row in rows if len(WORD.findall(row[0])) >= _FEWEST_WORDS]
    best: tuple[str, int] = min(full or rows, key=lambda row: (-row[1], -len(row[0]), row[0]))
    return best[0]


def entity_of(store: Store, name: int) -> str:
    """Id of the entity of a name."""
    row = store.one(
        "SELECT kind, folded FROM name WHERE row = (SELECT coalesce(entity, row) FROM name WHERE row = ?)", name
    )
    assert row
    return entity_id(*row)


def siblings(store: Store, name: int) -> list[int]:
    """Rows of all names of the same entity."""
    return sorted(row for (row,) in store.all(_SIBLINGS, name))


def name_of_entity(store: Store, prefix: str) -> int:
    """A name's row by the id that it minted, whole or shortened. Raises ``NoSuchRecord`` and ``AmbiguousId``."""
    if prefix[:1] != "e":
        raise NoSuchRecord(prefix)
    found: dict[str, int] = {}
    for _, _, row in key_rows(store, prefix):
        name = store.one("SELECT kind, folded FROM name WHERE row = ?", row)
        if name and entity_id(*name).startswith(prefix):
            found.setdefault(entity_of(store, row), row)
    if len(found) > 1:
        raise AmbiguousId(prefix, sorted(found))
    if not found:
        raise NoSuchRecord(prefix)
    return next(iter(found.values()))


def names_like(store: Store, name: str) -> list[int]:
    """Rows of names of this folded form and of what pages mean by it; where there are none, of those of all its words.

    A form that every page resolves leads to the full ones alone. Names that no page uses any more are not found, and
    parts of names not by single letters.
    """
    if exact := [row for (row,) in store.all(_EXACT, fold(name))]:
        full = {each for row in exact for (each,) in store.all("SELECT whole FROM meant WHERE name = ?", row)}
        return sorted(full.union(row for row in exact if not is_resolved(store, row)))
    words = tuple(filter(None, map(phrase, name.split())))
    if not words or all(len(word) == 1 and word.isascii() for word in WORD.findall(name)):
        return []
    test = store.words.holds("names", Every(words))
    return [row for (row,) in store.all(f"SELECT rowid FROM names WHERE {test.sql} ORDER BY rowid", *test.values)]  # noqa: S608 (a test of ours)


def is_resolved(store: Store, name: int) -> bool:
    """Whether every page that holds a spelling says which full form it means there; not where no page holds it."""
    unresolved = (
        "SELECT 1 FROM uses WHERE name = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM meant WHERE meant.name = ?1 AND meant.document = uses.document)"
    )
    return bool(store.one("SELECT 1 FROM uses WHERE name = ?", name)) and not store.one(unresolved, name)


def entities_like(store: Store, name: str) -> list[int]:
    """One row for each entity that a form of a name may mean, the most mentioned first."""
    rows = set(names_like(store, name)) - set(suppressed(store))
    found = {row: store.one("SELECT coalesce(entity, row) FROM name WHERE row = ?", row) for row in rows}
    entities = {int(each[0]) for each in found.values() if each}
    counts = {row: _count(store, row) for row in entities}
    return sorted(entities, key=lambda row: (-counts[row], entity_of(store, row)))


def _count(store: Store, name: int) -> int:
    row = store.one(f"SELECT sum(count) FROM name WHERE row IN ({_SIBLINGS})", name)  # noqa: S608 (constant)
    return int(row[0] or 0) if row else 0
