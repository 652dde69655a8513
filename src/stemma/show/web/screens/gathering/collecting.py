"""Collections: statements and pages put together by hand or by a query, with notes, frozen as versions to cite."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.views import Article, Line, Stone
from stemma.collect.clock import now
from stemma.errors import AmbiguousId, BadValue, NoSuchRecord
from stemma.notebook import collections
from stemma.notebook.collections import Collection, Piece
from stemma.show.web.frame import Frame, answer_json, see, shows, signed, wants
from stemma.show.web.frame.frame import Changing
from stemma.show.web.screens.search.asked import asked
from stemma.show.web.sent.signing import back, notebook_of, signature, text

_PAGE = 25  #: pieces a page
_MOST = 20_000  #: pieces of a version
_WHY = "put together"


class Shown(NamedTuple):
    """A piece as it is shown."""

    piece: Piece
    view: Line | Article | Stone | None  #: None: nothing here has its id any more


def collecting(frame: Frame) -> list[BaseRoute]:
    """The addresses of collections."""

    async def every(request: Request) -> Response:
        notebook = notebook_of(frame)
        held, sizes = collections.collections(notebook), collections.sizes(notebook)
        adding = request.query_params.get("add", "")
        return frame.html(
            request, "gathering/collections.html", held=held, sizes=sizes, adding=_whole(frame, adding),
            query=request.query_params.get("query", ""),
        )  # fmt: skip

    async def one(request: Request) -> Response:
        return _shown(frame, request, _number(request))

    async def manifest(request: Request) -> Response:
        return _manifest(frame, request)

    async def make(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, _WHY)
        wanted = Collection(0, text(form, "name"), text(form, "note"), _query(text(form, "query")), word.by, now())
        row = collections.make(notebook_of(frame), wanted)
        if text(form, "about"):
            _put(frame, row, form, word.by)
        return signed(see(f"/collections/{row}"), word.by)

    async def add(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, _WHY)
        row = text(form, "collection")
        if not row.isdecimal():
            raise BadValue("collection", row, "one of the collections")
        _put(frame, collections.collection(notebook_of(frame), int(row[:18])).row, form, word.by)
        return signed(see(back(form, f"/collections/{row}")), word.by)

    changes = {
        "/collections/make": make, "/collections/add": add, "/collections/{row}/describe": _describing(frame),
        "/collections/{row}/out": _taking_out(frame), "/collections/{row}/freeze": _freezing(frame),
    }  # fmt: skip
    if frame.notebook is None:
        return []
    pages = [shows("/collections/{row}/v{version}.txt", manifest), shows("/collections", every)]
    ones = [shows(f"/collections/{{row}}{suffix}", one) for suffix in (".json", "")]
    return [*(frame.change(address, change) for address, change in changes.items()), *pages, *ones]


def _describing(frame: Frame) -> Changing:
    async def describe(request: Request, form: FormData) -> Response:
        row = _number(request)
        collections.describe(notebook_of(frame), row, text(form, "name"), text(form, "note"))
        return see(f"/collections/{row}")

    return describe


def _taking_out(frame: Frame) -> Changing:
    async def out(request: Request, form: FormData) -> Response:
        collections.take_out(notebook_of(frame), _number(request), text(form, "about"))
        return see(f"/collections/{_number(request)}")

    return out


def _freezing(frame: Frame) -> Changing:
    async def freeze(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, _WHY)
        held = collections.collection(notebook_of(frame), _number(request))
        collections.freeze(notebook_of(frame), held.row, _lines_of(frame, held), (word.by, now()))
        return signed(see(f"/collections/{held.row}#versions"), word.by)

    return freeze


def _number(request: Request) -> int:
    """The number in the address. Raises ``NoSuchRecord``."""
    row = str(request.path_params["row"]).removesuffix(".json")
    if not (row.isascii() and row.isdecimal() and len(row) < 18):
        raise NoSuchRecord(row)
    return int(row)


def _query(query: str) -> str:
    """What stands behind "?" in the address of a search. Raises ``BadValue`` for one that cannot be read."""
    wanted = query.partition("?")[2] if "?" in query else query
    if wanted:
        asked(QueryParams(wanted))
    return wanted


def _whole(frame: Frame, about: str) -> str:
    """The whole id of a statement or page. Raises ``BadValue`` for another thing."""
    if not about:
        return ""
    found = frame.archive.line(about) if about[:1] == "s" else frame.archive.article(about)
    if isinstance(found, Stone):
        raise BadValue("piece", about, "something that is not withdrawn")
    return found.statement.id if isinstance(found, Line) else found.document.id


def _put(frame: Frame, row: int, form: FormData, by: str) -> None:
    about = _whole(frame, text(form, "about"))
    if not about:
        raise BadValue("piece", "", "the id of a statement or page")
    collections.put(notebook_of(frame), row, Piece(0, about, text(form, "piecenote"), by, now()))


def _view(frame: Frame, about: str) -> Line | Article | Stone | None:
    try:
        return frame.archive.line(about) if about[:1] == "s" else frame.archive.article(about)
    except (NoSuchRecord, AmbiguousId):
        return None


def _shown(frame: Frame, request: Request, row: int) -> Response:
    notebook = notebook_of(frame)
    held, pieces = collections.collection(notebook, row), collections.pieces(notebook, row)
    page = max(1, int(number[:6])) if (number := request.query_params.get("page", "1")).isdecimal() else 1
    versions = collections.versions(notebook, row)
    if wants(request, "json"):
        return answer_json(_form(held, pieces, versions))
    found = asked(QueryParams(held.query)).query if held.query else None
    some = pieces[(page - 1) * _PAGE : page * _PAGE]
    return frame.html(
        request, "gathering/collection.html", held=held,
        pieces=[Shown(each, _view(frame, each.about)) for each in some],
        total=len(pieces), page=page, last=max(1, -(-len(pieces) // _PAGE)), versions=versions,
        matched=frame.archive.count(found) if found else 0,
        lines=list(frame.archive.find(replace(found, limit=_PAGE, offset=0))) if found else [],
        cite_version=collections.cite,
    )  # fmt: skip


def _form(held: Collection, pieces: list[Piece], versions: list[collections.Version]) -> dict[str, object]:
    return {
        "view": "collection", **held._asdict(), "pieces": [each._asdict() for each in pieces],
        "versions": [each._asdict() for each in versions],
    }  # fmt: skip


def _lines_of(frame: Frame, held: Collection) -> list[str]:
    """A line for each piece of a collection: its id, and capture and digest of its page; a withdrawn one says so."""
    lines = [_line(each.about, _view(frame, each.about)) for each in collections.pieces(notebook_of(frame), held.row)]
    if held.query:
        query = replace(asked(QueryParams(held.query)).query, limit=_MOST + 1, offset=0)
        lines += [_line(line.statement.id, line) for line in frame.archive.find(query)]
    if len(lines) > _MOST:
        raise BadValue("collection", held.name, f"at most {_MOST:,} pieces of a version; narrow its query")
    return lines


def _line(about: str, view: Line | Article | Stone | None) -> str:
    if view is None or isinstance(view, Stone):
        return f"{about} {'withdrawn' if view else 'no longer found'}"
    taken = view.snapshot.fetched or "time not stated"
    return f"{about} {view.snapshot.id} {view.snapshot.digest} {taken}"


def _manifest(frame: Frame, request: Request) -> Response:
    number = str(request.path_params["version"])
    found = collections.versions(notebook_of(frame), _number(request))
    version = next((each for each in found if str(each.number) == number), None)
    if version is None:
        raise NoSuchRecord(f"version {number}")
    name = f"collection-{_number(request)}-v{version.number}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(version.manifest, 200, headers, "text/plain; charset=utf-8")
