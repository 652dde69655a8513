"""Raw captures, at an origin of their own: what a stranger's page held is shown, and nothing of it acts.

The bytes are markup of strangers. They are shown at another port than the reader, so that a browser takes them for
another site's; the answer is sandboxed and may load nothing; and before that all that runs, loads or leads elsewhere is
taken out of the markup. Either bar alone would do. The untouched bytes can be saved as a file, which no browser opens.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Protocol

import lxml.html
from lxml import etree
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from stemma.errors import AmbiguousId, NoSuchRecord, StemmaError, Withdrawn
from stemma.records import Snapshot
from stemma.show.web.door.place import holds
from stemma.show.web.frame.frame import Frame, shows

#: Nothing runs, nothing loads; style and pictures that stand in the page itself are shown.
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
#: Elements whose content runs, or would be loaded: taken out with it.
_ACTING = frozenset({
    "script", "iframe", "frame", "template", "portal", "fencedframe", "animate", "set", "noscript", "noframes",
})  # fmt: skip
#: Elements that load, send or lead away, ``link`` also where it would only prepare a connection: what is in them stays.
_LEADING = frozenset({
    "link", "meta", "base", "frameset", "object", "embed", "applet", "form", "audio", "video", "source", "track",
    "svg", "math", "xmp", "plaintext", "listing", "noembed",  # in which browsers read markup by other rules
})  # fmt: skip
#: Attributes that say how a page looks or reads; all others are taken out, by whatever name they load or run.
_KEPT = frozenset({
    "abbr", "alt", "align", "class", "colspan", "dir", "headers", "height", "id", "lang", "rowspan", "scope", "span",
    "start", "style", "title", "type", "valign", "value", "width",
})  # fmt: skip
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_LOADING = re.compile(r"url\s*\(|@import|image-set|expression|[\\<]", re.IGNORECASE)
_NOTE = "Raw capture {id}: the page's own markup, nothing of it active. 0 requests left this machine."
_STYLE = "font:14px/1.4 sans-serif;color:#222;background:#eee;border:1px solid #999;padding:.4rem .6rem;margin:0 0 1rem"


class Captures(Protocol):
    """What gives the bytes of a capture, as ``stemma.archive.Archive`` does."""

    def snapshot(self, snapshot_id: str, /) -> Snapshot:
        """A snapshot. Raises ``NoSuchRecord``."""

    def payload(self, snapshot_id: str, /) -> bytes:
        """Its bytes. Raises ``Withdrawn``."""


class RawGuard:
    """What stands before raw captures: their own host names and headers, and reading alone."""

    def __init__(self, app: ASGIApp, frame: Frame) -> None:
        self._app, self._hosts = app, frame.place.hosts(raw=True)
        origins = [each for each in frame.place.own_origins() if "[" not in each]  # no browser reads IPv6 there (CSP 3)
        self._policy = f"{POLICY}; frame-ancestors {' '.join(origins)}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        hosts = Headers(scope=scope).getlist("host")
        app = self._app
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            app = PlainTextResponse("Raw captures are not served under this name.\n", 400)
        elif scope["method"] not in {"GET", "HEAD"}:
            app = PlainTextResponse("Raw captures are only shown.\n", 405, {"Allow": "GET, HEAD"})
        headers = {**HEADERS, "Content-Security-Policy": self._policy}

        async def guarded(message) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 (ASGI's)
            if message["type"] == "http.response.start":
                own = [(name, value) for name, value in message["headers"] if name != b"set-cookie"]
                message["headers"] = own + [(name.lower().encode(), value.encode()) for name, value in headers.items()]
            await send(message)

        await app(scope, receive, guarded)


def application(captures: Captures, frame: Frame) -> ASGIApp:
    """The application at the origin of raw captures."""
    routes = [
        shows("/{id}/{ticket}", partial(_shown, captures, frame)),
        shows("/{id}/{ticket}/bytes", partial(_saved, captures, frame)),
    ]  # fmt: skip
    app = Starlette(routes=routes, exception_handlers={StemmaError: _refused})
    return RawGuard(app, frame)


async def _shown(captures: Captures, frame: Frame, request: Request) -> Response:
    """The capture, with all that acts taken out of it."""
    snapshot, payload = _asked(captures, frame, request)
    if snapshot.media_type != "text/html":
        return Response(payload, 200, {"Content-Type": f"text/plain{'; charset=utf-8' if _is_utf8(payload) else ''}"})
    return Response(inert(payload, _NOTE.format(id=snapshot.id)), 200, {"Content-Type": "text/html; charset=utf-8"})


async def _saved(captures: Captures, frame: Frame, request: Request) -> Response:
    """The bytes as they came, as a file to be saved."""
    snapshot, payload = _asked(captures, frame, request)
    name = f'attachment; filename="{snapshot.id}.bin"'
    return Response(payload, 200, {"Content-Type": "application/octet-stream", "Content-Disposition": name})


def _asked(captures: Captures, frame: Frame, request: Request) -> tuple[Snapshot, bytes]:
    wanted, shown = request.path_params["id"], request.path_params["ticket"]
    if not holds(frame.secret, wanted, shown, frame.place.now()):
        raise NoSuchRecord(wanted)
    return captures.snapshot(wanted), captures.payload(wanted)


async def _refused(_: Request, error: Exception) -> Response:
    match error:
        case Withdrawn():
            return PlainTextResponse(f"{error}\n", 410)
        case NoSuchRecord() | AmbiguousId():
            return PlainTextResponse("Nothing is here, or its hour is over; open the page's address again.\n", 404)
        case _:
            return PlainTextResponse("This capture cannot be shown.\n", 400)


def inert(payload: bytes, note: str) -> bytes:
    """A page's markup with all that runs, loads or leads elsewhere taken out, under a note; UTF-8.

    Kept are elements, their texts, and the attributes of looks and reading; pictures only where they stand in the page.
    """
    tree = _tree(payload)
    for element in [*tree.iter()]:
        name = element.tag.lower() if isinstance(element.tag, str) else ""
        if not name or name in _ACTING or ":" in name or "}" in name:
            element.drop_tree()
        elif name in _LEADING and element.getparent() is not None:
            element.drop_tag()
        else:
            _calm(element)
    body = tree.find("body")
    told = etree.Element("p", style=_STYLE)
    told.text = note
    (tree if body is None else body).insert(0, told)
    return bytes(b"<!DOCTYPE html>\n" + lxml.html.tostring(tree, encoding="utf-8", method="html"))


def _tree(payload: bytes) -> lxml.html.HtmlElement:
    empty = lxml.html.document_fromstring("<html><body></body></html>")
    if not payload.strip():
        return empty
    encoding = "utf-8" if _is_utf8(payload) else None  # else as the page says, or as libxml2 guesses
    parser = lxml.html.HTMLParser(encoding=encoding, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(payload, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        body = empty.find("body")
        assert body is not None
        body.text = payload.decode("utf-8", "replace").replace("\x00", "")
        return empty


def _is_utf8(payload: bytes) -> bool:
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _calm(element: lxml.html.HtmlElement) -> None:
    """Leave an element its looks."""
    for name, value in [*element.attrib.items()]:
        picture = element.tag == "img" and name == "src" and _PICTURE.fullmatch(value)
        if not picture and (name not in _KEPT or (name == "style" and _LOADING.search(value))):
            del element.attrib[name]
    if element.tag == "style" and (len(element) or _LOADING.search(element.text or "")):
        element.text = ""
