"""How to cite a statement, an article or a capture: plain text and BibTeX.

A citation names the address *and* the capture with its time and SHA-256, so that a reader can tell whether the
page still reads as it did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from stemma.archive.views import Article, Line
from stemma.records import Snapshot
from stemma.show import Citable
from stemma.show.lines import NO_DATE, NO_OUTLET, NO_TITLE, QUOTATION, between, provenance, speaker, tell
from stemma.show.plain import one_line

Format = Literal["text", "bibtex"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
#: Escapes without a brace of their own: BibTeX counts braces even after a backslash.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_OUTSIDE_URL = re.compile(r"[\s{}\\<>\"^`|]")


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation says of a page; ``about`` is the id cited, ``whose`` the speaker and hops of a statement."""

    about: str
    kind: Literal["statement", "article", "capture"]
    title: str | None
    outlet: str | None
    published: str | None
    snapshot: Snapshot
    whose: str = ""
    words: str = ""


def source_of(view: Citable) -> Source:
    """What to cite of a view."""
    match view:
        case Line():
            return _of_line(view)
        case Article():
            return Source(view.document.id, "article", view.title, view.outlet, view.published, view.snapshot)
        case _:
            return Source(view.id, "capture", None, view.outlet, view.published, view)


def _of_line(line: Line) -> Source:
    manner = "paraphrased" if line.statement.kind == "indirect" else "quoted"
    hops = ", ".join(provenance(line)[: len(between(line))])
    whose = f"{speaker(line)}, {hops + ', ' if hops else ''}{manner} in"
    about, words = line.statement.id, tell(line, QUOTATION)
    return Source(about, "statement", line.title, line.outlet, line.published, line.snapshot, whose, words)


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
    return "" if source.kind == "capture" else f"; {source.kind} {source.about}"


def _address(snapshot: Snapshot) -> str:
    return f"<{one_line(snapshot.url)}>" if snapshot.url else f"address not known, file {one_line(snapshot.origin)}"


def _capture(snapshot: Snapshot) -> str:
    at = one_line(snapshot.fetched) if snapshot.fetched else "time not stated"
    return f"archived capture {snapshot.id} ({at}), {snapshot.digest}"


def long_date(instant: str | None) -> str:
    """An ISO date in words, "24 October 2025", as far as it goes."""
    found = _DATE.match(instant or "")
    if not found:
        return one_line(instant or "") or NO_DATE
    year, month, day = found.groups()
    if month and not 1 <= int(month) <= len(_MONTHS):
        return found.group()
    named = month and _MONTHS[int(month) - 1]
    return " ".join(part for part in (day and str(int(day)), named, year) if part)


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
