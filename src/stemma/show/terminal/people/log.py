"""The log of what people said, newest first: what, who, when, why, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from stemma.records import Correction, Judgement
from stemma.show import Answers
from stemma.show.lines import long_date, named
from stemma.show.people.log import Entry, entries
from stemma.show.people.marks import SIGN
from stemma.show.terminal.console import cell

_TAKE_BACK = "Take one back: stemma correct --undo k... --why WHY, or of a judgement stemma judge --undo j... --why WHY"


def said(words: Sequence[Correction | Judgement], archive: Answers) -> RenderableType:
    """The whole log; ``archive`` tells how the two of a judgement are written."""
    return Group(*_blocks(entries(words, archive)), Text(_TAKE_BACK, "label"))


def word(about: Correction | Judgement, around: Iterable[Correction], archive: Answers) -> RenderableType:
    """One word of a person, and what was said of it since; ``around``: words that tell whether it holds."""
    every = {each.id: each for each in (about, *around)}
    shown = [each for each in entries([*every.values()], archive) if about.id in {each.word.id, _about(each)}]
    undo = Text("Take it back: ", "label").append(next(each.undo for each in shown if each.word.id == about.id))
    return Group(*_blocks(shown), undo)


def _about(entry: Entry) -> str:
    return entry.word.about if isinstance(entry.word, Correction) else ""


def judged(found: Iterable[Judgement], archive: Answers) -> RenderableType:
    """What people judge of somebody's names, each with how to take it back."""
    return Group(*(_block(entry, undo=True) for entry in entries([*found], archive)))


def _blocks(found: Iterable[Entry]) -> Iterator[RenderableType]:
    return (_block(entry, undo=False) for entry in found)


def _block(entry: Entry, *, undo: bool) -> RenderableType:
    """What is said, then who, when and why; the id first, since it is what one types."""
    head = cell(f"{SIGN} {entry.says}", "removed" if entry.state else "bold")
    head.append(f"  ({entry.state})" if entry.state else "", "unknown")
    rows = [_signed(entry), Text().append("why: ", "label").append(entry.why)]
    rows += [Text("undo: ", "label").append(entry.undo, "id")] if undo else []
    return Padding(Group(head, *(Padding(row, (0, 0, 0, 2)) for row in rows)), (0, 0, 1, 0))


def _signed(entry: Entry) -> Text:
    at = entry.word.at or ""
    clock = f" {at[11:16]}" if at[11:16] else ""
    told = Text(f"{long_date(at)}{clock}, ").append(named(entry.word.by), "speaker")
    return told.append(f"  {entry.word.id}", "id")
