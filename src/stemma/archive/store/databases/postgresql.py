"""An archive on a PostgreSQL server: one schema of a database, and a folder for its captures."""

from __future__ import annotations

from pathlib import Path

from stemma.archive.store.databases.address import Address
from stemma.archive.store.databases.connection import Connection
from stemma.archive.store.databases.layout import founding
from stemma.archive.store.store import CAPTURES, SCHEMA, Store
from stemma.errors import BadValue, NewerArchive, NoArchive, OlderArchive


def open_store(address: Address, *, create: bool, patience: float | None = None) -> Store:
    """Open the archive at an address. ``patience``: seconds to wait for another writer; None: long enough for any.

    Raises ``NoArchive``, ``NewerArchive``, ``OlderArchive``, ``NoServer``, ``NeedsExtra`` and, where an archive is made
    and the address names no folder, ``BadValue``.
    """
    db = Connection(address, patience)
    try:
        folder = _prepare(db, create=create)
        if create:
            (folder / CAPTURES).mkdir(parents=True, exist_ok=True)
    except BaseException:
        db.close()
        raise
    return Store(folder, db, address.written)


def _prepare(db: Connection, *, create: bool) -> Path:
    """The folder of the archive, made where there is none and ``create``."""
    address = db.address
    if not _is_there(db):
        if not create:
            raise NoArchive(address)
        if address.folder is None:
            raise BadValue("archive", str(address), "?folder=/WHERE/CAPTURES/LIE at its end, where an archive is made")
        _found(db, address.folder)
    version, folder = db.execute("SELECT version, folder FROM archive").fetchall()[0]
    if version > SCHEMA:
        raise NewerArchive(address, version, SCHEMA)
    if version < SCHEMA:
        raise OlderArchive(address, version, SCHEMA)
    return address.folder or Path(folder)


def _is_there(db: Connection) -> bool:
    return bool(db.execute("SELECT to_regclass(?)", (f"{db.address.schema}.archive",)).fetchall()[0][0])


def _found(db: Connection, folder: Path) -> None:
    """Lay out an empty archive; of two processes that do so at once one waits for the other."""
    db.begin()
    try:
        if not _is_there(db):
            db.script(f'CREATE SCHEMA IF NOT EXISTS "{db.address.schema}"')
            db.script(";\n".join(founding()))
            db.execute("INSERT INTO archive (version, folder, revision) VALUES (?, ?, 0)", (SCHEMA, str(folder)))
        db.end()
    except BaseException:
        if db.in_transaction:
            db.undo()
        raise
