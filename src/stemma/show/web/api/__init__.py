"""The archive for programs: read-only JSON under /api/, described by OpenAPI at /api/openapi.json.

The endpoints stand in one table (``endpoints``), from which both the routes and the description are made.
"""

from __future__ import annotations

from functools import cache, partial
from hashlib import blake2b
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.views import Stone
from stemma.show.jsonform import json_form, json_text
from stemma.show.web.api.answering import Asked
from stemma.show.web.api.endpoints import ENDPOINTS, PREFIX, Endpoint
from stemma.show.web.api.openapi import description
from stemma.show.web.frame import Frame, shows

__all__ = ["PREFIX", "problem", "routes"]

_PROBLEM = "application/problem+json"  #: RFC 9457
_GONE, _SAME = 410, 304


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses for programs."""
    found = [shows(f"{PREFIX}{each.path}", partial(_answer, frame, each)) for each in ENDPOINTS]
    return [shows(f"{PREFIX}openapi.json", _described), *found]


async def _answer(frame: Frame, endpoint: Endpoint, request: Request) -> Response:
    """One view, tagged by what it holds; a stone as what it is."""
    asked = Asked(request.path_params.get("id", ""), endpoint.read(request.query_params.multi_items()))
    found = endpoint.answer(frame.archive, asked)
    if isinstance(found, Stone):
        told = f"It was withdrawn by {found.by} on {found.when[:10]}: {found.ground}"
        return problem("Withdrawn", told, _GONE, stone=json_form(found))
    return _tagged(request, json_text(found).encode())


async def _described(request: Request) -> Response:
    return _tagged(request, _description())


@cache
def _description() -> bytes:
    return json_text(description()).encode()


def _tagged(request: Request, body: bytes) -> Response:
    """The body with its tag (RFC 9110, 8.8.3), or nothing for who has it."""
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(None, _SAME, {"ETag": tag})
    return Response(body, 200, {"ETag": tag}, "application/json")


def problem(title: str, detail: str, status: int, **more: Any) -> Response:  # noqa: ANN401 (members of RFC 9457, 3.2)
    """What went wrong, as RFC 9457 has it."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return Response(json_text(told), status, media_type=_PROBLEM)
