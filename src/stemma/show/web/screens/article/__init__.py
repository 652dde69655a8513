"""S2, a page: its text with statements marked, what is known of it, its bytes and its data."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from stemma.archive.views import Article, Stone
from stemma.errors import NoSuchRecord
from stemma.show import Answers
from stemma.show.captures.history import SIGNS, entries
from stemma.show.jsonform import json_article
from stemma.show.versions import versions
from stemma.show.web.citing import ENDINGS, citation_file, citations_of
from stemma.show.web.frame import Frame, answer_json, asked_id, shows
from stemma.show.web.screens.article.facts import first_seen, parts_of, rows_of
from stemma.show.web.screens.captures import captures_of
from stemma.show.web.text import blocks


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def article(request: Request) -> Response:
        return _article(frame, request)

    async def capture(request: Request) -> Response:
        return _capture(frame.archive, request)

    files = [shows(f"/a/{{id}}.{ending}", article) for ending in (*ENDINGS, "json")]
    return [
        *files, shows("/a/{id}@{capture}", capture), shows("/a/{id}/raw", article), shows("/a/{id}/data", article),
        shows("/a/{id}", article),
    ]  # fmt: skip


def _article(frame: Frame, request: Request) -> Response:
    view = frame.archive.article(asked_id(request))
    if isinstance(view, Stone):
        return frame.stone(request, view)
    last = request.url.path.rpartition("/")[2]
    ending = last.partition(".")[2]
    if ending == "json":
        return answer_json(json_article(view, versions(frame.archive, view)))
    if ending:
        return citation_file(view, ending, view.document.text)
    tab = last if last in {"raw", "data"} else "text"
    pages = captures_of(frame.archive, view)
    shown: dict[str, Any] = {
        "article": view, "tab": tab, "captures": entries(pages), "SIGNS": SIGNS, "first_seen": first_seen(pages),
        "worded": parts_of(view), "citations": citations_of(view, view.document.text),
        "chosen": request.query_params.get("s", ""),
    }  # fmt: skip
    if tab == "raw":
        return frame.html(request, "article/raw.html", **shown, raw=frame.raw_address(request, view.snapshot.id))
    if tab == "data":
        return frame.html(request, "article/data.html", **shown, rows=rows_of(view))
    return frame.html(request, "article/text.html", **shown, blocks=list(blocks(view)))


def _capture(archive: Answers, request: Request) -> Response:
    """From a page and the number or id of one of its captures to that one."""
    view = archive.article(asked_id(request))
    wanted = str(request.path_params["capture"])
    pages = captures_of(archive, view) if isinstance(view, Article) else []
    if re.fullmatch(r"\d{1,6}", wanted) and 1 <= int(wanted) <= len(pages):
        return RedirectResponse(f"/a/{pages[int(wanted) - 1].document.id}", 302)
    found = next((each for each in pages if wanted and each.snapshot.id.startswith(wanted)), None)
    if found is None:
        raise NoSuchRecord(wanted)
    return RedirectResponse(f"/a/{found.document.id}", 301)
