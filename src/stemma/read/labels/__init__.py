"""Labels: which part every stretch of a page plays. Nothing is cut; furniture stays in the text and is called so."""

from __future__ import annotations

from typing import NamedTuple

from stemma.read.article import choose_lines
from stemma.read.head import Head
from stemma.read.labels.habits import match_habit
from stemma.read.labels.paragraphs import join_wrapped
from stemma.read.labels.roles import Stretch, assign_roles
from stemma.read.labels.rules import Findings, apply_rules
from stemma.read.labels.titles import find_title, named_titles
from stemma.read.labels.tops.candidates import name_mastheads
from stemma.read.layout import Sheet

__all__ = ["Findings", "Labelled", "Stretch", "label_lines", "match_habit", "named_titles"]


class Labelled(NamedTuple):
    """A page's stretches in order, what the rules found on the way, and the sheet with paragraphs put together."""

    sheet: Sheet
    stretches: list[Stretch]
    found: Findings


def label_lines(sheet: Sheet, head: Head | None, markup: str) -> Labelled:
    """Label every stretch of a page; ``head`` is None and ``markup`` empty for plain text."""
    sheet = join_wrapped(sheet)
    choice = choose_lines(sheet, markup)
    found = name_mastheads(sheet, apply_rules(sheet, choice), choice)
    stretches = assign_roles(sheet, choice, found, find_title(sheet, found, head))
    return Labelled(sheet, stretches, found)
