"""Watches: saved queries with a channel, what they found, and what of it went out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from sqlite3 import IntegrityError
from typing import Literal, NamedTuple, get_args

from stemma.errors import BadValue
from stemma.notebook.notebook import Notebook

Channel = Literal["feed", "file", "webhook", "mail"]
Change = Literal["new", "wording", "both"]
Digest = Literal["none", "daily", "weekly"]
Sign = Literal["new", "wording"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
CHANGES: tuple[Change, ...] = get_args(Change)
DIGESTS: tuple[Digest, ...] = get_args(Digest)
_PERIODS: dict[Digest, float] = {"none": 0.0, "daily": 86_400.0, "weekly": 7 * 86_400.0}  #: seconds
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,100}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.(?:jsonl|txt)")
_MAIL = re.compile(r"[^\s@<>,;\"\\]{1,64}@[A-Za-z0-9.-]{1,190}")
_FIRST, _LONGEST = 60.0, 6 * 3600.0  #: seconds until a failed sending is tried again; each wait is twice the last
_DROPPED = -1
_COLUMNS = "row, name, query, channel, target, change, least, digest, secret, by, at, mark, due"


class Watch(NamedTuple):
    """A saved query that tells of what is new."""

    row: int
    name: str
    query: str  #: what stands behind "?" in the address of a search
    channel: Channel
    target: str  #: address, file name in the archive's folder "watches", or mail address; of a feed ""
    change: Change  #: new statements, those whose wording differs between captures, or both
    least: int  #: how many findings are worth a message
    digest: Digest
    secret: str  #: the last part of its feed's address
    by: str
    at: str  #: ISO 8601 instant
    mark: int = 0
    due: float = 0.0


class Finding(NamedTuple):
    """A statement that a watch found."""

    statement: str
    document: str
    sign: Sign
    at: str  #: ISO 8601 instant


class Batch(NamedTuple):
    """Findings that go out together."""

    row: int
    key: str
    at: str  #: when it was made, ISO 8601
    tries: int
    why: str  #: why the last try failed


def add(notebook: Notebook, watch: Watch) -> str:
    """Keep a new watch; its secret. Raises ``BadValue``."""
    _check(watch)
    secret = secrets.token_urlsafe(24)
    try:
        notebook.run(
            "INSERT INTO watch (name, query, channel, target, change, least, digest, secret, by, at, mark, due) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *watch[1:8], secret, *watch[9:],
        )  # fmt: skip
    except IntegrityError:
        raise BadValue("name", watch.name, "a name that no other watch has") from None
    return secret


def _check(watch: Watch) -> None:
    if not _NAME.fullmatch(watch.name):
        raise BadValue("name", watch.name, "a name of 1 to 100 characters without control characters")
    if not 1 <= watch.least <= 1_000:
        raise BadValue("least", watch.least, "how many findings are worth a message, 1 to 1000")
    for value, known, name in (
        (watch.channel, CHANNELS, "channel"), (watch.change, CHANGES, "change"), (watch.digest, DIGESTS, "digest"),
    ):  # fmt: skip
        if value not in known:
            raise BadValue(name, value, f"one of {', '.join(known)}")
    wanted = {
        "file": "a file name that ends with .jsonl or .txt",
        "mail": "a mail address",
        "feed": "nothing for a feed",
    }
    good = {
        "feed": not watch.target, "file": _FILE.fullmatch(watch.target), "mail": _MAIL.fullmatch(watch.target),
        "webhook": watch.target.startswith(("http://", "https://")),
    }[watch.channel]  # fmt: skip
    if not good:
        raise BadValue("to", watch.target, wanted.get(watch.channel, "an address that begins with https:// or http://"))


def watches(notebook: Notebook) -> list[Watch]:
    """All watches, by name."""
    return [Watch(*row) for row in notebook.rows(f"SELECT {_COLUMNS} FROM watch ORDER BY name")]  # noqa: S608 (constant)


def named(notebook: Notebook, name: str) -> Watch:
    """The watch of a name. Raises ``BadValue``."""
    found = next((each for each in watches(notebook) if each.name == name), None)
    if found is None:
        raise BadValue("watch", name, "the name of a watch; see: stemma watches list")
    return found


def by_secret(notebook: Notebook, secret: str) -> Watch | None:
    """The watch whose feed has this address."""
    rows = notebook.rows(f"SELECT {_COLUMNS} FROM watch WHERE secret = ? AND channel = 'feed'", secret)  # noqa: S608 (as above)
    return Watch(*rows[0]) if rows else None


def remove(notebook: Notebook, name: str) -> None:
    """Let a watch end. Raises ``BadValue``."""
    notebook.run("DELETE FROM watch WHERE row = ?", named(notebook, name).row)


def note(notebook: Notebook, watch: Watch, found: Iterable[Finding], mark: int) -> None:
    """Keep what was found up to a mark, once: all of it and the mark, or nothing."""
    with notebook.writing():
        for each in found:
            sql = "INSERT OR IGNORE INTO finding (watch, statement, document, sign, at) VALUES (?, ?, ?, ?, ?)"
            notebook.run(sql, watch.row, *each)
        notebook.run("UPDATE watch SET mark = max(mark, ?) WHERE row = ?", mark, watch.row)


def waiting(notebook: Notebook, watch: Watch) -> list[Finding]:
    """What was found and is in no batch yet."""
    return _findings(notebook, watch, 0)


def in_batch(notebook: Notebook, watch: Watch, batch: int) -> list[Finding]:
    """What goes out, or went out, with a batch."""
    return _findings(notebook, watch, batch)


def _findings(notebook: Notebook, watch: Watch, batch: int) -> list[Finding]:
    sql = "SELECT statement, document, sign, at FROM finding WHERE watch = ? AND batch = ? ORDER BY at, statement"
    return [Finding(*row) for row in notebook.rows(sql, watch.row, batch)]


def pack(notebook: Notebook, watch: Watch, at: str, now: float) -> None:
    """Put what waits into a batch, where that is enough and the digest is due."""
    with notebook.writing():
        rows = notebook.rows("SELECT count(*) FROM finding WHERE watch = ? AND batch = 0", watch.row)
        if rows[0][0] < watch.least or now < watch.due:
            return
        key = secrets.token_hex(16)
        batch = notebook.run("INSERT INTO batch (watch, key, at) VALUES (?, ?, ?)", watch.row, key, at)
        notebook.run("UPDATE finding SET batch = ? WHERE watch = ? AND batch = 0", batch, watch.row)
        notebook.run("UPDATE watch SET due = ? WHERE row = ?", now + _PERIODS[watch.digest], watch.row)


def open_batches(notebook: Notebook, watch: Watch, now: float) -> list[Batch]:
    """Batches that have not gone out and whose time for another try has come, the oldest first."""
    sql = "SELECT row, key, at, tries, why FROM batch WHERE watch = ? AND sent = '' AND next <= ? ORDER BY row"
    return [Batch(*row) for row in notebook.rows(sql, watch.row, now)]


def sent_batches(notebook: Notebook, watch: Watch, limit: int) -> list[Batch]:
    """Batches that went out, the newest first."""
    sql = "SELECT row, key, at, tries, why FROM batch WHERE watch = ? AND sent <> '' ORDER BY row DESC LIMIT ?"
    return [Batch(*row) for row in notebook.rows(sql, watch.row, limit)]


def drop(notebook: Notebook, watch: Watch, found: Iterable[Finding]) -> None:
    """Let findings never go out: what was found is not shown any more."""
    with notebook.writing():
        for each in found:
            sql = "UPDATE finding SET batch = ? WHERE watch = ? AND statement = ? AND sign = ?"
            notebook.run(sql, _DROPPED, watch.row, each.statement, each.sign)


def done(notebook: Notebook, batch: Batch, at: str) -> None:
    """A batch went out."""
    notebook.run("UPDATE batch SET sent = ?, why = '' WHERE row = ?", at, batch.row)


def failed(notebook: Notebook, batch: Batch, why: str, now: float) -> None:
    """A batch did not go out; it is tried again, and later each time."""
    wait = min(_LONGEST, _FIRST * 2.0 ** min(batch.tries, 20))
    sql = "UPDATE batch SET tries = tries + 1, next = ?, why = ? WHERE row = ?"
    notebook.run(sql, now + wait, why[:500], batch.row)
