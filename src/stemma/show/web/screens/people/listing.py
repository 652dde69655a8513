"""The list of people and organisations: by any form of a name, by letter, the most quoted first."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import NamedTuple, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from stemma.archive.catalogue import SPEAKING
from stemma.archive.catalogue.views import Letter, Listing
from stemma.errors import BadValue
from stemma.records import MentionKind
from stemma.show.plain import one_line
from stemma.show.web.frame import Frame, answer_json, wants
from stemma.show.web.sent.signing import catalogue_of

_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  #: what a spreadsheet takes for the beginning of a formula (OWASP)


class Asked(NamedTuple):
    """A list as its address states it."""

    name: str
    letter: str
    kind: str
    after: str

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds that are listed."""
        return (self.kind,) if self.kind else SPEAKING

    def address(self, **other: str) -> str:
        """The address of the list with something else asked."""
        asked = {"q": self.name, "letter": self.letter, "kind": self.kind} | other
        named = {name: value for name, value in asked.items() if value}
        return f"/people?{urlencode(named)}" if named else "/people"


def listed(frame: Frame, request: Request) -> Response:
    """A part of the list, as a page, as JSON or as a table."""
    asked = _asked(request)
    catalogue = catalogue_of(frame)
    letters = catalogue.letters(asked.kinds)
    found = _found(frame, asked, letters)
    if wants(request, "json"):
        return answer_json({"total": found.total, "after": found.after, "people": [asdict(row) for row in found.rows]})
    if wants(request, "csv"):
        headers = {"Content-Disposition": 'attachment; filename="people.csv"'}
        return Response(_table(found), 200, headers, "text/csv; charset=utf-8")
    scripts = [(script, list(some)) for script, some in groupby(letters, key=lambda letter: letter.script)]
    return frame.html(request, "person/list.html", asked=asked, found=found, scripts=scripts, kinds=_KINDS)


def _asked(request: Request) -> Asked:
    params = request.query_params
    kind = params.get("kind", "")
    if kind and kind not in _KINDS:
        raise BadValue("kind", kind, f"one of {', '.join(_KINDS)}")
    return Asked(params.get("q", "").strip(), params.get("letter", ""), kind, params.get("after", ""))


def _found(frame: Frame, asked: Asked, letters: Sequence[Letter]) -> Listing:
    catalogue = catalogue_of(frame)
    if asked.name:
        return catalogue.people_called(asked.name, asked.after)
    if not asked.letter:
        return catalogue.people(asked.after, asked.kinds)
    letter = next((each for each in letters if each.name == asked.letter), None)
    return catalogue.people_under(letter, asked.after, asked.kinds) if letter else Listing((), 0, "")


def _table(found: Listing) -> str:
    """CSV; cells that a spreadsheet would run begin with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["id", "name", "kind", "statements", "other forms"])
    for row in found.rows:
        cells = [row.id, row.name, row.kind, str(row.statements), "; ".join(row.forms)]
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in map(one_line, cells)])
    return file.getvalue()
