"""Wrong passwords: who guesses waits, and longer each time. Instants are seconds since 1970."""

from __future__ import annotations

from stemma.notebook.notebook import Notebook

_FREE = {
    "account": 3,
    "address": 10,
}  #: wrong passwords in a row without a wait: people mistype; offices share an address
_FIRST = 2.0  #: seconds of the first wait; each next one is twice as long
_LONGEST = 900.0  #: seconds: at most 96 guesses a day, and an owner whom others lock out waits no longer than that
_FORGOTTEN = 86_400.0  #: seconds after the last wait when a row of failures is forgotten


def subjects(account: str, address: str) -> tuple[str, str]:
    """What a guess counts against: the account that is tried and the address from which."""
    return f"account {account[:200]}", f"address {address[:100]}"


def wait(notebook: Notebook, tried: tuple[str, ...], now: float) -> float:
    """Seconds until the next password of these may be tried; 0: now."""
    marks = ", ".join("?" * len(tried))
    rows = notebook.rows(f"SELECT max(until) FROM guess WHERE subject IN ({marks})", *tried)  # noqa: S608 (marks)
    return max(0.0, (rows[0][0] or 0.0) - now)


def failed(notebook: Notebook, tried: tuple[str, ...], now: float) -> None:
    """Count a wrong password against each of these; counted before it is proved, so that guesses at once wait too."""
    with notebook.writing():
        notebook.run("DELETE FROM guess WHERE until < ?", now - _FORGOTTEN)
        for subject in tried:
            rows = notebook.rows("SELECT failures FROM guess WHERE subject = ?", subject)
            failures = (rows[0][0] if rows else 0) + 1
            over = failures - _FREE[subject.partition(" ")[0]]
            until = now + (min(_LONGEST, _FIRST * 2.0 ** min(over - 1, 20)) if over > 0 else 0.0)
            notebook.run("INSERT OR REPLACE INTO guess VALUES (?, ?, ?)", subject, failures, until)


def succeeded(notebook: Notebook, tried: tuple[str, str]) -> None:
    """Forget what failed for the account; of the address only this guess, or one account would open the way to all."""
    account, address = tried
    notebook.run("DELETE FROM guess WHERE subject = ?", account)
    notebook.run("UPDATE guess SET failures = failures - 1, until = 0 WHERE subject = ?", address)
