"""Accounts of people to whom the reader is served, and who is logged in. Instants are seconds since 1970."""

from __future__ import annotations

import hashlib
import re
import secrets
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from stemma.errors import BadValue
from stemma.notebook.notebook import Notebook

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
Kind = Literal["browser", "key"]
_NAME = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]{0,58}[^\s\x00-\x1f\x7f])?")
_SHORTEST = 12  #: characters of a password; NIST SP 800-63B-4 asks for 15 where it is the only factor, 8 at the least
_LONGEST = 1_024  #: characters; beyond it a password is work, not a secret
_IDLE = 12 * 3600.0  #: seconds without a request after which a browser is logged out
_WHOLE = 7 * 86_400.0  #: seconds after which it is in any case (OWASP: renew once a week at the latest)
_NOTED = 60.0  #: seconds between two notes that a session is in use


class Account(NamedTuple):
    """Somebody who may log in."""

    name: str
    role: Role
    collections: tuple[str, ...]  #: to which it is limited, sorted; empty: the whole archive


class Session(NamedTuple):
    """Somebody who is logged in."""

    account: Account
    kind: Kind
    form_token: str  #: what every form of this session must carry


def add(notebook: Notebook, account: Account, password: str, now: float) -> None:
    """Keep a new account. Raises ``BadValue`` for a name that is taken or odd, and for a weak password."""
    if not _NAME.fullmatch(account.name):
        raise BadValue("account", account.name, "a name of 1 to 60 characters without control characters")
    if account.collections and account.role != "reader":
        raise BadValue("role", account.role, "reader for an account that is limited to collections")
    secret = _hashed(password)
    with notebook.writing():
        if notebook.rows("SELECT 1 FROM account WHERE name = ?", account.name):
            raise BadValue("account", account.name, "a name that is not taken")
        notebook.run(
            "INSERT INTO account (name, role, secret, made) VALUES (?, ?, ?, ?)",
            account.name, account.role, secret, now,
        )  # fmt: skip
        for collection in account.collections:
            notebook.run("INSERT INTO access (account, collection) VALUES (?, ?)", account.name, collection)


def set_password(notebook: Notebook, name: str, password: str) -> None:
    """Give an account another password; its sessions and keys end. Raises ``BadValue``."""
    secret = _hashed(password)
    with notebook.writing():
        _known(notebook, name)
        notebook.run("UPDATE account SET secret = ? WHERE name = ?", secret, name)
        notebook.run("DELETE FROM session WHERE account = ?", name)


def remove(notebook: Notebook, name: str) -> None:
    """Let an account, its sessions and the feeds that it made end. Raises ``BadValue`` where there is none."""
    with notebook.writing():
        _known(notebook, name)
        notebook.run("DELETE FROM account WHERE name = ?", name)
        notebook.run("DELETE FROM watch WHERE by = ? AND channel = 'feed'", name)


def accounts(notebook: Notebook) -> list[Account]:
    """All accounts, by name."""
    return [_account(notebook, name, role) for name, role in notebook.rows("SELECT name, role FROM account")]


def _account(notebook: Notebook, name: str, role: Role) -> Account:
    rows = notebook.rows("SELECT collection FROM access WHERE account = ? ORDER BY collection", name)
    return Account(name, role, tuple(collection for (collection,) in rows))


def _known(notebook: Notebook, name: str) -> None:
    if not notebook.rows("SELECT 1 FROM account WHERE name = ?", name):
        raise BadValue("account", name, "the name of an account; see: stemma account list")


def _hashed(password: str) -> str:
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise BadValue("password", "*" * 8, f"at least {_SHORTEST} characters; several words are easy to keep in mind")
    return str(hasher().hash(password))


def proves(notebook: Notebook, name: str, password: str) -> bool:
    """Whether this is the password of the account; takes as long where there is no such account."""
    from argon2.exceptions import VerificationError  # noqa: PLC0415 - as in ``hasher``

    rows = notebook.rows("SELECT secret FROM account WHERE name = ?", name)
    try:
        return bool(hasher().verify(rows[0][0] if rows else nobody(), password[:_LONGEST]) and rows)
    except VerificationError:
        return False


@cache
def hasher() -> PasswordHasher:
    """argon2id by the second choice of RFC 9106, 4: 64 MiB, three passes."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - the notebook of most people has no account

    return PasswordHasher()


@cache
def nobody() -> str:
    """A secret that nobody knows, of the same cost as a real one."""
    return str(hasher().hash(secrets.token_urlsafe(32)))


def log_in(notebook: Notebook, name: str, now: float, kind: Kind = "browser") -> str:
    """Begin a session of an account, under an id that nobody had before; the id. Raises ``BadValue`` for no account."""
    shown = secrets.token_urlsafe(32)
    with notebook.writing():
        _known(notebook, name)
        notebook.run("DELETE FROM session WHERE kind = 'browser' AND (seen < ? OR made < ?)", now - _IDLE, now - _WHOLE)
        notebook.run(
            "INSERT INTO session (digest, account, kind, made, seen) VALUES (?, ?, ?, ?, ?)",
            _digest(shown), name, kind, now, now,
        )  # fmt: skip
    return shown


def session_of(notebook: Notebook, shown: str, now: float, kind: Kind = "browser") -> Session | None:
    """The session under an id; ``None`` for one that is over, of another kind, or was never begun."""
    rows = notebook.rows(
        "SELECT name, role, session.made, seen FROM session JOIN account ON name = account "
        "WHERE digest = ? AND kind = ?",
        _digest(shown), kind,
    )  # fmt: skip
    if not rows:
        return None
    name, role, made, seen = rows[0]
    if kind == "browser" and (seen < now - _IDLE or made < now - _WHOLE):
        return None
    if seen < now - _NOTED:
        notebook.run("UPDATE session SET seen = ? WHERE digest = ?", now, _digest(shown))
    return Session(_account(notebook, name, role), kind, form_token(shown))


def log_out(notebook: Notebook, shown: str) -> None:
    """End a session."""
    notebook.run("DELETE FROM session WHERE digest = ?", _digest(shown))


def _digest(shown: str) -> bytes:
    return hashlib.sha256(shown.encode("utf-8", "replace")).digest()


def form_token(shown: str) -> str:
    """What forms must carry: it follows from what the browser shows, and that does not follow from it."""
    return hashlib.sha256(b"form " + shown.encode("utf-8", "replace")).hexdigest()
