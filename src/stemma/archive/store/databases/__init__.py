"""The databases that an archive may lie in: an SQLite file in its folder, or PostgreSQL on a server.

Both are spoken to in the same SQL, that of SQLite as far as PostgreSQL understands it; see ``dialect.py`` for what is
turned into PostgreSQL's words on the way, and docs/decisions/0025.
"""

from __future__ import annotations

from pathlib import Path

from stemma.archive.store.databases import postgresql, sqlite
from stemma.archive.store.databases.address import Address, is_address
from stemma.archive.store.store import Store


def open_store(path: str | Path, *, create: bool, patience: float | None = None) -> Store:
    """Open the archive in a folder or at an address (``postgresql://...``).

    ``patience``: seconds to wait for another writer; None: long enough for any. Raises ``NoArchive``, ``NewerArchive``,
    ``OlderArchive``, and of an address ``BadValue``, ``NoServer`` and ``NeedsExtra``.
    """
    if is_address(path):
        return postgresql.open_store(Address.of(str(path)), create=create, patience=patience)
    return sqlite.open_store(Path(path), create=create, patience=patience)


def open_again(store: Store) -> Store:
    """The same archive by a connection of its own, which remembers nothing."""
    return open_store(store.place, create=False)
