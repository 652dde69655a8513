"""Statements in order of time, each with what its day rests on."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stemma.archive.views import Moment
from stemma.show.lines import QUOTATION
from stemma.show.terminal.console import cell
from stemma.show.terminal.statements import statement_text

_NARROW = 72  #: columns that the tables need: a day, a name, an id and some words
#: What a day is to a statement, in a word.
_BASIS = {"said": "said", "published": "by"}
LEGEND = (
    "said: the page tells that day; by: the page was published on it and tells no day, so it was said then or earlier"
)


class Fitting:
    """A table where the screen is wide enough for its columns, else the same as running text."""

    def __init__(self, wide: RenderableType, narrow: RenderableType) -> None:
        self._wide, self._narrow = wide, narrow

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """Choose one of the two."""
        yield self._wide if options.max_width >= _NARROW else self._narrow


def timeline(moments: Iterable[Moment], limit: int = QUOTATION, *, ids: bool = False) -> RenderableType:
    """A row for each moment, its day told once; ``limit``: characters of what was said."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="number", no_wrap=True)
    table.add_column(style="label", no_wrap=True)
    table.add_column(ratio=1)
    shown, narrow = "", list[RenderableType]()
    for one in moments:
        words = statement_text(one.line, limit)
        if ids:
            words.append(f"  {one.line.statement.id}", "id")
        table.add_row(cell(one.day) if one.day != shown else "", _BASIS[one.basis], words)
        narrow += [cell(one.day, "number").append(f" {_BASIS[one.basis]}", "label"), words]
        shown = one.day
    return Padding(Group(Fitting(table, Group(*narrow)), Text(LEGEND, "label")), (0, 2))
