"""How a failed proof is told: what is wrong, in which file and record, and the way out."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator

import msgspec

from stemma.records import Problem

#: What damage raises wherever it stops a proof.
DAMAGE = (
    sqlite3.DatabaseError, zlib.error, msgspec.MsgspecError, OSError, EOFError, KeyError, IndexError, AssertionError,
    UnicodeError, ValueError, TypeError, AttributeError, OverflowError,
)  # fmt: skip
DATABASE_BACK = "Put archive.sqlite back from a copy, or add the pages to a new archive."
CAPTURE_BACK = "Put that file back from a copy, or add the page again."
Proof = Callable[[], Iterator[str]]


def guarded(about: str | Callable[[], str], proof: Proof, way_out: str = DATABASE_BACK) -> Iterator[Problem]:
    """Each failed proof, and damage that stops a proof, as a Problem about a record, a file or a table.

    ``about`` is asked only where something failed.
    """
    try:
        for message in proof():
            yield told(about if isinstance(about, str) else about(), message, way_out)
    except DAMAGE as error:
        yield told(about if isinstance(about, str) else about(), f"it cannot be read ({reason(error)})", way_out)


def told(about: str, message: str, way_out: str = DATABASE_BACK) -> Problem:
    """One failed proof."""
    return Problem(stage="archive", about=about, message=f"{message}. {way_out}")


def reason(error: BaseException) -> str:
    """What an exception says, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())
