"""Collections: statements and pages put together by hand or by a query, with notes, and frozen as versions to cite."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from sqlite3 import IntegrityError
from typing import NamedTuple

from stemma.errors import BadValue, NoSuchRecord
from stemma.notebook.notebook import Notebook

_LONGEST = 200  #: characters of a name
_NOTE = 10_000  #: characters of a note
_COLUMNS = "row, name, note, query, by, at"


class Collection(NamedTuple):
    """What is put together under a name."""

    row: int
    name: str
    note: str
    query: str  #: what stands behind "?" in the address of a search; "": made by hand
    by: str
    at: str  #: ISO 8601 instant


class Piece(NamedTuple):
    """Something that was put in by hand."""

    row: int
    about: str  #: id of a statement or page
    note: str
    by: str
    at: str


class Version(NamedTuple):
    """What a collection held when it was frozen; the manifest never changes."""

    number: int
    manifest: str  #: lines that name the collection and each piece with its capture and digest
    digest: str  #: "sha256:" and 64 hexadecimal digits of the manifest
    pieces: int
    by: str
    at: str


def _named(name: str) -> str:
    found = " ".join(name.split())
    if not 0 < len(found) <= _LONGEST:
        raise BadValue("name", name, f"a name of 1 to {_LONGEST} characters")
    return found


def _noted(note: str) -> str:
    if len(note) > _NOTE:
        raise BadValue("note", note[:40] + "…", f"at most {_NOTE:,} characters")
    return note.replace("\r\n", "\n").strip()


def make(notebook: Notebook, wanted: Collection) -> int:
    """Make a collection; its row. Raises ``BadValue`` for a name that is none or taken."""
    name = _named(wanted.name)
    try:
        return notebook.run(
            "INSERT INTO collection (name, note, query, by, at) VALUES (?, ?, ?, ?, ?)",
            name, _noted(wanted.note), wanted.query, wanted.by, wanted.at,
        )  # fmt: skip
    except IntegrityError:
        raise BadValue("name", name, "a name that no other collection has") from None


def collections(notebook: Notebook) -> list[Collection]:
    """All, by name."""
    return [Collection(*row) for row in notebook.rows(f"SELECT {_COLUMNS} FROM collection ORDER BY name")]  # noqa: S608 (constant)


def collection(notebook: Notebook, row: int) -> Collection:
    """One by its number. Raises ``NoSuchRecord``."""
    found = notebook.rows(f"SELECT {_COLUMNS} FROM collection WHERE row = ?", row)  # noqa: S608 (constant)
    if not found:
        raise NoSuchRecord(f"collection {row}")
    return Collection(*found[0])


def describe(notebook: Notebook, row: int, name: str, note: str) -> None:
    """Give a collection another name and note. Raises ``BadValue``."""
    try:
        notebook.run("UPDATE collection SET name = ?, note = ? WHERE row = ?", _named(name), _noted(note), row)
    except IntegrityError:
        raise BadValue("name", name, "a name that no other collection has") from None


def put(notebook: Notebook, row: int, piece: Piece) -> None:
    """Put something in; what is in there gets the new note where one is given."""
    notebook.run(
        "INSERT INTO piece (collection, about, note, by, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (collection, about) DO UPDATE SET note = excluded.note WHERE excluded.note <> ''",
        row, piece.about, _noted(piece.note), piece.by, piece.at,
    )  # fmt: skip


def take_out(notebook: Notebook, row: int, about: str) -> None:
    """Take something out; what is not in there is no error."""
    notebook.run("DELETE FROM piece WHERE collection = ? AND about = ?", row, about)


def pieces(notebook: Notebook, row: int) -> list[Piece]:
    """What was put in by hand, the newest first."""
    sql = "SELECT row, about, note, by, at FROM piece WHERE collection = ? ORDER BY row DESC"
    return [Piece(*found) for found in notebook.rows(sql, row)]


def sizes(notebook: Notebook) -> dict[int, int]:
    """How many pieces were put into each collection by hand."""
    return dict(notebook.rows("SELECT collection, count(*) FROM piece GROUP BY collection"))


def freeze(notebook: Notebook, row: int, lines: Iterable[str], signed: tuple[str, str]) -> Version:
    """Keep what a collection holds as its next version. ``lines``: a line for each piece; ``signed``: by whom, when."""
    held, listed = collection(notebook, row), sorted(set(lines))
    with notebook.writing():
        number = notebook.rows("SELECT coalesce(max(number), 0) + 1 FROM version WHERE collection = ?", row)[0][0]
        by, at = signed
        head = [f"collection {held.name}", f"version {number}", f"frozen {at} by {by}", f"pieces {len(listed)}"]
        head += [f"query {held.query}"] if held.query else []
        manifest = "".join(f"{line}\n" for line in [*head, "", *listed])
        digest = "sha256:" + sha256(manifest.encode()).hexdigest()
        notebook.run(
            "INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?)", row, number, manifest, digest, len(listed), by, at
        )
    return Version(number, manifest, digest, len(listed), by, at)


def versions(notebook: Notebook, row: int) -> list[Version]:
    """All versions of a collection, the newest first."""
    sql = "SELECT number, manifest, digest, pieces, by, at FROM version WHERE collection = ? ORDER BY number DESC"
    return [Version(*found) for found in notebook.rows(sql, row)]


def cite(held: Collection, version: Version) -> str:
    """A version as a footnote names it."""
    pieces = f"{version.pieces} piece{'s' * (version.pieces != 1)}"
    return (
        f"“{held.name}”, version {version.number}: {pieces}, frozen {version.at[:10]} by {version.by}; "
        f"{version.digest}."
    )
