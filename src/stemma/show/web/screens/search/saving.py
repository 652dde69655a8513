"""Searches that a reader keeps: saved under a name, and forgotten again."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.errors import Refused
from stemma.notebook import Notebook
from stemma.notebook.saved import Saved, forget, save
from stemma.show.web.frame import Frame, see
from stemma.show.web.screens.search.asked import asked


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of the forms."""

    async def keep(request: Request, form: FormData) -> Response:
        state = _state(form)
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        save(_notebook(frame), Saved(str(form.get("name", "")), urlencode(state), at, frame.signer(request)))
        return see(f"/search?{urlencode(state)}")

    async def drop(_: Request, form: FormData) -> Response:
        forget(_notebook(frame), str(form.get("name", "")))
        return see(f"/search?{urlencode(_state(form))}")

    return [frame.change("/search/save", keep), frame.change("/search/forget", drop)]


def _state(form: FormData) -> dict[str, str]:
    """The search that a form was sent from. Raises ``BadValue``."""
    return asked(QueryParams(str(form.get("query", "")).removeprefix("?"))).state


def _notebook(frame: Frame) -> Notebook:
    if frame.notebook is None:
        raise Refused("this reader keeps no searches: its archive may only be read")
    return frame.notebook
