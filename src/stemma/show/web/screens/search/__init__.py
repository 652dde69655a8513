"""S1, search: statements that fit, 25 a page; without any question the newest, under what is carried most."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.views import Query
from stemma.show import first
from stemma.show.jsonform import json_form
from stemma.show.web.frame import Frame, answer_json, shows, wants
from stemma.show.web.screens.search.asked import DAYS, KINDS, PAGE, asked

_MOST_CARRIED = 3  #: utterances on the first page


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def search(request: Request) -> Response:
        return _search(frame, request)

    return [shows(address, search) for address in ("/", "/search", "/search.json")]


def _search(frame: Frame, request: Request) -> Response:
    archive, search = frame.archive, asked(request.query_params)
    total = archive.count(search.query)
    lines = first(archive.find(search.query), PAGE)
    if wants(request, "json"):
        return answer_json({"total": total, "page": search.page, "statements": [json_form(line) for line in lines]})
    blank = search.query == Query(limit=PAGE)
    carried = [found for found in archive.utterances(_MOST_CARRIED) if len(found.lines) > 1] if blank else []
    return frame.html(
        request, "search.html", KINDS=KINDS, DAYS=DAYS,
        search=search, total=total, lines=lines, carried=carried, blank=blank,
        totals=archive.totals() if blank or not lines else None, last=max(1, -(-total // PAGE)),
        outlets=archive.outlets() if blank else (), sample=frame.desk is not None and frame.desk.sample() is not None,
    )  # fmt: skip
