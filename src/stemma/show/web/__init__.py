"""The reader in a browser: server-rendered, read-only, without scripts, on this machine alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from importlib.resources import files
from socket import SO_REUSEADDR, SOL_SOCKET, socket

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.errors import AmbiguousId, BadValue, NoSuchRecord, StemmaError
from stemma.show import PORT, Answers
from stemma.show.web.guard import Guard
from stemma.show.web.pages import SUFFIXES, Pages

_TITLES = {404: "Nothing at this address", 405: "This reader only shows"}


def reader(archive: Answers, port: int = PORT) -> Guard:
    """The web application over an archive; it answers to 127.0.0.1, localhost and [::1] at that port only.

    All pages run on the thread of the event loop: one archive handle, one thread.
    """
    pages = Pages(archive)
    handlers = {
        HTTPException: partial(_not_there, pages),
        StemmaError: partial(_misused, pages),
        Exception: partial(_broken, pages),
    }
    return Guard(Starlette(routes=_routes(pages), exception_handlers=handlers), port)


def _routes(pages: Pages) -> list[Route]:
    addresses: list[tuple[str, Callable[[Request], Awaitable[Response]]]] = [
        ("/", pages.search),
        ("/search", pages.search),
        ("/search.json", pages.search),
        ("/a/{id}.json", pages.article),
        ("/a/{id}", pages.article),
        ("/s/{id}.json", pages.statement),
        ("/s/{id}", pages.statement),
        ("/p/{id}", pages.person),
        *((f"/w/{{id}}.{suffix}", pages.utterance) for suffix in ("json", *SUFFIXES)),
        ("/w/{id}", pages.utterance),
        ("/problems", pages.problems),
        ("/style.css", _style),
    ]
    return [Route(path, page, methods=["GET"]) for path, page in addresses]


async def _style(_: Request) -> Response:
    return Response((files("stemma.show.web") / "style.css").read_bytes(), media_type="text/css")


async def _not_there(pages: Pages, _: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return pages.notice(_TITLES.get(status, f"Error {status}"), "Search for words instead, or start over.", status)


async def _misused(pages: Pages, _: Request, error: Exception) -> Response:
    if isinstance(error, NoSuchRecord | AmbiguousId):
        return pages.notice(_TITLES[404], str(error), 404)
    return pages.notice("This cannot be searched", str(error), 400)


async def _broken(pages: Pages, _: Request, error: Exception) -> Response:
    kept = "The archive is only read here, so nothing in it has changed. Try again; if it stays, run: stemma check"
    return pages.notice("This page could not be made", f"{type(error).__name__}. {kept}", 500)


def serve(archive: Answers, port: int, ready: Callable[[str], None]) -> None:
    """Show the archive at 127.0.0.1 until interrupted; ``ready`` gets the address once it answers.

    Raises ``BadValue`` for a port that is taken.
    """
    config = uvicorn.Config(
        reader(archive, port), log_level="critical", access_log=False, server_header=False, lifespan="off", ws="none"
    )
    with _listening(port) as listening, suppress(KeyboardInterrupt):
        ready(f"http://127.0.0.1:{port}/")
        uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int) -> socket:
    listening = socket()
    listening.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise BadValue("port", port, f"a free port ({error.strerror})") from error
    listening.listen()
    return listening
