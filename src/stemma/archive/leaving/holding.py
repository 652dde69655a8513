"""Which texts an archive holds of given bytes: what another one's exports are joined with."""

from __future__ import annotations

from stemma.archive.captures.keeping import digest_key
from stemma.archive.corrections.access import withdrawn
from stemma.archive.pages.leaf import load_leaf, shown_snapshot
from stemma.archive.store.store import Store
from stemma.records import Document, Snapshot

_PREFIX = "sha256:"


def texts_of(store: Store, sha256: str) -> list[tuple[Snapshot, Document]]:
    """Shown documents of the captures whose bytes have this digest, of withdrawn ones none, in order of ids."""
    digest = sha256 if sha256.startswith(_PREFIX) else _PREFIX + sha256
    rows = store.all("SELECT snapshot FROM capture WHERE digest = ?", digest_key(digest))
    found = []
    for (row,) in rows:
        snapshot = shown_snapshot(store, row)
        if snapshot.digest == digest and not withdrawn(store, row):
            documents = store.all("SELECT row FROM document WHERE snapshot = ? AND reading IS NOT NULL", row)
            found += [(snapshot, load_leaf(store, document).document) for (document,) in documents]
    return sorted(found, key=lambda pair: pair[1].id)
