"""What a watch remembers between rounds: one SQLite file in the archive's folder. Nothing of it is evidence."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import quote

from stemma.collect.watch.robots import Rules
from stemma.errors import BadValue

NAME = "watch.sqlite"
_LOCK = "watch.lock"
_NEXT = """
    SELECT address, source, page.kind, page.due, first, seen, tag, modified, digest, page.failures, told FROM page
    LEFT JOIN host ON name = page.host WHERE due <= ?1 AND coalesce(free, 0) <= ?1 ORDER BY due, address LIMIT 1
"""
_FIRST = "SELECT min(max(due, coalesce(free, 0))) FROM page LEFT JOIN host ON name = page.host WHERE due IS NOT NULL"
_SAVE = """
    UPDATE page SET due = ?, first = ?, seen = ?, tag = ?, modified = ?, digest = ?, failures = ?, told = ?
    WHERE address = ?
"""
_COUNT = """
    SELECT source, count(*) FILTER (WHERE kind = 'page'), count(*) FILTER (WHERE kind = 'page' AND seen IS NOT NULL),
        count(*) FILTER (WHERE failures > 0), min(due) FROM page GROUP BY source ORDER BY source
"""


class Row(NamedTuple):
    """What is asked for again and again."""

    address: str
    source: str  #: address of the source that lists it; its own where it is one
    kind: str  #: feed | sitemap | page
    due: float | None  #: when it is asked for next; None: no more
    first: float | None = None  #: when it was first observed
    seen: float | None = None  #: when it was last observed
    tag: str | None = None  #: its ETag
    modified: str | None = None  #: its Last-Modified
    digest: str | None = None  #: of the bytes last observed
    failures: int = 0  #: in a row
    told: str = ""  #: why it was not observed the last time


class Standing(NamedTuple):
    """How a source stands."""

    source: str
    pages: int  #: that it listed
    observed: int  #: of them
    failing: int  #: that were not observed the last time
    due: float | None  #: when the first of them is asked for


class Health(NamedTuple):
    """How a source stands, with what is told of it; read beside a watch at work."""

    standing: Standing
    seen: float | None  #: when something of it was last observed
    reasons: tuple[tuple[str, int], ...]  #: why pages were not observed the last time, the most frequent first


class Site(NamedTuple):
    """What a site's robots.txt said when it was asked."""

    origin: str
    until: float  #: until when that holds
    why: str  #: said of what it keeps us from
    lines: int  #: of the file


def health(folder: str | Path) -> tuple[list[Health], list[Site]]:
    """How each source stands and what sites allow, as a watch remembers it; nothing where there was none.

    Nothing is locked: a watch may be at work meanwhile. Raises ``sqlite3.Error`` for a damaged file.
    """
    file = Path(folder) / NAME
    if not file.is_file():
        return [], []
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", timeout=1, uri=True)) as db:
        found = [_health(db, Standing(*row)) for row in db.execute(_COUNT).fetchall()]
        sites = db.execute("SELECT origin, until, why, text FROM rules ORDER BY origin").fetchall()
    return found, [Site(origin, until, why, len(text.splitlines())) for origin, until, why, text in sites]


def _health(db: sqlite3.Connection, standing: Standing) -> Health:
    seen = db.execute("SELECT max(seen) FROM page WHERE source = ?", (standing.source,)).fetchone()[0]
    sql = "SELECT told, count(*) FROM page WHERE source = ? AND failures > 0 GROUP BY told ORDER BY 2 DESC LIMIT 3"
    return Health(standing, seen, tuple(db.execute(sql, (standing.source,)).fetchall()))


class State:
    """The memory of the watch of one archive; a second watch of it is refused. Use it as a context.

    What is written stands after ``commit``; whatever stops the work, the rest was never written.
    """

    def __init__(self, folder: str | Path) -> None:
        self._lock = (Path(folder) / _LOCK).open("wb")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise BadValue("archive", str(folder), "one that no other watch is at work on") from None
        self._db = sqlite3.connect(Path(folder) / NAME)
        self._db.executescript((files(__package__) / "state.sql").read_text("utf-8"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._lock.close()

    def commit(self) -> None:
        """Let all that was written since the last time stand."""
        self._db.commit()

    def enrol(self, rows: Iterable[tuple[str, str, str, str]], due: float) -> int:
        """Take up addresses that are not known: address, host, source, kind. Returns how many were new."""
        sql = "INSERT OR IGNORE INTO page (address, host, source, kind, due) VALUES (?, ?, ?, ?, ?)"
        return self._db.executemany(sql, [(*row, due) for row in rows]).rowcount

    def known(self, addresses: Iterable[str]) -> set[str]:
        """Those of the addresses that are known."""
        return {
            each for each in addresses if self._db.execute("SELECT 1 FROM page WHERE address = ?", (each,)).fetchone()
        }

    def keep_only(self, sources: Iterable[str]) -> None:
        """Ask no more for what sources list that are watched no more, for as long."""
        watched = list(sources)
        marks = ",".join("?" * len(watched))
        self._db.execute(f"UPDATE page SET due = NULL WHERE source NOT IN ({marks})", watched)  # noqa: S608 (marks)

    def revive(self, address: str, now: float) -> None:
        """Ask again for a source that was watched no more for a while."""
        self._db.execute("UPDATE page SET due = ? WHERE address = ? AND due IS NULL", (now, address))

    def next(self, now: float) -> Row | None:
        """What is due first on a server that may be asked; None: nothing."""
        found = self._db.execute(_NEXT, (now,)).fetchone()
        return Row(*found) if found else None

    def first_due(self) -> float | None:
        """When something may be asked for next; None: never."""
        found: float | None = self._db.execute(_FIRST).fetchone()[0]
        return found

    def is_due(self, now: float, began: float) -> bool:
        """Whether something is due that was not observed since ``began``."""
        sql = "SELECT 1 FROM page WHERE due <= ? AND coalesce(seen, 0) < ?"
        return self._db.execute(f"{sql} LIMIT 1", (now, began)).fetchone() is not None

    def save(self, row: Row) -> None:
        """Remember how it stands with an address."""
        said = (row.due, row.first, row.seen, row.tag, row.modified, row.digest, row.failures, row.told, row.address)
        self._db.execute(_SAVE, said)

    def leave_alone(self, host: str, until: float, failures: int = 0) -> None:
        """Ask a server for nothing before that."""
        sql = "INSERT OR REPLACE INTO host (name, free, failures) VALUES (?, ?, ?)"
        self._db.execute(sql, (host, until, failures))

    def host_failures(self, host: str) -> int:
        """How often in a row a server said that it has enough."""
        found = self._db.execute("SELECT failures FROM host WHERE name = ?", (host,)).fetchone()
        return int(found[0]) if found else 0

    def rules(self, origin: str, now: float) -> Rules | None:
        """The rules of a site; None where they must be asked for."""
        found = self._db.execute(
            "SELECT text, until, why FROM rules WHERE origin = ? AND until > ?", (origin, now)
        ).fetchone()
        return Rules(*found) if found else None

    def save_rules(self, origin: str, rules: Rules) -> None:
        """Remember the rules of a site."""
        self._db.execute(
            "INSERT OR REPLACE INTO rules VALUES (?, ?, ?, ?)", (origin, rules.text, rules.until, rules.why)
        )

    def calm(self, host: str) -> None:
        """A server answered: it has not enough any more."""
        self._db.execute("UPDATE host SET failures = 0 WHERE name = ? AND failures > 0", (host,))

    def log(self, address: str, at: str, outcome: str) -> None:
        """Note what a request gave."""
        self._db.execute("INSERT INTO observation VALUES (?, ?, ?)", (address, at, outcome))

    def observations(self, address: str) -> list[tuple[str, str]]:
        """When an address was asked for, and what that gave."""
        return self._db.execute(
            "SELECT at, outcome FROM observation WHERE address = ? ORDER BY at", (address,)
        ).fetchall()

    def standing(self) -> list[Standing]:
        """How each source stands."""
        return [Standing(*row) for row in self._db.execute(_COUNT)]


def observed(folder: str | Path, address: str) -> list[tuple[str, str]]:
    """When an address was asked for, and what that gave, read beside a watch at work; nothing where none ever was."""
    path = Path(folder) / NAME
    if not path.is_file():
        return []
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as db, suppress(sqlite3.Error):
        return db.execute("SELECT at, outcome FROM observation WHERE address = ? ORDER BY at", (address,)).fetchall()
    return []
