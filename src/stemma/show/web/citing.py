"""Citations on a page and as files: all forms that ``stemma.show.citations`` has, new ones without a change here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, get_args

from starlette.responses import Response

from stemma.archive.views import Line
from stemma.errors import BadValue, NoSuchRecord
from stemma.show import Citable, citations
from stemma.show.lines import is_withheld

FORMS: tuple[str, ...] = get_args(citations.Format)
#: Endings of addresses under which a citation is a file: of each the form and the media type.
ENDINGS: dict[str, tuple[str, str]] = {
    ending: (form, media)
    for ending, form, media in (
        ("csl.json", "csl-json", "application/vnd.citationstyles.csl+json"),
        ("ris", "ris", "application/x-research-info-systems"),
        ("bib", "bibtex", "application/x-bibtex"),
        ("jsonld", "annotation", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
    )
    if form in FORMS
}
_NAMES = {
    "text": "Footnote", "chicago": "Chicago", "apa": "APA", "bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON",
    "annotation": "Web Annotation", "fragment": "Link to the words",
}  # fmt: skip
_LINES = frozenset({"bibtex", "ris", "csl-json", "annotation"})  #: forms of several lines
_POINTS = frozenset({"annotation", "fragment"})  #: forms that point into the text of the page


class Citation(NamedTuple):
    """A citation in one form."""

    name: str
    words: str
    ending: str  #: of its file's address; "": it is none
    lines: bool  #: of several lines, whose ends count


def citations_of(view: Citable, text: str = "") -> list[Citation]:
    """The citation of a view in every form that it has; ``text``: of the page that it stands in."""
    endings = {form: ending for ending, (form, _) in ENDINGS.items()}
    found = ((form, _written(view, form, text)) for form in FORMS)
    return [
        Citation(_NAMES.get(form, form), words, endings.get(form, ""), form in _LINES) for form, words in found if words
    ]


def citation_file(view: Citable, ending: str, text: str = "") -> Response:
    """The citation as a file for other programs."""
    form, media = ENDINGS[ending]
    words = _written(view, form, text)
    if not words:
        raise NoSuchRecord(f"a citation as {form}")
    return Response(words + "\n", media_type=media)


def _written(view: Citable, form: str, text: str) -> str:
    """The citation; "" where a view has none in this form.

    The words around a statement may name somebody who is not to be named beside it: then nothing points into them.
    """
    if form in _POINTS and isinstance(view, Line) and is_withheld(view):
        return ""
    write: Callable[..., str] = citations.cite
    try:
        return write(view, form, text=text) if form in _POINTS else write(view, form)
    except BadValue:
        return ""
