"""What a citation says of a statement, an article or a capture: the one account that every form is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stemma.archive.views import Article, Line, Stone
from stemma.errors import BadValue
from stemma.records import Correction, Snapshot
from stemma.show import Citable, View
from stemma.show.lines import QUOTATION, between, long_date, named, provenance, speaker, tell
from stemma.show.people.marks import covers, marks_of, signed

#: Fields that a citation tells or quotes.
_CITED = ("speaker", "kind", "content", "title", "outlet", "published")


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation says of a page; ``about`` is the id cited, ``whose`` the speaker and hops of a statement.

    ``people``: who corrected or covered what.
    """

    about: str
    kind: Literal["statement", "article", "capture"]
    title: str | None
    outlet: str | None
    published: str | None
    snapshot: Snapshot
    whose: str = ""
    words: str = ""
    people: tuple[str, ...] = ()
    language: str | None = None


def citable(found: View, wanted: str) -> Citable:
    """What is found, where it can be cited. Raises ``BadValue`` where it was withdrawn, or is nothing to cite."""
    if isinstance(found, Citable):
        return found
    if isinstance(found, Stone):
        raise BadValue("cite", wanted, f"something that is shown; this was withdrawn by {signed(found.correction)}")
    kind = getattr(found, "kind", type(found).__name__.lower())
    raise BadValue("cite", wanted, f"a statement, article or capture, not a {kind}; ids: stemma find WORDS")


def source_of(view: Citable) -> Source:
    """What to cite of a view."""
    match view:
        case Line():
            return _of_line(view)
        case Article():
            known = view.title, view.outlet, view.published, view.snapshot
            return Source(view.document.id, "article", *known, people=people_of(view), language=view.language)
        case _:
            return Source(view.id, "capture", None, view.outlet, view.published, view)


def _of_line(line: Line) -> Source:
    manner = "paraphrased" if line.statement.kind == "indirect" else "quoted"
    hops = ", ".join(provenance(line)[: len(between(line))])
    whose = f"{speaker(line)}, {hops + ', ' if hops else ''}{manner} in"
    about, words = line.statement.id, tell(line, QUOTATION)
    known = line.title, line.outlet, line.published, line.snapshot
    return Source(about, "statement", *known, whose, words, people_of(line))


def people_of(view: Line | Article) -> tuple[str, ...]:
    """Who corrected or covered what, and when: what a program did not find is not cited as if it had."""
    found = [mark for mark in marks_of(view, *_CITED) if mark.deed == "corrected" and not mark.is_covered]
    corrected = (f"{mark.name} {_signed(mark.word)}" for mark in found)
    return (*corrected, *(f"{each.deed} by {each.who}, {long_date(each.words[0].at)}" for each in covers(view)))


def _signed(word: Correction) -> str:
    return f"corrected by {named(word.by)}, {long_date(word.at)} ({word.id})"
