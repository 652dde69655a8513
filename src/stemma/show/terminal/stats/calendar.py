"""The pages of one outlet as a calendar: decades of years, years of months, or months of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from stemma.archive.views import Coverage
from stemma.show.lines import NO_OUTLET, counted, named
from stemma.show.terminal.console import facts, heading
from stemma.show.terminal.stats.account import BLOCKS, Marks, full, gaps, height, no_page
from stemma.text.periods import YEAR, period_name, period_number

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIGITS = tuple("0123456789")
_DAYS = 31
_RULER = "1   5    10   15   20   25   30 "


def calendar(view: Coverage, marks: Marks = BLOCKS) -> RenderableType:
    """What is here of one outlet, period by period."""
    return Group(
        Text(named(view.outlet or NO_OUTLET), "heading"),
        facts([*_facts(view)]),
        heading(f"Pages by {view.by} of publication"),
        _grid(view, marks) if view.periods else Text("No page of this outlet has a day of publication.", "label"),
        Text(no_page(marks), "label"),
        *gaps([view], view.by),
    )


def _facts(view: Coverage) -> Iterator[tuple[str, str | None]]:
    yield "pages", f"{view.pages:,}, with {counted(view.statements, 'statements')}"
    if view.first and view.last:
        yield "published", f"{view.first} to {view.last}, on {counted(view.days, 'days')}"
    yield "undated", f"{view.undated:,}" if view.undated else None
    yield "vague", f"{counted(view.vague, 'pages')} dated more coarsely, in no {view.by}" if view.vague else None


def _grid(view: Coverage, marks: Marks) -> Table:
    """A row for each year of months; rows that have no page at all are one row together."""
    rows: dict[str, dict[str, int]] = {}
    for period in view.periods:
        rows.setdefault(_row_of(period.name), {})[period.name] = period.pages
    cells, before = _Cells(view, marks), ""
    table = _empty_table(cells)
    for row, pages in rows.items():
        if before and (name := _between(before, row)):
            table.add_row(Text(name, "label"), *cells.gap)
        table.add_row(Text(_name_of(row), "hop"), *cells.row(row, pages), f"{sum(pages.values()):,}")
        before = row
    return table


def _empty_table(cells: _Cells) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    for above in cells.headings:
        table.add_column(justify="left" if above == _RULER else "right", no_wrap=True)
    table.add_column(justify="right", style="number", no_wrap=True)
    table.add_row("", *(Text(name, "label") for name in cells.headings), Text("pages", "label"))
    return table


def _row_of(period: str) -> str:
    """The row that a period stands in: the decade of a year, the year of a month, the month of a day."""
    return period[:3] if len(period) == YEAR else period[:-3]


def _name_of(row: str) -> str:
    return row if len(row) >= YEAR else f"{row}0s"


def _between(before: str, row: str) -> str:
    """The names of the rows between two; empty where there are none."""
    if len(row) < YEAR:
        first, last = int(before) + 1, int(row) - 1
        names = [f"{number:03}0s" for number in (first, last)]
    else:
        first, last = period_number(before) + 1, period_number(row) - 1
        names = [period_name(number, len(row)) for number in (first, last)] if first <= last else []
    return " to ".join(dict.fromkeys(names)) if first <= last else ""


class _Cells:
    """Draws years and months as counts, days as heights without room between: 31 counts are wider than a screen."""

    def __init__(self, view: Coverage, marks: Marks) -> None:
        self._by, self._marks = view.by, marks
        self._full = full([period.pages for period in view.periods])
        self._inside = range(period_number(view.periods[0].name), period_number(view.periods[-1].name) + 1)
        self._columns = {"year": len(_DIGITS), "month": len(_MONTHS)}.get(view.by, _DAYS)

    @property
    def headings(self) -> Sequence[str]:
        """What stands above the columns; all days are one."""
        return {"year": _DIGITS, "month": _MONTHS}.get(self._by, (_RULER,))

    @property
    def gap(self) -> list[Text]:
        """A row without any page."""
        return self._together([Text(self._marks.gap, "unknown")] * self._columns)

    def row(self, row: str, pages: dict[str, int]) -> list[Text]:
        """The cells of a row."""
        return self._together([self._cell(row, column, pages) for column in range(self._columns)])

    def _together(self, cells: list[Text]) -> list[Text]:
        return [Text("").join(cells)] if self._by == "day" else cells

    def _cell(self, row: str, column: int, pages: dict[str, int]) -> Text:
        """One period: its pages, a gap, or nothing before the first, after the last and where there is no such day."""
        name = f"{row}{column}" if self._by == "year" else f"{row}-{column + 1:02}"
        if name in pages:
            return Text(height(pages[name], self._full, self._marks) if self._by == "day" else _short(pages[name]))
        try:
            return Text(self._marks.gap, "unknown") if period_number(name) in self._inside else Text(" ")
        except ValueError:  # the 30th of February
            return Text(" ")


def _short(number: int) -> str:
    """A count in at most five characters, thousands as "12k"."""
    return str(number) if number < 10_000 else f"{number // 1000}k"
