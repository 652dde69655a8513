"""What goes wrong, in words: what happened, what was kept, what to do next, under an id to look it up by."""

from __future__ import annotations

import errno
import sqlite3
from typing import NamedTuple

from stemma.errors import AmbiguousId, BadQuery, BadValue, NeedsExtra, NoSuchRecord, Refused, StemmaError, TooLarge

#: What a page tells in words; anything else is a fault of this program, and is told as one.
TOLD = (StemmaError, sqlite3.Error, OSError, MemoryError)
_KEPT = "Nothing was changed; what was in the archive is as it was."
_CHECK = "stemma check"


class Trouble(NamedTuple):
    """Something that went wrong."""

    id: str  #: docs/show.md lists them
    status: int
    title: str
    happened: str
    kept: str
    todo: str
    command: str = ""  #: what repairs it; "": nothing is broken


_BUSY = Trouble(
    "E-BUSY", 503, "Another program is writing",
    "Pages are being added to this archive, and it did not give way in time.", _KEPT,
    "Send it again in a moment. If nothing is being added, a program that was stopped may hold the archive: end it.",
    "stemma show problems",
)  # fmt: skip
_FULL = Trouble(
    "E-FULL", 507, "The disk is full", "There is no room for what was to be written.", _KEPT,
    "Make room on the disk that holds the archive, then send it again.", "df -h .",
)  # fmt: skip
_FROZEN = Trouble(
    "E-READONLY", 403, "This archive can only be read",
    "Its folder, or the disk that it lies on, may not be written by this program.", _KEPT,
    "Give yourself the right to write there, or work on a copy.", "ls -ld archive.stemma",
)  # fmt: skip
_DAMAGED = Trouble(
    "E-DAMAGED", 500, "The archive cannot be read here",
    "Its file is not as SQLite wrote it: a disk that failed, or a copy that was cut short.",
    "Captures lie in files of their own and are not touched by this.",
    "Prove the archive; what is damaged is named there with the way out.", _CHECK,
)  # fmt: skip
_MEMORY = Trouble(
    "E-MEMORY", 503, "There is not enough memory", "This page needs more memory than the system gives.", _KEPT,
    "Close other programs and load the page again.",
)  # fmt: skip
_CODES = {
    "SQLITE_BUSY": _BUSY, "SQLITE_LOCKED": _BUSY, "SQLITE_FULL": _FULL, "SQLITE_READONLY": _FROZEN,
    "SQLITE_CORRUPT": _DAMAGED, "SQLITE_NOTADB": _DAMAGED, "SQLITE_IOERR": _DAMAGED, "SQLITE_CANTOPEN": _FROZEN,
}  # fmt: skip


def trouble_of(error: Exception) -> Trouble:
    """What went wrong, in words."""
    match error:
        case StemmaError():
            return _of_misuse(error)
        case sqlite3.OperationalError() | sqlite3.DatabaseError() if getattr(error, "sqlite_errorname", ""):
            name = getattr(error, "sqlite_errorname", "") or ""
            known = next((told for code, told in _CODES.items() if name.startswith(code)), None)
            return known or _DAMAGED._replace(happened=f"SQLite says: {error}.")
        case MemoryError():
            return _MEMORY
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return _FULL
        case OSError(errno=errno.EACCES | errno.EROFS | errno.EPERM):
            return _FROZEN
        case OSError():
            happened = f"The system says: {error.strerror or type(error).__name__}."
            return Trouble("E-SYSTEM", 500, "The system refused", happened, _KEPT, "Mend that, then try again.", _CHECK)
        case _:
            return Trouble(
                "E-FAULT", 500, "This page could not be made",
                f"The program met something that it does not know: {type(error).__name__}.",
                "Nothing in the archive has changed.", "Load the page again; if it stays, prove the archive.", _CHECK,
            )  # fmt: skip


def _of_misuse(error: StemmaError) -> Trouble:
    said = f"{error}."
    match error:
        case TooLarge():
            todo = "Send less at once, or put the files where this machine has them and add them there."
            return Trouble("E-LARGE", 413, "That is too much at once", said, _KEPT, todo, "stemma add FILES")
        case Refused():
            return Trouble("E-REFUSED", 403, "Nothing was changed", said, _KEPT, "Load the page again.")
        case NeedsExtra():
            return Trouble(
                "E-EXTRA", 501, "A part of the program is missing", said, _KEPT, "Install it, then try again."
            )
        case NoSuchRecord() | AmbiguousId():
            return Trouble("E-UNKNOWN", 404, "Nothing has that name", said, _KEPT, "Mend it below, and send it again.")
        case BadValue() | BadQuery():
            return Trouble("E-VALUE", 400, "This cannot be read", said, _KEPT, "Mend what is named, and send it again.")
        case _:
            return Trouble(
                "E-ARCHIVE", 500, "The archive does not answer", said, _KEPT, "Do what is said above.", _CHECK
            )
