"""What is shown on stderr while pages are added, and the short account when all is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from stemma.archive.views import Totals
from stemma.show.lines import counted
from stemma.show.terminal.console import Screen

_COUNTED = ("pages", "statements", "speakers", "relays", "problems")


class Work:
    """Called with pages read, pages to read (``None``: not known yet) and problems; remembers the last of each."""

    def __init__(self, progress: Progress) -> None:
        self.done = self.problems = 0
        self._progress = progress
        self._task = progress.add_task("keeping captures", total=None, account="")

    def __call__(self, done: int, total: int | None, problems: int) -> None:
        """Show how far the work is."""
        self.done, self.problems = done, problems
        account = counted(problems, "problems") if problems else ""
        doing = "comparing names and words" if done == total else "reading pages"
        self._progress.update(self._task, completed=done, total=total, account=account, description=doing)


@contextmanager
def working(screen: Screen) -> Iterator[Work]:
    """A progress bar with counts and time that is gone when the work is done; nothing where there is no terminal."""
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), MofNCompleteColumn(),
        TimeElapsedColumn(), TextColumn("{task.fields[account]}", style="unknown"),
    )  # fmt: skip
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        yield Work(progress)


def summary(held: Totals, work: Work, problems: int, seconds: float) -> RenderableType:
    """What was read and what the archive now holds, with the way on."""
    rate = f" in {seconds:.1f} s ({work.done / seconds:,.0f} a second)" if work.done and seconds > 0 else ""
    counts = Text("The archive holds ").append_text(_counts(held)).append(".")
    way_on = Text(_way_on(held), "label")
    if problems:
        way_on = Text(f"{counted(problems, 'new problems')}: stemma show problems. ", "unknown") + way_on
    read = f"Read {counted(work.done, 'pages')}{rate}." if work.done else "Nothing new to read."
    return Group(Text(read), counts, way_on)


def _way_on(held: Totals) -> str:
    if not held.pages:
        return "Next: stemma add with files or folders of pages (.html, .txt, .zip, .gz, .jsonl)"
    return "Next: stemma find WORDS, stemma serve"


def _counts(held: Totals) -> Text:
    return Text(", ").join(Text(counted(getattr(held, name), name)) for name in _COUNTED)
