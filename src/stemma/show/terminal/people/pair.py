"""Two names that may be one, side by side for whoever decides."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from stemma.archive.views import Person
from stemma.records import Judgement
from stemma.show.plain import one_line
from stemma.show.terminal.console import cell, facts

_FORMS, _ROLES = 4, 3  #: of each side that are shown


def open_pair(
    found: Judgement, left: Sequence[Person], right: Sequence[Person], place: tuple[int, int]
) -> RenderableType:
    """How each is written, where, with which roles, and why the comparer left it open."""
    head = Text(f"{place[0]} of {place[1]}  ", "label")
    head.append(f"{found.score:.2f}  ", "number").append(one_line("; ".join(found.reasons)), "label")
    return Padding(Group(head, *(_side(view) for side in (left, right) for view in side[:1])), (1, 0, 0, 0))


def _side(view: Person) -> RenderableType:
    written = ", ".join(one_line(form.name) for form in view.forms[:_FORMS])
    outlets = ", ".join(dict.fromkeys(one_line(outlet) for form in view.forms for outlet in form.outlets))
    roles = "; ".join(
        f"{one_line(role)} ({day})" if day else one_line(role)
        for role, day in dict.fromkeys((role, day) for role, day, _ in view.roles[:_ROLES])
    )
    known = facts(
        [
            ("written", written),
            ("in", outlets or None),
            ("roles", roles or None),
            ("id", view.id),
            ("statements", str(view.statements)),
        ]
    )
    return Padding(Group(cell(view.name, "bold"), known), (0, 0, 0, 2))
