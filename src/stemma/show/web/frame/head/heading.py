"""What the head of every page shows: the archive's name, what it covers, and the way to the screens."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple, Protocol

from starlette.requests import Request

from stemma.show.web.frame.coverage import Span


class Screen(NamedTuple):
    """A screen that the head of every page leads to."""

    name: str
    address: str
    does: str  #: what its shortcut is called in ``keys.toml``


#: In this order; those of which this reader has no address are left out.
HEADED = (
    Screen("Search", "/", "go search"),
    Screen("People", "/people", "go people"),
    Screen("Review", "/review", "go review"),
    Screen("Sources", "/sources", "go sources"),
    Screen("Collections", "/collections", "go collections"),
    Screen("Watches", "/watch", ""),
)


class Heading(Protocol):
    """What is asked of a frame."""

    @property
    def name(self) -> str:
        """How the archive is called."""

    def coverage(self) -> Span:
        """What it covers."""


def heading(frame: Heading, request: Request) -> dict[str, Any]:
    """What the templates of every page are given."""
    known = {getattr(route, "path", "") for route in request.app.routes}
    return {
        "shelf": frame.name,
        "screens": [screen for screen in HEADED if screen.address in known],
        "coverage": _covered(frame),
        "has_sources": "/sources" in known,
        "has_review": "/review/speaker/{id}" in known,
    }


def _covered(frame: Heading) -> str:
    try:
        return frame.coverage().told
    except Exception:  # a page that tells of a broken archive has a head too
        logging.getLogger(__name__).debug("what the archive covers cannot be told", exc_info=True)
        return ""
