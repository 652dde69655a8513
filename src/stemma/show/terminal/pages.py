"""Pages, captures, entities, problems and counts on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from stemma.archive.views import Article, Person, Totals
from stemma.records import Label, Problem, Record, Snapshot
from stemma.show.citations import cite
from stemma.show.jsonform import json_form
from stemma.show.lines import NO_DATE, NO_OUTLET, NO_TITLE, QUOTATION, counted, day
from stemma.show.plain import one_line, shortened
from stemma.show.terminal.console import cell, facts, heading, passage
from stemma.show.terminal.statements import listing, marked, statement_text
from stemma.show.versions import Version, is_dated
from stemma.show.wording import condense

#: Newest statements, roles and judgements of an entity shown before "and N more".
_MOST = 20


def article(view: Article, versions: Sequence[Version] = ()) -> RenderableType:
    """A page: what is known of it, how its versions differ, its text without furniture, its statements."""
    kept = [label for label in view.labels if label.role != "furniture"]
    aside = len(view.labels) - len(kept)
    text = [Padding(_block(view, label), (0, 0, 1, 2)) for label in kept]
    left_out = f"{aside} lines of page furniture are kept in the record and not shown here."
    return Group(
        Panel(cell(view.title or NO_TITLE, "bold"), border_style="rule", title=f"article {view.document.id}"),
        _facts(view),
        *_headed(f"Versions ({len(versions)})", _versions(view, versions), versions),
        heading("Text"),
        *text,
        Text(left_out if aside else "", "label"),
        heading(f"Statements ({len(view.lines)})"),
        *(listing(view.lines, titled=False) if view.lines else [Text("None found on this page.", "label")]),
        *_headed("Problems", problems(view.problems), view.problems),
        heading("Cite"),
        cell(cite(view)),
    )


def _versions(view: Article, found: Sequence[Version]) -> RenderableType:
    order = "By stated capture time." if is_dated(found) else "A capture states no time: their order is not known."
    return Group(Text(order, "label"), *(_version(view, each) for each in found))


def _version(view: Article, version: Version) -> RenderableType:
    page = version.article
    head = Text(f"\n{version.number}  ", "hop").append(page.snapshot.fetched or "time not stated", "number")
    head.append(f"  {page.document.id}", "id").append("  this one" if page.document.id == view.document.id else "")
    return Group(head, *(Padding(row, (0, 0, 0, 3)) for row in _changes(version)))


def _changes(version: Version) -> Iterator[Text]:
    against, number = version.against, version.number
    if against is None:
        yield from [Text("not compared word by word", "label")] if number > 1 else []
        return
    if not version.changes:
        yield Text(f"the same words as version {against}", "label")
        return
    yield Text(f"[-only in version {against}-]  {{+only in version {number}+}}", "label")
    for change in version.changes:
        yield Text("").join(marked(piece) for piece in condense(change.pieces))
        for holder, line in change.lines:
            yield Text(f"statement of version {holder}, {line.statement.id}:", "label")
            yield statement_text(line, QUOTATION)


def _headed(title: str, block: RenderableType, items: Sequence[object]) -> list[RenderableType]:
    """A block under its heading, or nothing where there is nothing to list."""
    return [heading(title), block] if items else []


def _block(view: Article, label: Label) -> Text:
    style = "bold" if label.role == "title" else "label" if label.role in {"byline", "dateline", "caption"} else ""
    return passage(view.document.text[label.start : label.end], style)


def _facts(view: Article) -> Table:
    basis = f" (from: {view.published_basis})" if view.published_basis else ""
    modified = next((field for field in view.fields if field.name == "modified"), None)
    return facts(
        [
            ("outlet", view.outlet or NO_OUTLET),
            ("published", (view.published or NO_DATE) + basis),
            ("modified", f"{modified.value} (from: {modified.basis})" if modified else None),
            ("captured", view.snapshot.fetched or "time not stated"),
            ("language", view.language or "language not known"),
            ("address", view.snapshot.url or f"not known; file {view.snapshot.origin}"),
            ("capture", view.snapshot.id),
            ("digest", view.snapshot.digest),
            ("versions", f"{len(view.versions)} captures, compared below" if len(view.versions) > 1 else None),
        ]
    )


def capture(snapshot: Snapshot) -> RenderableType:
    """One capture and how to cite it."""
    known = facts(
        [
            ("address", snapshot.url or "not known"),
            ("origin", snapshot.origin),
            ("captured", snapshot.fetched or "time not stated"),
            ("stated", ", ".join(filter(None, (snapshot.outlet, snapshot.published))) or "nothing stated"),
            ("type", f"{snapshot.media_type}, {snapshot.size:,} bytes"),
            ("digest", snapshot.digest),
        ]
    )
    return Group(Text(f"capture {snapshot.id}\n", "heading"), known, heading("Cite"), cell(cite(snapshot)))


def person(view: Person) -> RenderableType:
    """An entity: its names, its roles as worded, its statements, newest first."""
    shown = view.lines[:_MOST]
    total = max(view.statements, len(view.lines))
    roles = dict.fromkeys((day(on), one_line(role)) for role, on, _ in view.roles)
    return Group(
        Panel(cell(view.name, "bold"), border_style="rule", title=f"{view.kind} {view.id}"),
        facts([(_used(form.count), cell(form.name).append(_by(form.outlets), "label")) for form in view.forms[:_MOST]]),
        *_more(len(view.forms)),
        *_headed("Roles as worded", facts([(on, role) for on, role in [*roles][:_MOST]]), view.roles),
        *_more(len(roles)),
        heading(f"Statements ({total:,})"),
        *(listing(shown) if shown else [Text("None by this one.", "label")]),
        *_more(total),
        *_headed("Judgements", _judgements(view), view.judgements),
    )


def _more(total: int) -> list[Text]:
    """What a list that is cut says below."""
    return [Text(f"and {total - _MOST:,} more: --json tells all", "label")] if total > _MOST else []


def _used(count: int) -> str:
    return f"{count:,} time" + ("s" if count != 1 else "")


def _by(outlets: Iterable[str]) -> str:
    named = ", ".join(map(one_line, outlets))
    return f"  {named}" if named else ""


def _judgements(view: Person) -> Table:
    shown = view.judgements[:_MOST]
    return facts([(j.verdict, f"{j.left} / {j.right}: {'; '.join(j.reasons)} ({j.by}, {j.score:.2f})") for j in shown])


def record(found: Record) -> RenderableType:
    """Any other record, field by field; long values are cut."""
    rows = [(name, cell(shortened(str(value), QUOTATION))) for name, value in json_form(found).items()]
    return Group(Text(f"{type(found).__name__.lower()} {found.id}\n", "heading"), facts([*rows]))


def problems(found: Iterable[Problem]) -> RenderableType:
    """What went wrong, where, and what to do."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="label", pad_edge=False)
    table.add_column("room")
    table.add_column("where", max_width=36, overflow="fold")
    table.add_column("what, and what to do", ratio=1)
    for problem in found:
        what = problem.message.removeprefix(f"{problem.about}: ")
        table.add_row(cell(problem.stage, "hop"), cell(problem.about), cell(what))
    return table


def totals(counts: Totals) -> RenderableType:
    """The counts of an archive in one block."""
    names = ("pages", "statements", "speakers", "outlets", "relays", "utterances", "variants", "problems")
    return Columns([_total(getattr(counts, name), name) for name in names], padding=(0, 3))


def _total(number: int, noun: str) -> Text:
    figure, word = counted(number, noun).split()
    return Text(figure, "number").append(f"\n{word}", "label")
