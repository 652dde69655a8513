"""S2 and S4, a page: its text with statements marked, what is known of it, and its captures compared."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.views import Stone
from stemma.show.jsonform import json_article
from stemma.show.versions import versions
from stemma.show.web.frame import Frame, answer_json, asked_id, shows, wants
from stemma.show.web.text import blocks


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def article(request: Request) -> Response:
        return _article(frame, request)

    return [shows("/a/{id}.json", article), shows("/a/{id}", article)]


def _article(frame: Frame, request: Request) -> Response:
    view = frame.archive.article(asked_id(request))
    if isinstance(view, Stone):
        return frame.stone(request, view)
    compared = versions(frame.archive, view)
    if wants(request, "json"):
        return answer_json(json_article(view, compared))
    return frame.html(request, "article.html", article=view, blocks=list(blocks(view)), versions=compared)
