"""How to cite a statement, an article or a capture: plain text and BibTeX.

A citation names the address *and* the capture with its time and SHA-256, so that a reader can tell whether the
page still reads as it did, and what of it a person corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from stemma.archive.views import Article, Line, Stone
from stemma.errors import BadValue
from stemma.records import Correction, Snapshot
from stemma.show import Citable, View
from stemma.show.lines import (
    NO_DATE,
    NO_OUTLET,
    NO_TITLE,
    QUOTATION,
    between,
    long_date,
    named,
    provenance,
    speaker,
    tell,
)  # fmt: skip
from stemma.show.people.marks import covers, marks_of, signed
from stemma.show.plain import one_line

Format = Literal["text", "bibtex"]

#: Fields that a citation tells or quotes.
_CITED = ("speaker", "kind", "content", "title", "outlet", "published")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
#: Escapes without a brace of their own: BibTeX counts braces even after a backslash.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_OUTSIDE_URL = re.compile(r"[\s{}\\<>\"^`|]")


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
            return Source(view.document.id, "article", *known, people=_people(view))
        case _:
            return Source(view.id, "capture", None, view.outlet, view.published, view)


def _of_line(line: Line) -> Source:
    manner = "paraphrased" if line.statement.kind == "indirect" else "quoted"
    hops = ", ".join(provenance(line)[: len(between(line))])
    whose = f"{speaker(line)}, {hops + ', ' if hops else ''}{manner} in"
    about, words = line.statement.id, tell(line, QUOTATION)
    known = line.title, line.outlet, line.published, line.snapshot
    return Source(about, "statement", *known, whose, words, _people(line))


def _people(view: Line | Article) -> tuple[str, ...]:
    """Who corrected or covered what, and when: what a program did not find is not cited as if it had."""
    found = [mark for mark in marks_of(view, *_CITED) if mark.deed == "corrected" and not mark.is_covered]
    corrected = (f"{mark.name} {_signed(mark.word)}" for mark in found)
    return (*corrected, *(f"{each.deed} by {each.who}, {long_date(each.words[0].at)}" for each in covers(view)))


def _signed(word: Correction) -> str:
    return f"corrected by {named(word.by)}, {long_date(word.at)} ({word.id})"


def cite(view: Citable, form: Format = "text") -> str:
    """The citation of a statement, an article or a capture, without a line end."""
    source = source_of(view)
    return bibtex(source) if form == "bibtex" else text(source)


def text(source: Source) -> str:
    """A sentence for a footnote; what is not known is said to be so."""
    title = f"“{one_line(source.title)}”" if source.title else NO_TITLE
    page = [one_line(source.outlet or "") or NO_OUTLET, title, long_date(source.published), _address(source.snapshot)]
    whose = f"{source.whose} " if source.whose else ""
    return f"{whose}{', '.join(page)}; {_capture(source.snapshot)}{_identified(source)}."


def _identified(source: Source) -> str:
    if source.kind == "capture":
        return ""
    return "; ".join(["", f"{source.kind} {source.about}", *source.people])


def _address(snapshot: Snapshot) -> str:
    return f"<{one_line(snapshot.url)}>" if snapshot.url else f"address not known, file {one_line(snapshot.origin)}"


def _capture(snapshot: Snapshot) -> str:
    at = one_line(snapshot.fetched) if snapshot.fetched else "time not stated"
    return f"archived capture {snapshot.id} ({at}), {snapshot.digest}"


def bibtex(source: Source) -> str:
    """A ``@misc`` entry in UTF-8; the author is the outlet, since the page is what is cited."""
    fields = {
        "author": f"{{{_latex(source.outlet or NO_OUTLET)}}}",
        "title": f"{{{_latex(source.title or NO_TITLE)}}}",
        "date": _iso_day(source.published),
        "year": _iso_day(source.published)[:4],
        "url": _url(source.snapshot.url),
        "urldate": _iso_day(source.snapshot.fetched),
        "note": _latex(_note(source)),
    }
    rows = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{stemma:{source.about},\n" + ",\n".join(rows) + "\n}"


def _note(source: Source) -> str:
    undated = "" if source.published else f"{NO_DATE}; "
    said = f"{source.words} " if source.words else ""
    file = "" if source.snapshot.url else f"; file {source.snapshot.origin}"
    return f"{said}{undated}{_capture(source.snapshot)}{file}{_identified(source)}"


def _iso_day(instant: str | None) -> str:
    found = _DATE.match(instant or "")
    return found.group() if found else ""


def _latex(words: str) -> str:
    return "".join(_LATEX.get(character, character) for character in one_line(words))


def _url(url: str | None) -> str:
    """The address with what no address holds, and what would end a BibTeX field, in percent form."""
    return _OUTSIDE_URL.sub(lambda match: quote(match.group()), one_line(url or ""))
