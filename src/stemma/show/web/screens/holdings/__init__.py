"""S8, sources: what is here of each outlet and what is not, how the watch stands, what went wrong by kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.answers.coverage import By
from stemma.archive.catalogue.views import Holding
from stemma.archive.views import Coverage
from stemma.collect.watch.state import Health, Site, health
from stemma.errors import BadValue
from stemma.show.jsonform import json_form
from stemma.show.web.frame import Frame, answer_json, shows, wants
from stemma.show.web.sent.signing import catalogue_of, known_catalogue

_MONTHS = 12
_YEARS = 40  #: rows of a calendar; earlier years are told in one line
_LEVELS = (1, 3, 10, 30)  #: pages of a month from which on its square is darker
_BY: tuple[By, ...] = get_args(By)


class Month(NamedTuple):
    """A square of the calendar."""

    name: str  #: 2025-10
    pages: int
    level: int  #: 0 to 4, how dark it is
    is_gap: bool  #: within the outlet's first and last month, and without a page


class Year(NamedTuple):
    """A row of the calendar."""

    name: str
    months: tuple[Month, ...]


class Source(NamedTuple):
    """An outlet with all that is told of it."""

    covered: Coverage
    holding: Holding | None
    years: tuple[Year, ...]
    earlier: int  #: years before those of the calendar


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen; of a part of an archive none."""

    async def sources(request: Request) -> Response:
        return _sources(frame, request)

    if known_catalogue(frame) is None:
        return []
    return [shows("/sources.json", sources), shows("/sources", sources)]


def _sources(frame: Frame, request: Request) -> Response:
    catalogue = catalogue_of(frame)
    by, wanted = _by(request), request.query_params.get("outlet")
    covered, holdings = catalogue.coverage(by), catalogue.holdings()
    if wants(request, "json"):
        return answer_json({"sources": [json_form(each) for each in covered]})
    shown = [each for each in covered if wanted is None or (each.outlet or "") == wanted]
    monthly = {each.outlet: each for each in (covered if by == "month" else catalogue.coverage())}
    sources = [_source(each, holdings.get(each.outlet), monthly.get(each.outlet, each)) for each in shown]
    watched, sites, mute = _health(frame)
    return frame.html(
        request, "holdings/sources.html", sources=sources, by=by, wanted=wanted, watched=watched, sites=sites,
        mute=mute, troubles=catalogue.troubles(), instant=_instant, BY=_BY, levels=_LEVELS,
    )  # fmt: skip


def _by(request: Request) -> By:
    wanted = request.query_params.get("by", "month")
    found = next((each for each in _BY if each == wanted), None)
    if found is None:
        raise BadValue("by", wanted, f"one of {', '.join(_BY)}")
    return found


def _source(covered: Coverage, holding: Holding | None, monthly: Coverage) -> Source:
    years = _years(monthly)
    return Source(covered, holding, tuple(years[-_YEARS:]), max(0, len(years) - _YEARS))


def _years(monthly: Coverage) -> list[Year]:
    """The calendar: a row for each year from the first to the last month with a page."""
    pages = {period.name: period.pages for period in monthly.periods}
    if not pages:
        return []
    first, last = min(pages), max(pages)
    return [
        Year(
            f"{year:04}", tuple(_month(f"{year:04}-{month:02}", pages, first, last) for month in range(1, _MONTHS + 1))
        )
        for year in range(int(first[:4]), int(last[:4]) + 1)
    ]


def _month(name: str, pages: dict[str, int], first: str, last: str) -> Month:
    count = pages.get(name, 0)
    return Month(name, count, sum(count >= level for level in _LEVELS), not count and first < name < last)


def _health(frame: Frame) -> tuple[Sequence[Health], Sequence[Site], bool]:
    """How the watch stands; whether what it remembers could not be read."""
    try:
        return *health(catalogue_of(frame).folder), False
    except sqlite3.Error:
        return [], [], True


def _instant(seconds: float | None) -> str:
    """An instant of the watch for people, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC") if seconds else "never"
