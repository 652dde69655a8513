"""The screen: a console that takes no markup from pages and lets a broken pipe through to the caller."""

from __future__ import annotations

import os
from typing import IO, Any, NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from stemma.show.plain import one_line, plain

#: Columns of what is printed to something that is no terminal.
PAPER = 100
#: On a wide screen lines of text stay readable: 100 columns hold about 16 words.
WIDEST = 110

THEME = Theme({
    "speaker": "bold", "hop": "cyan", "verb": "italic", "words": "", "unknown": "yellow", "id": "dim", "label": "dim",
    "heading": "bold cyan", "quote": "italic", "removed": "red strike", "added": "green underline", "number": "bold",
    "rule": "dim cyan", "mark": "bold magenta",
})  # fmt: skip


class Screen(Console):
    """A rich console; a reader who closes the pipe ends the output and nothing else."""

    def print(self, *objects: Any, **how: Any) -> None:  # noqa: ANN401 - what rich's own prints takes
        """Print; into a file without the blanks that fill a terminal's lines."""
        if self.is_terminal:
            super().print(*objects, **how)
            return
        with self.capture() as captured:
            super().print(*objects, **how)
        self.file.write("".join(f"{row.rstrip(' ')}\n" for row in captured.get().removesuffix("\n").split("\n")))

    def on_broken_pipe(self) -> NoReturn:
        """Leave the broken pipe to whoever opened it."""
        raise BrokenPipeError


def screen(stream: IO[str], width: int | None = None) -> Screen:
    """A console on the stream: its terminal's width up to ``WIDEST``, or ``PAPER`` columns where it is no terminal."""
    columns = width or (None if stream.isatty() else _columns())
    console = Screen(file=stream, theme=THEME, width=columns, markup=False, highlight=False, emoji=False)
    console.width = min(console.width, WIDEST)
    return console


def _columns() -> int:
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() and int(told) > 0 else PAPER


def cell(words: object, style: str = "") -> Text:
    """Text of a page on one line, safe to print; what is appended to it does not take on its style."""
    return Text().append(one_line(str(words)), style)


def passage(words: str, style: str = "") -> Text:
    """Text of a page with its line ends, safe to print."""
    return Text(plain(words).expandtabs(4), style)


def heading(words: str) -> Text:
    """A heading inside a view; an empty line above it."""
    return Text("\n" + words, "heading")


def facts(rows: list[tuple[str, Text | str | None]]) -> Table:
    """Names and values in two columns; rows without a value are left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="label", min_width=10)
    table.add_column(ratio=1, overflow="fold")
    for name, value in rows:
        if value is not None:
            table.add_row(name, cell(value) if isinstance(value, str) else value)
    return table
