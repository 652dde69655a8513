"""S4, a page over time: its captures by year, month and day, and any two of them laid side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from stemma.archive.views import Article, Line, Query, Stone
from stemma.errors import BadQuery, NoSuchRecord
from stemma.notebook.looked import Looked, look, looked
from stemma.show import Answers
from stemma.show.captures.history import SIGNS, bars, by_day, entries, holding
from stemma.show.captures.laying import Diff, lay
from stemma.show.versions import versions
from stemma.show.web.frame import Frame, answer_json, asked_id, see, shows, wants

_ALL_COMPARED = 20  #: captures of a page of which each is laid beside the one before it at once
_LONGEST = 300  #: characters of a phrase that is looked for


class Phrase(NamedTuple):
    """Where a phrase stands: in which captures of the page, and in which statements of the archive."""

    words: str
    captures: list[int]
    total: int
    first: Line | None
    last: Line | None


@dataclass(frozen=True, slots=True)
class Looks:
    """How two captures are shown; each of its addresses restores what is seen."""

    path: str
    side: bool  #: side by side
    only: bool  #: changes only
    slight: bool  #: spelling and marks too

    def address(self, **other: bool) -> str:
        """The same two captures, shown otherwise."""
        chosen = {"side": self.side, "only": self.only, "slight": self.slight} | other
        asked = {"view": "side"} if chosen["side"] else {}
        asked |= {name: "1" for name in ("only", "slight") if chosen[name]}
        return f"{self.path}?{urlencode(asked)}" if asked else self.path


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen."""

    async def history(request: Request) -> Response:
        return _history(frame, request)

    async def diff(request: Request) -> Response:
        return _diff(frame, request)

    async def choose(request: Request) -> Response:
        return _choose(request)

    async def seen(request: Request, _: FormData) -> Response:
        return _seen(frame, request)

    return [
        shows("/a/{id}/history.json", history), shows("/a/{id}/history", history), shows("/a/{id}/diff", choose),
        shows("/a/{id}/diff/{n:int}..{m:int}.json", diff), shows("/a/{id}/diff/{n:int}..{m:int}", diff),
        frame.change("/a/{id}/looked", seen),
    ]  # fmt: skip


def captures_of(archive: Answers, page: Article) -> list[Article]:
    """The captures of a page's address that are shown, in their order; at least the page itself."""
    asked = [page if each == page.document.id else archive.article(each) for each in page.versions]
    return [each for each in asked if isinstance(each, Article)] or [page]


def _history(frame: Frame, request: Request) -> Response:
    page = frame.archive.article(asked_id(request))
    if isinstance(page, Stone):
        return frame.stone(request, page)
    pages = captures_of(frame.archive, page)
    found = entries(pages, _observed(frame, page))
    if wants(request, "json"):
        rows = [
            {"at": each.at, "state": each.state, "number": each.number or None, "told": each.told,
             "document": each.article.document.id if each.article else None} for each in found
        ]  # fmt: skip
        return answer_json({"view": "history", "document": page.document.id, "entries": rows})
    phrase = " ".join(request.query_params.get("phrase", "").split())[:_LONGEST]
    return frame.html(
        request, "captures/history.html", article=page, pages=pages, found=found, days=list(by_day(found)),
        bars=bars(found), SIGNS=SIGNS, here_number=_number(pages, page.document.id),
        phrase=_phrase(frame.archive, pages, phrase) if phrase else None,
        versions=versions(frame.archive, page) if len(pages) <= _ALL_COMPARED else (),
        **_last_look(frame, request, pages, page),
    )  # fmt: skip


def _observed(frame: Frame, page: Article) -> Sequence[tuple[str, str]]:
    from stemma.collect.watch.state import observed  # noqa: PLC0415 - loads what asks the web; most pages need none of it

    folder = getattr(frame.archive, "path", None)
    return observed(folder, page.snapshot.url) if folder and page.snapshot.url else []


def _number(pages: Sequence[Article], document: str) -> int:
    return next((n for n, each in enumerate(pages, 1) if each.document.id == document), 1)


def _last_look(frame: Frame, request: Request, pages: Sequence[Article], page: Article) -> dict[str, Any]:
    """What this reader saw last of the page, and its number among the captures; 0: nothing that is here."""
    if frame.notebook is None:
        return {"may_note": False, "last_look": None, "seen_number": 0}
    found = looked(frame.notebook, page.snapshot.address, frame.signer(request))
    ids = [each.document.id for each in pages]
    number = ids.index(found.document) + 1 if found and found.document in ids else 0
    return {"may_note": True, "last_look": found, "seen_number": number}


def _phrase(archive: Answers, pages: Sequence[Article], words: str) -> Phrase:
    """The first and the last appearance of a phrase."""
    query = Query(words='"' + words.replace('"', " ") + '"', limit=1)
    try:
        total = archive.count(query)
    except BadQuery:
        return Phrase(words, holding(pages, words), 0, None, None)
    last = next(iter(archive.find(query)), None)
    earliest = _further(query, total - 1) if total > 1 else query
    return Phrase(words, holding(pages, words), total, next(iter(archive.find(earliest)), None), last)


def _further(query: Query, offset: int) -> Query:
    """The same question from another place of the list on."""
    return Query(words=query.words, limit=1, offset=offset)


def _choose(request: Request) -> Response:
    """From the form of two captures to their address. Raises ``NoSuchRecord`` for what is no number."""
    numbers = [request.query_params.get(name, "") for name in ("from", "to")]
    if not all(re.fullmatch(r"\d{1,6}", each) for each in numbers):
        raise NoSuchRecord("..".join(numbers))
    one, other = sorted(map(int, numbers))
    return RedirectResponse(f"/a/{asked_id(request)}/diff/{one}..{other}", 303)


def _diff(frame: Frame, request: Request) -> Response:
    page = frame.archive.article(asked_id(request))
    if isinstance(page, Stone):
        return frame.stone(request, page)
    pages = captures_of(frame.archive, page)
    one, other = int(request.path_params["n"]), int(request.path_params["m"])
    if not (1 <= one <= len(pages) and 1 <= other <= len(pages)):
        raise NoSuchRecord(f"{one}..{other}")
    looks = _looks(request.query_params, f"/a/{page.document.id}/diff/{one}..{other}")
    found = lay(pages[one - 1], pages[other - 1], slight=looks.slight)
    if wants(request, "json"):
        return answer_json(_form(found, one, other))
    return frame.html(
        request, "captures/diff.html", article=page, one=pages[one - 1], other=pages[other - 1], n=one, m=other,
        diff=found, looks=looks, captures=len(pages),
    )  # fmt: skip


def _looks(asked: QueryParams, path: str) -> Looks:
    return Looks(path, asked.get("view") == "side", asked.get("only") == "1", asked.get("slight") == "1")


def _form(found: Diff, one: int, other: int) -> dict[str, Any]:
    rows = [
        {
            "fate": row.fate, "part": row.part, "edit": row.number or None,
            "pieces": [each._asdict() for each in row.pieces],
        }
        for row in found.rows
    ]  # fmt: skip
    return {
        "view": "diff", "from": one, "to": other, "rows": rows, "stated": [each._asdict() for each in found.stated],
        "furniture": {"removed": found.furniture[0], "added": found.furniture[1]},
    }  # fmt: skip


def _seen(frame: Frame, request: Request) -> Response:
    """Note that the reader has seen the page up to its newest capture."""
    from stemma.collect.clock import now  # noqa: PLC0415 - the clock of the room that has one

    page = frame.archive.article(asked_id(request))
    if isinstance(page, Stone) or frame.notebook is None:
        raise NoSuchRecord(asked_id(request))
    newest = captures_of(frame.archive, page)[-1].document.id
    look(frame.notebook, page.snapshot.address, frame.signer(request), Looked(newest, now()))
    return see(f"/a/{page.document.id}/history")
