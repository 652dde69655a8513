"""Accounts, sessions, and the wait of who guesses."""

from __future__ import annotations

import stat

import pytest

from stemma.errors import BadValue
from stemma.notebook import Notebook, accounts
from stemma.notebook.accounts import Account, guesses

WORDS = "lamps on the far shore"
DAY = 86_400.0


@pytest.fixture
def notebook(tmp_path):
    with Notebook(tmp_path) as found:
        accounts.add(found, Account("Dana Wirt", "editor", ()), WORDS, 0.0)
        yield found


def test_only_the_password_proves(notebook) -> None:
    tried = [
        ("Dana Wirt", WORDS),
        ("Dana Wirt", WORDS + "s"),
        ("Dana Wirt", ""),
        ("Nobody", WORDS),
        ("dana wirt", WORDS),
    ]
    assert [accounts.proves(notebook, *each) for each in tried] == [True, False, False, False, False]


def test_no_password_and_no_session_stands_in_the_file(notebook, tmp_path) -> None:
    shown = accounts.log_in(notebook, "Dana Wirt", 0.0)
    notebook.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert WORDS.encode() not in kept
    assert shown.encode() not in kept
    assert b"$argon2id$" in kept


def test_the_file_is_its_owners(notebook, tmp_path) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("account", "password"),
    [
        (Account("Dana Wirt", "reader", ()), WORDS),
        (Account("", "reader", ()), WORDS),
        (Account("a\nb", "reader", ()), WORDS),
        (Account("x" * 61, "reader", ()), WORDS),
        (Account("guest", "reader", ()), "short"),
        (Account("guest", "editor", ("harbour",)), WORDS),
    ],
)
def test_what_is_no_account_is_told(notebook, account, password) -> None:
    with pytest.raises(BadValue):
        accounts.add(notebook, account, password, 0.0)
    assert [each.name for each in accounts.accounts(notebook)] == ["Dana Wirt"]


def test_a_session_ends_when_idle_and_when_old(notebook) -> None:
    shown = accounts.log_in(notebook, "Dana Wirt", 0.0)
    assert accounts.session_of(notebook, shown, DAY / 2 - 1).account.role == "editor"
    assert accounts.session_of(notebook, shown, DAY - 2) is not None, "it was used since"
    assert accounts.session_of(notebook, shown, 1.6 * DAY) is None
    busy = accounts.log_in(notebook, "Dana Wirt", 0.0)
    used = [accounts.session_of(notebook, busy, hours * 3600.0) is not None for hours in range(0, 24 * 8, 6)]
    assert used == [hours <= 24 * 7 for hours in range(0, 24 * 8, 6)]


def test_every_log_in_has_its_own_id_and_token(notebook) -> None:
    shown = [accounts.log_in(notebook, "Dana Wirt", 0.0) for _ in range(3)]
    tokens = {accounts.session_of(notebook, each, 1.0).form_token for each in shown}
    assert len(set(shown)) == len(tokens) == 3
    accounts.log_out(notebook, shown[0])
    assert [accounts.session_of(notebook, each, 1.0) is None for each in shown] == [True, False, False]


def test_a_new_password_ends_sessions_and_keys(notebook) -> None:
    key = accounts.log_in(notebook, "Dana Wirt", 0.0, "key")
    assert accounts.session_of(notebook, key, 400 * DAY, "key")
    assert accounts.session_of(notebook, key, 1.0) is None, "a key is no browser's session"
    accounts.set_password(notebook, "Dana Wirt", WORDS + " now")
    assert accounts.session_of(notebook, key, 1.0, "key") is None
    accounts.remove(notebook, "Dana Wirt")
    assert accounts.accounts(notebook) == []
    with pytest.raises(BadValue):
        accounts.log_in(notebook, "Dana Wirt", 0.0)


def test_who_guesses_waits_longer_each_time(notebook) -> None:
    tried, now, waits = guesses.subjects("Dana Wirt", "192.0.2.1"), 0.0, []
    for _ in range(14):
        guesses.failed(notebook, tried, now)
        waits.append(guesses.wait(notebook, tried, now))
        now += waits[-1]
    assert waits[:3] == [0, 0, 0]
    assert waits[3:8] == [2, 4, 8, 16, 32]
    assert waits == sorted(waits)
    assert max(waits) == 900
    assert guesses.wait(notebook, guesses.subjects("Dana Wirt", "198.51.100.9"), now - 1) > 0, (
        "whoever tries the account"
    )
    guesses.failed(notebook, tried, now)
    assert guesses.wait(notebook, guesses.subjects("Other", "192.0.2.1"), now) > 0, "whatever the address tries"
    assert guesses.wait(notebook, guesses.subjects("Other", "198.51.100.9"), now) == 0


def test_an_own_account_opens_no_way_to_others(notebook) -> None:
    """Between guesses the guesser logs in as itself."""
    own, other = guesses.subjects("Mallow", "192.0.2.1"), guesses.subjects("Dana Wirt", "192.0.2.1")
    for _ in range(12):
        guesses.failed(notebook, other, 0.0)
        guesses.failed(notebook, own, 0.0)
        guesses.succeeded(notebook, own)
    assert guesses.wait(notebook, other, 0.0) > 300
