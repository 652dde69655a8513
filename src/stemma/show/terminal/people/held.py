"""All that is held on somebody, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from stemma.archive.views import Held, Line, Person
from stemma.records import Judgement, Mention, Snapshot
from stemma.show.lines import tell
from stemma.show.people.log import Sides, reason_of, sentence
from stemma.show.plain import one_line, shortened
from stemma.show.terminal.console import cell, facts, heading

_WORDS = 110  #: characters of a thing held that are shown in its row


def held(found: Iterable[Person | Held], sides: Sides) -> RenderableType:
    """The person, then a row for each thing; whoever asks for somebody reads that name in full."""
    people: list[Person] = []
    things: list[Held] = []
    for each in found:
        people.append(each) if isinstance(each, Person) else things.append(each)
    own = {each.item.id: one_line(each.item.evidence.exact) for each in things if isinstance(each.item, Mention)}
    table = Table.grid(padding=(0, 2))
    for style in ("label", "", "id"):
        table.add_column(style=style, overflow="fold")
    for each in things:
        words = shortened(one_line(_words(each, own, sides)), _WORDS)
        table.add_row(Text(each.held), cell(words), Text(each.document or ""))
    return Group(*(_person(each) for each in people), heading("Held"), table)


def _person(view: Person) -> RenderableType:
    forms = ", ".join(form.name for form in view.forms)
    roles = "; ".join(dict.fromkeys(role for role, _, _ in view.roles))
    rows = [("id", view.id), ("kind", view.kind), ("written", forms), ("roles", roles or None)]
    return Group(cell(view.name, "heading"), facts([*rows, ("statements", str(view.statements))]))


def _words(each: Held, own: Mapping[str, str], sides: Sides) -> str:
    match each.item:
        case Line():
            return tell(each.item)
        case Mention():
            return " ".join(filter(None, (each.item.role, each.item.evidence.exact)))
        case Snapshot():
            return f"{each.item.address} {each.item.fetched or ''} {each.item.digest}"
        case Judgement():
            left, right = sides(each.item.id)
            names = own.get(each.item.left, left), own.get(each.item.right, right)
            return f"{sentence(each.item, lambda _: names)} ({each.item.by}: {reason_of(each.item)})"
        case _:
            return f"{sentence(each.item, sides)} ({each.item.by}, {each.item.at[:10]}: {each.item.reason})"
