"""The screens of the reader, a module or package each: ``routes(frame)`` gives its addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.routing import BaseRoute

from stemma.show.web.frame import Frame
from stemma.show.web.screens import (
    article,
    captures,
    gathering,
    guide,
    holdings,
    people,
    problems,
    review,
    search,
    statement,
    utterance,
    watches,
)

#: Every screen's addresses, in the order in which they are tried.
SCREENS: Sequence[Callable[[Frame], list[BaseRoute]]] = (
    search.routes,
    captures.routes,
    article.routes,
    statement.routes,
    utterance.routes,
    people.routes,
    review.routes,
    holdings.routes,
    gathering.routes,
    problems.routes,
    watches.routes,
    guide.routes,
)
