"""The gate before the reader where it is served to others: who is let in, as whom, and to which frame."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_urlsafe
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stemma.notebook import Notebook
from stemma.notebook.accounts import Account, Session, form_token, session_of
from stemma.show.web.door.place import Place
from stemma.show.web.frame.frame import KNOCK, SESSION

#: What is answered without log-in: the door, what it is drawn with, and feeds whose addresses are secret.
_OPEN = ("/log-in", "/static/", "/feed/")
_DOOR = "/log-in"
_PROGRAMS = "/api/"
_BEARER = "bearer "
_READING = frozenset({"GET", "HEAD"})


class Gate:
    """Lets in whoever is logged in, as the account says; leads others to the door.

    ``apps`` gives the reader as an account may see it; ``None``: as seen from the door.
    """

    def __init__(self, apps: Callable[[Account | None], ASGIApp], notebook: Notebook, place: Place) -> None:
        self._apps, self._notebook, self._place = apps, notebook, place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        session = self._session(scope)
        if session:
            scope[SESSION] = session
            await self._apps(session.account)(scope, receive, send)
        elif scope["path"].startswith(_OPEN):
            knock = cookies(scope).get(knock_cookie(self._place)) or ""
            shown = knock or token_urlsafe(24)
            scope[KNOCK] = form_token(shown)
            answered = send if knock else _with_cookie(send, set_cookie(self._place, knock_cookie(self._place), shown))
            await self._apps(None)(scope, receive, answered if scope["path"] == _DOOR else send)
        else:
            await _turned_away(scope)(scope, receive, send)

    def _session(self, scope: Scope) -> Session | None:
        now = self._place.now()
        if shown := cookies(scope).get(session_cookie(self._place)):
            return session_of(self._notebook, shown, now)
        told = Headers(scope=scope).get("authorization", "")
        is_key = told[: len(_BEARER)].lower() == _BEARER and scope["method"] in _READING
        return session_of(self._notebook, told[len(_BEARER) :].strip(), now, "key") if is_key else None


def session_cookie(place: Place) -> str:
    """The name of the cookie that holds a session; with TLS no other host or path can set one of this name."""
    return "__Host-stemma" if place.secure else "stemma"


def knock_cookie(place: Place) -> str:
    """The name of the cookie of somebody who stands at the door."""
    return "__Host-stemma-door" if place.secure else "stemma-door"


def set_cookie(place: Place, name: str, value: str) -> str:
    """A ``Set-Cookie`` header: for this host and this browser run alone, out of reach of scripts and other sites."""
    ended = "; Max-Age=0" if not value else ""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if place.secure else ''}{ended}"


def cookies(scope: Scope) -> dict[str, str]:
    """The cookies of a request, read as the screens read them."""
    return cookie_parser(Headers(scope=scope).get("cookie", ""))


def _with_cookie(send: Send, cookie: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return sending


def _turned_away(scope: Scope) -> Response:
    """Programs are told; browsers are led to the door and back."""
    if scope["path"].startswith(_PROGRAMS) or scope["path"].endswith(".json"):
        told = {"type": "about:blank", "title": "Log in first", "status": 401}
        return JSONResponse(told, 401, {"WWW-Authenticate": "Bearer"}, "application/problem+json")
    if scope["method"] not in _READING:
        return RedirectResponse(_DOOR, 303)
    asked = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return RedirectResponse(f"{_DOOR}?next={quote(asked, safe='')}" if asked != "/" else _DOOR, 303)
