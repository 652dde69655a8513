"""What stands before every page: who may ask, how much, and what the browser may do with the answer.

The pages hold words of strangers. The browser is told to run no script but ours, to load nothing from elsewhere and to
tell nobody where it came from. A form of another origin is refused, and a request under any other host name too
(DNS rebinding). A request may not be larger or slower than a person's is.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stemma.show.web.door.place import Place

#: Scripts and requests of this origin alone; nothing inline, nothing framed but raw captures, where they are served.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src {raw}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache, private",
}
_MAY_DIFFER = frozenset({"Cache-Control"})  #: what a page may say otherwise
_METHODS = frozenset({"GET", "HEAD", "POST"})
_ODD = frozenset(map(chr, [*range(32), 127]))  #: characters that no address has once it is read
_PROGRAMS = "/api/"  #: where programs are told in their own form that no id holds such characters
HEAD = 16 * 1024  #: bytes of headers; browsers send 1,000, cookies included
BODY = 2**20  #: bytes of a form; the longest reason for a correction is a thousandth of it
UPLOAD = 2**29 + BODY  #: bytes of what is imported by a form, which waits on disk
UPLOADS = ("/import/files",)  #: where such forms are sent
_PATIENCE = 20.0  #: seconds that each piece of a request may take to come
_SLOWEST = 30.0  #: seconds in which a form must have come; an upload may take as long as its pieces come


class Guard:
    """Lets through what asks this host by its own name, in bounds of size and time."""

    def __init__(self, app: ASGIApp, place: Place) -> None:
        self._app, self._place, self._hosts = app, place, place.hosts()
        self._origins = frozenset(place.own_origins())
        self._beside: dict[int, ASGIApp] = {}

    def beside(self, port: int, app: ASGIApp) -> None:
        """Let another application, with a guard of its own, answer at a port of the same server."""
        self._beside[port] = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        port = int((scope.get("server") or ("", 0))[1] or 0)
        if scope["type"] != "http" or port in self._beside:
            await self._beside.get(port, self._app)(scope, receive, send)
            return
        headers = Headers(scope=scope)
        app = self._refusal(scope, headers) or self._app
        guarded = _with_headers(send, self._place.raw_origin(headers.get("host", "")) or "'none'")
        await app(scope, _bounded(receive, most_of(scope["path"])), guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return PlainTextResponse(f"This reader answers only to {', '.join(sorted(self._hosts))}.\n", 400)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("This reader answers GET, HEAD and POST.\n", 405, {"Allow": "GET, HEAD, POST"})
        if sum(len(name) + len(value) for name, value in scope["headers"]) > HEAD:
            return PlainTextResponse("The head of the request is too large.\n", 431)
        if not scope["path"].startswith(_PROGRAMS) and not _ODD.isdisjoint(scope["path"]):
            return PlainTextResponse("No address of this reader holds such characters.\n", 400)
        if scope["method"] == "POST" and not self._is_own(headers):
            return PlainTextResponse("Forms of other pages are not taken here. Nothing was changed.\n", 403)
        return too_large(headers, most_of(scope["path"]))

    def _is_own(self, headers: Headers) -> bool:
        """Whether a form comes from a page of this reader, as far as the browser says (Fetch Metadata, Origin).

        Where pages tell no referrer, as ours, browsers send "null" for the Origin of their forms: then Fetch Metadata
        alone tells (Fetch Standard, "append a request Origin header").
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin == "null":
            return site == "same-origin"
        return site in {None, "same-origin", "none"} and (origin is None or origin.lower() in self._origins)


class TooMuch(HTTPException):
    """A request that is larger or slower than is put up with."""


def most_of(path: str) -> int:
    """How many bytes a request to a path may have."""
    return UPLOAD if path in UPLOADS else BODY


def too_large(headers: Headers, most: int) -> Response | None:
    """What is answered to a request that says itself that it is too large."""
    told = headers.get("content-length", "0")
    if told.isascii() and told.isdecimal() and int(told[:20]) <= most:
        return None
    return PlainTextResponse(f"A request to this address has at most {most:,} bytes.\n", 413)


def _bounded(receive: Receive, most: int) -> Receive:
    """The same request, given up where it is too large or too slow. Raises ``TooMuch``."""
    loop = asyncio.get_running_loop()
    left, ends, whole = most, loop.time() + _SLOWEST if most == BODY else None, False

    async def receiving() -> Message:
        nonlocal left, whole
        if whole:  # from now on only the end of the connection is told, and that may take as long as the answer
            return await receive()
        try:
            patience = _PATIENCE if ends is None else max(0.0, min(_PATIENCE, ends - loop.time()))
            message = await asyncio.wait_for(receive(), patience)
        except TimeoutError:
            raise TooMuch(408, "It did not come in time. Nothing was changed.") from None
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooMuch(413, f"It may have at most {most:,} bytes. Nothing was changed.")
        whole = not message.get("more_body", False)
        return message

    return receiving


def _with_headers(send: Send, raw: str) -> Send:
    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = POLICY.format(raw=raw)
            headers.update(
                {name: value for name, value in HEADERS.items() if name not in _MAY_DIFFER or name not in headers}
            )
        await send(message)

    return send_guarded
