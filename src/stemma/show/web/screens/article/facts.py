"""What is known of a page beside its text: its parts as worded, when it was first seen, every record with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stemma.archive.views import Article
from stemma.records import Evidence, Role
from stemma.show.lines import is_withheld, tell
from stemma.show.plain import one_line, shortened

_PARTS: tuple[Role, ...] = ("byline", "dateline")
_WORDS = 120  #: characters of a record's words


class Datum(NamedTuple):
    """One record of a page; ``start`` and ``end`` in code points of its text, ``None`` where it has no place."""

    kind: str
    what: str
    words: str
    start: int | None
    end: int | None
    basis: str  #: how it was told


def parts_of(page: Article) -> list[tuple[str, str]]:
    """The by-line and the dateline as the page words them."""
    text = page.document.text
    found = [(label.role, one_line(text[label.start : label.end])) for label in page.labels if label.role in _PARTS]
    return [(role, shortened(words, _WORDS)) for role, words in found if words]


def first_seen(pages: Sequence[Article]) -> str | None:
    """The earliest stated capture time of the address; ``None``: no capture states one."""
    return min((each.snapshot.fetched for each in pages if each.snapshot.fetched), default=None)


def rows_of(page: Article) -> list[Datum]:
    """Every record of a page in order of place, those without one first."""
    return sorted(_rows(page), key=lambda row: (row.start is not None, row.start or 0, row.end or 0, row.kind))


def _rows(page: Article) -> Iterator[Datum]:
    text = page.document.text
    for field in page.fields:
        yield _at(field.evidence, "field", f"{field.name}: {field.value}", field.basis)
    for label in page.labels:
        words = shortened(one_line(text[label.start : label.end]), _WORDS)
        yield Datum("label", label.role, words, label.start, label.end, "")
    for mention in page.mentions:
        yield _at(mention.evidence, "mention", mention.kind, mention.role or "")
    for time in page.times:
        yield _at(time.evidence, "time", f"{time.type} {time.value or 'not known'}", time.reason)
    for line in page.lines:
        said = line.statement
        pieces = [("statement", piece) for piece in said.content]
        pieces += [("cue", piece) for piece in said.cue]
        pieces += [("source", piece) for piece in said.source if not is_withheld(line)]
        for kind, piece in pieces:
            yield _at(piece, kind, said.id if kind != "statement" else f"{said.id} {said.kind}", tell(line, _WORDS))


def _at(found: Evidence | None, kind: str, what: str, basis: str) -> Datum:
    if found is None:
        return Datum(kind, one_line(what), "", None, None, one_line(basis))
    words = shortened(one_line(found.exact), _WORDS)
    return Datum(kind, one_line(what), words, found.start, found.end, one_line(basis))
