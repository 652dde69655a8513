"""S3, a statement as a thing to cite: speaker, chain, witnesses, capture, citation."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.views import Stone, Utterance
from stemma.errors import NoSuchRecord
from stemma.show import Answers, method
from stemma.show.jsonform import json_form
from stemma.show.versions import touching
from stemma.show.web.frame import Frame, answer_json, asked_id, shows, wants
from stemma.show.wording import compare


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def statement(request: Request) -> Response:
        return _statement(frame, request)

    return [shows("/s/{id}.json", statement), shows("/s/{id}", statement)]


def _statement(frame: Frame, request: Request) -> Response:
    line = frame.archive.line(asked_id(request))
    if isinstance(line, Stone):
        return frame.stone(request, line)
    if wants(request, "json"):
        return answer_json(json_form(line))
    utterance = _utterance(frame.archive, line.utterance)
    compared = compare(utterance, line) if utterance else ()
    found_by, touched = method(frame.archive, line.statement.run), touching(frame.archive, line)
    return frame.html(request, "statement.html", line=line, compared=compared, method=found_by, touching=touched)


def _utterance(archive: Answers, record_id: str | None) -> Utterance | None:
    try:
        found = archive.utterance(record_id) if record_id else None
    except NoSuchRecord:
        return None
    return found if isinstance(found, Utterance) else None
