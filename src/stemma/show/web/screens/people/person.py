"""One person or organisation: names by script, roles over time, statements by, about and to, who may be the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stemma.archive.catalogue import Catalogue
from stemma.archive.catalogue.views import Activity, Around, Carriers, Role
from stemma.archive.views import Form, Person, Stone
from stemma.records import Judgement
from stemma.show.jsonform import json_form
from stemma.show.people.log import Entry, by_whom, entries
from stemma.show.plain import one_line
from stemma.show.web.frame import Frame, answer_json, asked_id, wants
from stemma.show.web.sent.signing import known_catalogue

_MOST = 25  #: statements shown of one
_COMPARED = 50  #: comparisons by machine
_FEW = 8  #: names and roles before the rest is folded away
VIEWS = {"by": "by", "about": "about", "to": "to"}  #: which statements around somebody are listed
_WIDE, _HIGH = 12, 60  #: of a bar of the timeline, in units of the picture


class Bar(NamedTuple):
    """A bar of the timeline."""

    name: str
    number: int
    x: int
    y: int
    height: int


class Deed(NamedTuple):
    """Words of one person at one moment: what moved forms out is one deed of many judgements."""

    entries: tuple[Entry, ...]

    @property
    def ids(self) -> str:
        """The ids of the words."""
        return " ".join(entry.word.id for entry in self.entries)


def shown(frame: Frame, request: Request) -> Response:
    """An entity; an id that has joined another leads on to it."""
    view = frame.archive.person(asked_id(request))
    if isinstance(view, Stone):
        return frame.stone(request, view)
    if not view.id.startswith(asked_id(request)):
        return RedirectResponse(f"/p/{view.id}{'.json' if wants(request, 'json') else ''}", 301)
    if wants(request, "json"):
        return answer_json(json_form(view))
    return _page(frame, request, view)


def _page(frame: Frame, request: Request, view: Person) -> Response:
    catalogue, which = known_catalogue(frame), request.query_params.get("statements", "by")
    by_people, by_machine = by_whom(view.judgements)
    activity = catalogue.activity(view.id) if catalogue else Activity((), "day", 0)
    return frame.html(
        request, "person/page.html", person=view, which=which if which in VIEWS else "by",
        around=_around(catalogue, view, which), names=_by_script(view.forms), few=_FEW,
        roles=catalogue.roles(view) if catalogue else _roles(view), activity=activity, bars=_bars(activity),
        carriers=catalogue.carriers(view.id) if catalogue else Carriers((), 0),
        pairs=catalogue.pairs_of(view.id) if catalogue else (), deeds=_deeds(entries(by_people, frame.archive)),
        compared=[(each, frame.archive.sides(each.id)) for each in by_machine[:_COMPARED]],
        more=max(0, len(by_machine) - _COMPARED), whole=catalogue is not None,
    )  # fmt: skip


def _around(catalogue: Catalogue | None, view: Person, which: str) -> Around:
    match which:
        case "about" if catalogue:
            return catalogue.about(view)
        case "to" if catalogue:
            return catalogue.addressed(view.id)
        case _:
            lines = view.lines[:_MOST]
            return Around(lines, max(view.statements, len(lines)), exact=True)


def _roles(view: Person) -> list[Role]:
    """Roles as worded, newest first, where only a part of the archive is shown: without outlets."""
    worded: dict[str, list[tuple[str | None, str | None, str]]] = {}
    for role, on, document in view.roles:
        worded.setdefault(one_line(role), []).append((on, None, document))
    return [Role(wording, tuple(places)) for wording, places in worded.items()]


def _by_script(forms: Iterable[Form]) -> list[tuple[str, list[Form]]]:
    """The forms of each script, the most used script first."""
    ordered = sorted(forms, key=lambda form: form.script)
    groups = [(script, list(some)) for script, some in groupby(ordered, key=lambda form: form.script)]
    for _, some in groups:
        some.sort(key=lambda form: (-form.count, form.name))
    return sorted(groups, key=lambda group: -sum(form.count for form in group[1]))


def _bars(activity: Activity) -> list[Bar]:
    most = max((count for _, count in activity.periods), default=0)
    return [
        Bar(name, count, n * _WIDE, _HIGH - height, height)
        for n, (name, count) in enumerate(activity.periods)
        for height in [max(2, round(count / most * _HIGH)) if count else 0]
    ]


def _deeds(found: Iterable[Entry]) -> Sequence[Deed]:
    """The log, words of one moment together."""
    return [Deed(tuple(some)) for _, some in groupby(found, key=_moment)]


def _moment(entry: Entry) -> tuple[str, str, str]:
    word = entry.word
    return word.by, word.at or "", word.verdict if isinstance(word, Judgement) else word.field
