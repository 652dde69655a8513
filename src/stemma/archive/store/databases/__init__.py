"""The databases that an archive may lie in: an SQLite file in its folder, or PostgreSQL on a server.

Both are spoken to in the same SQL, that of SQLite as far as PostgreSQL understands it; see ``dialect.py`` for what is
turned into PostgreSQL's words on the way, and docs/decisions/0025.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from stemma.archive.store.databases import postgresql, sqlite
from stemma.archive.store.databases.address import SCHEMA, Address, is_address
from stemma.archive.store.store import DATABASE, Store
from stemma.errors import NewerArchive, NoArchive, OlderArchive

__all__ = ["Place", "folder_of", "is_address", "is_there", "open_again", "open_store", "shown", "title_of"]
#: Where an archive lies: a folder, or the address of one on a server.
Place: TypeAlias = Path | str


def open_store(path: Place, *, create: bool, patience: float | None = None) -> Store:
    """Open the archive in a folder or at an address (``postgresql://...``).

    ``patience``: seconds to wait for another writer; None: long enough for any. Raises ``NoArchive``, ``NewerArchive``,
    ``OlderArchive``, and of an address ``BadValue``, ``NoServer`` and ``NeedsExtra``.
    """
    if is_address(path):
        return postgresql.open_store(Address.of(str(path)), create=create, patience=patience)
    return sqlite.open_store(Path(path), create=create, patience=patience)


def folder_of(path: Place) -> Path:
    """The folder in which captures, names and the notebook of an archive lie; of one on a server it is asked for.

    Raises what ``open_store`` does where the address names no folder.
    """
    if not is_address(path):
        return Path(path)
    address = Address.of(str(path))
    if address.folder:
        return address.folder
    with closing(open_store(path, create=False)) as store:
        return store.folder


def is_there(path: Place) -> bool:
    """Whether an archive is there, of whatever version. Raises ``NoServer``, and ``BadValue`` of an address."""
    if not is_address(path):
        return (Path(path) / DATABASE).is_file()
    try:
        open_store(path, create=False).close()
    except NoArchive:
        return False
    except (OlderArchive, NewerArchive):
        return True
    return True


def shown(path: Place) -> str:
    """How a place is told to people: an address without its password."""
    return str(Address.of(str(path))) if is_address(path) else str(path)


def title_of(path: Place) -> str:
    """A short name for an archive: that of its folder, of its schema or database."""
    if not is_address(path):
        return Path(path).resolve().stem
    address = Address.of(str(path))
    return urlsplit(address.server).path.strip("/") or address.schema if address.schema == SCHEMA else address.schema


def open_again(store: Store) -> Store:
    """The same archive by a connection of its own, which remembers nothing."""
    return open_store(store.place, create=False)
