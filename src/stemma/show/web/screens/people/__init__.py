"""S6, people and organisations: the list of them, each of them, and whether two are one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.show.web.frame import Frame, shows
from stemma.show.web.screens.people.judging import routes as judging
from stemma.show.web.screens.people.listing import listed
from stemma.show.web.screens.people.person import shown
from stemma.show.web.sent.signing import known_catalogue


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of these screens; of a part of an archive those of single people."""

    async def people(request: Request) -> Response:
        return listed(frame, request)

    async def person(request: Request) -> Response:
        return shown(frame, request)

    ones = [shows("/p/{id}.json", person), shows("/p/{id}", person)]
    if known_catalogue(frame) is None:
        return ones
    return [*(shows(f"/people{suffix}", people) for suffix in ("", ".json", ".csv")), *judging(frame), *ones]
