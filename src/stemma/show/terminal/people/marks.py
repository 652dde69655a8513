"""Marks of people's words beside what they are about: a sign and words, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from stemma.archive.views import Article, Line
from stemma.show.people.marks import NOT_KNOWN, SIGN, Mark, brief, covers, marks_of
from stemma.show.terminal.console import cell

Row = tuple[str, Text | str | None]


def sign(view: Line | Article, *fields: str) -> Text:
    """The sign where one of these fields was set right, else nothing."""
    return Text(f" {SIGN}", "mark") if marks_of(view, *fields) else Text()


def in_brief(view: Line | Article, *, titled: bool = True) -> Text:
    """For lists: who set what right, on one line; nothing where nobody did. ``titled``: with what is of the page."""
    return Text().join(signed_row(told, "  ") for told in brief(view, titled=titled))


def signed_row(words: str, before: str = "") -> Text:
    """The sign, and words in the screen's own colour."""
    return Text(before).append(SIGN, "mark").append(" ").append_text(cell(words))


def beside(value: Text | str | None, found: Iterable[Mark]) -> Text | None:
    """A value with the marks of its field in rows below it; a value that a person says is not known is said so."""
    rows = [row for mark in found for row in _rows(mark)]
    known = cell(value) if isinstance(value, str) else value
    if not rows:
        return known
    return Text("\n").join([known or Text(NOT_KNOWN, "unknown"), *rows])


def _rows(mark: Mark) -> Iterator[Text]:
    yield signed_row(mark.told)
    if mark.before:
        yield (
            Text()
            .append("was: ", "label")
            .append(mark.before)
            .append(f" ({mark.basis})" if mark.basis else "", "label")
        )
    yield Text("undo: ", "label").append(mark.undo, "id")


def covered(view: Line | Article) -> Iterator[Row]:
    """A row for each person, day and reason that covers something here."""
    for cover in covers(view):
        told = signed_row(f"{cover.deed} by {cover.told}", "█ ")
        yield "covered", told.append("\nundo: ", "label").append(cover.undo, "id")
