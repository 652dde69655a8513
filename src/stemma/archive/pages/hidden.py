"""Names that no page uses any more: their ids lead on, but nobody finds them and no index holds their words."""

from __future__ import annotations

from collections.abc import Iterable

from stemma.archive.store.store import Store
from stemma.archive.store.words import index_form

#: A name is used by a page that holds it, and by a statement whose speaker a person named so.
_UNUSED = (
    "SELECT form FROM name WHERE row = ?1 AND NOT EXISTS (SELECT 1 FROM uses WHERE name = ?1) "
    "AND NOT EXISTS (SELECT 1 FROM voice WHERE name = ?1)"
)


def hide_unused(store: Store, names: Iterable[int]) -> None:
    """Take out of the index of names those of these rows that nothing uses; all that waits must be written before."""
    for name in sorted(set(names)):
        unused = store.one(_UNUSED, name)
        if unused and store.run("INSERT INTO hidden (name) VALUES (?) ON CONFLICT DO NOTHING", name).rowcount:
            store.words.take_name(name, index_form(unused[0]))


def unhide(store: Store, names: Iterable[int]) -> None:
    """Put names that are used again back into the index."""
    if not store.one("SELECT 1 FROM hidden LIMIT 1"):
        return
    for name in sorted(set(names)):
        if store.run("DELETE FROM hidden WHERE name = ?", name).rowcount:
            form = store.all("SELECT form FROM name WHERE row = ?", name)[0][0]
            store.words.put_name(name, index_form(form))
