"""The reader in a browser: server-rendered, on this machine alone, and it asks nobody else."""

from __future__ import annotations

from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from stemma.errors import AmbiguousId, NoSuchRecord, Refused, StemmaError
from stemma.notebook import Notebook
from stemma.show import PORT, Answers
from stemma.show.web.frame import Desk, Frame
from stemma.show.web.frame.guard import Guard
from stemma.show.web.frame.statics import routes as statics
from stemma.show.web.screens import SCREENS
from stemma.show.web.serving import listening, run

__all__ = ["listening", "reader", "run"]

_TITLES = {404: "Nothing at this address", 405: "This reader only shows"}


def reader(
    archive: Answers, port: int = PORT, desk: Desk | None = None, notebook: Notebook | None = None, name: str = ""
) -> Guard:
    """The web application over an archive; it answers to 127.0.0.1, localhost and [::1] at that port only.

    ``desk``: what changes the archive; ``None``: it is only read. ``notebook``: what readers note; ``None``: nothing.
    ``name``: how the archive is called at the head of every page.
    All pages run on the thread of the event loop: one archive handle, one thread.
    """
    frame = Frame(archive, desk, notebook, name)
    routes = [*statics(), *(route for screen in SCREENS for route in screen(frame))]
    handlers = {
        HTTPException: partial(_not_there, frame),
        StemmaError: partial(_misused, frame),
        Exception: partial(_broken, frame),
    }
    return Guard(Starlette(routes=routes, exception_handlers=handlers), port)


async def _not_there(frame: Frame, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    title = _TITLES.get(status, f"Error {status}")
    return frame.notice(request, title, "Search for words instead, or start over.", status)


async def _misused(frame: Frame, request: Request, error: Exception) -> Response:
    match error:
        case NoSuchRecord() | AmbiguousId():
            return frame.notice(request, _TITLES[404], str(error), 404)
        case Refused():
            return frame.notice(request, "Nothing was changed", str(error), 403)
        case _:
            return frame.notice(request, "This cannot be read", str(error), 400)


async def _broken(frame: Frame, request: Request, error: Exception) -> Response:
    kept = "Nothing in the archive has changed. Try again; if it stays, run: stemma check"
    return frame.notice(request, "This page could not be made", f"{type(error).__name__}. {kept}", 500)
