"""Pages, captures, entities, problems and counts on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from stemma.archive.views import Article, Form, Person, Totals
from stemma.records import Judgement, Label, Problem, Record, Snapshot
from stemma.show import Answers
from stemma.show.citations import cite
from stemma.show.jsonform import json_form
from stemma.show.lines import (
    NO_DATE,
    NO_OUTLET,
    NO_TITLE,
    NOT_ANALYSED,
    QUOTATION,
    analysis_notes,
    counted,
    day,
    repeated_told,
)  # fmt: skip
from stemma.show.people.log import Sides, by_whom
from stemma.show.people.marks import is_of_person, marks_of
from stemma.show.plain import one_line, shortened
from stemma.show.terminal.console import cell, facts, heading, passage
from stemma.show.terminal.people.log import judged
from stemma.show.terminal.people.marks import beside, covered
from stemma.show.terminal.statements import listing, marked
from stemma.show.versions import Change, Version, heads, is_dated
from stemma.show.wording import condense

#: Newest statements, roles and judgements of an entity shown before "and N more".
_MOST = 20


def article(view: Article, versions: Sequence[Version] = ()) -> RenderableType:
    """A page: what is known of it, how its versions differ, its text without furniture, its statements."""
    kept = [label for label in view.labels if label.role != "furniture"]
    aside = len(view.labels) - len(kept)
    text = [Padding(_block(view, label), (0, 0, 1, 2)) for label in kept]
    why = f" ({told})" if (told := repeated_told(view.labels)) else ""
    left_out = f"{counted(aside, 'lines')} of page furniture{why} kept in the record and not shown here."
    return Group(
        Panel(cell(view.title or NO_TITLE, "bold"), border_style="rule", title=f"article {view.document.id}"),
        _facts(view),
        *_headed(f"Versions ({len(versions)})", _versions(view, versions), versions),
        heading("Text"),
        *text,
        Text(left_out if aside else "", "label"),
        heading(f"Statements ({len(view.lines)})"),
        *(cell(note, "unknown") for note in analysis_notes(view)),
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


def _changes(version: Version) -> Iterator[RenderableType]:
    against, number = version.against, version.number
    if against is None:
        return
    aside = f"; {counted(version.furniture, 'lines')} of page furniture differ" if version.furniture else ""
    if not version.changes:
        yield Text(f"the same words as version {against}{aside}", "label")
        return
    told = ", ".join(f"{kind} {number}" for kind, number in version.counts)
    yield Text(f"differs from version {against}: {told}{aside}", "label")
    yield Text(f"[-only in version {against}-]  {{+only in version {number}+}}", "label")
    for change in version.changes:
        text = Text().append(f"{change.told}: ", "hop")
        yield text.append_text(Text("").join(marked(piece) for piece in condense(change.pieces)))
        yield from _touched(change)


def _touched(change: Change) -> Iterator[RenderableType]:
    """The statements that a difference touches, by what stands before their words; the words stand above."""
    for head, places in heads(change):
        text = Text("in what ", "label").append(head)
        for holder, line in places:
            text.append("  ").append(line.statement.id, "id").append(f" in version {holder}", "label")
        yield Padding(text, (0, 0, 0, 2))


def _headed(title: str, block: RenderableType, items: Sequence[object]) -> list[RenderableType]:
    """A block under its heading, or nothing where there is nothing to list."""
    return [heading(title), block] if items else []


def _block(view: Article, label: Label) -> Text:
    style = "bold" if label.role == "title" else "label" if label.role in {"byline", "dateline", "caption"} else ""
    return passage(view.document.text[label.start : label.end], style)


def _facts(view: Article) -> Table:
    modified = next((field for field in view.fields if field.name == "modified"), None)
    agency = next((field for field in view.fields if field.name == "agency"), None)
    return facts(
        [
            *[
                ("title", beside("as above" if view.title else None, found))
                for found in [marks_of(view, "title")]
                if found
            ],
            ("outlet", beside(view.outlet or NO_OUTLET, marks_of(view, "outlet"))),
            ("credited to", cell(f"{agency.value} (from: {agency.basis})") if agency else None),
            ("published", beside(_from(view.published or NO_DATE, view.published_basis), marks_of(view, "published"))),
            (
                "modified",
                beside(_from(modified.value, modified.basis) if modified else None, marks_of(view, "modified")),
            ),
            ("captured", view.snapshot.fetched or "time not stated"),
            ("language", beside(_language(view), marks_of(view, "language"))),
            *[("parts", beside(mark.part, [mark])) for mark in marks_of(view, "label", "role")],
            *covered(view),
            ("address", view.snapshot.url or f"not known; file {view.snapshot.origin}"),
            ("capture", view.snapshot.id),
            ("digest", view.snapshot.digest),
            ("versions", f"{len(view.versions)} captures, compared below" if len(view.versions) > 1 else None),
        ]
    )


def _language(view: Article) -> str:
    """The language of a page; beside it, whether some of it is in one that is not analysed."""
    told = view.language or "language not known"
    return f"{told}, {NOT_ANALYSED}" if analysis_notes(view) else told


def _from(value: str, basis: str | None) -> str | None:
    """A date with what it rests on; a person's word is told beside it."""
    if not value:
        return None
    return f"{value} (from: {basis})" if basis and not is_of_person(basis) else value


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


def person(view: Person, archive: Answers) -> RenderableType:
    """An entity: its names, its roles as worded, its statements, newest first."""
    shown = view.lines[:_MOST]
    total = max(view.statements, len(view.lines))
    roles = dict.fromkeys((day(on), one_line(role)) for role, on, _ in view.roles)
    by_people, by_machine = by_whom(view.judgements)
    return Group(
        Panel(cell(view.name, "bold"), border_style="rule", title=f"{view.kind} {view.id}"),
        facts([(_used(form.count), cell(form.name).append(_by(form), "label")) for form in view.forms[:_MOST]]),
        *_more(len(view.forms)),
        *_headed("Roles as worded", facts([(on, role) for on, role in [*roles][:_MOST]]), view.roles),
        *_more(len(roles)),
        heading(f"Statements ({total:,})"),
        *(listing(shown) if shown else [Text("None by this one.", "label")]),
        *_more(total),
        *_headed("Judged by people", judged(by_people, archive), by_people),
        *_headed("Judged by machine", _judgements(by_machine, archive.sides), by_machine),
        *_more(len(by_machine)),
    )


def _more(total: int) -> list[Text]:
    """What a list that is cut says below."""
    return [Text(f"and {total - _MOST:,} more: --json tells all", "label")] if total > _MOST else []


def _used(count: int) -> str:
    return f"{count:,} time" + ("s" if count != 1 else "")


def _by(form: Form) -> str:
    """In which script and languages a form is written, and how often each outlet has it."""
    written = ", ".join([part for part in (form.script, *form.languages) if part])
    used = ", ".join(f"{one_line(outlet or NO_OUTLET)} {count}" for outlet, count in form.uses)
    told = used or ", ".join(map(one_line, form.outlets))
    return "".join([f"  {written}" if written else "", f"  {told}" if told else ""])


def _judgements(found: Sequence[Judgement], sides: Sides) -> Table:
    return facts([(each.verdict, _judgement(each, sides)) for each in found[:_MOST]])


def _judgement(found: Judgement, sides: Sides) -> str:
    return f"{' / '.join(sides(found.id))}: {'; '.join(found.reasons)} ({found.by}, {found.score:.2f})"


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
