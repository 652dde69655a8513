"""The door of a reader that is served to others: log in, log out."""

from __future__ import annotations

import re
from threading import Semaphore

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.errors import NoSuchRecord
from stemma.notebook import Notebook, accounts
from stemma.notebook.accounts import guesses
from stemma.show.web.door.gate import knock_cookie, session_cookie, set_cookie
from stemma.show.web.frame import Frame, see, shows

_AT_ONCE = Semaphore(2)  #: passwords proved at a time: each takes 64 MiB, and guesses shall not fill the memory
_LEADS = re.compile(r"/(?![/\\])[\x21-\x7e]{0,2000}")  #: an address of this reader, no other host's
_TOO_MANY = 429  #: RFC 6585


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen; there are none where nobody needs to log in."""

    async def door(request: Request) -> Response:
        return _door(frame, request)

    async def enter(request: Request, form: FormData) -> Response:
        return _enter(frame, request, form)

    async def leave(request: Request, _: FormData) -> Response:
        return _leave(frame, request)

    if not frame.place.log_in:
        return []
    return [
        shows("/log-in", door),
        frame.change("/log-in", enter, by="anyone"),
        frame.change("/log-out", leave, by="reader"),
    ]


def _door(frame: Frame, request: Request, wrong: str = "", status: int = 200, name: str = "") -> Response:
    leads = leads_to(request.query_params.get("next", ""))
    return frame.html(request, "account/door.html", status, wrong=wrong, leads=leads, name=name)


def leads_to(address: str) -> str:
    """Where to go after the log-in: an address of this reader, else its first page."""
    return address if _LEADS.fullmatch(address) else "/"


def _enter(frame: Frame, request: Request, form: FormData) -> Response:
    """Log in: a wait where too much was guessed, a session under a new id where the password is right."""
    notebook, now = _notebook(frame), frame.place.now()
    name, password = " ".join(str(form.get("name", "")).split()), str(form.get("password", ""))
    tried = guesses.subjects(name, request.client.host if request.client else "")
    if seconds := guesses.wait(notebook, tried, now):
        told = f"Too many wrong passwords. Try again in {int(seconds) + 1} seconds."
        answer = _door(frame, request, told, _TOO_MANY, name)
        answer.headers["Retry-After"] = str(int(seconds) + 1)
        return answer
    guesses.failed(notebook, tried, now)
    if not _proved(notebook, name, password):
        return _door(frame, request, "This name and password do not belong together.", 403, name)
    guesses.succeeded(notebook, tried)
    if before := request.cookies.get(session_cookie(frame.place)):
        accounts.log_out(notebook, before)
    answer = see(leads_to(str(form.get("next", ""))))
    shown = accounts.log_in(notebook, name, now)
    answer.headers.append("set-cookie", set_cookie(frame.place, session_cookie(frame.place), shown))
    answer.headers.append("set-cookie", set_cookie(frame.place, knock_cookie(frame.place), ""))
    return answer


def _proved(notebook: Notebook, name: str, password: str) -> bool:
    with _AT_ONCE:
        return accounts.proves(notebook, name, password)


def _leave(frame: Frame, request: Request) -> Response:
    if shown := request.cookies.get(session_cookie(frame.place)):
        accounts.log_out(_notebook(frame), shown)
    answer = see("/log-in")
    answer.headers.append("set-cookie", set_cookie(frame.place, session_cookie(frame.place), ""))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _notebook(frame: Frame) -> Notebook:
    if frame.notebook is None:
        raise NoSuchRecord("log-in")
    return frame.notebook
