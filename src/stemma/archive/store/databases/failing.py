"""What goes wrong on the server, raised as what SQLite raises for it: whoever tells the one tells the other."""

from __future__ import annotations

import sqlite3

#: PostgreSQL's classes and codes of errors (its manual, appendix A) by SQLite's names for what is the matter.
_NAMES = {
    "55P03": "SQLITE_BUSY",  # lock_not_available
    "40": "SQLITE_BUSY",  # a transaction rolled back: deadlock, serialization failure
    "53100": "SQLITE_FULL",  # disk_full
    "25006": "SQLITE_READONLY",  # read_only_sql_transaction
    "42501": "SQLITE_READONLY",  # insufficient_privilege
    "XX": "SQLITE_CORRUPT",  # internal error, data or index corrupted
    "58": "SQLITE_IOERR",  # system error
    "08": "SQLITE_IOERR",  # connection exception
    "57": "SQLITE_IOERR",  # operator intervention: the server shuts down
}
_INTEGRITY = "23"
LOST = "08006"  #: connection_failure


class ServerError(sqlite3.OperationalError):
    """What the server refused or could not do; ``state``: PostgreSQL's code for it."""

    def __init__(self, message: str, state: str) -> None:
        super().__init__(message)
        self.state = state
        known = (name for code, name in _NAMES.items() if state.startswith(code))
        self.sqlite_errorname = next(known, "SQLITE_ERROR")


def failure(error: Exception) -> sqlite3.Error:
    """An error of the driver as one that is known here."""
    state = getattr(error, "sqlstate", None) or LOST
    message = " ".join(f"PostgreSQL: {error}".split())
    if state.startswith(_INTEGRITY):
        return sqlite3.IntegrityError(message)
    if state == "55P03":
        message = f"another process writes to the archive, and did not end in time ({message})"
    return ServerError(message, state)
