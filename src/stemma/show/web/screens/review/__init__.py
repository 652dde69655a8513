"""S7, the review desk: what is in doubt, one thing a screen, decided with one key, signed, and taken back at will."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.show.web.frame import Frame, shows
from stemma.show.web.screens.review.desk import TITLES, item, next_of, overview
from stemma.show.web.screens.review.naming import naming
from stemma.show.web.screens.review.saying import saying
from stemma.show.web.sent.signing import known_catalogue


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of these screens; of a part of an archive none."""

    async def desk(request: Request) -> Response:
        return overview(frame, request)

    async def queue(request: Request) -> Response:
        return next_of(frame, request)

    async def one(request: Request) -> Response:
        return item(frame, request)

    if known_catalogue(frame) is None:
        return []
    return [
        shows("/review", desk), *saying(frame), *naming(frame), shows("/review/{queue}", queue),
        *(shows(f"/review/{queue}/{{id}}", one) for queue in TITLES),
    ]  # fmt: skip
