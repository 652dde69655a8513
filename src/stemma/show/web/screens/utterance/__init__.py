"""S5, one speech act: its witnesses, who has it from whom, and every place where they differ; also as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from stemma.archive.views import Stone, Utterance
from stemma.errors import BadValue
from stemma.show.jsonform import json_utterance
from stemma.show.lines import NO_OUTLET
from stemma.show.occasion import resembling
from stemma.show.occasion.likewords import alike
from stemma.show.transmission import carried_by, carriers, witnesses
from stemma.show.transmission.apparatus import Apparatus, apparatus
from stemma.show.transmission.drawing import MOST_NODES, svg
from stemma.show.transmission.forms import MEDIA, Form, rendered
from stemma.show.transmission.sharing import sharing
from stemma.show.transmission.tree import tree
from stemma.show.web.frame import Frame, answer_json, asked_id, shows, wants
from stemma.show.web.screens.utterance.choosing import OVERLAPS, choice, facts, language, language_told, narrowed
from stemma.show.web.screens.utterance.reading import heat, pair, table_rows
from stemma.show.wording import compare

#: Endings of addresses under which an utterance is a file.
SUFFIXES: dict[str, Form] = {"xml": "tei", "graphml": "graphml", "csv": "csv", "svg": "svg"}
#: Ways to read the witnesses.
READINGS = {
    "variants": "Variants",
    "pair": "Two side by side",
    "table": "Alignment table",
    "each": "Each beside the base",
}
_FEW = 12  #: witnesses up to which each is shown beside the base, and its chain, without being asked for


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
    if wants(request, "json"):
        return answer_json(json_utterance(view, resembling(frame.archive, view)))
    if suffix in SUFFIXES:
        return _file(frame, view, SUFFIXES[suffix], request.query_params.get("base", ""))
    asked = choice(request.query_params)
    shown = narrowed(view, asked)
    common = {"utterance": view, "asked": asked, "OVERLAPS": OVERLAPS, **_offered(view),
              "carriers": carriers, "carried_by": carried_by}  # fmt: skip
    if not shown.lines:
        return frame.html(request, "utterance/none.html", **common)
    return frame.html(
        request, "utterance/utterance.html", **common, **_drawn(request, shown), shown=shown,
        **_beside(frame, view, request.query_params.get("like") == "1"),
    )  # fmt: skip


def _beside(frame: Frame, view: Utterance, like: bool) -> dict[str, Any]:
    """What resembles the utterance: on its occasion, and where it is asked for in like words."""
    found = resembling(frame.archive, view)
    others = alike(frame.archive, view, [each.line for each in found]) if like else ()
    return {"resembling": found, "like": like, "in_like_words": others}


def _offered(view: Utterance) -> dict[str, Any]:
    """What the filters offer."""
    lines = witnesses(view)
    return {
        "outlets": sorted({line.outlet or NO_OUTLET for line in lines}),
        "languages": {each: language_told(each) for each in sorted({language(line) for line in lines})},
    }


def _drawn(request: Request, view: Utterance) -> dict[str, Any]:
    """The tree, the apparatus, and what the chosen reading needs."""
    asked = request.query_params
    drawn, found = tree(view), apparatus(view, asked.get("base", ""))
    picture = Markup(svg(drawn, alone=False).decode())  # noqa: S704 (built by lxml, which escapes every word)
    reading = asked.get("read", "variants")
    if reading not in READINGS:
        raise BadValue("read", reading, f"one of {', '.join(READINGS)}")
    wording = asked.get("wording") == "1"
    places = [place for place in found.variations if not (wording and place.is_slight)]
    few = len(found.lines) <= _FEW
    each = reading == "each" or (few and reading == "variants")
    return {
        "tree": drawn, "apparatus": found, "picture": picture, "named": found.sigla[found.base], "reading": reading,
        "READINGS": READINGS, "wording": wording, "facts": facts(found.lines), "heat": heat(found, wording=wording),
        "places": places, "few": few, "most_nodes": MOST_NODES, "address": _address(request),
        "compared": compare(view, found.lines[found.base]) if each else (),
        "rows": table_rows(found, places) if reading == "table" else (),
        **_pair(view, found, asked.get("with", ""), reading),
    }  # fmt: skip


def _address(request: Request) -> Any:  # noqa: ANN401 (a function that templates call)
    """``address(name=value)``: this view with other choices; ``None`` leaves one out."""

    def address(**other: str | None) -> str:
        chosen = {**request.query_params, **other}
        asked = urlencode([(name, value) for name, value in chosen.items() if value])
        return f"{request.url.path}?{asked}" if asked else request.url.path

    return address


def _pair(view: Utterance, found: Apparatus, other: str, reading: str) -> dict[str, Any]:
    """The base and another witness in rows; the first one that differs where none is named."""
    if reading != "pair" or len(found.lines) < 2:
        return {"other": "", "pair_rows": (), "pair_of": None}
    beside_base = {id(each.line): each for each in compare(view, found.lines[found.base])}
    compared = {
        sign: beside_base[id(line)]
        for sign, line in zip(found.sigla, found.lines, strict=True)
        if id(line) in beside_base
    }
    differing = next((sign for sign, each in compared.items() if each.kinds), next(iter(compared)))
    sign = other.upper() if other.upper() in compared else differing
    beside = compared[sign]
    return {"other": sign, "pair_rows": pair(beside) if beside.compared else (), "pair_of": beside}


def _file(frame: Frame, view: Utterance, form: Form, base: str) -> Response:
    """An utterance in a form for other programs, as ``stemma export`` writes it without further flags."""
    shared = [(view, sharing(frame.archive, view))]
    suffix = next(name for name, each in SUFFIXES.items() if each == form)
    headers = {"Content-Disposition": f'attachment; filename="{view.id}.{suffix}"'}
    return Response(rendered(form, shared, base if form == "tei" else ""), 200, headers, MEDIA[form])
