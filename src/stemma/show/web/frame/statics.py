"""The style sheet and the scripts: files of this package, each under the digest of what it holds."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from stemma.errors import NoSuchRecord

_FIRST = "frame"  #: what every screen has comes before what one has
_LONG = "public, max-age=31536000, immutable"  #: an address with another digest holds another file


@cache
def style() -> bytes:
    """All style sheets as one, those of the frame first."""
    sheets = [each for each in _folder("style").iterdir() if each.name.endswith(".css")]
    sheets.sort(key=lambda each: (not each.name.startswith(_FIRST), each.name))
    return b"\n".join(each.read_bytes() for each in sheets)


@cache
def script(name: str) -> bytes:
    """A script module by its file name. Raises ``NoSuchRecord``."""
    found = next((each for each in _folder("script").iterdir() if each.name == name and name.endswith(".js")), None)
    if found is None:
        raise NoSuchRecord(name)
    return found.read_bytes()


@cache
def address_of(name: str) -> str:
    """The address of "style.css" or of a script, which changes with what it holds."""
    content = style() if name == "style.css" else script(name)
    return f"/static/{name}?{blake2b(content, digest_size=6).hexdigest()}"


def _folder(name: str) -> Traversable:
    return files("stemma.show.web.static") / name


async def _served(request: Request) -> Response:
    name = request.path_params["name"]
    headers = {"Cache-Control": _LONG} if request.url.query else {}
    if name == "style.css":
        return Response(style(), 200, headers, "text/css")
    return Response(script(name), 200, headers, "text/javascript")


def routes() -> list[BaseRoute]:
    """The addresses of style sheet and scripts."""
    return [Route("/static/{name}", _served, methods=["GET"])]
