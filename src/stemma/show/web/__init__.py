"""The reader in a browser: server-rendered, on this machine unless told otherwise, and it asks nobody else."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from functools import lru_cache, partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from stemma.errors import AmbiguousId, NoSuchRecord, StemmaError
from stemma.notebook import Notebook
from stemma.notebook.accounts import Account
from stemma.show import PORT, Answers
from stemma.show.web import api, raw
from stemma.show.web.door.gate import Gate
from stemma.show.web.door.limited import Limited
from stemma.show.web.frame import Desk, Frame, Place
from stemma.show.web.frame.guard import Guard
from stemma.show.web.frame.statics import routes as statics
from stemma.show.web.screens import SCREENS, account
from stemma.show.web.screens.watches import feeds
from stemma.show.web.sent.troubles import trouble_of
from stemma.show.web.serving import Tls, listening, run

__all__ = ["Place", "Tls", "listening", "reader", "run", "served"]

_TITLES = {
    404: "Nothing at this address", 405: "This reader only shows", 408: "The request was too slow",
    413: "The request was too large",
}  # fmt: skip
#: ``members(collections)``: ids of the documents of some collections.
Members = Callable[[tuple[str, ...]], frozenset[str]]
_VIEWS = 64  #: accounts with a view of their own that are kept ready


def reader(
    archive: Answers, port: int = PORT, desk: Desk | None = None, notebook: Notebook | None = None, name: str = ""
) -> Guard:
    """The web application over an archive; it answers to 127.0.0.1, localhost and [::1] at that port only.

    ``desk``: what changes the archive; ``None``: it is only read. ``notebook``: what readers note; ``None``: nothing.
    ``name``: how the archive is called at the head of every page.
    All pages run on the thread of the event loop, and forms on others: the archive's handle is shared for reading.
    """
    return served(Frame(archive, desk, notebook, name=name, place=Place(port)))


def served(frame: Frame, captures: raw.Captures | None = None, members: Members | None = None) -> Guard:
    """The web application as its frame's place says: with log-in, and with raw captures at an origin of their own.

    ``captures``: what gives their bytes; ``None``: nothing does. ``members``: ids of the documents of some collections;
    ``None``: none. Raises ``BadValue`` for a place with log-in and without a notebook.
    """
    inner: ASGIApp = _gated(frame, members or _none) if frame.place.log_in else _application(frame, _screens(frame))
    guard = Guard(inner, frame.place)
    if captures is not None and frame.place.raw_port is not None:
        guard.beside(frame.place.raw_port, raw.application(captures, frame))
    return guard


def _none(_: tuple[str, ...]) -> frozenset[str]:
    return frozenset()


def _gated(frame: Frame, members: Members) -> Gate:
    """The reader behind its door: an application for each kind of view, made at its first use."""
    assert frame.notebook is not None, "accounts are kept in the notebook"

    @lru_cache(_VIEWS)
    def view(role: str, collections: tuple[str, ...]) -> ASGIApp:
        archive = Limited(frame.archive, lambda: members(collections)) if collections else frame.archive
        desk = frame.desk if role == "editor" and not collections else None
        # Not ``replace``: a frame remembers answers.
        mine = Frame(archive, desk, frame.notebook, name=frame.name, secret=frame.secret, place=frame.place)
        return _application(mine, _screens(mine))

    door = _application(frame, [*statics(), *account.routes(frame), *feeds(frame)])

    def app(found: Account | None) -> ASGIApp:
        return view(found.role, found.collections) if found else door

    return Gate(app, frame.notebook, frame.place)


def _screens(frame: Frame) -> list[BaseRoute]:
    shown = (route for screen in SCREENS for route in screen(frame))
    return [*statics(), *account.routes(frame), *feeds(frame), *api.routes(frame), *shown]


def _application(frame: Frame, routes: list[BaseRoute]) -> Starlette:
    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        HTTPException: partial(_not_there, frame),
        StemmaError: partial(_misused, frame),
        Exception: partial(_broken, frame),
    }
    for known in (sqlite3.Error, OSError, MemoryError):  # told in words; anything else is a fault, and is raised too
        handlers[known] = partial(_broken, frame)
    return Starlette(routes=routes, exception_handlers=handlers)


async def _not_there(frame: Frame, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    title, message = _TITLES.get(status, f"Error {status}"), "Search for words instead, or start over."
    return (
        api.problem(title, message, status) if _is_program(request) else frame.notice(request, title, message, status)
    )


async def _misused(frame: Frame, request: Request, error: Exception) -> Response:
    if isinstance(error, NoSuchRecord | AmbiguousId) and not _is_program(request):
        return frame.notice(request, _TITLES[404], str(error), 404)
    return await _broken(frame, request, error)


async def _broken(frame: Frame, request: Request, error: Exception) -> Response:
    """For people as a page, for programs as a problem."""
    if _is_program(request):
        told = trouble_of(error)
        return api.problem(told.title, told.happened, told.status)
    return frame.failed(request, error)


def _is_program(request: Request) -> bool:
    return request.url.path.startswith(api.PREFIX)
