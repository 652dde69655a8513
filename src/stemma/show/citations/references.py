"""Citations for reference managers: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from stemma.show.citations.sentences import capture, identified
from stemma.show.citations.sources import Source
from stemma.show.lines import NO_DATE, NO_OUTLET, NO_TITLE, named
from stemma.show.plain import one_line

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
#: Escapes without a brace of their own: BibTeX counts braces even after a backslash.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_OUTSIDE_URL = re.compile(r"[\s{}\\<>\"^`|]")
_TITLE = 500  #: characters of a title: longer than any headline


def bibtex(source: Source) -> str:
    """A ``@misc`` entry in UTF-8; the author is the outlet, since the page is what is cited."""
    fields = {
        "author": f"{{{_latex(named(source.outlet or '') or NO_OUTLET)}}}",
        "title": f"{{{_latex(title_of(source) or NO_TITLE)}}}",
        "date": _iso_day(source.published),
        "year": _iso_day(source.published)[:4],
        "url": url(source),
        "urldate": _iso_day(source.snapshot.fetched),
        "note": _latex(note(source)),
    }
    rows = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{stemma:{source.about},\n" + ",\n".join(rows) + "\n}"


def ris(source: Source) -> str:
    """A record of RIS (Research Information Systems, 2011): type NEWS, CRLF between the lines, "ER" last.

    The newspaper is T2, the note N1 has what was said, by whom, and the capture; AN is the id that is cited.
    """
    tags = (
        ("TY", "NEWS"), ("TI", title_of(source) or NO_TITLE), ("T2", named(source.outlet or "")),
        ("PY", _iso_day(source.published)[:4]), ("DA", _ris_day(source.published)),
        ("Y2", _ris_day(source.snapshot.fetched)), ("UR", url(source)), ("LA", one_line(source.language or "")),
        ("AN", source.about), ("N1", one_line(note(source))), ("ID", f"stemma:{source.about}"),
    )  # fmt: skip
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value) + "ER  - "


def csl(source: Source) -> dict[str, Any]:
    """The item as CSL-JSON 1.0.2: what any style of the Citation Style Language can be set from.

    ``custom`` has what CSL knows no variable for: the capture, its time and SHA-256, and whose words they are.
    """
    item: dict[str, Any] = {
        "id": f"stemma:{source.about}", "type": "article-newspaper", "title": title_of(source) or NO_TITLE,
        "container-title": named(source.outlet or ""), "issued": _parts(source.published), "URL": url(source),
        "accessed": _parts(source.snapshot.fetched), "language": one_line(source.language or ""),
        "archive_location": capture(source.snapshot), "note": one_line(note(source)),
    }  # fmt: skip
    custom = {
        "kind": source.kind, "capture": source.snapshot.id, "fetched": one_line(source.snapshot.fetched or "") or None,
        "digest": source.snapshot.digest, "whose": one_line(source.whose) or None, "people": list(source.people),
    }  # fmt: skip
    return {name: value for name, value in item.items() if value} | {"custom": custom}


def note(source: Source) -> str:
    """What was said and by whom, and where the capture is."""
    undated = "" if source.published else f"{NO_DATE}; "
    said = f"{source.words} " if source.words else ""
    file = "" if source.snapshot.url else f"; file {source.snapshot.origin}"
    return f"{said}{undated}{capture(source.snapshot)}{file}{identified(source)}"


def title_of(source: Source) -> str:
    """The title on one line; nothing where it is not known."""
    return one_line(source.title or "")[:_TITLE]


def url(source: Source) -> str:
    """The address with what no address holds, and what would end a BibTeX field, in percent form."""
    return _OUTSIDE_URL.sub(lambda match: quote(match.group()), one_line(source.snapshot.url or ""))


def _iso_day(instant: str | None) -> str:
    found = _DATE.match(instant or "")
    return found.group() if found else ""


def _ris_day(instant: str | None) -> str:
    """The day as RIS writes it: "2025/10/24/", parts that are not known left empty."""
    found = _DATE.match(instant or "")
    return "/".join([*(part or "" for part in found.groups()), ""]) if found else ""


def _parts(instant: str | None) -> dict[str, list[list[int]]] | None:
    found = _DATE.match(instant or "")
    return {"date-parts": [[int(part) for part in found.groups() if part]]} if found else None


def _latex(words: str) -> str:
    return "".join(_LATEX.get(character, character) for character in one_line(words))
