"""S5, one speech act: its witnesses, who has it from whom, and every place where they differ; also as a file."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from stemma.archive.views import Stone, Utterance
from stemma.show.jsonform import json_utterance
from stemma.show.occasion import resembling
from stemma.show.transmission.apparatus import apparatus
from stemma.show.transmission.drawing import svg
from stemma.show.transmission.forms import MEDIA, Form, rendered
from stemma.show.transmission.sharing import sharing
from stemma.show.transmission.tree import tree
from stemma.show.web.frame import Frame, answer_json, asked_id, shows, wants
from stemma.show.wording import compare

#: Endings of addresses under which an utterance is a file.
SUFFIXES: dict[str, Form] = {"xml": "tei", "graphml": "graphml", "csv": "csv", "svg": "svg"}


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def utterance(request: Request) -> Response:
        return _utterance(frame, request)

    files = [shows(f"/w/{{id}}.{suffix}", utterance) for suffix in ("json", *SUFFIXES)]
    return [*files, shows("/w/{id}", utterance)]


def _utterance(frame: Frame, request: Request) -> Response:
    view = frame.archive.utterance(asked_id(request))
    if isinstance(view, Stone):
        return frame.stone(request, view)
    suffix = request.url.path.rpartition(".")[2]
    if not view.id.startswith(asked_id(request)):
        return RedirectResponse(f"/w/{view.id}{f'.{suffix}' if suffix in SUFFIXES else ''}", 301)
    base = request.query_params.get("base", "")
    if wants(request, "json"):
        return answer_json(json_utterance(view, resembling(frame.archive, view)))
    if suffix in SUFFIXES:
        return _file(frame, view, SUFFIXES[suffix], base)
    drawn, found = tree(view), apparatus(view, base)
    picture = Markup(svg(drawn, alone=False).decode())  # noqa: S704 (built by lxml, which escapes every word)
    return frame.html(
        request, "utterance.html", utterance=view, tree=drawn, apparatus=found, picture=picture,
        named=found.sigla[found.base], compared=compare(view, found.lines[found.base]),
        resembling=resembling(frame.archive, view),
    )  # fmt: skip


def _file(frame: Frame, view: Utterance, form: Form, base: str) -> Response:
    """An utterance in a form for other programs, as ``stemma export`` writes it without further flags."""
    shared = [(view, sharing(frame.archive, view))]
    suffix = next(name for name, each in SUFFIXES.items() if each == form)
    headers = {"Content-Disposition": f'attachment; filename="{view.id}.{suffix}"'}
    return Response(rendered(form, shared, base if form == "tei" else ""), 200, headers, MEDIA[form])
