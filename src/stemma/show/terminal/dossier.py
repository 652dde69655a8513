"""The dossier: what a newcomer should see first of an archive, on one long page of the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from stemma.archive.views import Article, Line, Moment, Query, Unresolved, Utterance
from stemma.show import Answers
from stemma.show.chain import steps
from stemma.show.lines import NO_OUTLET, NO_TITLE, QUOTATION, between, named, outlet
from stemma.show.terminal.console import cell
from stemma.show.terminal.pages import totals
from stemma.show.terminal.statements import chain, differences_of, statement_text
from stemma.show.terminal.timeline import Fitting, timeline
from stemma.show.wording import Comparison, compare, standing

#: Rows of the timeline and of each list of what is open: the whole dossier stays within two screens.
TIMELINE = 12
OPEN = 4
_OF_ONE_PAGE = 2  #: statements of one page in the timeline
_LOOK_BACK = 200  #: newest statements that the timeline is chosen from
_LINE = 130  #: characters of a statement in the timeline: two or three rows of 100 columns
_WITNESSES = 12


def dossier(archive: Answers) -> RenderableType:
    """The most carried utterance, a timeline, what could not be told, and the counts of the archive."""
    return Group(*_dossier(archive))


def _dossier(archive: Answers) -> Iterator[RenderableType]:
    counts = archive.totals()
    yield _section("The archive")
    yield Padding(totals(counts), (0, 2))
    if not counts.statements:
        yield Text("\n  No statement is in this archive yet; add pages with: stemma add PAGES")
        return
    carried = next(iter(archive.utterances(1)), None)
    if carried:
        yield from _most_carried(carried)
    else:
        yield Text("\n  No utterance has a second witness in this archive yet.")
    yield _section("Timeline")
    yield timeline(_varied(archive.timeline(Query(limit=_LOOK_BACK)))[-TIMELINE:], _LINE)
    yield _section("What could not be told")
    yield from _open(archive.unresolved(OPEN))
    yield Text("\n  Read on: stemma show ID, stemma find WORDS, stemma serve", "label")


def _section(title: str) -> RenderableType:
    return Padding(Rule(Text(title, "heading"), align="left", style="rule"), (1, 0))


def _most_carried(utterance: Utterance) -> Iterator[RenderableType]:
    earliest = utterance.lines[0]
    compared = compare(utterance, earliest)
    yield _section(f"The most carried utterance: {len(utterance.lines)} witnesses")
    yield Panel(statement_text(earliest, 2 * QUOTATION), border_style="rule", padding=(1, 2))
    yield _witnesses(utterance, compared)
    yield Text("\n  Longest chain", "heading")
    yield chain(max(utterance.lines, key=lambda line: len(steps(line))))
    differing = [comparison for comparison in compared if comparison.kinds]
    if differing:
        yield Text("\n  Differences from W1   [-only in W1-]  {+only in the other+}\n", "heading")
        yield _differences(compared, differing)


def _witnesses(utterance: Utterance, compared: tuple[Comparison, ...]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="hop", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(style="speaker", no_wrap=True, max_width=24)
    table.add_column(ratio=1)
    table.add_column(style="id", no_wrap=True)
    rows = [(utterance.lines[0], standing(utterance))]
    rows += [(found.line, _in_short(found)) for found in compared[: _WITNESSES - 1]]
    sigla = [f"W{place}" for place in range(1, len(rows) + 1)]
    list_ = [
        Text(f"{siglum}  ", "hop") + _when(line) + _named(line, said)
        for siglum, (line, said) in zip(sigla, rows, strict=True)
    ]
    for siglum, (line, said) in zip(sigla, rows, strict=True):
        table.add_row(siglum, _when(line), outlet(line), said, line.statement.id)
    return Padding(Fitting(table, Group(*list_)), (0, 2))


def _named(line: Line, said: str) -> Text:
    return Text("  ").append(outlet(line), "speaker").append(f"  {said}  ").append(line.statement.id, "id")


def _when(line: Line) -> Text:
    return cell((line.published or "no date")[:16].replace("T", " "))


def _in_short(found: Comparison) -> str:
    """What a witness says of its source, and how its words differ, in a few words."""
    cited = " <- ".join(named(hop.name) for hop in between(found.line) if hop.kind != "reused")
    if not found.compared:
        words = "in other words"
    else:
        words = f"differs in {', '.join(found.kinds)}" if found.kinds else "same words"
    return f"cites {cited}; {words}" if cited else words


def _differences(compared: tuple[Comparison, ...], differing: list[Comparison]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="hop")
    table.add_column(ratio=1)
    for found in differing[:OPEN]:
        table.add_row(f"W{compared.index(found) + 2}", differences_of(found).append("\n"))
    return Padding(table, (0, 2))


def _varied(moments: Iterable[Moment]) -> list[Moment]:
    """The first moments of each page only: a long speech does not fill the timeline."""
    seen: Counter[str] = Counter()
    kept = []
    for one in moments:
        seen[one.line.statement.document] += 1
        if seen[one.line.statement.document] <= _OF_ONE_PAGE:
            kept.append(one)
    return kept


def _open(unresolved: Unresolved) -> Iterator[RenderableType]:
    yield from _open_list("Speaker not identified", [statement_text(line, _LINE) for line in unresolved.speakers])
    yield from _open_list("Date not known", [_page(article) for article in unresolved.undated])
    yield from _open_list("Outlet not known", [_page(article) for article in unresolved.outletless])
    yield from _open_list(
        "Perhaps the same, perhaps not",
        [_pair(left, right, found.reasons) for found, left, right in unresolved.unsure],
    )


def _open_list(title: str, rows: list[Text]) -> Iterator[RenderableType]:
    if rows:
        yield Text(f"  {title}", "unknown")
        yield from (Padding(row, (0, 2, 0, 4)) for row in rows[:OPEN])
        yield Text("")


def _page(article: Article) -> Text:
    named = cell(article.title or NO_TITLE).append(f", {cell(article.outlet or NO_OUTLET)}", "label")
    return named.append(f"  {article.document.id}", "id")


def _pair(left: str, right: str, reasons: tuple[str, ...]) -> Text:
    return (
        cell(left, "speaker")
        .append(" / ")
        .append_text(cell(right, "speaker"))
        .append(f"  {cell('; '.join(reasons))}", "label")
    )
