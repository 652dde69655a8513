"""How to cite a statement, an article or a capture: sentences, references, annotations and links.

A citation names the address *and* the capture with its time and SHA-256, so that a reader can tell whether the
page still reads as it did, and what of it a person corrected.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import msgspec

from stemma.archive.views import Line
from stemma.errors import BadValue
from stemma.show import Citable
from stemma.show.citations.places import annotation, fragment_link
from stemma.show.citations.references import bibtex, csl, ris
from stemma.show.citations.sentences import apa, chicago, footnote
from stemma.show.citations.sources import Source, citable, source_of
from stemma.show.citations.styling import styled
from stemma.show.lines import long_date
from stemma.show.plain import ascii_json

__all__ = ["FORMATS", "MEDIA", "Format", "Source", "citable", "cite", "long_date", "source_of"]

Format = Literal["text", "chicago", "apa", "bibtex", "ris", "csl-json", "annotation", "fragment"]
FORMATS: tuple[Format, ...] = get_args(Format)
#: Media types and endings of those that are files of other programs.
MEDIA: dict[Format, tuple[str, str]] = {
    "bibtex": ("application/x-bibtex", "bib"), "ris": ("application/x-research-info-systems", "ris"),
    "csl-json": ("application/vnd.citationstyles.csl+json", "csl.json"),
    "annotation": ('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', "jsonld"),
}  # fmt: skip


def cite(view: Citable, form: Format = "text", *, text: str = "", style: Path | None = None) -> str:
    """The citation of a statement, an article or a capture, without a line end.

    ``text``: the kept text of a statement's page, which ``annotation`` and ``fragment`` point into. ``style``: a file
    of the Citation Style Language by which it is set in place of ``form`` (the extra ``styles``; ``NeedsExtra``).
    Raises ``BadValue`` for a link to words of anything but a statement on a page with a web address, and for a bad
    style.
    """
    source = source_of(view)
    if style:
        return styled(csl(source), style)
    match form:
        case "chicago":
            return chicago(source)
        case "apa":
            return apa(source)
        case "bibtex":
            return bibtex(source)
        case "ris":
            return ris(source)
        case "csl-json":
            return _json([csl(source)])
        case "annotation":
            return _json(annotation(source, view if isinstance(view, Line) else None, text))
        case "fragment":
            return _fragment(view, source, text)
        case _:
            return footnote(source)


def _json(form: object) -> str:
    return ascii_json(msgspec.json.format(msgspec.json.encode(form), indent=2).decode())


def _fragment(view: Citable, source: Source, text: str) -> str:
    if isinstance(view, Line) and (link := fragment_link(view, text)):
        return link
    raise BadValue("format", "fragment", f"a statement on a page with a web address; {source.about} is none")
