"""S3, a statement as the thing that is cited: words, speaker, chain, witnesses, what became of it, citation."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.views import Article, Line, Stone, Utterance
from stemma.errors import NoSuchRecord
from stemma.show import Answers, method
from stemma.show.captures.history import presence
from stemma.show.jsonform import json_statement
from stemma.show.occasion.likewords import echoes
from stemma.show.people.log import entries
from stemma.show.web.citing import ENDINGS, citation_file, citations_of
from stemma.show.web.frame import Frame, answer_json, asked_id, shows
from stemma.show.web.grouping import grouped
from stemma.show.web.screens.captures import captures_of
from stemma.show.wording import apart, compare


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def statement(request: Request) -> Response:
        return _statement(frame, request)

    return [*(shows(f"/s/{{id}}.{ending}", statement) for ending in (*ENDINGS, "json")), shows("/s/{id}", statement)]


def _statement(frame: Frame, request: Request) -> Response:
    line = frame.archive.line(asked_id(request))
    if isinstance(line, Stone):
        return frame.stone(request, line)
    ending = request.url.path.rpartition("/")[2].partition(".")[2]
    page = frame.archive.article(line.statement.document)
    if ending == "json":
        return answer_json(json_statement(line, echoes(page, line) if isinstance(page, Article) else ()))
    text = page.document.text if isinstance(page, Article) else ""
    if ending:
        return citation_file(line, ending, text)
    return frame.html(
        request, "statement.html", **_shown(frame.archive, line, page), citations=citations_of(line, text)
    )


def _shown(archive: Answers, line: Line, page: Article | Stone) -> dict[str, Any]:
    """What stands beside the line: its witnesses, what became of it, and what people said of it."""
    utterance = _utterance(archive, line.utterance)
    compared, same_page = apart(line, compare(utterance, line)) if utterance else ((), ())
    pages = captures_of(archive, page) if isinstance(page, Article) else []
    return {
        "line": line, "groups": grouped(line, compared), "same_page": same_page,
        "method": method(archive, line.statement.run),
        "presence": presence(pages, line.statement),
        "echoes": echoes(page, line) if isinstance(page, Article) else (),
        "log": list(entries(list(archive.corrections_of(line.statement.id)), archive)),
    }  # fmt: skip


def _utterance(archive: Answers, record_id: str | None) -> Utterance | None:
    try:
        found = archive.utterance(record_id) if record_id else None
    except NoSuchRecord:
        return None
    return found if isinstance(found, Utterance) else None
