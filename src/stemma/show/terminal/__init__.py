"""Views on a terminal: something to look at, as wide as the screen, with nothing on it that a page could steer."""

from __future__ import annotations

from rich.console import RenderableType

from stemma.archive.views import Article, Line, Person, Stone, Totals, Utterance
from stemma.errors import NoSuchRecord
from stemma.records import Correction, Judgement, Record, Snapshot
from stemma.show import Answers, View, method
from stemma.show.occasion import resembling
from stemma.show.occasion.likewords import alike, echoes
from stemma.show.terminal.console import Screen, screen
from stemma.show.terminal.dossier import dossier
from stemma.show.terminal.pages import article, capture, person, problems, record, totals
from stemma.show.terminal.people import held, open_pair, said, stone, word
from stemma.show.terminal.progress import Work, summary, working
from stemma.show.terminal.statements import listing, statement
from stemma.show.terminal.timeline import timeline
from stemma.show.terminal.transmission import utterance
from stemma.show.versions import touching, versions

__all__ = [
    "Screen", "Work", "dossier", "draw", "held", "listing", "open_pair", "problems", "said", "screen", "summary",
    "timeline", "totals", "working",
]  # fmt: skip


def draw(view: View, archive: Answers, base: str = "") -> RenderableType:
    """Any view for the terminal; the archive is asked for the witnesses of a statement.

    ``base``: the witness that others are laid beside, of an utterance. Raises ``BadValue`` where it is none.
    """
    match view:
        case Line():
            page = archive.article(view.statement.document)
            found = echoes(page, view) if isinstance(page, Article) else ()
            told = method(archive, view.statement.run), touching(archive, view)
            return statement(view, _utterance(view, archive), *told, found)
        case Article():
            return article(view, versions(archive, view))
        case Person():
            return person(view, archive)
        case Utterance():
            same = resembling(archive, view)
            return utterance(view, base, same, alike(archive, view, [each.line for each in same]))
        case Totals():
            return totals(view)
        case Stone():
            return stone(view)
        case Snapshot():
            return capture(view)
        case Record():
            return _record(view, archive)


def _record(found: Record, archive: Answers) -> RenderableType:
    """A person's word in a sentence, with what was said of it; any other record field by field."""
    match found:
        case Correction(about=about) | Judgement(id=about, at=str()):
            return word(found, archive.corrections_of(about), archive)
        case _:
            return record(found)


def _utterance(line: Line, archive: Answers) -> Utterance | None:
    """The speech act of a statement; ``None`` where none is told."""
    if line.utterance is None:
        return None
    try:
        found = archive.utterance(line.utterance)
    except NoSuchRecord:
        return None
    return found if isinstance(found, Utterance) else None
