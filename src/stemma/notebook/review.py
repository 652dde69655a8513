"""The log of the review desk: what was decided, by whom, and how often people agreed with what was derived."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple, get_args

from stemma.notebook.notebook import Notebook

#: accepted: what was derived is confirmed; changed: something else was said; passed: left for later; seen: read.
Deed = Literal["accepted", "changed", "passed", "seen"]
_PAUSE = timedelta(hours=1)  #: without a decision, after which a sitting has ended
_KEPT = 5_000  #: things passed over that are not asked for again in a sitting


class Decision(NamedTuple):
    """One decision."""

    row: int  #: 0: not kept yet
    queue: str
    about: str  #: id of the record
    deed: Deed
    word: str  #: id of the correction or judgement; "" where nothing was said
    by: str
    at: str  #: ISO 8601 instant


class Score(NamedTuple):
    """How far a queue came: all decisions that hold, those of one person's sitting, and agreement."""

    done: int
    sitting: int
    accepted: int
    changed: int

    @property
    def agreement(self) -> float | None:
        """Share of the decisions that confirm what was derived; None: there is none."""
        whole = self.accepted + self.changed
        return self.accepted / whole if whole else None


def decide(notebook: Notebook, decision: Decision) -> int:
    """Note a decision; its row."""
    return notebook.run(
        "INSERT INTO decision (queue, about, deed, word, by, at) VALUES (?, ?, ?, ?, ?, ?)", *decision[1:]
    )


def last(notebook: Notebook, by: str) -> Decision | None:
    """The newest decision of somebody that was not taken back; None: there is none."""
    found = notebook.rows(
        "SELECT row, queue, about, deed, word, by, at FROM decision WHERE by = ? AND NOT undone "
        "ORDER BY row DESC LIMIT 1", by,
    )  # fmt: skip
    return Decision(*found[0]) if found else None


def take_back(notebook: Notebook, row: int) -> None:
    """Note that a decision was taken back."""
    notebook.run("UPDATE decision SET undone = 1 WHERE row = ?", row)


def began(notebook: Notebook, by: str, now: str) -> str:
    """When somebody's sitting began: the first decision without a long pause since; ``now`` where there is none."""
    first = now
    for (at,) in notebook.rows("SELECT at FROM decision WHERE by = ? ORDER BY row DESC LIMIT ?", by, _KEPT):
        if _moment(first) - _moment(at) > _PAUSE:
            break
        first = at
    return first


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


def passed(notebook: Notebook, queue: str, by: str, since: str) -> set[str]:
    """What somebody left for later or has read in this sitting, and what anybody has read."""
    rows = notebook.rows(
        "SELECT about FROM decision WHERE queue = ?1 AND NOT undone AND (deed = 'seen' OR "
        "(deed = 'passed' AND by = ?2 AND at >= ?3)) ORDER BY row DESC LIMIT ?4", queue, by, since, _KEPT,
    )  # fmt: skip
    return {about for (about,) in rows}


def score(notebook: Notebook, queue: str, by: str, since: str) -> Score:
    """How far a queue came."""
    rows = notebook.rows(
        "SELECT deed, count(*), sum(by = ?2 AND at >= ?3) FROM decision WHERE queue = ?1 AND NOT undone GROUP BY deed",
        queue, by, since,
    )  # fmt: skip
    counts = dict.fromkeys(get_args(Deed), 0) | {deed: count for deed, count, _ in rows}
    done = sum(counts.values()) - counts["passed"]
    sitting = sum(int(own) for deed, _, own in rows if deed != "passed")
    return Score(done, sitting, counts["accepted"], counts["changed"])
