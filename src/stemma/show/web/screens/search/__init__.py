"""S1, search: what fits, under its facets and days; without any question the newest, under what is carried most."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.views import Query
from stemma.errors import BadQuery
from stemma.notebook.saved import saved
from stemma.show.jsonform import json_text
from stemma.show.queries import pointed
from stemma.show.web.frame import Frame, shows, wants
from stemma.show.web.screens.search import saving
from stemma.show.web.screens.search.asked import DAYS, KINDS, TABS, Asked, asked
from stemma.show.web.screens.search.files import ROWS, as_csv, as_json
from stemma.show.web.screens.search.listed import listed
from stemma.show.web.screens.search.narrowed import chips, columns, rails

_MOST_CARRIED = 3  #: utterances on the first page
_AT_ONCE = 3_000  #: hits of which facets are counted with the list; of more they are asked for
_RANKED = 20_000  #: newest hits that are ranked and counted, see stemma.archive


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def search(request: Request) -> Response:
        try:
            return _search(frame, request)
        except BadQuery as error:
            return _misread(frame, request, error)

    views = [shows(address, search) for address in ("/", "/search", "/search.json", "/search.csv")]
    return [*views, *saving.routes(frame)]


def _search(frame: Frame, request: Request) -> Response:
    search = asked(request.query_params)
    if wants(request, "csv"):
        return as_csv(frame, search)
    total = _total(frame, search)
    return as_json(frame, search, total) if wants(request, "json") else _page(frame, request, search, total)


def _page(frame: Frame, request: Request, search: Asked, total: int) -> Response:
    archive, query, blank = frame.archive, search.query, search.is_blank
    days, found = archive.days(query), listed(archive, search)
    counted = archive.facets(query) if search.facets or 0 < days.total <= _AT_ONCE else None
    first = blank and query.after is None
    totals = archive.totals() if first or not total else None
    return frame.html(
        request, "search/index.html", KINDS=KINDS, DAYS=DAYS, TABS=TABS, ROWS=ROWS, RANKED=_RANKED,
        search=search, total=total, hits=days.total, found=found, days=days, columns=columns(search, days),
        facets=counted, rails=rails(search, counted) if counted else (),
        chips=chips(search, archive.understood(query)), ways=_ways(frame, query) if not total else (),
        carried=archive.carried(_MOST_CARRIED) if first else [],
        totals=totals, blank=blank, first=first,
        outlets=archive.outlets() if first else (), saved=saved(frame.notebook) if frame.notebook else None,
        sample=bool(totals and not totals.pages and frame.desk and frame.desk.sample()),
    )  # fmt: skip


def _total(frame: Frame, search: Asked) -> int:
    """How many rows the tab has in all."""
    if search.tab == "articles":
        return frame.archive.count_articles(search.query)
    if search.tab == "utterances":
        return frame.archive.count_utterances(search.query)
    return frame.archive.days(search.query).total


def _ways(frame: Frame, query: Query) -> list[tuple[str, str, int]]:
    """Other questions where nothing fits: why, their words, how much they find."""
    return [(each.why, each.words, each.hits) for each in frame.archive.ways_out(query)]


def _misread(frame: Frame, request: Request, error: BadQuery) -> Response:
    """A query that cannot be read: nothing is searched in its place."""
    if wants(request, "json"):
        told = {"error": error.why, "query": error.query, "at": error.at}
        return Response(json_text(told), 400, media_type="application/json")
    return frame.html(request, "search/misread.html", 400, error=error, pointed=pointed(error))
