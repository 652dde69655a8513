"""What stands before every page: who may ask, how, and what the browser may do with the answer.

The pages hold words of strangers. The browser is told to run no script but ours, to load nothing from elsewhere and to
tell nobody where it came from. A form of another origin is refused, and a request under any other host name too
(DNS rebinding).
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Scripts and requests of this origin alone; nothing inline, nothing framed.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache, private",
}
_MAY_DIFFER = frozenset({"Cache-Control"})  #: what a page may say otherwise
_METHODS = frozenset({"GET", "HEAD", "POST"})
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_HTTP_PORT = 80  #: left out of the Host header by browsers


class Guard:
    """Lets through what asks this host by its own name, and only to read."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        bare = _NAMES if port == _HTTP_PORT else ()
        self._hosts = frozenset([*(f"{name}:{port}" for name in _NAMES), *bare])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        app = self._refusal(scope) or self._app
        await app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return PlainTextResponse(f"This reader answers only to {', '.join(sorted(self._hosts))}.\n", 400)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("This reader answers GET, HEAD and POST.\n", 405, {"Allow": "GET, HEAD, POST"})
        if scope["method"] == "POST" and not self._is_own(Headers(scope=scope)):
            return PlainTextResponse("Forms of other pages are not taken here. Nothing was changed.\n", 403)
        return None

    def _is_own(self, headers: Headers) -> bool:
        """Whether a form comes from a page of this reader, as far as the browser says (Fetch Metadata, Origin).

        Where pages tell no referrer, as ours, browsers send "null" for the Origin of their forms: then Fetch Metadata
        alone tells (Fetch Standard, "append a request Origin header").
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin == "null":
            return site == "same-origin"
        return site in {None, "same-origin", "none"} and (origin is None or origin.partition("://")[2] in self._hosts)


def _with_headers(send: Send) -> Send:
    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(
                {name: value for name, value in HEADERS.items() if name not in _MAY_DIFFER or name not in headers}
            )
        await send(message)

    return send_guarded
