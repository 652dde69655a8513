"""What stands on the terminal in place of something withdrawn."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from stemma.archive.views import Stone
from stemma.show.people.stones import GROUND, account, headline, meaning, way_back
from stemma.show.terminal.console import cell, facts


def stone(view: Stone) -> RenderableType:
    """What, when, on what ground and by whom; nothing of the words."""
    inside = Group(
        cell(f"{headline(view)}.", "bold"),
        Text(),
        facts([*account(view)]),
        Text(),
        Text(meaning(view)),
        Text(GROUND, "label"),
    )
    back = Text("Open it again: ", "label").append(way_back(view))
    return Group(Panel(inside, border_style="unknown", padding=(1, 2), title="withdrawn"), back)
