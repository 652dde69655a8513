"""What is shown on stderr while pages are added or an archive is proved, and the short account when all is done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from stemma.archive.views import Totals
from stemma.show.lines import counted
from stemma.show.plain import shortened
from stemma.show.terminal.console import Screen

_COUNTED = ("pages", "statements", "speakers", "relays", "problems")
_ADDRESS = 60  #: characters of an address that is shown beside the bar

_MEGABYTE = 1_000_000
_BYTES = "captures"  #: the part that is counted in bytes
_TITLES = {"captures": "captures", "pages": "pages", "facts": "records of no page", "indexes": "indexes"}


class Work:
    """Called with pages read, pages to read (``None``: not known yet) and problems; remembers the last of each."""

    def __init__(self, progress: Progress, first: str) -> None:
        self.done = self.problems = 0
        self._began = time.monotonic()
        self._progress = progress
        self._task = progress.add_task(first, total=None, account="", count="")

    def fetching(self, address: str) -> None:
        """Show which page is being asked for."""
        self._progress.update(self._task, description=f"fetching {escape(shortened(address, _ADDRESS))}")

    def keeping(self, pages: int, problems: int) -> None:
        """Show how many pages came, how fast, and how many entries were none."""
        rate = f"{pages / max(time.monotonic() - self._began, 0.1):,.0f} a second"
        account = f"{rate}, {counted(problems, 'problems')}" if problems else rate
        self._progress.update(self._task, count=counted(pages, "pages"), account=account)

    def gauging(self, done: int, total: int | None) -> None:
        """Show how much of all there is to read is read, from which the time that is left follows."""
        self._progress.update(self._task, completed=done, total=total)

    def __call__(self, done: int, total: int | None, problems: int) -> None:
        """Show how far the work is."""
        self.done, self.problems = done, problems
        account = counted(problems, "problems") if problems else ""
        doing = "comparing names and words" if done == total else "reading pages"
        count = f"{done:,}" if total is None else f"{done:,} of {total:,}"
        self._progress.update(self._task, completed=done, total=total, account=account, description=doing, count=count)


@contextmanager
def working(screen: Screen, first: str = "keeping captures") -> Iterator[Work]:
    """A progress bar with counts, time and the time left, gone when the work is done; none where there is no terminal.

    ``first``: what is done before the first count is known.
    """
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(), TimeRemainingColumn(), TextColumn("{task.fields[account]}", style="unknown"),
    )  # fmt: skip
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        yield Work(progress, first)


def summary(held: Totals, work: Work, problems: int, seconds: float, note: str = "") -> RenderableType:
    """What was read and what the archive now holds, with the way on; ``note``: what else must be said of it."""
    rate = f" in {seconds:.1f} s ({work.done / seconds:,.0f} a second)" if work.done and seconds > 0 else ""
    counts = Text("The archive holds ").append_text(_counts(held)).append(".")
    way_on = Text(_way_on(held), "label")
    if problems:
        way_on = Text(f"{counted(problems, 'new problems')}: stemma show problems. ", "unknown") + way_on
    read = f"Read {counted(work.done, 'pages')}{rate}." if work.done else "Nothing new to read."
    return Group(Text(read), counts, *([Text(note, "unknown")] if note else []), way_on)


def _way_on(held: Totals) -> str:
    if not held.pages:
        return "Next: stemma add with files or folders of pages (.html, .txt, .zip, .gz, .jsonl)"
    return "Next: stemma find WORDS, stemma serve"


def _counts(held: Totals) -> Text:
    return Text(", ").join(Text(counted(getattr(held, name), name)) for name in _COUNTED)


class Proving:
    """Called with a part, how much of it is proved and how much there is."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._part = ""
        self._began = 0.0
        self._task = progress.add_task("the file", total=None, account="")

    def __call__(self, part: str, done: int, total: int) -> None:
        """Show how far the proof is."""
        if part != self._part:
            self._part, self._began = part, time.monotonic()
            self._progress.remove_task(self._task)
            self._task = self._progress.add_task(_TITLES.get(part, part), total=total, account="")
        seconds = time.monotonic() - self._began
        self._progress.update(self._task, completed=done, total=total, account=account(part, done, total, seconds))


def account(part: str, done: int, total: int, seconds: float) -> str:
    """How much of a part is done, of how much, and how fast."""
    if part == _BYTES:
        rate = f", {done / _MEGABYTE / seconds:,.0f} MB/s" if seconds > 0 else ""
        return f"{done / _MEGABYTE:,.1f} of {total / _MEGABYTE:,.1f} MB{rate}"
    rate = f", {done / seconds:,.0f} a second" if seconds > 0 else ""
    return f"{done:,} of {total:,}{rate}"


@contextmanager
def proving(screen: Screen) -> Iterator[Proving]:
    """A progress bar that is gone when the proof is done; nothing where there is no terminal."""
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30),
        TextColumn("{task.fields[account]}"), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        yield Proving(progress)
