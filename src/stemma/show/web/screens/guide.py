"""Help: the shortcuts, and how what is shown is to be read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.show.web.frame import Frame, shows


def routes(frame: Frame) -> list[BaseRoute]:
    """The address of this screen."""

    async def told(request: Request) -> Response:
        return frame.html(request, "help/help.html")

    return [shows("/help", told)]
