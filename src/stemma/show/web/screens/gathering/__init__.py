"""S8, collections and import: what readers put together, and how pages come in."""

from __future__ import annotations

from starlette.routing import BaseRoute

from stemma.show.web.frame import Frame
from stemma.show.web.screens.gathering.collecting import collecting
from stemma.show.web.screens.gathering.importing import importing


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of these screens."""
    return [*collecting(frame), *importing(frame)]
