"""What an archive holds and lacks on a terminal: coverage as a strip for each outlet, one outlet as a calendar.

A gap is drawn as a gap of this archive and worded so: what was published is more than what is here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from stemma.archive.views import Coverage, Gap, Sizes, Stats, Trouble, Use, Words
from stemma.show.lines import NO_OUTLET, counted, join_names, named, run_name
from stemma.show.terminal.console import cell, facts, heading
from stemma.text.periods import DAY, MONTH, YEAR, period_name, period_number

_SIZES = {"day": DAY, "month": MONTH, "year": YEAR}
_ROWS, _KINDS, _GAPS = 24, 10, 6  #: outlets, kinds of problem and gaps of an outlet shown before "and N more"
_NAME = 20  #: columns of an outlet's name
_BESIDE = 30  #: columns beside a strip: name, pages, days and the room between
_LEAST = 12  #: columns of the narrowest strip
_OUTLIERS = 0.005  #: share of the pages at either end that a strip may leave out where it would be squeezed
_FULL = 0.95  #: share of the columns that are no higher than a full one
_SQUEEZED = 3  #: periods to a column from which on it does
_STEPS = {MONTH: (1, 2, 3, 6, 12), DAY: (1, 7, 14, 28)}  #: periods to a column that fit into years or weeks
_MANY_DAYS = 400  #: more days than this are ruled by years, not months
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


class Marks(NamedTuple):
    """What is drawn for few to many pages, and for a gap."""

    heights: str
    gap: str


BLOCKS, DIGITS = Marks("▁▂▃▄▅▆▇█", "·"), Marks("12345678", ".")  #: digits where the screen knows no blocks


class Axis(NamedTuple):
    """Which periods the columns of a strip stand for."""

    first: int  #: number of the first period
    last: int
    step: int  #: periods to a column
    size: int  #: characters of a period's name

    @property
    def columns(self) -> int:
        """How many columns that makes."""
        return (self.last - self.first) // self.step + 1


def account(view: Stats, covered: Sequence[Coverage], width: int, marks: Marks = BLOCKS) -> RenderableType:
    """The whole account: counts, coverage of each outlet, problems, sizes, runs, people's words."""
    return Group(
        _counts(view),
        *_coverage(covered, width, marks),
        heading("Pages"),
        facts([*_pages(view)]),
        heading(f"Problems ({sum(each.count for each in view.troubles):,})"),
        _troubles(view.troubles),
        heading("On disk"),
        facts([*_sizes(view)]),
        heading("Runs"),
        _runs(view.runs),
        heading("People's words"),
        Text(_words(view.words), "" if any(_counted_words(view.words)) else "label"),
    )


def _counts(view: Stats) -> Text:
    counts = ((view.pages, "pages"), (view.documents, "with text"), (view.statements, "statements"))
    found = Text("   ").join(_figure(number, noun) for number, noun in (*counts, (view.outlets, "outlets")))
    return Text("The archive holds  ").append_text(found)


def _figure(number: int, noun: str) -> Text:
    return Text(f"{number:,}", "number").append(f" {noun.removesuffix('s') if number == 1 else noun}", "label")


# Coverage


def _coverage(covered: Sequence[Coverage], width: int, marks: Marks) -> Iterator[RenderableType]:
    dated = [each for each in covered if each.periods]
    axis = axis_of(dated, max(_LEAST, width - _BESIDE)) if dated else None
    by = covered[0].by if covered else "month"
    yield heading(f"Coverage by {by} of publication")
    if not covered:
        yield Text("No page is in this archive yet; add pages with: stemma add PAGES", "label")
        return
    yield _strips(covered[:_ROWS], axis, marks)
    if len(covered) > _ROWS:
        yield Text(f"and {len(covered) - _ROWS:,} more outlets: --json tells all, --outlet NAME one", "label")
    if axis is None:
        yield Text("No page here has a day of publication.", "label")
        return
    yield Text(_legend(axis, by, marks), "label")
    if outside := _outside(dated, axis):
        yield Text(f"{counted(outside, 'pages')} of days far from all others are not drawn.", "unknown")
    yield from gaps(covered[:_ROWS], by)


def axis_of(covered: Sequence[Coverage], room: int) -> Axis:
    """From the first to the last period, in at most ``room`` columns.

    Where stray days would squeeze it, the outermost pages are left out.
    """
    size = _SIZES[covered[0].by]
    pages: dict[int, int] = {}
    for period in (period for each in covered for period in each.periods):
        number = period_number(period.name)
        pages[number] = pages.get(number, 0) + period.pages
    numbers = sorted(pages)
    axis = _axis(numbers[0], numbers[-1], room, size)
    if axis.step < _SQUEEZED:
        return axis
    sums = list(accumulate(pages[number] for number in numbers))
    inner = [number for number, total in zip(numbers, sums, strict=True) if _is_inner(total, pages[number], sums[-1])]
    return _axis(inner[0], inner[-1], room, size) if inner else axis


def _is_inner(total: int, own: int, whole: int) -> bool:
    """Whether pages stand between the outermost ones, by how many there are up to them."""
    return total > _OUTLIERS * whole and total - own < (1 - _OUTLIERS) * whole


def _axis(first: int, last: int, room: int, size: int) -> Axis:
    """In steps that fit into years or weeks, where such steps are long enough."""
    least = -(-(last - first + 1) // room)
    step = next((step for step in _STEPS.get(size, ()) if step >= least), least)
    return Axis(first - (first % step if size == MONTH else 0), last, step, size)


def _strips(covered: Sequence[Coverage], axis: Axis | None, marks: Marks) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=_NAME, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right", style="number", no_wrap=True)
    table.add_column(no_wrap=True, overflow="crop")
    table.add_row("", Text("pages", "label"), _ruler(axis) if axis else "")
    for each in covered:
        table.add_row(_name(each), f"{each.pages:,}", strip(each, axis, marks) if axis else "")
    return table


def _name(view: Coverage) -> Text:
    return cell(named(view.outlet), "hop") if view.outlet else Text(NO_OUTLET, "unknown")


def _ruler(axis: Axis) -> Text:
    """Years, or what else begins a row of periods, above the columns where they begin."""
    row = [" "] * axis.columns
    free = 0
    for column in range(axis.columns):
        name = period_name(axis.first + column * axis.step, axis.size)
        before = period_name(axis.first + (column - 1) * axis.step, axis.size) if column else ""
        mark = name[:YEAR] if axis.size < DAY or axis.columns * axis.step > _MANY_DAYS else name[:MONTH]
        if mark != before[: len(mark)] and free <= column <= axis.columns - len(mark):
            row[column : column + len(mark)] = mark
            free = column + len(mark) + 1
    return Text("".join(row), "label")


def strip(view: Coverage, axis: Axis, marks: Marks) -> Text:
    """One character a column: how many pages, a dot for a gap, a blank before the first and after the last page."""
    pages = [0] * axis.columns
    for period in view.periods:
        if axis.first <= (number := period_number(period.name)) <= axis.last:
            pages[(number - axis.first) // axis.step] += period.pages
    most = full([count for count in pages if count])
    filled = [column for column, count in enumerate(pages) if count]
    drawn = Text()
    for column, count in enumerate(pages):
        if count:
            drawn.append(height(count, most, marks))
        elif filled and filled[0] < column < filled[-1]:
            drawn.append(marks.gap, "unknown")
        else:
            drawn.append(" ")
    return drawn


def full(counts: Sequence[int]) -> int:
    """The count that fills a column: one or two days of a flood would press all others flat."""
    return sorted(counts)[ceil(_FULL * (len(counts) - 1))] if counts else 0


def height(count: int, most: int, marks: Marks) -> str:
    """The mark of a count; ``most`` and more fill the column."""
    return marks.heights[min(len(marks.heights), -(-count * len(marks.heights) // most)) - 1]


def _legend(axis: Axis, by: str, marks: Marks) -> str:
    return (
        f"A column is {counted(axis.step, f'{by}s')}: {marks.heights[0]} few pages, {marks.heights[-1]} many for this "
        f"outlet, {no_page(marks)}"
    )


def no_page(marks: Marks) -> str:
    """What a gap means."""
    return f"{marks.gap} no page of this outlet is in this archive. That says nothing of what was published."


def _outside(covered: Sequence[Coverage], axis: Axis) -> int:
    periods = (period for each in covered for period in each.periods)
    return sum(each.pages for each in periods if not axis.first <= period_number(each.name) <= axis.last)


def gaps(covered: Sequence[Coverage], by: str) -> Iterator[RenderableType]:
    """The gaps of each outlet, or that there are none."""
    rows = [(named(each.outlet or NO_OUTLET), _gaps(each.gaps)) for each in covered if each.gaps]
    if rows:
        yield heading(f"Gaps: {by}s between two others of which no page of the outlet is in this archive")
        yield facts([*rows])
    elif any(each.periods for each in covered):
        yield Text(f"No gaps: each {by} between the first and the last of an outlet has a page.", "label")


def _gaps(gaps: Sequence[Gap]) -> str:
    """The longest gaps, in order of time."""
    shown = sorted(sorted(gaps, key=lambda gap: -gap.periods)[:_GAPS], key=lambda gap: gap.first)
    more = f", and {counted(len(gaps) - len(shown), 'shorter ones')}" if len(gaps) > len(shown) else ""
    return ", ".join(map(_gap, shown)) + more


def _gap(gap: Gap) -> str:
    return gap.first if gap.periods == 1 else f"{gap.first} to {gap.last} ({gap.periods:,})"


# The rest


def _pages(view: Stats) -> Iterator[tuple[str, str | None]]:
    languages = [f"{name or 'not known'} {count:,}" for name, count in view.languages]
    yield "languages", ", ".join(languages) or "none known"
    yield "undated", f"{counted(view.undated, 'pages')} without a day of publication" if view.undated else "none"
    yield "no outlet", f"{counted(view.outletless, 'pages')} of which it is not known" if view.outletless else "none"
    lost = view.pages - view.documents
    yield "no text", f"{counted(lost, 'pages')} kept that could not be read or were withdrawn" if lost else None
    reserved = join_names([f"{name} on {counted(count, 'pages')}" for name, count in view.reservations])
    yield "reserved", reserved or "nothing"


def _troubles(found: Sequence[Trouble]) -> RenderableType:
    if not found:
        return Text("None: everything that was added could be read.", "label")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="number")
    table.add_column(style="hop")
    table.add_column(ratio=1, overflow="fold")
    for each in found[:_KINDS]:
        table.add_row(f"{each.count:,}", cell(each.stage), cell(each.cause).append(f"  {each.example}", "id"))
    more = [Text(f"and {len(found) - _KINDS:,} more kinds: --json tells all", "label")] if len(found) > _KINDS else []
    return Group(table, *more, Text("One by one: stemma show problems", "label"))


def _sizes(view: Stats) -> Iterator[tuple[str, str]]:
    sizes: Sizes = view.sizes
    yield "captures", f"{_amount(sizes.captures)} for {counted(view.pages, 'pages')} of {_amount(sizes.payload)}"
    yield "database", f"{_amount(sizes.database)} for {counted(sizes.text, 'characters')} of text"


def _amount(number: float) -> str:
    """Bytes with a unit of powers of ten (IEC 80000-13)."""
    unit = 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:,.0f} {_UNITS[unit]}" if unit == 0 or number >= 100 else f"{number:.1f} {_UNITS[unit]}"


def _runs(uses: Sequence[Use]) -> RenderableType:
    if not uses:
        return Text("None yet.", "label")
    names = [run_name(use.run) for use in uses if use.latest]
    earlier = [(run_name(use.run), _pages_of(use)) for use in uses if not use.latest]
    rows: list[tuple[str, str]] = [("in force", ", ".join(names))]
    rows += [("earlier", ", ".join(f"{name}{pages}" for name, pages in earlier))] if earlier else []
    way_on = [Text("Bring them up to date: stemma upgrade", "unknown")] if any(pages for _, pages in earlier) else []
    return Group(facts([*rows]), *way_on)


def _pages_of(use: Use) -> str:
    return f" ({counted(use.pages, 'pages')} rest on it)" if use.pages else ""


def _counted_words(words: Words) -> Iterator[str]:
    for number, noun in (
        (words.corrections, "corrections"), (words.judgements, "judgements"), (words.withdrawals, "withdrawals"),
        (words.redactions, "redactions"),
    ):  # fmt: skip
        if number:
            yield counted(number, noun)
    if words.undone:
        yield f"{words.undone:,} taken back"


def _words(words: Words) -> str:
    return ", ".join(_counted_words(words)) or "Nobody has corrected, judged or withdrawn anything here."
