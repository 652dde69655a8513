"""What went wrong while pages were added."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.show.web.frame import Frame, shows


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def problems(request: Request) -> Response:
        return frame.html(request, "problems.html", problems=list(frame.archive.problems()))

    return [shows("/problems", problems)]
