"""What became of a page from capture to capture, by year, month and day; and when nobody could have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from stemma.archive.views import Article
from stemma.records import Page, Role, Statement, prose

#: What a capture is beside the one before it, or why there is none.
State = Literal["first", "unchanged", "text changed", "title changed", "redirected", "not reachable"]
#: The sign of each: never by colour alone.
SIGNS: dict[State, str] = {
    "first": "◆", "unchanged": "○", "text changed": "●", "title changed": "◐", "redirected": "↪", "not reachable": "×",
}  # fmt: skip
#: Parts whose words are the page's own.
_TEXT: tuple[Role, ...] = ("dateline", "body", "turn", "caption")
_UNKNOWN = "time not stated"
#: What a watch observed and what is a capture here, or is that of the one before.
_OBSERVED = frozenset({"new", "changed", "same"})
_MOVED = ("redirect", "moved")  #: how the watch words that an address leads elsewhere


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment at which the page was asked for."""

    at: str | None  #: ISO instant; None: the capture states no time
    state: State
    number: int = 0  #: of the capture, from 1; 0: there is none
    article: Article | None = None
    told: str = ""  #: why there is none

    @property
    def day(self) -> str:
        """ISO day, or that the time is not stated."""
        return self.at[:10] if self.at else _UNKNOWN


def entries(pages: Sequence[Article], observed: Sequence[tuple[str, str]] = ()) -> list[Entry]:
    """Captures in their order, and what a watch observed besides: when, and with what outcome."""
    found = [
        Entry(page.snapshot.fetched, _state(pages, place), place + 1, page) for place, page in enumerate(pages)
    ]  # fmt: skip
    missed = [
        Entry(at, "redirected" if any(word in told for word in _MOVED) else "not reachable", told=told)
        for at, told in observed
        if told not in _OBSERVED
    ]
    dated = sorted([each for each in found if each.at] + missed, key=lambda each: each.at or "")
    return [*dated, *(each for each in found if not each.at)]


def _state(pages: Sequence[Article], place: int) -> State:
    if not place:
        return "first"
    before, page = pages[place - 1], pages[place]
    if (before.title or "") != (page.title or ""):
        return "title changed"
    return "unchanged" if _words(before) == _words(page) else "text changed"


def _words(page: Article) -> str:
    text = page.document.text
    found = prose(Page(page.document, page.labels, page.fields), _TEXT)
    return "".join("".join(text[each.start : each.end].split()) for each in found)


def by_day(found: Sequence[Entry]) -> Iterator[tuple[str, str, list[tuple[str, list[Entry]]]]]:
    """Year, month and the entries of its days, in order; what states no time comes last, in a year of its own."""
    for (year, month), entries_ in groupby(
        found, key=lambda each: (each.day[:4], each.day[5:7]) if each.at else ("", "")
    ):
        yield year, month, [(day, list(own)) for day, own in groupby(entries_, key=lambda each: each.day)]


def bars(found: Sequence[Entry]) -> list[tuple[str, int, int]]:
    """How many captures, and how many vain attempts, fall into each month from the first to the last."""
    months = sorted({each.day[:7] for each in found if each.at})
    if not months:
        return []
    counted = {month: [0, 0] for month in _between(months[0], months[-1])}
    for each in found:
        if each.at and each.day[:7] in counted:
            counted[each.day[:7]][each.number == 0] += 1
    return [(month, captures, missed) for month, (captures, missed) in counted.items()]


def _between(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (month_ := f"{year:04}-{month:02}") <= last:
        yield month_
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def holding(pages: Sequence[Article], phrase: str) -> list[int]:
    """Numbers of the captures whose page holds a phrase, however its blanks are set."""
    sought = "".join(phrase.split())
    return [n for n, page in enumerate(pages, 1) if sought and sought in "".join(page.document.text.split())]


@dataclass(frozen=True, slots=True)
class Presence:
    """In which captures of its page the words of a statement stand."""

    present: tuple[int, ...]  #: numbers from 1
    absent: tuple[int, ...]
    newest: str | None  #: stated time of the newest capture

    @property
    def gone(self) -> bool:
        """Whether the newest capture has them no more."""
        return bool(self.absent) and self.absent[-1] > (self.present[-1] if self.present else 0)

    @property
    def told(self) -> str:
        """It in words: "present in captures 1–3, absent in 4"."""
        return f"present in {_captures(self.present)}, absent in {_captures(self.absent, short=True)}"


def presence(pages: Sequence[Article], statement: Statement) -> Presence | None:
    """Where the words of a statement stand, blanks apart; ``None`` for a page of one capture."""
    if len(pages) < 2:
        return None
    found = set.intersection(*(set(holding(pages, piece.exact)) for piece in statement.content))
    present = tuple(sorted(found))
    absent = tuple(n for n in range(1, len(pages) + 1) if n not in found)
    return Presence(present, absent, pages[-1].snapshot.fetched)


def _captures(numbers: Sequence[int], *, short: bool = False) -> str:
    """Captures told as "captures 1–3 and 5"; ``short``: the numbers alone."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    listed = " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)
    return listed or "none" if short else f"capture{'s' if len(numbers) != 1 else ''} {listed or 'none'}"
