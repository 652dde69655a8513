"""S6, a person or organisation: names, roles as worded, statements, judgements."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from stemma.archive.views import Person, Stone
from stemma.show.people.log import by_whom, entries
from stemma.show.plain import one_line
from stemma.show.web.frame import Frame, asked_id, shows

_MOST = 50  #: statements and comparisons shown of one
_FEW = 8  #: names and roles before the rest is folded away


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def person(request: Request) -> Response:
        return _person(frame, request)

    return [shows("/p/{id}", person)]


def _person(frame: Frame, request: Request) -> Response:
    """An entity; an id that has joined another leads on to it."""
    view = frame.archive.person(asked_id(request))
    if isinstance(view, Stone):
        return frame.stone(request, view)
    if not view.id.startswith(asked_id(request)):
        return RedirectResponse(f"/p/{view.id}", 301)
    lines = view.lines[:_MOST]
    by_people, by_machine = by_whom(view.judgements)
    return frame.html(
        request, "person.html", person=view, lines=lines, roles=_roles(view), few=_FEW,
        total=max(view.statements, len(lines)), judged=list(entries(by_people, frame.archive)),
        compared=[(each, frame.archive.sides(each.id)) for each in by_machine[:_MOST]],
        more=max(0, len(by_machine) - _MOST),
    )  # fmt: skip


def _roles(person: Person) -> list[tuple[str, list[tuple[str | None, str]]]]:
    """Each role as worded, newest first, with the days and pages that word it so."""
    worded: dict[str, list[tuple[str | None, str]]] = {}
    for role, on, document in person.roles:
        worded.setdefault(one_line(role), []).append((on, document))
    return [*worded.items()]
