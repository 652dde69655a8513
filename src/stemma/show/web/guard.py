"""What stands before every page: who may ask, how, and what the browser may do with the answer.

The pages hold words of strangers. The browser is told to run nothing, to load nothing from anywhere and to tell
nobody where it came from; a request under any other host name is refused (DNS rebinding).
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: No script at all: these pages have none.
POLICY = (
    "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'none'; "
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
_METHODS = frozenset({"GET", "HEAD"})
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
            return PlainTextResponse("This reader only shows; ask with GET or HEAD.\n", 405, {"Allow": "GET, HEAD"})
        return None


def _with_headers(send: Send) -> Send:
    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return send_guarded
